/*
 * lists: which YAML file is about a list.
 *
 * The functions that find a file return 0 and set *path to the file, which the
 * caller frees, or to NULL if there is none.  Or they return -1 and set *err,
 * NULL on entry, to a message that the caller frees.
 */
#ifndef SETTINGS_LISTS_H
#define SETTINGS_LISTS_H

#include <glib.h>

struct config;
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

/*
 * Read a file, over the one that is installed for the same list; under an
 * installed file lies none.  id is the list's if the file does not say it; NULL
 * if unknown.  Returns 0, with *out for config_clear(); or -1 and sets *err,
 * and *out is only good for that.
 */
int lists_read(struct config *out, const char *path, const char *id,
	       char **err);

/*
 * The files of all lists, sorted by their names: char *, in an array that owns
 * them.  An installed file is left out if one of the user's is about its list.
 * NULL if a file cannot be read; then *err is set.
 */
GPtrArray *lists_all(char **err);

/* Leave those that name a mirror. */
int lists_keep_mirrors(GPtrArray *files, char **err);

/* "/.../kvm.yaml" is called "kvm".  The caller owns it. */
char *lists_name_of(const char *path);

/*
 * What these files are called, each once and without ".yaml", for --list:
 * char *, sorted, in an array that owns them.
 */
GPtrArray *lists_names(void);

/*
 * The file in which the user may say more than the file at path does: one in
 * the user's folder for a file that is installed, else path.  The caller owns
 * it.
 */
char *lists_user_file(const char *path);

#endif
