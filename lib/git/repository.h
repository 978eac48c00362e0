/*
 * repository: the repository that git finds, and where its parts are.
 *
 * Only git looks for it.  So it is up to git, as for any of its commands, which
 * repositories are trusted (safe.directory, safe.bareRepository), which formats
 * can be read, and what the environment says.  repository_free() takes NULL.
 */
#ifndef GIT_REPOSITORY_H
#define GIT_REPOSITORY_H

#include <glib.h>

/* How many hexadecimal digits an object's id has. */
#define HEX_ID_LEN 40

struct repository {
	char *folder;		/* for git_start(): NULL is the current one */
	char *common_dir;	/* the git directory; in a linked worktree that
				   of the main one */
	char *objects;		/* where git writes objects */
	GPtrArray *object_folders;	/* char *: this folder and all
					   alternates */
	char *prefix;		/* from the top of the work tree to the current
				   folder: "lib/"; "" at the top and outside */
	gboolean is_bare, is_shallow;
	gboolean in_work_tree;	/* the current folder is, and it is not in the
				   git directory */
	GPtrArray *epochs;	/* struct epoch *, the newest first, if this is
				   an inbox with several (epochs.h); or NULL */
	char *refetch;		/* gitconfig_refetch(), for the caller to set */
};

/*
 * Find the repository of the current folder or, if mirror is not NULL, the one
 * in exactly that folder.  Returns 0; 1 if mirror is NULL and there is none; or
 * -1 with *err, NULL on entry, set to a message that the caller frees.
 */
int repository_find(struct repository **out, const char *mirror, char **err);
void repository_free(struct repository *repository);

/*
 * The top of the work tree as seen from the current folder, "../../", or "." at
 * the top and outside.  The caller frees it.
 */
char *repository_top(const struct repository *repository);

/*
 * Why git cannot tell something: the reason itself or, in a partial clone, also
 * how to get the objects that may be missing.  Frees reason, which may be NULL;
 * the caller frees the result.
 */
char *repository_explain(const struct repository *repository, char *reason);

#endif
