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

#include "git/changes.h"
#include "git/sides.h"

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
	gint64 base_time;	/* when it was committed, in seconds since 1970;
				   -1 if unknown */
	unsigned long behind;	/* commits that the other side has and the
				   branch has not */
	GPtrArray *both;	/* char *: files that both sides change since
				   the base, quoted in the same way */
	char *no_side;		/* why those three are unknown, or NULL */
	struct changes changes;	/* from the base, or if there is none from
				   nothing, to the tip */
	char *no_changes;	/* why these are unknown, or NULL */
};

struct merge_try;

/*
 * Find the merge base of a branch that ends with tip and the other side, into,
 * which may be NULL.  sides is what is known of both, or NULL; paths (char *)
 * limit what is said of files.  All of them must live until merge_try_finish().
 */
struct merge_try *merge_try_start(const struct repository *repository,
				  const char *into, const char *tip,
				  const struct sides *sides,
				  const GPtrArray *paths, char **err);

/* The merge base, as long as the try lives; NULL if there is none. */
const char *merge_try_base(const struct merge_try *attempt);

/* Start to try the merge, and to compare the branch with the merge base. */
int merge_try_run(struct merge_try *attempt, char **err);

/*
 * Wait for the answers, fill *out for merge_clear(), and free the try.  theirs
 * is the set of the files (char *) that the other side has changed since the
 * base; or NULL if that is unknown, and then why, which is taken over, says so.
 */
void merge_try_finish(struct merge *out, struct merge_try *attempt,
		      GHashTable *theirs, char *why);
void merge_clear(struct merge *merge);

/* End it before it is done, and free it. */
void merge_try_stop(struct merge_try *attempt);

/* Make it MERGE_NO_SIDE after all; the changes stay. */
void merge_forget_side(struct merge *merge);

#endif
