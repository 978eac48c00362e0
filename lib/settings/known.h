/*
 * known: what is known of all lists, for --lists.
 */
#ifndef SETTINGS_KNOWN_H
#define SETTINGS_KNOWN_H

#include <glib.h>

/*
 * The lists of all YAML files: struct listing *, first those that have a
 * mirror, in an array that owns them.  What is new in a mirror is told by the
 * mark of this name.  NULL sets *err, NULL on entry, to a message that the
 * caller frees: a file cannot be read.  A mirror that cannot be read is told
 * with its list.
 */
GPtrArray *known_lists(const char *mark, char **err);

#endif
