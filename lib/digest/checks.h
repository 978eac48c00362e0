/*
 * checks: what a maintainer would ask about before merging a branch.
 */
#ifndef DIGEST_CHECKS_H
#define DIGEST_CHECKS_H

#include "digest/patch.h"

enum check {
	CHECK_SIGNED_OFF,	/* no Signed-off-by, where most have one */
	CHECK_FIXUP,		/* "fixup!", "squash!", "amend!" */
	CHECK_WIP,		/* work in progress */
	CHECK_FIXES,		/* "Fixes:" names a commit that is not here */
	CHECK_PICKED,		/* so does "cherry picked from commit" */
	CHECK_MERGE,		/* a merge */
	CHECK_REVIEW,		/* nobody answers for it, where most have one
				   who does */
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

/* The repository must outlive the result. */
struct checks *checks_new(const struct repository *repository);
void checks_free(struct checks *checks);

/* Examine a commit, which must still have its body. */
void checks_add(struct checks *checks, const struct patch *patch);

/*
 * All commits are there: set *out to an array of struct finding *, in the
 * order of the commits, which the caller unrefs.  That a commit has no
 * Signed-off-by counts only where most others have one: most of the range's
 * commits, or of the hundred before it, those that lead to the commit below
 * (NULL if there is none).  Returns 0; or -1 if git cannot tell, and sets
 * *err, which is NULL on entry and which the caller frees.
 */
int checks_finish(struct checks *checks, const char *below, GPtrArray **out,
		  char **err);

#endif
