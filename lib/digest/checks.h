/*
 * checks: what a maintainer would ask about before merging a branch.
 */
#ifndef DIGEST_CHECKS_H
#define DIGEST_CHECKS_H

#include "digest/patch.h"

/* In the order to print. */
enum check {
	CHECK_KEY,		/* adds what looks like a private key */
	CHECK_MARKER,		/* leaves a conflict marker */
	CHECK_FIXUP,		/* "fixup!", "squash!", "amend!" */
	CHECK_WIP,		/* not meant to be merged */
	CHECK_EMPTY,		/* changes nothing */
	CHECK_SIGNED_OFF,	/* no Signed-off-by, where most have one */
	CHECK_REVIEW,		/* nobody answers for it, where most have one
				   who does */
	CHECK_FIXES,		/* "Fixes:" names a commit that is not here */
	CHECK_PICKED,		/* so does "cherry picked from commit" */
	CHECK_REVERT,		/* so does "This reverts commit" */
	CHECK_BACK_MERGE,	/* merges the other side back */
	CHECK_MERGE,		/* brings commits of another branch */
	CHECK_LARGE,		/* adds a large file */
	CHECK_BINARY,		/* adds a binary file */
	CHECK_MODE,		/* changes the mode of a file */
	CHECK_WHITESPACE,	/* what "git diff --check" says */
	CHECK_ADDRESS,		/* the author's address is of a machine */
	NR_CHECKS
};

/* What a check found in one commit. */
struct finding {
	enum check check;
	char commit[HEX_ID_LEN + 1];
	char *subject;		/* the commit's */
	char *text;		/* what is the matter: "adds a.bin of 3 MB" */
	char *detail;		/* what is particular to it: "a.bin of 3 MB"; or
				   NULL */
	guint nr_details;	/* how many things that names, or would: "..."
				   stands for those beyond a few */
};

/* The name of a check, a word for programs. */
const char *checks_name(enum check check);

struct checks;

/* The repository must outlive the result. */
struct checks *checks_new(const struct repository *repository);
void checks_free(struct checks *checks);

/*
 * Start to ask git for whitespace errors that are there in the end: from, which
 * may be NULL, and to are what a merge would compare.  paths (char *) limit the
 * files.  Without this nobody looks for them.  Returns 0, or -1 and sets *err,
 * which is NULL on entry and which the caller frees, if git cannot be started.
 */
int checks_start(struct checks *checks, const char *from, const char *to,
		 const GPtrArray *paths, char **err);

/*
 * Examine a commit, which must still have its body.  Without its contents, only
 * its message is.
 */
void checks_add(struct checks *checks, const struct patch *patch);

/*
 * All commits are there: set *out to an array of struct finding *, by check and
 * in the order of the commits, which the caller unrefs.  other is the commit
 * that the branch is to be merged into, or NULL.  That a commit has no
 * Signed-off-by counts only where most others have one: most of the range's
 * commits, or of the hundred before it, those that lead to other.  A merge that
 * brings another branch counts only where few of those are merges.  Returns 0;
 * or -1 if git cannot tell, and sets *err as above.
 */
int checks_finish(struct checks *checks, const char *other, GPtrArray **out,
		  char **err);

#endif
