/*
 * Tests of mail/body.h and mail/diffstat.h: in-body headers, the part of a text
 * that is printed, diffstats and paths.
 */
#include <string.h>
#include "mail/body.h"

#define DIFF "diff --git a/f.c b/f.c\n--- a/f.c\n+++ b/f.c\n" \
	"@@ -1 +1 @@\n-a\n+b\n"
#define STAT " f.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n"
#define SHA "0123456789abcdef0123456789abcdef01234567"

static const struct {
	const char *name, *text, *body, *from, *subject;
} cases[] = {
	{ "diffstat",
	  "Why.\n\nSigned-off-by: A\n---\n" STAT "\n" DIFF "-- \n2.51\n",
	  "Why.\n\nSigned-off-by: A\n---\n"
	  " f.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)", },
	{ "U+00A0 before the summary", "Why.\n---\n f.c | 2 +-\n"
	  "\302\2401 file changed, 1 insertion(+)\n\n" DIFF,
	  "Why.\n---\n f.c | 2 +-\n\302\2401 file changed, 1 insertion(+)" },
	{ "notes after the message stay",
	  "Why.\n---\nv2: less\n\n" STAT "\n" DIFF,
	  "Why.\n---\nv2: less\n\n"
	  " f.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)" },
	{ "two separators", "Why.\n---\nv2: a\n---\n" STAT DIFF,
	  "Why.\n---\nv2: a\n---\n"
	  " f.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)" },
	{ "two dashes for a separator", "Why.\n--\n" STAT DIFF, "Why.\n--\n"
	  " f.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)" },
	{ "cover letter",
	  "Why.\n\nA (1):\n  t\n\n" STAT " create mode 100644 f.c\n\n"
	  "base-commit: " SHA "\n-- \n2.51\n",
	  "Why.\n\nA (1):\n  t\n\n"
	  " f.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)" },
	{ "no diffstat, diff", "Why.\n---\n" DIFF, "Why." },
	{ "a bare line of dashes is all", "---\n" DIFF, "---" },
	{ "no diffstat, signature", "Why.\n\n-- \nA\n", "Why." },
	{ "neither", "Why.\n\n\n", "Why." },
	{ "signature without a blank is text", "Why.\n--\nA\n", "Why.\n--\nA" },
	{ "two diffstats: the last", "Was:\n" STAT "Now:\n" STAT DIFF,
	  "Was:\n" STAT "Now:\n"
	  " f.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)" },
	{ "a diffstat in the diff is not one", "Why.\n" DIFF STAT, "Why." },
	{ "a quilt diff",
	  "Why.\n\nIndex: l/f.c\n====\n--- l.orig/f.c\n+++ l/f.c\n"
	  STAT, "Why." },
	{ "a diff without a header",
	  "Why.\n\n--- a/f.c\n+++ b/f.c\n" STAT, "Why." },
	{ "three dashes and a word are text", "Why.\n--- a note\nMore.\n",
	  "Why.\n--- a note\nMore." },
	{ "leading blank lines", "\n\n \nWhy.\n", "Why." },
	{ "indentation of the first line stays", "\n  Why.\n", "  Why." },
	{ "nothing", "", "" },
	{ "only blank lines", "\n\n", "" },
	{ "only a diff", DIFF, "" },
	{ "a list's footer", "Why.\n"
	  "_______________________________________________\n"
	  "x mailing list -- x@y\n", "Why." },
	{ "a line of underscores is text", "a\n"
	  "_______________________________________________\nb\n", "a\n"
	  "_______________________________________________\nb" },

	{ "From", "From: A B <a@b>\n\nWhy.\n", "Why.", " A B <a@b>" },
	{ "From after blank lines", "\n\nFrom: A <a@b>\n\n\nWhy.\n", "Why.",
	  " A <a@b>" },
	{ "From and Subject, folded",
	  "From: A\n <a@b>\nSubject: [PATCH] a\n b\n"
	  "Date: x\n\nWhy.\n", "Why.", " A\n <a@b>", " [PATCH] a\n b" },
	{ "From in any case", "from: A <a@b>\n\nWhy.\n", "Why.", " A <a@b>" },
	{ "From without a blank", "From:A <a@b>\n\nWhy.\n", "Why.", "A <a@b>" },
	{ "a bare Subject", "[PATCH] a\nFrom: A <a@b>\n\nWhy.\n", "Why.",
	  " A <a@b>", "[PATCH] a" },
	{ "another bracket is text", "[1] a\n\nWhy.\n", "[1] a\n\nWhy." },
	{ "a space before the colon is text", "From : A <a@b>\n\nWhy.\n",
	  "From : A <a@b>\n\nWhy." },
	{ "From is a header only at the start", "Why.\nFrom: A <a@b>\n",
	  "Why.\nFrom: A <a@b>" },
	{ "scissors are text", "a\n-- >8 --\nb\n", "a\n-- >8 --\nb" },
	{ "a second From is text", "From: A <a@b>\nFrom: C <c@d>\nWhy.\n",
	  "From: C <c@d>\nWhy.", " A <a@b>" },
	{ "format-patch's first line", "From " SHA " Mon Sep 17 00:00:00 2001\n"
	  "From: A <a@b>\n\nWhy.\n", "Why.", " A <a@b>" },
	{ "the same, escaped by mbox",
	  ">From " SHA " Mon Sep 17 00:00:00 2001\n"
	  "From: A <a@b>\n\nWhy.\n", "Why.", " A <a@b>" },
	{ "From and no id is text",
	  "From 0123456789abcdef0123456789abcdef0123456x"
	  " Mon Sep 17 00:00:00 2001\nWhy.\n",
	  "From 0123456789abcdef0123456789abcdef0123456x"
	  " Mon Sep 17 00:00:00 2001\nWhy." },
	{ "any other >From is text", ">From the log\n", ">From the log" },
};

