/*
 * merge: how a branch relates to the side that it is to be merged into: where
 * it left that side, what it changes in all, and whether it merges.
 *
 * git tries the merge in a temporary folder of objects, which is then removed.
 * If git cannot be run, a function returns NULL or -1 and sets *err, NULL on
 * entry, to a message that the caller frees; if git runs but fails, struct
 * merge says why.
 */
#ifndef GIT_MERGE_H
#define GIT_MERGE_H

#include "mail/diffstat.h"
#include "git/repository.h"

enum merge_result {
	MERGE_NO_SIDE,		/* there is no other side */
	MERGE_UNRELATED,	/* both have no commit in common */
	MERGE_UP_TO_DATE,	/* the other side has all of the branch */
	MERGE_FAST_FORWARD,	/* the branch has all of the other side */
	MERGE_CLEAN,
	MERGE_CONFLICTS,
	MERGE_UNKNOWN,		/* git fails */
};

/* "clean", "fast-forward", ...; NULL for MERGE_NO_SIDE. */
const char *merge_result_name(enum merge_result result);

struct merge {
	enum merge_result result;
	char *unknown;		/* why the result is unknown, or NULL */
	char base[HEX_ID_LEN + 1];	/* the merge base, or "" */
	GPtrArray *conflicts;	/* char *: paths, valid UTF-8, quoted as git
				   quotes them in a diffstat */
	struct diffstat diffstat;	/* from the base, or if there is none
					   from nothing, to the tip */
	char *no_diffstat;	/* why the diffstat is unknown, or NULL */
};

struct merge_try;

/*
 * Start to try the merge of the branch that ends with tip into the other side,
 * which may be NULL.  paths (char *) limit the diffstat.  The repository and
 * the paths must live until merge_try_finish().
 */
struct merge_try *merge_try_start(const struct repository *repository,
				  const char *into, const char *tip,
				  const GPtrArray *paths, char **err);

/*
 * Wait for the answers, fill *out, and free the try.  merge_clear() ends *out,
 * also after an error.
 */
int merge_try_finish(struct merge *out, struct merge_try *attempt, char **err);
void merge_clear(struct merge *merge);

/* End it before it is done, and free it. */
void merge_try_stop(struct merge_try *attempt);

/* Make it MERGE_NO_SIDE after all; the diffstat stays. */
void merge_forget_side(struct merge *merge);

#endif
