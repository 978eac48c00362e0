/* Tests of mail/address.h: names and addresses in the value of a From field. */
#include "mail/address.h"
#include "mail/message.h"

static void check_parse(const char *value, const char *name, const char *addr)
{
	struct address address;

	g_assert_cmpint(address_parse(&address, value), ==,
			addr ? 0 : -1);
	g_assert_cmpstr(address.name, ==, name);
	g_assert_cmpstr(address.email, ==, addr);
	address_clear(&address);
}

static void test_parse(void)
{
	check_parse("A B <a@b.c>", "A B", "a@b.c");
	check_parse(" \"B, A\" <a@b.c>", "B, A", "a@b.c");
	check_parse("a@b.c (A B)", "A B", "a@b.c");
	check_parse("a@b.c", "a@b.c", "a@b.c");
	check_parse("<a@b.c>", "a@b.c", "a@b.c");
	check_parse("A\n B <a@b.c>", "A B", "a@b.c");
	check_parse("=?UTF-8?q?Caf=C3=A9?= <a@b.c>", "Caf\303\251", "a@b.c");
	/* RFC 2047 allows no encoded word in quotes, but mailers write it. */
	check_parse("\"A =?iso-8859-1?Q?=D6?=\" <a@b.c>", "A \303\226",
		    "a@b.c");
	/* These parentheses were encoded, so they are no comment. */
	check_parse("=?UTF-8?q?A_=28B=29?= <a@b.c>", "A (B)", "a@b.c");
	check_parse("A (Acme) B <a@b.c>", "A (Acme) B", "a@b.c");
	check_parse("Bee, Ann <a@b.c>", "Bee, Ann", "a@b.c");
	check_parse("Bee, Ann; [x] <a@b.c>", "Bee, Ann; [x]", "a@b.c");
	check_parse("Dr.: Ann <a@b.c>", "Dr.: Ann", "a@b.c");
	check_parse("g: A <a@b.c>;", "A", "a@b.c");
	check_parse("a@b.c, D <d@e.f>", "a@b.c", "a@b.c");
	check_parse("A <a@b.c>, D <d@e.f> (x)", "A", "a@b.c");
	check_parse("A B (Acme) <a@b.c>", "A B (Acme)", "a@b.c");
	check_parse("A B <a@b.c> (Acme)", "A B (Acme)", "a@b.c");
	check_parse("=?UTF-8?q?=C3=A9?= (E) <a@b.c>", "\303\251 (E)", "a@b.c");
	/* git-mailinfo(1) takes none of these for a name. */
	check_parse("Ng <a@b.c>", "Ng", "a@b.c");
	check_parse("a@b (A) <a@b.c>", "a@b (A)", "a@b.c");
	check_parse("A <a at b.c>", "A", "a at b.c");
	check_parse("A B <Acme>", "A B", "Acme");
	check_parse("Caf\303\251 <a@b.c>", "Caf\303\251", "a@b.c");
	check_parse("group: A <a@b.c>, D <d@e.f>;", "A", "a@b.c");
	check_parse("A <a@b.c>, D <d@e.f>", "A", "a@b.c");
	check_parse("A. B. <a@b.c>", "A. B.", "a@b.c");
	check_parse("A B a@b.c", "A B", "a@b.c");
	check_parse("the log above", NULL, NULL);
	check_parse("", NULL, NULL);
	check_parse("<>", NULL, NULL);
	check_parse("A < >", NULL, NULL);
}

/* A million nested groups do not overflow the stack. */
static void test_long(void)
{
	g_autoptr(GString) value = g_string_new(NULL);
	struct address address;

	for (int i = 0; i < 1000000; i++)
		g_string_append(value, "g:");
	g_assert_cmpint(address_parse(&address, value->str), ==, -1);
}

static void test_other(void)
{
	struct address address;

	g_assert_cmpint(address_parse_other(&address, "L@x, A <a@b.c>", "l@X"),
			==, 0);
	g_assert_cmpstr(address.name, ==, "A");
	g_assert_cmpstr(address.email, ==, "a@b.c");
	address_clear(&address);
	g_assert_cmpint(address_parse_other(&address, "L@x", "l@x"), ==, -1);
	g_assert_null(address.name);
	g_assert_null(address.email);
}

static void check_emails(const char *value, const char *want)
{
	g_autoptr(GPtrArray) emails = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *got = NULL;

	address_add_emails(emails, value);
	g_ptr_array_add(emails, NULL);
	got = g_strjoinv(" ", (char **)emails->pdata);
	g_assert_cmpstr(got, ==, want);
}

static void test_emails(void)
{
	check_emails("a@b.c", "a@b.c");
	check_emails("A <a@b.c>, \"D, E\" <d@e.f>,\n\tg@h", "a@b.c d@e.f g@h");
	check_emails("\"x@y, z\" <a@b.c>, d@e.f (g@h (i@j) k@l)",
		     "a@b.c d@e.f");
	check_emails("\"a \\\" <x@y>\" <a@b.c>", "a@b.c");
	check_emails("list: a@b.c, d@e.f; g@h", "a@b.c d@e.f g@h");
	check_emails("undisclosed-recipients:;", "");
	check_emails("@, a@, @b, <>, a at b.c", "");
	check_emails("(a@b", "");
	check_emails("\"a@b", "");
	check_emails("\\", "");
	check_emails("", "");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	message_setup();
	g_test_add_func("/address/parse", test_parse);
	g_test_add_func("/address/long", test_long);
	g_test_add_func("/address/other", test_other);
	g_test_add_func("/address/emails", test_emails);
	return g_test_run();
}
