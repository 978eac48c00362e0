#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "git/gitconfig.h"
#include "git/git.h"
#include "screen/color.h"
#include "screen/pager.h"

int color_parse_when(const char *text, enum color_when *when)
{
	gboolean on;

	if (!g_ascii_strcasecmp(text, "always"))
		*when = COLOR_ALWAYS;
	else if (!g_ascii_strcasecmp(text, "never"))
		*when = COLOR_NEVER;
	else if (!g_ascii_strcasecmp(text, "auto"))
		*when = COLOR_AUTO;
	else if (!gitconfig_parse_bool(text, &on))
		*when = on ? COLOR_AUTO : COLOR_NEVER;
	else
		return -1;
	return 0;
}

int color_from_config(struct gitconfig *config, enum color_when *when,
		      char **err)
{
	static const char *const keys[] = { "color.digest", "color.ui" };
	size_t i;

	*when = COLOR_AUTO;
	for (i = 0; i < G_N_ELEMENTS(keys); i++) {
		const char *value = gitconfig_string(config, keys[i]);

		if (!value)
			continue;
		if (!color_parse_when(value, when))
			return 0;
		*err = g_strdup_printf("bad value '%s' for '%s'; it may be "
				       "always, auto or never", value, keys[i]);
		return -1;
	}
	return 0;
}

gboolean color_on_stdout(enum color_when when, struct gitconfig *config)
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
	return pager_is_wanted(config) ? in_pager : isatty(STDOUT_FILENO);
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
};

int color_palette_init(struct palette *palette, gboolean on,
		 struct gitconfig *config, char **err)
{
	int i;

	memset(palette, 0, sizeof(*palette));
	palette->reset = on ? "\033[m" : "";
	for (i = 0; i < NR_COLOR_SLOTS; i++) {
		g_autofree char *key = g_strconcat("color.digest.",
						   slots[i].name, NULL);
		const char *value = on ? gitconfig_string(config, key) : NULL;

		/* a color in git's words: "bold red", "#ff8000 ul" */
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

void color_palette_clear(struct palette *palette)
{
	int i;

	for (i = 0; i < NR_COLOR_SLOTS; i++)
		g_free(palette->start[i]);
}
