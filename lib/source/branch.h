/*
 * branch: the commits of a range of a code repository, and what is said of the
 * range as a whole before it is merged: what it changes in all, whether it
 * merges cleanly, what checks find, and what the other side has already.
 */
#ifndef SOURCE_BRANCH_H
#define SOURCE_BRANCH_H

#include "digest/builder.h"
#include "git/history.h"
#include "screen/progress.h"

enum branch_summary {
	BRANCH_NO_SUMMARY,
	BRANCH_SUMMARY_OF_FEW,	/* only if there are few commits: to sum up
				   many costs half as much as to read them */
	BRANCH_SUMMARY,
};

struct branch_options {
	const GPtrArray *paths;	/* char *: pathspecs, relative to the caller's
				   folder */
	gboolean with_diffstats;
	gboolean with_twins;	/* which commits has the other side already? */
	gboolean with_tags;	/* fill the patches' tags, and the digest's
				   reviews */
	const GPtrArray *tests;	/* char *: globs for the paths of tests, see
				   filter_path_matches() */
	gboolean with_checks;
	gboolean with_contents;	/* look at the files of many commits, too */
	const char *range_diff;	/* the older version, see rangediff_start(); or
				   NULL */
	enum branch_summary summary;
	unsigned processes;	/* run at most so many gits at once */
};

/* Is it good to open the history with_sides (history.h)? */
gboolean branch_wants_sides(const struct branch_options *options);

/*
 * Give the commits of the history, which is that of the range, to the builder,
 * and fill the digest's counts, warnings and what is of code only.  progress,
 * which may be NULL, counts the commits.  Returns 0, or -1 and sets *err, which
 * is NULL on entry, if git cannot tell.
 */
int branch_read(struct builder *builder, const struct repository *repository,
		const struct range *range, struct history *history,
		const struct branch_options *options,
		struct progress *progress, char **err);

#endif
