/*
 * columns: how many columns of a terminal a text takes.
 *
 * A text is valid UTF-8, and is shown on one line as scrub.h makes it safe; a
 * tab or a newline in it is shown as a blank.  East Asian wide characters take
 * two columns, and combining ones none.
 */
#ifndef SCREEN_COLUMNS_H
#define SCREEN_COLUMNS_H

#include <glib.h>

unsigned columns_of(const char *text);

/*
 * The text as it is shown, in at most so many columns: a wider one is cut, and
 * ends with ".." like those of --format=%<(<n>,trunc) in git-log(1).  The
 * caller owns it.
 */
char *columns_fit(const char *text, unsigned max);

#endif
