/*
 * gitconfig: the values of git-config(1) as a git command sees them: the
 * files that git reads, then what GIT_CONFIG_COUNT and "git -c" add, which
 * libgit2 does not know.
 */
#ifndef GITCONFIG_H
#define GITCONFIG_H

#include <glib.h>

struct git_repository;
struct gitconfig;

/*
 * The configuration of repo, or, if repo is NULL, what is set outside of any
 * repository.  Returns 0, or -1 and sets *err, which the caller frees.
 */
int gitconfig_open(struct gitconfig **out, struct git_repository *repo,
		   char **err);
void gitconfig_free(struct gitconfig *config);

/* The value of key, lower case, or NULL.  It lives as long as config. */
const char *gitconfig_string(struct gitconfig *config, const char *key);

/*
 * The same as a path, "~/" expanded; the caller owns it.  NULL if it is unset.
 */
char *gitconfig_path(struct gitconfig *config, const char *key);

/*
 * The same as a boolean or a number.  They leave *value alone if key is
 * unset, and return -1 and set *err if it is set to something else.
 */
int gitconfig_bool(struct gitconfig *config, const char *key,
		   gboolean *value, char **err);
int gitconfig_int(struct gitconfig *config, const char *key,
		  int *value, char **err);

/* path with a leading "~/" made the home directory; the caller owns it. */
char *expand_home(const char *path);

/* A boolean in git's spelling; returns -1 if text is none. */
int gitconfig_parse_bool(const char *text, gboolean *value);

#endif
