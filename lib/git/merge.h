/*
 * merge: what a branch is to the side that it is to be merged into: how it
 * left it, what it changes in all, and whether it goes back in.  git tells all
 * of it; the merge that it makes for a trial leaves nothing behind.
 */
#ifndef GIT_MERGE_H
#define GIT_MERGE_H

#include "mail/diffstat.h"
#include "git/repository.h"

enum merge_result {
	MERGE_NO_SIDE,		/* there is no other side */
	MERGE_UNRELATED,	/* it has no history in common */
	MERGE_UP_TO_DATE,	/* it has all of the branch */
	MERGE_FAST_FORWARD,	/* the branch has all of it */
	MERGE_CLEAN,
	MERGE_CONFLICTS,
	MERGE_UNKNOWN,		/* git cannot tell */
};

/* A word for programs: "clean"; NULL where there is no other side. */
const char *merge_result_name(enum merge_result result);

struct merge {
	enum merge_result result;
	char *unknown;		/* why git cannot tell the result, or NULL */
	char base[HEX_ID_LEN + 1];	/* the newest commit that both have; ""
					   if none */
	GPtrArray *conflicts;	/* char *: paths, valid UTF-8, quoted as git
				   quotes them in a diffstat */
	struct diffstat diffstat;	/* from the base, or else from nothing, to
					   the branch's tip */
	char *no_diffstat;	/* why git cannot tell it, or NULL */
};

/* What git is reckoning. */
struct merge_try;

/*
 * Begin to try the merge of the branch that ends with tip into the other side,
 * which may be NULL.  paths, char *, limit the diffstat.  All of it must live
 * until the end of the try.  Returns NULL and sets *err, which the caller
 * frees, if git cannot be run.
 */
struct merge_try *merge_try_start(const struct repository *repository,
				  const char *into, const char *tip,
				  const GPtrArray *paths, char **err);

/*
 * Fill *out, for merge_clear(), and free the try.  Returns 0, or -1 and sets
 * *err if git cannot be run.
 */
int merge_try_finish(struct merge *out, struct merge_try *attempt, char **err);
void merge_clear(struct merge *merge);

/* There is no other side after all; the diffstat stays. */
void merge_forget_side(struct merge *merge);

#endif