static void test_case(const void *data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	const char *text = cases[i].text;
	g_autofree char *shown = NULL;
	struct body body;

	body_parse(&body, text, strlen(text));
	shown = g_strndup(text + body.start, body.end - body.start);
	g_assert_cmpstr(shown, ==, cases[i].body);
	g_assert_cmpstr(body.from, ==, cases[i].from);
	g_assert_cmpstr(body.subject, ==, cases[i].subject);
	body_clear(&body);
}

/* A text may end anywhere.  A sanitizer sees it if a byte after it is read. */
static void test_cut_short(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		size_t len = strlen(cases[i].text);

		for (size_t n = 0; n <= len; n++) {
			char *copy = g_malloc(n + 1);
			struct body body;

			memcpy(copy, cases[i].text, n);
			copy = g_realloc(copy, MAX(n, 1));
			body_parse(&body, copy, n);
			g_assert_cmpuint(body.start, <=, body.end);
			g_assert_cmpuint(body.end, <=, n);
			body_clear(&body);
			g_free(copy);
		}
	}
}

static void check_summary(const char *line, gboolean is_one, unsigned files,
			  unsigned insertions, unsigned deletions)
{
	struct diffstat stat = { 0 };

	g_assert_cmpint(diffstat_parse_summary(line, strlen(line), &stat), ==,
			is_one);
	if (!is_one)
		return;
	g_assert_cmpuint(stat.files, ==, files);
	g_assert_cmpuint(stat.insertions, ==, insertions);
	g_assert_cmpuint(stat.deletions, ==, deletions);
}

static void test_summary(void)
{
	check_summary(" 1 file changed, 1 insertion(+)", TRUE, 1, 1, 0);
	check_summary(" 2 files changed, 3 deletions(-)", TRUE, 2, 0, 3);
	check_summary(" 12 files changed, 30 insertions(+), 4 deletions(-)",
		      TRUE, 12, 30, 4);
	check_summary(" 1 file changed", TRUE, 1, 0, 0);
	check_summary("1 file changed, 1 insertion(+)", TRUE, 1, 1, 0);
	check_summary(" 0 files changed\t", TRUE, 0, 0, 0);
	check_summary(" 1 file changed, 1 bug", FALSE, 0, 0, 0);
	check_summary(" 1 file changed today", FALSE, 0, 0, 0);
	check_summary("> 1 file changed, 1 insertion(+)", FALSE, 0, 0, 0);
	check_summary(" files changed", FALSE, 0, 0, 0);
	check_summary("", FALSE, 0, 0, 0);
}

static size_t bar_of(const char *line)
{
	return diffstat_bar(line, strlen(line));
}

static void test_bar(void)
{
	g_assert_cmpuint(bar_of(" a.c | 2 +-"), ==, 5);
	g_assert_cmpuint(bar_of(" a.c      |   20 ++++----"), ==, 10);
	g_assert_cmpuint(bar_of(" a | Bin 0 -> 7 bytes"), ==, 3);
	g_assert_cmpuint(bar_of(" a | 0"), ==, 3);
	g_assert_cmpuint(bar_of("a | 2 +-"), ==, 0);
	g_assert_cmpuint(bar_of(" a | b"), ==, 0);
	g_assert_cmpuint(bar_of(" a || 2"), ==, 0);
	g_assert_cmpuint(bar_of(" a |"), ==, 0);
	g_assert_cmpuint(bar_of(""), ==, 0);
}

static void join_path(const char *path, void *data)
{
	g_string_append_printf(data, "%s ", path);
}

static void check_paths(const char *text, const char *paths)
{
	g_autoptr(GString) got = g_string_new(NULL);

	body_each_path(text, strlen(text), join_path, got);
	g_assert_cmpstr(got->str, ==, paths);
}

static void test_paths(void)
{
	check_paths("diff --git a/f.c b/f.c\n--- a/f.c\n+++ b/f.c\n",
		    "f.c f.c f.c ");
	check_paths("--- /dev/null\n+++ b/new.c\n", "new.c ");
	check_paths("--- l.orig/f.c\t2020-01-01\n+++ l/f.c\t2020\n",
		    "l.orig/f.c f.c ");
	check_paths("diff --git a/x.png b/x.png\nBinary files differ\n",
		    "x.png ");
	check_paths("diff --git a/o b/n\nrename from o\nrename to n\n", "o n ");
	/* Only a text without a diff names its files in the diffstat. */
	check_paths(" d/a.c | 2 +-\n b.c  | 1 +\n", "d/a.c b.c ");
	check_paths(" d/a.c | 2 +-\n--- a/x\n+++ b/x\n", "x x ");
	check_paths("nothing | at all\n", "");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/body/%s",
							cases[i].name);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_case);
	}
	g_test_add_func("/body/cut short", test_cut_short);
	g_test_add_func("/diffstat/summary", test_summary);
	g_test_add_func("/diffstat/bar", test_bar);
	g_test_add_func("/body/paths", test_paths);
	return g_test_run();
}
