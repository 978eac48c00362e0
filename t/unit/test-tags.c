/* Tests of mail/tags.h: who answers for a patch in a reply. */
#include <string.h>
#include "mail/tags.h"

static const struct {
	const char *what, *text, *tags;
} cases[] = {
	{ "a tag", "Looks good.\n\nReviewed-by: Ann Bee <ab@x>\n",
	  "Reviewed-by: Ann Bee <ab@x>\n" },
	{ "several, in their order",
	  "Tested-by: A <a@x>\nAcked-by: B <b@x>\nReviewed-by: A <a@x>",
	  "Tested-by: A <a@x>\nAcked-by: B <b@x>\nReviewed-by: A <a@x>\n" },
	{ "eight blanks before it", "        Acked-by: A <a@x>\n",
	  "Acked-by: A <a@x>\n" },
	{ "nine", "         Acked-by: A <a@x>\n", "" },
	{ "a tab before it", "\tAcked-by: A <a@x>\n", "Acked-by: A <a@x>\n" },
	{ "quoted", "> Acked-by: A <a@x>\n>Acked-by: A <a@x>\n"
	  " > Acked-by: A <a@x>\n", "" },
	{ "below a signature", "Yes.\n-- \nAcked-by: A <a@x>\n", "" },
	{ "dashes without a blank are no signature", "--\nAcked-by: A <a@x>\n",
	  "Acked-by: A <a@x>\n" },
	{ "in a diff", "diff --git a/f b/f\nAcked-by: A <a@x>\n", "" },
	{ "below a diff", "--- a/f\n+++ b/f\n@@ -1 +1 @@\nAcked-by: A <a@x>\n",
	  "" },
	{ "an address alone on the next line",
	  "Reviewed-by: A Very Long Name\n  <a@x>\n",
	  "Reviewed-by: A Very Long Name <a@x>\n" },
	{ "... but nothing else is",
	  "Reviewed-by: A Very Long Name\nof <a@x>\n", "" },
	{ "... and it is no address", "Reviewed-by: A Very Long Name\n<a>\n",
	  "" },
	{ "trailing blanks", "Acked-by: A <a@x> \t \n", "Acked-by: A <a@x>\n" },
	{ "a remark", "Acked-by: A <a@x> # for the driver\n",
	  "Acked-by: A <a@x>\n" },
	{ "a flowed line behind it",
	  "Acked-by: A <a@x> > Signed-off-by: C <c@x>\n",
	  "Acked-by: A <a@x>\n" },
	{ "an address that a mailer has linked",
	  "Acked-by: A <a@x <mailto:a@x>>\n", "Acked-by: A <a@x>\n" },
	{ "in a patch that a reply carries",
	  "Acked-by: A <a@x>\n\nSubject: [PATCH] b\n\nAcked-by: B <b@x>\n",
	  "Acked-by: A <a@x>\n" },
	{ "... below scissors", "Acked-by: A <a@x>\n-- >8 --\n"
	  "Acked-by: B <b@x>\n", "Acked-by: A <a@x>\n" },
	{ "... below the line that git begins a mail with",
	  "From 0123456789012345678901234567890123456789 Mon Sep 17 2001\n"
	  "Acked-by: B <b@x>\n", "" },
	{ "... without a header", "Acked-by: A <a@x>\n\nFix it.\n\n"
	  "Acked-by: B <b@x>\nSigned-off-by: A <a@x>\n---\n f.c | 1 +\n",
	  "Acked-by: A <a@x>\n" },
	{ "... without three dashes", "Acked-by: A <a@x>\n\n"
	  "Acked-by: B <b@x>\nSigned-off-by: A <a@x>\ndiff --git a/f b/f\n",
	  "Acked-by: A <a@x>\n" },
	{ "a sign-off without a patch", "Acked-by: A <a@x>\n"
	  "Signed-off-by: A <a@x>\n\nThanks\n---\nA\n",
	  "Acked-by: A <a@x>\n" },
	{ "brackets in a name", "Tested-by: Ann [X] <a@x>\n",
	  "Tested-by: Ann [X] <a@x>\n" },
	{ "a comma in a name", "Tested-by: Bee, Ann <a@x>\n",
	  "Tested-by: Bee, Ann <a@x>\n" },
	{ "a name in quotes", "Tested-by: \"Bee, Ann\" <a@x>\n",
	  "Tested-by: Bee, Ann <a@x>\n" },
	{ "a name that is not ASCII", "Acked-by: J\303\266rg <j@x>\n",
	  "Acked-by: J\303\266rg <j@x>\n" },
	{ "no name", "Acked-by: <a@x>\nAcked-by: b@x\n",
	  "Acked-by: a@x <a@x>\nAcked-by: b@x <b@x>\n" },
	{ "no address", "Acked-by: Ann\nAcked-by:\nAcked-by: <>\n"
	  "Acked-by: me <here>\nAcked-by: @\nAcked-by: a@\nAcked-by: b @ c\n",
	  "" },
	{ "another case", "reviewed-BY: A <a@x>\nAcked-By: A <a@x>\n",
	  "Reviewed-by: A <a@x>\nAcked-by: A <a@x>\n" },
	{ "two deeds", "Reported-and-tested-by: A <a@x>\n"
	  "Reviewed-and-Tested-by: A <a@x>\n",
	  "Reported-and-tested-by: A <a@x>\n"
	  "Reviewed-and-tested-by: A <a@x>\n" },
	{ "other deeds", "Reported-by: A <a@x>\nSuggested-by: A <a@x>\n"
	  "Nacked-by: A <a@x>\nCo-developed-by: A <a@x>\n",
	  "Reported-by: A <a@x>\nSuggested-by: A <a@x>\n"
	  "Nacked-by: A <a@x>\nCo-developed-by: A <a@x>\n" },
	{ "no tags", "Signed-off-by: A <a@x>\nCc: A <a@x>\n"
	  "Fixes: 1234 (\"a\")\nLink: <a@x>\nFrom: A <a@x>\n", "" },
	{ "misspelt", "Reviwed-by: A <a@x>\nReveiwed-by: A <a@x>\n"
	  "Review-by: A <a@x>\nReviewed: A <a@x>\nReviewedby: A <a@x>\n"
	  "X-Scanned-By: MIMEDefang <a@x>\nand-by: A <a@x>\nby: A <a@x>\n",
	  "" },
	{ "words of a sentence", "It was Reviewed-by: A <a@x>\n"
	  "Reviewed-by lines: A <a@x>\n", "" },
	{ "a blank before the colon", "Reviewed-by : A <a@x>\n", "" },
	{ "no blank after it", "Reviewed-by:A <a@x>\n",
	  "Reviewed-by: A <a@x>\n" },
	{ "nothing", "", "" },
};

