/*
 * lists: which YAML file is about a list.
 *
 * Both functions return 0 and set *path to the file, which the caller frees,
 * or to NULL if there is none.  Or they return -1 and set *err, NULL on entry,
 * to a message that the caller frees.
 */
#ifndef SETTINGS_LISTS_H
#define SETTINGS_LISTS_H

#include <glib.h>

struct gitconfig;
struct repository;

/*
 * Choose the file without a look at any mail.  The first of these counts:
 * file and list, as --config and --list give them (each may be NULL);
 * digest.config and digest.list of git config; digest.yaml in the repository,
 * which may be NULL.
 */
int lists_choose(char **path, const char *file, const char *list,
		 const struct gitconfig *gitconfig,
		 const struct repository *repo, char **err);

/*
 * Find the file with this list.id, first in the user's folder, then among
 * those that "make install" put in place; in a folder the first by file name.
 * With by_name, its list.name or its own name may be the id too, and it is an
 * error if there is no such file.  Upper and lower case are the same.
 */
int lists_find(char **path, const char *id, gboolean by_name, char **err);

#endif
