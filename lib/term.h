/*
 * term: what lies between a digest and the eyes that read it: the pager,
 * colors, and the scrubbing of text that strangers wrote.
 */
#ifndef TERM_H
#define TERM_H

#include <stdio.h>
#include <glib.h>

struct gitconfig;

/*
 * Write s[0..len), valid UTF-8, so that no terminal takes it for a command:
 * control characters but tab and newline, and DEL, as "^[", C1 and the
 * bidirectional embeddings, overrides and isolates (U+202A to U+202E, U+2066
 * to U+2069) as "<U+202E>".  Write errors are left to ferror().
 */
void term_scrub(FILE *out, const char *s, size_t len);
void term_scrub_str(FILE *out, const char *s);

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
 * -1 and sets *err if one cannot be read.  palette_clear() ends it.
 */
int palette_init(struct palette *palette, gboolean on,
		 struct gitconfig *config, char **err);
void palette_clear(struct palette *palette);

/*
 * Tell the programs that are started with another standard output how wide the
 * terminal is, if there is one: COLUMNS, unless it is set.
 */
void term_export_columns(void);

/*
 * If standard output is a terminal and no pager reads it yet, start the one
 * that git would (GIT_PAGER, core.pager, PAGER, or what git was built with)
 * and let standard output and, if it is a terminal, standard error go to it.
 * Without one that can be started, a warning is all that comes of it.
 *
 * From then on a signal that ends this process waits for the pager first, so
 * that the terminal is left as it was.
 */
void pager_start(struct gitconfig *config);

/* Let the pager see the end of its input, and wait until it is left. */
void pager_wait(void);

#endif
