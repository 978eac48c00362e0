/*
 * pager: the program that a person reads standard output with, as git starts it.
 */
#ifndef SCREEN_PAGER_H
#define SCREEN_PAGER_H

#include <glib.h>

struct gitconfig;

/*
 * Tell the programs that are started with another standard output how wide the
 * terminal is, if there is one: COLUMNS, unless it is set.
 */
void pager_export_columns(void);

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

/*
 * Does a pager read standard output, or would pager_start() start one?
 */
gboolean pager_is_wanted(struct gitconfig *config);

#endif
