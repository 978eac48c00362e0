/*
 * merge: what a branch is to the side that it is to be merged into: how it
 * left it, what it changes in all, and whether it goes back in.
 */
#ifndef MERGE_H
#define MERGE_H

#include "body.h"

struct git_oid;
struct git_repository;

enum merge_result {
	MERGE_NO_SIDE,		/* there is no other side */
	MERGE_UNRELATED,	/* it has no history in common */
	MERGE_UP_TO_DATE,	/* it has all of the branch */
	MERGE_FAST_FORWARD,	/* the branch has all of it */
	MERGE_CLEAN,
	MERGE_CONFLICTS,
	MERGE_UNKNOWN,		/* libgit2 cannot merge them: a commit is broken */
};

/* A word for programs: "clean"; NULL where there is no other side. */
const char *merge_result_name(enum merge_result result);

struct merge {
	enum merge_result result;
	char base[41];		/* the newest commit that both have; "" if
				   none */
	char *base_abbrev;	/* NULL until it is set */
	GPtrArray *conflicts;	/* char *: paths, valid UTF-8, quoted as git
				   quotes them in a diffstat */
	struct diffstat diffstat;	/* from the base, or else from nothing, to
					   the branch's tip */
};

/* What git is reckoning. */
struct merge_try;

/*
 * Begin to try the merge of the branch that ends with tip into the other side,
 * which may be NULL.  paths limit the diffstat, and must live on.  Returns NULL
 * and sets *err, which the caller frees, if git cannot be run.
 */
struct merge_try *merge_try_start(struct git_repository *repo,
				  const struct git_oid *into,
				  const struct git_oid *tip,
				  const GPtrArray *paths, char **err);

/*
 * Fill *out, and free the try.  The merge itself is made in memory.  Returns 0,
 * or -1 and sets *err if objects cannot be read by git either.  merge_clear()
 * ends *out in either case.
 */
int merge_try_finish(struct merge *out, struct merge_try *attempt, char **err);
void merge_clear(struct merge *merge);

/* There is no other side after all; the diffstat stays. */
void merge_forget_side(struct merge *merge);

#endif
