/*
 * pager: the program through which a person reads standard output.
 */
#ifndef SCREEN_PAGER_H
#define SCREEN_PAGER_H

#include <glib.h>

/*
 * Tell the programs that are started later how wide the terminal is (COLUMNS),
 * as they cannot ask it themselves when they write to a pipe.
 */
void pager_export_columns(void);

/*
 * How wide is the terminal on which the text that is written to standard output
 * will be seen, with or without a pager?  0 if it is seen on none.
 */
unsigned pager_columns(void);

/* Does a pager read standard output, or would pager_start() start one? */
gboolean pager_is_wanted(void);

/*
 * If standard output is a terminal, start the pager that git would start (see
 * GIT_PAGER in git-var(1)).  Standard output goes to the pager from then on,
 * and so does standard error if it is a terminal.  Returns 0; or -1 and sets
 * *err, NULL on entry, to a message that the caller frees, and then there is no
 * pager.
 *
 * A signal that ends this process waits for the pager, which would otherwise
 * leave the terminal in a bad state.
 */
int pager_start(char **err);

/*
 * Let the pager see the end of its input, and wait until the user leaves it.
 * Returns -1 if it did not end well: then nobody may have seen the text.
 */
int pager_wait(void);

#endif
