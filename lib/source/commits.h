/*
 * commits: the commits of a code repository as patches, each with the diffstat
 * of "git log --stat".  Several git processes make the diffstats at once,
 * because only git finds the renames that git finds.
 */
#ifndef SOURCE_COMMITS_H
#define SOURCE_COMMITS_H

#include "digest/patch.h"
#include "git/history.h"

struct commits;

struct commits_options {
	const GPtrArray *paths;	/* char *: pathspecs as git log takes them after
				   "--", relative to the caller's folder */
	gboolean with_diffstat;
	gboolean with_paths;	/* fill the patches' paths */
	gboolean with_tags;	/* ... their tags: all trailers */
	/* If there are no more commits than this, fill: */
	guint max_signatures;	/* ... their signatures: for each commit that is
				   signed git runs gpg(1) */
	guint max_contents;	/* ... and their contents */
	unsigned processes;	/* start at most so many gits */
};

/*
 * In what follows *err is NULL on entry; a function that returns -1 sets it to
 * a message that the caller frees.  The repository and the paths of the options
 * must live as long as the commits.
 */

/* List the commits of the history, merges included.  Returns 0 or -1. */
int commits_open(struct commits **out, const struct repository *repository,
		 struct history *history,
		 const struct commits_options *options, char **err);
void commits_free(struct commits *commits);

guint commits_count(const struct commits *commits);

/* Before the first is read: their ids, a line each.  The caller owns it. */
GString *commits_ids(const struct commits *commits);

/*
 * The next commit, in the order of git log: returns 1 and sets *patch, which is
 * the caller's; 0 at the end; or -1.  The Subject of the patch is the summary
 * of the commit, its author and sender are author and committer as the commit
 * has them, and its body is the rest of the message, a line "---" and the
 * diffstat.  A merge has no diffstat.
 */
int commits_next(struct commits *commits, struct patch **patch, char **err);

/*
 * After the last commit: how many have no diffstat and no contents because
 * objects are missing in a partial clone, and why.
 */
guint commits_unknown_diffstats(const struct commits *commits,
				const char **why);

#endif
