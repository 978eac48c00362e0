/*
 * source-code: the commits of a code repository as patches, each with the
 * diffstat that git log --stat prints.  git makes the diffstats, several of it
 * at once: only it finds the renames that it finds.
 */
#ifndef SOURCE_CODE_H
#define SOURCE_CODE_H

#include "history.h"
#include "patch.h"

struct code;

struct code_options {
	const GPtrArray *paths;	/* char *: pathspecs as git log takes them after
				   "--", relative to the current folder */
	gboolean with_diffstat;
	gboolean with_paths;	/* fill the patches' paths */
	unsigned processes;	/* so many of git at most */
};

/*
 * List the commits of the history, merges too.  Returns 0, or -1 and sets *err,
 * which the caller frees.  The repository and the options must live as long as
 * *out.
 */
int code_open(struct code **out, const struct repository *repository,
	      struct history *history, const struct code_options *options,
	      char **err);
void code_free(struct code *code);

/* How many commits there are, merges too. */
guint code_count(const struct code *code);

/*
 * Once code_next() has come to the end: how many commits have no diffstat,
 * because objects are missing; and why.
 */
guint code_unknown_diffstats(const struct code *code, const char **why);

/*
 * Read single commits, of whatever history, without their diffstats: ids are
 * char *, of 40 digits.  The patches are added to the array, each commit once.
 * Returns 0, or -1 and sets *err.
 */
int code_read_commits(const struct repository *repository,
		      const GPtrArray *ids, GPtrArray *patches, char **err);

/*
 * The next commit, in the order of git log: returns 1 and sets *patch, which
 * is the caller's; 0 at the end; -1 and sets *err if git cannot read one.
 * In a patch of a commit the Subject is the summary, the author and the sender
 * are the author and the committer as the commit has them, and the body is the
 * rest of the message, a line "---" and the diffstat.  A merge has no diffstat.
 */
int code_next(struct code *code, struct patch **patch, char **err);

#endif
