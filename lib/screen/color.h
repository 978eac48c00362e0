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

/* By enum color_when, up to a NULL. */
extern const char *const color_words[];

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
	COLOR_APPLIED,		/* this and what follows: what became of a
				   series */
	COLOR_SUPERSEDED,
	COLOR_REJECTED,
	COLOR_REVIEWED,
	COLOR_REVIEW,
	COLOR_UNANSWERED,
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

/*
 * Choose the colors of color.digest.<slot>, or none.  when is an enum
 * color_when; if it is -1, color.digest, or else color.ui, says when.  A file
 * has colors only if when is COLOR_ALWAYS.  Call this before pager_start().
 * Returns 0, with *palette for color_close(), or -1.
 */
int color_open(struct palette *palette, int when, gboolean to_file,
	       struct gitconfig *config, char **err);
void color_close(struct palette *palette);

#endif
