/*
 * raw-commit: what is used of a commit object, without all that libgit2 makes
 * of one.
 */
#ifndef RAW_COMMIT_H
#define RAW_COMMIT_H

#include <glib.h>

struct git_odb;
struct git_odb_object;
struct git_oid;

struct raw_commit {
	const char *tree;	/* its id, GIT_OID_HEXSZ digits and more */
	const char *parents;	/* their lines: see raw_commit_parent() */
	unsigned nr_parents;
	gint64 time;		/* the committer's, in seconds since 1970 */
	const char *message;	/* message_len bytes, in whatever encoding */
	size_t message_len;
	struct git_odb_object *object;	/* that all these are in */
};

/*
 * Returns 0, or libgit2's error if there is no such commit.  What cannot be
 * read in it is 0 or empty.  raw_commit_clear() ends it.
 */
int raw_commit_read(struct raw_commit *out, struct git_odb *odb,
		    const struct git_oid *oid);
void raw_commit_clear(struct raw_commit *commit);

/* The id of a parent; n must be less than nr_parents. */
void raw_commit_parent(const struct raw_commit *commit, unsigned n,
		       struct git_oid *out);

#endif
