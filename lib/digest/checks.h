/*
 * checks: what a maintainer would ask about before merging a branch.
 */
#ifndef DIGEST_CHECKS_H
#define DIGEST_CHECKS_H

#include "digest/patch.h"

struct repository;

enum check {
	CHECK_SIGNED_OFF,	/* no Signed-off-by, and others have one */
	CHECK_FIXUP,		/* "fixup!", "squash!", "amend!" */
	CHECK_WIP,		/* work in progress */
	CHECK_FIXES,		/* "Fixes:" names a commit that is not here */
	CHECK_PICKED,		/* so does "cherry picked from commit" */
	CHECK_MERGE,		/* a merge */
	CHECK_ADDRESS,		/* the author's address is of a machine */
};

/* One thing that a check found in one commit. */
struct finding {
	enum check check;
	char commit[HEX_ID_LEN + 1];
	char *subject;		/* the commit's */
	char *text;		/* what is the matter */
};

/* The name of a check, a word for programs. */
const char *checks_name(enum check check);

struct checks;

struct checks *checks_new(const struct repository *repository);
void checks_free(struct checks *checks);

/* Examine a commit, before its body is thrown away. */
void checks_add(struct checks *checks, const struct patch *patch);

/*
 * All commits are there: sets *out to an array of struct finding *, in the
 * order of the commits, which the caller unrefs.  A commit without a
 * Signed-off-by is found only if most of the history's others have one: of the
 * range's commits, or of the hundred before it, those of the commit below,
 * which is NULL if there is none.  Returns 0, or -1 and sets *err if git
 * cannot tell.
 */
int checks_finish(struct checks *checks, const char *below, GPtrArray **out,
		  char **err);

#endif
