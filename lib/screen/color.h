/*
 * color: whether the output has colors, and which (color.digest and its slots).
 *
 * Where a function returns -1, it sets *err, NULL on entry, to a message that
 * the caller frees.
 */
#ifndef SCREEN_COLOR_H
#define SCREEN_COLOR_H

#include <glib.h>

struct gitconfig;

enum color_when {
	COLOR_NEVER,
	COLOR_AUTO,		/* on a terminal and through a pager */
	COLOR_ALWAYS,
};

/* What color.digest.<slot> gives a color to. */
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

/* Escape sequences; empty strings if there are no colors. */
struct palette {
	char *start[NR_COLOR_SLOTS];
	const char *reset;
};

/*
 * The value of --color=<when> and of color.digest: always, auto, never or a
 * boolean.  *into is an enum color_when.
 */
int color_parse_when(void *into, const char *text, char **err);

/* What color.digest, or else color.ui, says; the default is COLOR_AUTO. */
int color_from_config(struct gitconfig *config, enum color_when *when,
		      char **err);

/*
 * Will standard output have colors?  Ask this before pager_start().  NO_COLOR
 * and TERM=dumb turn COLOR_AUTO off, and color.pager does so for a pager.
 */
gboolean color_on_stdout(enum color_when when, struct gitconfig *config);

/* The colors of color.digest.<slot>; none of them if on is FALSE. */
int color_palette_init(struct palette *palette, gboolean on,
		       struct gitconfig *config, char **err);
void color_palette_clear(struct palette *palette);

#endif
