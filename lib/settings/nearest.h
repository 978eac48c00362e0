/*
 * nearest: which of the known names a misspelt one may mean.
 */
#ifndef SETTINGS_NEAREST_H
#define SETTINGS_NEAREST_H

#include <glib.h>

/*
 * The one of the names (const char *) that takes the fewest edits, if those are
 * at most a third of its letters; else NULL.  An edit adds, drops or changes a
 * letter, or swaps two neighbours.
 */
const char *nearest_name(const char *name, const GPtrArray *names);

#endif
