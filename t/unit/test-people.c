/* Tests of digest/people.h: mailmaps, aliases, domains and bots. */
#include <locale.h>
#include <string.h>
#include "digest/people.h"

static struct people_config config;

static void check(struct people *people, const char *name, const char *addr,
		  const char *want_name, const char *want_addr)
{
	struct address address = { g_strdup(name), g_strdup(addr) };

	people_resolve(people, &address);
	g_assert_cmpstr(address.name, ==, want_name);
	g_assert_cmpstr(address.email, ==, want_addr);
	address_clear(&address);
}

static struct people *with_mailmap(const char *text)
{
	struct people *people;

	people_config_init(&config);
	people = people_new(&config);
	people_add_mailmap(people, text, strlen(text));
	return people;
}

static void end(struct people *people)
{
	people_free(people);
	people_config_clear(&config);
}

/* The four forms of gitmailmap(5) match names and addresses in any case. */
static void test_mailmap(void)
{
	struct people *people = with_mailmap(
		"# a comment\n"
		"Proper <only@name>\n"
		"<new@addr> <old@addr>\n"
		"Proper <new@both> <Old@Both>  # why\n"
		"Proper <new@named> Some Name <shared@box>\n"
		"no address here\n");

	check(people, "x", "ONLY@name", "Proper", "ONLY@name");
	check(people, "x", "old@ADDR", "x", "new@addr");
	check(people, "x", "old@both", "Proper", "new@both");
	check(people, "some name", "Shared@box", "Proper", "new@named");
	check(people, "Other Name", "Shared@box", "Other Name", "Shared@box");
	check(people, "X", "not@there", "X", "not@there");
	end(people);
}

/* A "#" begins a comment only at the beginning of a line. */
static void test_number_sign(void)
{
	struct people *people = with_mailmap(
		"C # Sharp <sharp@b>\n"
		"Flat <flat@b> B # Flat <music@b>\n"
		"#<x@b> <commented@b>\n");

	check(people, "x", "sharp@b", "C # Sharp", "sharp@b");
	check(people, "b # flat", "music@b", "Flat", "flat@b");
	check(people, "x", "commented@b", "x", "commented@b");
	end(people);
}

/* The new name and the new address may be on two lines. */
static void test_both_lines(void)
{
	struct people *people = with_mailmap("Name <a@b>\n<new@b> <a@b>\n");

	check(people, "x", "a@b", "Name", "new@b");
	end(people);
}

static void test_later_wins(void)
{
	struct people *people = with_mailmap("First <a@b>");
	static const char more[] = "Second <a@b>\n\0Third <c@d>";

	people_add_mailmap(people, more, sizeof(more) - 1);
	check(people, "x", "a@b", "Second", "a@b");
	check(people, "x", "c@d", "Third", "c@d");
	end(people);
}

static void test_aliases(void)
{
	struct people *people = with_mailmap("<mid@b> <old@b>");
	struct address as = { (char *)"Jo", (char *)"jo@b" };

	people_config_add_alias(&config, "MID@b", &as);
	check(people, "x", "old@b", "Jo", "jo@b");
	check(people, "x", "Mid@B", "Jo", "jo@b");
	check(people, "x", "jo@c", "x", "jo@c");
	end(people);
}

static void check_domain(struct people *people, const char *addr,
			 const char *want)
{
	g_autofree char *domain = people_domain(people, addr);

	g_assert_cmpstr(domain, ==, want);
}

static void test_domains(void)
{
	struct people *people = with_mailmap("");

	g_hash_table_insert(config.domains, g_strdup("linux.b.com"),
			    g_strdup("b.com"));
	check_domain(people, "a@B.Com", "b.com");
	check_domain(people, "a@Linux.b.com", "b.com");
	check_domain(people, "\"a@b\"@c.org", "c.org");
	check_domain(people, "nobody", "nobody");
	end(people);
}

static void test_bots(void)
{
	struct people *people = with_mailmap("");

	g_ptr_array_add(config.bots, g_strdup("bot+*@b.com"));
	g_assert_true(people_is_bot(people, "Bot+1@b.com"));
	g_assert_false(people_is_bot(people, "robot+1@b.com"));
	end(people);
}

static void test_turkish(void)
{
	/* In Turkish, "I" is not the upper case of "i". */
	if (!setlocale(LC_CTYPE, "tr_TR.UTF-8"))
		g_test_skip("no Turkish locale");
	g_assert_true(address_matches("bIll@*", "bill@EXAMPLE.org"));
	g_assert_true(address_matches("*@EXAMPLE.org", "bill@example.org"));
	setlocale(LC_CTYPE, "C");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/people/mailmap", test_mailmap);
	g_test_add_func("/people/number sign", test_number_sign);
	g_test_add_func("/people/two lines of one", test_both_lines);
	g_test_add_func("/people/later wins", test_later_wins);
	g_test_add_func("/people/aliases", test_aliases);
	g_test_add_func("/people/domains", test_domains);
	g_test_add_func("/people/bots", test_bots);
	g_test_add_func("/people/globs in Turkish", test_turkish);
	return g_test_run();
}
