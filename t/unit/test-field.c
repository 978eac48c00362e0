/* Tests of mail/field.h: white space, encoded words and case in a value. */
#include <string.h>
#include "mail/field.h"
#include "mail/message.h"

static void check_clean(const char *value, const char *want)
{
	g_autofree char *clean = field_clean(value, -1);

	g_assert_cmpstr(clean, ==, want);
}

/* A fold, and any other white space, is one space within a value. */
static void test_clean(void)
{
	check_clean("a b", "a b");
	check_clean(" a\r\n\tb ", "a b");
	check_clean("\va\v\fb\f", "a b");
	/* The bytes just below and above those of white space stay. */
	check_clean("a\bb\016c", "a\bb\016c");
	check_clean("\n", "");
	check_clean(NULL, "");
	check_clean("a\377b", "a\357\277\275b");
}

/* A value without encoded words gets the same white space as another one. */
static void test_decode(void)
{
	g_autofree char *plain = field_decode("\fa\vb\n c\f");
	g_autofree char *encoded = field_decode("\f=?utf-8?q?a=0Bb?=\n c\f");

	g_assert_cmpstr(plain, ==, "a b c");
	g_assert_cmpstr(encoded, ==, "a b c");
}

static void check_same(const char *a, const char *b, gboolean want)
{
	g_autofree char *x = field_fold_case(a), *y = field_fold_case(b);

	g_assert_cmpint(!strcmp(x, y), ==, want);
}

/* Case is folded outside of ASCII, too. */
static void test_fold_case(void)
{
	check_same("Things: ADD", "things: add", TRUE);
	check_same("\303\211lan", "\303\251LAN", TRUE);
	check_same("\303\251lan", "elan", FALSE);
	check_same("things[", "THINGS{", FALSE);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	message_setup();
	g_test_add_func("/field/clean", test_clean);
	g_test_add_func("/field/decode", test_decode);
	g_test_add_func("/field/fold case", test_fold_case);
	return g_test_run();
}