static void test_case(const void *data)
{
	const char *const *row = data;
	g_autoptr(GPtrArray) tags = tags_parse(row[1], strlen(row[1]),
					       FALSE);
	g_autoptr(GString) got = g_string_new(NULL);
	guint i;

	for (i = 0; i < tags->len; i++) {
		const struct tag *tag = tags->pdata[i];

		g_string_append_printf(got, "%s: %s <%s>\n", tag->name,
				       tag->person.name, tag->person.email);
	}
	g_assert_cmpstr(got->str, ==, row[2]);
}

static void test_late(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GPtrArray) tags = NULL;

	while (text->len < 200000)
		g_string_append(text, "> A quoted line, and one more.\n");
	g_string_append(text, "Acked-by: A <a@x>\n");
	tags = tags_parse(text->str, text->len, FALSE);
	g_assert_cmpuint(tags->len, ==, 1);
}

static void test_many(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GPtrArray) tags = NULL;
	guint i;

	for (i = 0; i < 2 * TAGS_MAX; i++)
		g_string_append(text, "Acked-by: A <a@x>\n");
	tags = tags_parse(text->str, text->len, FALSE);
	g_assert_cmpuint(tags->len, ==, TAGS_MAX);
}

/* A patch has its own tags above "---", where its mail carries another one. */
static void test_of_patch(void)
{
	static const char text[] = "From: A <a@x>\nSubject: b\n\n"
		"Acked-by: B <b@x>\nSigned-off-by: A <a@x>\n---\n f | 1 +\n";
	g_autoptr(GPtrArray) tags = tags_parse(text, strlen(text), TRUE);

	g_assert_cmpuint(tags->len, ==, 1);
}

int main(int argc, char **argv)
{
	size_t i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/tags/%zu %s", i,
							cases[i].what);

		g_test_add_data_func(path, &cases[i], test_case);
	}
	g_test_add_func("/tags/late in a long mail", test_late);
	g_test_add_func("/tags/no more than are read", test_many);
	g_test_add_func("/tags/of a patch", test_of_patch);
	return g_test_run();
}
