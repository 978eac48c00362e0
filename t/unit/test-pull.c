/* Tests of mail/pull.h: what a pull request asks to pull. */
#include <string.h>
#include "mail/pull.h"

#define AT "are available in the Git repository at:\n\n"

/* "url ref commit", each "-" where the mail does not say it; "" for none. */
static const struct {
	const char *what, *text, *asks;
} cases[] = {
	{ "as git writes it",
	  "The following changes since commit 0123:\n\n  x\n\n"
	  AT "  git://git.example/x.git tags/for-linus\n\n"
	  "for you to fetch changes up to ABcdef01:\n\n  y\n",
	  "git://git.example/x.git tags/for-linus abcdef01" },
	{ "as old gits wrote it",
	  "are available in the git repository at:\n"
	  "  git://git.example/x.git master\n",
	  "git://git.example/x.git master -" },
	{ "without a branch", AT "  https://git.example/x\n",
	  "https://git.example/x - -" },
	{ "lines that end in CR", AT "  https://git.example/x main\r\n",
	  "https://git.example/x main -" },
	{ "an end that is no id", AT " a b\n"
	  "for you to fetch changes up to yesterday:\n", "a b -" },
	{ "the first of two", AT " a b\n" AT " c d\n", "a b -" },
	{ "quoted", "> " AT "> a b\n", "" },
	{ "too far below", AT "\n\n\n\n a b\n", "" },
	{ "at the end of the text", "are available in the Git repository at:",
	  "" },
	{ "another text", "Please pull.\n", "" },
	{ "no text", "", "" },
};

static void test_case(const void *data)
{
	const char *const *row = data;
	g_autofree char *asks = NULL;
	struct pull got;
	gboolean is = pull_parse(&got, row[1], strlen(row[1]));

	asks = is ? g_strdup_printf("%s %s %s", got.url,
				    got.ref ? got.ref : "-",
				    got.commit ? got.commit : "-") :
	       g_strdup("");
	g_assert_cmpstr(asks, ==, row[2]);
	pull_clear(&got);
}

int main(int argc, char **argv)
{
	size_t i;

	g_test_init(&argc, &argv, NULL);
	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/pull/%s",
							cases[i].what);

		g_test_add_data_func(path, &cases[i], test_case);
	}
	return g_test_run();
}
