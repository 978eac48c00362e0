/* Tests of mail/diff.h: the diffs in the text of a patch. */
#include <string.h>
#include "mail/diff.h"

#define HEAD "diff --git a/d/f b/d/f\n"
#define NAMES "--- a/d/f\n+++ b/d/f\n"
#define HUNK "@@ -1,3 +1,3 @@ x\n a\n-b\n+c\n d\n"
#define BARE "@@ -1,1 +1,1 @@\n-b\n+c\n"

static const struct {
	const char *what, *text, *copy, *bare;
} cases[] = {
	{ "a diff of git", "Text.\n---\n d/f | 2 +-\n\n" HEAD
	  "index 1..2 100644\n" NAMES HUNK "-- \n2.39\n",
	  HEAD "index 1..2 100644\n" NAMES HUNK,
	  HEAD "index 1..2 100644\n" NAMES BARE },
	{ "no diff", "--- a\n\n+++ b\n@@ -1 +1 @@\n-a\n+b\n", "", "" },
	{ "of diff(1)", "--- linux.orig/d/f\t2026-01-04\n+++ linux/d/f\n" HUNK,
	  HEAD NAMES HUNK, HEAD NAMES BARE },
	{ "... of a new file",
	  "Index: x/d/f\n====\n--- /dev/null\n+++ x/d/f\n@@ -0,0 +1 @@\n+a\n",
	  HEAD "new file mode 100644\n--- /dev/null\n+++ b/d/f\n"
	  "@@ -0,0 +1 @@\n+a\n",
	  HEAD "new file mode 100644\n--- /dev/null\n+++ b/d/f\n"
	  "@@ -1,0 +1,1 @@\n+a\n" },
	{ "... of a file that is gone",
	  "--- x/d/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
	  HEAD "deleted file mode 100644\n--- a/d/f\n+++ /dev/null\n"
	  "@@ -1 +0,0 @@\n-a\n",
	  HEAD "deleted file mode 100644\n--- a/d/f\n+++ /dev/null\n"
	  "@@ -1,1 +1,0 @@\n-a\n" },
	{ "diff.noPrefix", "diff --git d/f d/f\n--- d/f\n+++ d/f\n" HUNK,
	  HEAD NAMES HUNK, HEAD NAMES BARE },
	{ "diff.mnemonicPrefix",
	  "diff --git i/d/f w/d/f\n--- i/d/f\n+++ w/d/f\n" HUNK,
	  HEAD NAMES HUNK, HEAD NAMES BARE },
	{ "a rename",
	  "diff --git a/d/f b/e\nsimilarity index 90%\nrename from d/f\n"
	  "rename to e\n--- a/d/f\n+++ b/e\n" HUNK,
	  "diff --git a/d/f b/e\nsimilarity index 90%\nrename from d/f\n"
	  "rename to e\n--- a/d/f\n+++ b/e\n" HUNK,
	  "diff --git a/d/f b/e\nsimilarity index 90%\nrename from d/f\n"
	  "rename to e\n--- a/d/f\n+++ b/e\n" BARE },
	{ "a mode", HEAD "old mode 100644\nnew mode 100755\n-- \nx\n",
	  HEAD "old mode 100644\nnew mode 100755\n",
	  HEAD "old mode 100644\nnew mode 100755\n" },
	{ "a binary file, and another",
	  HEAD "index 1..2 100644\nGIT binary patch\nliteral 3\nKc%\n\n"
	  HEAD NAMES HUNK,
	  HEAD "index 1..2 100644\nBinary files a/d/f and b/d/f differ\n"
	  HEAD NAMES HUNK,
	  HEAD "index 1..2 100644\nBinary files a/d/f and b/d/f differ\n"
	  HEAD NAMES BARE },
	{ "CRLF, and a blank that a mailer has cut",
	  "diff --git a/d/f b/d/f\r\n--- a/d/f\r\n+++ b/d/f\r\n"
	  "@@ -1,3 +1,3 @@\r\n\r\n-b\r\n"
	  "+c\r\n d\r\n",
	  HEAD NAMES "@@ -1,3 +1,3 @@\n\n-b\n+c\n d\n", HEAD NAMES BARE },
	{ "no newline at the end of the file",
	  HEAD NAMES "@@ -1 +1 @@\n-b\n\\ No newline at end of file\n+c\n"
	  "\\ No newline at end of file\n",
	  HEAD NAMES "@@ -1 +1 @@\n-b\n+c\n", HEAD NAMES BARE },
	{ "lines that look like names",
	  HEAD NAMES "@@ -1,2 +1,2 @@\n--- a/x\n+++ b/x\n a\n",
	  HEAD NAMES "@@ -1,2 +1,2 @@\n--- a/x\n+++ b/x\n a\n",
	  HEAD NAMES "@@ -1,1 +1,1 @@\n---a/x\n+++b/x\n" },
	{ "lines that a mailer has wrapped",
	  HEAD NAMES "@@ -1,3 +1,3 @@\n-b\nwrapped\n+c\n",
	  HEAD NAMES "@@ -1,3 +1,3 @@\n-b\n",
	  HEAD NAMES "@@ -1,1 +1,0 @@\n-b\n" },
	{ "the order of the lines", HEAD NAMES
	  "@@ -1,2 +1,3 @@\n-x\n+ b\n+\ta\n c\n@@ -9 +9 @@\n-a\n+0\n",
	  HEAD NAMES
	  "@@ -1,2 +1,3 @@\n-x\n+ b\n+\ta\n c\n@@ -9 +9 @@\n-a\n+0\n",
	  HEAD NAMES "@@ -1,2 +1,3 @@\n-a\n-x\n+0\n+a\n+b\n" },
};

static void run(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autoptr(GString) copy = g_string_new(NULL);
	g_autoptr(GString) bare = g_string_new(NULL);
	const char *text = cases[i].text;

	diff_copy(copy, text, strlen(text));
	g_assert_cmpstr(copy->str, ==, cases[i].copy);
	diff_copy_bare(bare, text, strlen(text));
	g_assert_cmpstr(bare->str, ==, cases[i].bare);
}

int main(int argc, char **argv)
{
	size_t i;

	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strconcat("/diff/", cases[i].what,
						    NULL);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), run);
	}
	return g_test_run();
}
