/*
 * gitconfig: the values of git-config(1) as git itself sees them: its files,
 * what they include, the environment, "git -c".
 */
#ifndef GIT_GITCONFIG_H
#define GIT_GITCONFIG_H

#include <glib.h>

struct git_process;
struct gitconfig;

/*
 * Ask git for the configuration that counts in a folder (see run-git.h); then,
 * maybe later, take its answer and end the process.  They return NULL or -1 and
 * set *err, which the caller frees, if git cannot tell.
 */
struct git_process *gitconfig_ask(const char *folder, char **err);
int gitconfig_open(struct gitconfig **out, struct git_process *process,
		   char **err);
void gitconfig_free(struct gitconfig *config);

/* The value of key, lower case, or NULL.  It lives as long as config. */
const char *gitconfig_string(const struct gitconfig *config, const char *key);

/*
 * The same as a path, "~/" expanded; the caller owns it.  NULL if it is unset.
 */
char *gitconfig_path(const struct gitconfig *config, const char *key);

/*
 * The same as a boolean or a number.  They leave *value alone if key is
 * unset, and return -1 and set *err if it is set to something else.
 */
int gitconfig_bool(const struct gitconfig *config, const char *key,
		   gboolean *value, char **err);
int gitconfig_int(const struct gitconfig *config, const char *key,
		  int *value, char **err);

/* Call fn with each key that is set, once. */
void gitconfig_each_key(const struct gitconfig *config,
			void (*fn)(const char *key, void *data), void *data);

/*
 * Where objects may be missing ("git clone --filter"), the command that gets
 * them, which the caller owns; NULL elsewhere.
 */
char *gitconfig_refetch(const struct gitconfig *config);

/* path with a leading "~/" made the home directory; the caller owns it. */
char *gitconfig_expand_home(const char *path);

/* A boolean in git's spelling; returns -1 if text is none. */
int gitconfig_parse_bool(const char *text, gboolean *value);

#endif
