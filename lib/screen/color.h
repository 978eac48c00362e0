/*
 * color: whether there is color, and which: color.digest and its slots.
 */
#ifndef SCREEN_COLOR_H
#define SCREEN_COLOR_H

#include <glib.h>

struct gitconfig;

enum color_when {
	COLOR_NEVER,
	COLOR_AUTO,		/* if the output goes to a terminal or a pager */
	COLOR_ALWAYS,
};

/* The slots of color.digest.<slot>, in the order of their names' table. */
enum color_slot {
	COLOR_HEADING,
	COLOR_COUNT,
	COLOR_COMMIT,
	COLOR_SUBJECT,
	COLOR_AUTHOR,
	COLOR_NEW,
	COLOR_EXIST,
	COLOR_SKIP,
	COLOR_INSERTIONS,
	COLOR_DELETIONS,
	NR_COLOR_SLOTS
};

/* Escape sequences, or empty strings where there is no color. */
struct palette {
	char *start[NR_COLOR_SLOTS];
	const char *reset;
};

/*
 * A <when>, as --color takes it: always, auto, never or a boolean; -1 if
 * text is none of them.
 */
int color_parse_when(const char *text, enum color_when *when);

/*
 * What color.digest, or else color.ui, says; COLOR_AUTO if neither is set.
 * Returns 0, or -1 and sets *err, which the caller frees.
 */
int color_from_config(struct gitconfig *config, enum color_when *when,
		      char **err);

/*
 * Will standard output have color?  To be asked before pager_start().
 * NO_COLOR and TERM=dumb turn COLOR_AUTO off, as does color.pager for a pager.
 */
gboolean color_on_stdout(enum color_when when, struct gitconfig *config);

/*
 * The colors of color.digest.<slot>, or, if on is FALSE, none.  Returns 0, or
 * -1 and sets *err if one cannot be read.  color_palette_clear() ends it.
 */
int color_palette_init(struct palette *palette, gboolean on,
		 struct gitconfig *config, char **err);
void color_palette_clear(struct palette *palette);

#endif
