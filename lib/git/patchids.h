/*
 * patchids: what changes are, by the ids that git-patch-id(1) gives them: two
 * diffs that differ only in white space and line numbers have one id.
 *
 * *err is NULL on entry everywhere, and is set to a message that the caller
 * frees where a function fails.
 */
#ifndef GIT_PATCHIDS_H
#define GIT_PATCHIDS_H

#include <glib.h>

/* A git that reckons ids. */
struct patchids;

struct git_process;

/*
 * Start to print the diffs of commits of the repository in a folder (see
 * git.h), which stand in ids, a line each: each diff after a line with the id.
 * Without options they are what git-format-patch(1) makes; those that are given
 * (up to a NULL) come behind "-M".  NULL if git cannot be started.
 */
struct git_process *patchids_diffs(const char *folder, const GString *ids,
				   const char *const *options, char **err);

/* Start to reckon the ids of these diffs. */
struct patchids *patchids_of_commits(const char *folder, const GString *ids,
				     const char *const *options, char **err);

/*
 * The same of diffs, each of which has a line "From <40 hex>" before it: the
 * "commit" that it is of.
 */
struct patchids *patchids_of_diffs(const GString *diffs, char **err);

/*
 * Call take() for each commit whose change has an id, and end.  Returns 0, or
 * -1 if git failed.
 */
int patchids_finish(struct patchids *patchids,
		    void (*take)(const char *id, const char *commit,
				 void *data),
		    void *data, char **err);

/* End without a look at the result. */
void patchids_stop(struct patchids *patchids);

#endif
