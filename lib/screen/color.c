#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "git/gitconfig.h"
#include "git/git.h"
#include "screen/color.h"
#include "screen/pager.h"

const char *const color_words[] = {
	[COLOR_NEVER] = "never",
	[COLOR_AUTO] = "auto",
	[COLOR_ALWAYS] = "always",
	NULL
};

int color_parse_when(void *into, const char *text, char **err)
{
	enum color_when *when = into;
	gboolean on;
	int i;

	for (i = 0; color_words[i]; i++)
		if (!g_ascii_strcasecmp(text, color_words[i])) {
			*when = i;
			return 0;
		}
	if (!gitconfig_parse_bool(text, &on)) {
		*when = on ? COLOR_AUTO : COLOR_NEVER;
		return 0;
	}
	*err = g_strdup_printf("'%s' is none of: always, auto, never", text);
	return -1;
}

static int read_config(struct gitconfig *config, enum color_when *when,
		       char **err)
{
	const char *own = gitconfig_string(config, "color.digest");
	const char *key = own ? "color.digest" : "color.ui";
	const char *text = gitconfig_string(config, key);
	g_autofree char *why = NULL;

	*when = COLOR_AUTO;
	if (!text || !color_parse_when(when, text, &why))
		return 0;
	*err = g_strdup_printf("bad value for '%s': %s", key, why);
	return -1;
}

/* NO_COLOR and TERM=dumb turn COLOR_AUTO off; color.pager does for a pager. */
static gboolean is_on(enum color_when when, struct gitconfig *config)
{
	const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
	gboolean in_pager = TRUE;
	char *ignored = NULL;

	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	if ((no_color && *no_color) || !term || !strcmp(term, "dumb"))
		return FALSE;
	if (gitconfig_bool(config, "color.pager", &in_pager, &ignored) < 0)
		g_free(ignored);
	return pager_is_wanted() ? in_pager : isatty(STDOUT_FILENO);
}

static const struct {
	const char *name;
	const char *start;
} slots[NR_COLOR_SLOTS] = {
	[COLOR_HEADING] = { "heading", "\033[1m" },
	[COLOR_COUNT] = { "count", "\033[36m" },
	[COLOR_COMMIT] = { "commit", "\033[33m" },
	[COLOR_SUBJECT] = { "subject", "\033[33m" },
	[COLOR_AUTHOR] = { "author", "" },
	[COLOR_NEW] = { "new", "\033[1;32m" },
	[COLOR_EXIST] = { "exist", "\033[36m" },
	[COLOR_SKIP] = { "skip", "\033[31m" },
	[COLOR_INSERTIONS] = { "insertions", "\033[32m" },
	[COLOR_DELETIONS] = { "deletions", "\033[31m" },
	[COLOR_APPLIED] = { "applied", "\033[32m" },
	[COLOR_SUPERSEDED] = { "superseded", "\033[2m" },
	[COLOR_REJECTED] = { "rejected", "\033[31m" },
	[COLOR_REVIEWED] = { "reviewed", "\033[36m" },
	[COLOR_REVIEW] = { "review", "" },
	[COLOR_UNANSWERED] = { "unanswered", "\033[35m" },
};

int color_open(struct palette *palette, int when, gboolean to_file,
	       struct gitconfig *config, char **err)
{
	enum color_when chosen = when;
	gboolean on;
	int i;

	if (when < 0 && read_config(config, &chosen, err) < 0)
		return -1;
	if (to_file && when != COLOR_ALWAYS)
		chosen = COLOR_NEVER;
	on = is_on(chosen, config);
	memset(palette, 0, sizeof(*palette));
	palette->reset = on ? "\033[m" : "";
	for (i = 0; i < NR_COLOR_SLOTS; i++) {
		g_autofree char *key = g_strconcat("color.digest.",
						   slots[i].name, NULL);
		const char *value = on ? gitconfig_string(config, key) : NULL;

		/* git knows what "bold red" and "#ff8000 ul" are */
		palette->start[i] = value ?
			git_ask(NULL, NULL, "config", "--get-color", "", value,
				NULL) :
			g_strdup(on ? slots[i].start : "");
		if (!palette->start[i]) {
			*err = g_strdup_printf("bad color '%s' for '%s'", value,
					       key);
			return -1;
		}
	}
	return 0;
}

void color_close(struct palette *palette)
{
	int i;

	for (i = 0; i < NR_COLOR_SLOTS; i++)
		g_free(palette->start[i]);
}
