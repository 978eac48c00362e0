/*
 * source-code: the commits of a code repository as patches, each with the
 * diffstat that git log --stat prints.  git makes the diffstats, several of it
 * at once: only it finds the renames that it finds.
 */
#ifndef SOURCE_COMMITS_H
#define SOURCE_COMMITS_H

#include "git/history.h"
#include "digest/patch.h"

struct commits;

struct commits_options {
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
int commits_open(struct commits **out, const struct repository *repository,
	      struct history *history, const struct commits_options *options,
	      char **err);
void commits_free(struct commits *code);

/* How many commits there are, merges too. */
guint commits_count(const struct commits *code);

/*
 * Once commits_next() has come to the end: how many commits have no diffstat,
 * because objects are missing; and why.
 */
guint commits_unknown_diffstats(const struct commits *code, const char **why);

/*
 * Read single commits, of whatever history, without their diffstats: ids are
 * char *, of 40 digits.  The patches are added to the array, each commit once.
 * Returns 0, or -1 and sets *err.
 */
int commits_read(const struct repository *repository,
		      const GPtrArray *ids, GPtrArray *patches, char **err);

/*
 * The next commit, in the order of git log: returns 1 and sets *patch, which
 * is the caller's; 0 at the end; -1 and sets *err if git cannot read one.
 * In a patch of a commit the Subject is the summary, the author and the sender
 * are the author and the committer as the commit has them, and the body is the
 * rest of the message, a line "---" and the diffstat.  A merge has no diffstat.
 */
int commits_next(struct commits *code, struct patch **patch, char **err);

#endif
