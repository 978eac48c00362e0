/*
 * range: revision arguments, as git-log(1) takes them -> the commits to read,
 * newest first.
 */
#ifndef RANGE_H
#define RANGE_H

#include <glib.h>

struct git_oid;
struct git_repository;

struct range_options {
	GPtrArray *revisions;	/* char *: "A..B", "A...B", "A", "^A"; if there
				   is none, HEAD */
	gint64 since, until;	/* seconds; commits before and after these, by
				   their committer, are left out.  G_MININT64
				   and G_MAXINT64 leave out none */
	long max_count;		/* as many commits at most; -1: all */
};

struct range;

/*
 * Returns 0 and sets *out, or returns -1 and sets *err, which the caller
 * frees, if a revision is not there or is no commit.  The repository and the
 * options must live as long as the range.
 */
int range_open(struct range **out, struct git_repository *repo,
	       const struct range_options *options, char **err);
void range_free(struct range *range);

/*
 * Look for the lower end of "A~10000..A" now, which otherwise range_next()
 * meets.  Returns 0, or -1 and sets *err if there is none.
 */
int range_settle(struct range *range, char **err);

/*
 * The next commit: returns 1 and sets *oid; 0 at the end; -1 and sets *err if
 * history cannot be read.
 *
 * Commits in a mirror are not sorted by time: each one is looked at, none is
 * taken to be older than what follows.
 */
int range_next(struct range *range, struct git_oid *oid, char **err);

/*
 * Add to arguments, an array that frees what is in it, what makes git walk
 * the same commits: the ids to start from, and those to leave out with "^"
 * before them; --max-age and --min-age.  The number of commits is not in it.
 */
void range_add_arguments(const struct range *range, GPtrArray *arguments);

/* Do --since or --until limit it? */
gboolean range_has_dates(const struct range *range);

/*
 * git walked, and the options left commits out: bottom is the parent of the
 * last commit that it gave, NULL if that has none.
 */
void range_set_cut(struct range *range, const struct git_oid *bottom);

/* The commit that the range ends with, also if it has no commits. */
const struct git_oid *range_tip(const struct range *range);

/*
 * The lower end, once range_next() has returned 0 or git has walked: the commit
 * that was excluded; where options cut the range short, the parent of the last commit
 * that is in it.  NULL if the range goes down to the beginning.
 */
const struct git_oid *range_bottom(const struct range *range);

/* Did options leave commits out, so that range_bottom() is none of those named? */
gboolean range_is_cut(const struct range *range);

/* Is it "A...B"?  Then both ends are tips. */
gboolean range_is_symmetric(const struct range *range);

/* All commits that the revisions name to start from: an array of git_oid. */
const GArray *range_tips(const struct range *range);

/* The first commit that the revisions exclude; NULL if they exclude none. */
const struct git_oid *range_excluded(const struct range *range);

#endif
