/*
 * history: the commits of a range, newest first, in the order of
 * git-rev-list(1), which walks.
 */
#ifndef GIT_HISTORY_H
#define GIT_HISTORY_H

#include "git/range.h"

struct history_options {
	const GPtrArray *paths;	/* char *: pathspecs as git log takes them after
				   "--"; NULL or empty: none */
	long max_count;		/* so many commits at most; -1: all */
	gboolean merges_are_free;	/* ... of which merges do not count */
	gboolean is_inbox;	/* the commits are those of a mirror: mostly one
				   line, whose times go up and down, so that
				   since and until choose among all of them; in
				   code, as in git log, the walk ends at the
				   first commits that are too old */
};

/* A commit; its texts are good until the next call of history_next(). */
struct commit {
	const char *id, *tree;
	const char *parents;	/* their ids, with blanks in between */
	unsigned nr_parents;
	gint64 time;		/* the committer's, in seconds since 1970 */
	const char *subject;	/* the first paragraph of the message, a line */
};

struct history;

/*
 * Begin to walk.  The repository, the range and the options must live as long
 * as the history.  Returns 0, or -1 and sets *err, which the caller frees.
 */
int history_open(struct history **out, const struct repository *repository,
		 const struct range *range,
		 const struct history_options *options, char **err);
void history_free(struct history *history);

/* What history_next() returns; errors are negative. */
enum history_step {
	HISTORY_END,
	HISTORY_COMMIT,
	HISTORY_AGAIN,
};

/*
 * The next commit: HISTORY_COMMIT and sets *out; HISTORY_END; or -1 and sets
 * *err if git cannot tell.
 *
 * In an inbox commits are given before it is known that A of "A..B" is among
 * those before B.  If that turns out to be wrong, it returns HISTORY_AGAIN:
 * what was given so far does not count, and all that does comes next.  So the
 * commits are those of the range only once HISTORY_END has come.
 */
int history_next(struct history *history, struct commit *out, char **err);

/*
 * The ends of what was read, after HISTORY_END.  The top is the tip of the
 * range, or, with until, the newest commit that was read.  The bottom is the
 * commit that the range excludes; where options cut the range short, the parent
 * of the last commit that was read; NULL if it goes down to the beginning.
 */
const char *history_top(const struct history *history);
const char *history_bottom(const struct history *history);

/* Did options leave commits out, so that the range does not name the bottom? */
gboolean history_is_cut(const struct history *history);

#endif
