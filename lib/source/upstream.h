/*
 * upstream: what the side that a branch is to be merged into has: the commits
 * since the branch left it, the files that they change, and which commits of
 * the branch are among them under another id.
 *
 * A function that cannot start a git returns NULL or -1 and sets *err, NULL on
 * entry, to a message that the caller frees.  If git runs but fails, the result
 * says why.
 */
#ifndef SOURCE_UPSTREAM_H
#define SOURCE_UPSTREAM_H

#include "git/history.h"

struct upstream;

/*
 * Start to walk from the ends of the range, which must exclude something, where
 * the history, which has ended, does not tell its sides.  All of them must live
 * as long as the result, for upstream_free().
 */
struct upstream *upstream_start(const struct repository *repository,
				const struct range *range,
				const struct history *history, char **err);
void upstream_free(struct upstream *upstream);

/*
 * Wait for the walks.  Returns how the range's tip lies to what it excludes,
 * which lives as long as upstream; NULL if git cannot tell.
 */
const struct sides *upstream_sides(struct upstream *upstream);

/*
 * After that, start to look at files: with ours, the ids of the branch's
 * commits, a line each, at those of all commits; with a base, not NULL, at
 * those that differ between that and the commit that the range excludes.
 */
int upstream_look(struct upstream *upstream, const GString *ours,
		  const char *base, char **err);

/* What was found. */
struct upstream_found {
	GHashTable *twins;	/* see cherry_find(); NULL without ours */
	GHashTable *changed;	/* a set of char *: the files that differ; NULL
				   without a base */
	char *unknown;		/* why both are unknown, or NULL */
	char *no_twins;		/* why only the twins are unknown, or NULL */
};

/* Wait for that, and fill *out; the caller owns what is in it. */
void upstream_finish(struct upstream *upstream, struct upstream_found *out);

#endif
