/*
 * gitconfig: the configuration as git-config(1) sees it: from files, the files
 * that they include, the environment and "git -c".
 *
 * Keys are in lower case.  A char * that is returned belongs to the caller.
 * *err is NULL on entry, and is set to a message that the caller frees if -1 or
 * NULL is returned.  gitconfig_free() takes NULL.
 */
#ifndef GIT_GITCONFIG_H
#define GIT_GITCONFIG_H

#include <glib.h>

struct git_process;
struct gitconfig;

/*
 * Start to ask git for the configuration in a folder (see git.h); then, maybe
 * later, take the answer, which ends the process.
 */
struct git_process *gitconfig_ask(const char *folder, char **err);
int gitconfig_open(struct gitconfig **out, struct git_process *process,
		   char **err);
void gitconfig_free(struct gitconfig *config);

/* The value of key, which lives as long as config; NULL if key is unset. */
const char *gitconfig_string(const struct gitconfig *config, const char *key);

/* The value of key with "~/" expanded; NULL if it is unset or empty. */
char *gitconfig_path(const struct gitconfig *config, const char *key);

/*
 * The value of key as a boolean; any other value is an error.  *value stays as
 * it is if key is unset.
 */
int gitconfig_bool(const struct gitconfig *config, const char *key,
		   gboolean *value, char **err);

/* Call fn once with each key that is set. */
void gitconfig_each_key(const struct gitconfig *config,
			void (*fn)(const char *key, void *data), void *data);

/*
 * The command that fetches missing objects in a partial clone ("git clone
 * --filter"); NULL elsewhere.
 */
char *gitconfig_refetch(const struct gitconfig *config);

/* path, with a leading "~/" made the home directory */
char *gitconfig_expand_home(const char *path);

/* Read a boolean in any of git's spellings; returns -1 if text is none. */
int gitconfig_parse_bool(const char *text, gboolean *value);

#endif
