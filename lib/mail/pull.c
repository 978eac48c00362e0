#include "mail/pull.h"
#include "mail/span.h"

/* A longer line names no repository. */
#define MAX_LINE 1000

/* Lines between "repository at:" and the repository. */
#define MAX_BLANK_LINES 3

static char *next_word(const char **text)
{
	size_t len;

	*text += strspn(*text, " \t\r");
	len = strcspn(*text, " \t\r");
	*text += len;
	return len ? g_strndup(*text - len, len) : NULL;
}

/* "  git://git.example.org/linux.git tags/for-linus" */
static void read_place(struct pull *out, struct span rest)
{
	struct span line;
	int i;

	for (i = 0; i < MAX_BLANK_LINES && span_line(&rest, &line); i++) {
		g_autofree char *text = NULL;
		const char *words;

		if (span_is_blank(line))
			continue;
		text = g_strndup(line.s, MIN(line.len, MAX_LINE));
		words = text;
		out->url = next_word(&words);
		out->ref = next_word(&words);
		return;
	}
}

/* "for you to fetch changes up to 1234abcd:" */
static void read_end(struct pull *out, struct span line)
{
	g_autofree char *text = g_strndup(line.s, MIN(line.len, MAX_LINE));
	size_t len = strspn(text, "0123456789abcdefABCDEF");

	if (len >= 7 && len <= 64)
		out->commit = g_ascii_strdown(text, len);
}

gboolean pull_parse(struct pull *out, const char *text, size_t len)
{
	struct span rest = { text, len }, line;

	memset(out, 0, sizeof(*out));
	while (span_line(&rest, &line) && !out->commit) {
		/* git before 1.7 said "are available in the git repository" */
		if (!out->url &&
		    (span_starts(line, "are available in the Git repo") ||
		     span_starts(line, "are available in the git repo")))
			read_place(out, rest);
		else if (span_skip(&line, "for you to fetch changes up to "))
			read_end(out, line);
	}
	return out->url != NULL;
}

void pull_clear(struct pull *pull)
{
	g_free(pull->url);
	g_free(pull->ref);
	g_free(pull->commit);
	memset(pull, 0, sizeof(*pull));
}
