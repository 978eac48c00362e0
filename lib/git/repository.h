/*
 * repository: the one that git finds, and where it keeps what.
 *
 * git alone finds it: so whose repositories are trusted (safe.directory), bare
 * ones too (safe.bareRepository), which formats can be read, and what the
 * environment says, are as for any command of git.
 */
#ifndef GIT_REPOSITORY_H
#define GIT_REPOSITORY_H

#include <glib.h>

/* How many hexadecimal digits an object's id has. */
#define HEX_ID_LEN 40

struct repository {
	char *folder;		/* for git_start(): NULL is the caller's */
	char *git_dir;		/* absolute */
	char *common_dir;	/* the same, but for a linked worktree */
	char *objects;		/* the folder of its objects */
	char *prefix;		/* "lib/", where the caller's folder is in its
				   work tree; "" at the top, and elsewhere */
	gboolean is_bare, is_shallow;
	gboolean in_work_tree;	/* the caller's folder is in its work tree */
	char *refetch;		/* NULL, or in a partial clone what gets missing
				   objects: gitconfig_refetch(), which the caller
				   has to put here */
};

/*
 * Find the one here, or, if mirror is not NULL, the one in that folder and
 * nowhere else.  Returns 0, with *out for repository_free(); 1 if mirror is
 * NULL and there is none here; or -1 and sets *err, which the caller frees.
 */
int repository_find(struct repository **out, const char *mirror, char **err);
void repository_free(struct repository *repository);

/*
 * The top of its work tree, as "../../" from the caller's folder, "." where
 * that is it or is elsewhere; the caller owns it.
 */
char *repository_top(const struct repository *repository);

/*
 * The folders that its objects are in, with all alternates: char *, in an array
 * that owns them.
 */
GPtrArray *repository_object_folders(const struct repository *repository);

/*
 * Why something cannot be told, which the caller frees: reason, which is freed
 * and may be NULL; in a partial clone also how to get what may be missing.
 */
char *repository_explain(const struct repository *repository, char *reason);

#endif
