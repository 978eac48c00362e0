/*
 * source: the repository that a digest is made of: found, opened, and what
 * kind it is.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <glib.h>

struct git_commit;
struct git_oid;
struct git_repository;

/* To be called once, before any other function that uses a repository. */
void source_setup(void);

/*
 * Open a repository.  With a NULL path the one that git would use here:
 * GIT_DIR, or the nearest above the current folder (GIT_CEILING_DIRECTORIES).
 * Otherwise path is a repository, or an inbox: a folder with epochs in git/.
 * Returns 0; or 1 if path is NULL and there is no repository; or -1 and sets
 * *err, which the caller frees.
 */
int source_open(struct git_repository **out, const char *path, char **err);

/*
 * Another handle on the objects of a repository, good for nothing else, for a
 * thread of its own: libgit2 lets one thread at a time read by one handle.
 * The caller frees it with git_repository_free().  Returns 0, or libgit2's
 * error.
 */
int source_open_objects(struct git_repository **out,
			struct git_repository *repo);

/* The folders that objects are in, but alternates of alternates; of char *. */
GPtrArray *source_object_folders(struct git_repository *repo);

enum source_kind {
	SOURCE_INBOX_V2,	/* a public-inbox epoch: public-inbox-v2-format(5) */
	SOURCE_INBOX_V1,	/* the older format: public-inbox-v1-format(5) */
	SOURCE_CODE,
};

/*
 * The kind, told by the tree of the commit oid, or of those right before it.
 * Returns 0, or -1 and sets *err if none of them can be read.
 */
int source_kind(enum source_kind *out, struct git_repository *repo,
		const struct git_oid *oid, char **err);

/*
 * The first parent of a commit, which is freed; NULL if there is none, or none
 * that can be read.  The caller frees it with git_commit_free().
 */
struct git_commit *source_parent(struct git_commit *commit);

/*
 * A name for the list of a mirror whose mails tell none: that of its folder,
 * "kvm" for .../kvm/git/0.git and .../kvm.git.  The caller owns it.
 */
char *source_folder_name(struct git_repository *repo);

#endif
