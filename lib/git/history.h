/*
 * history: the commits of a range, newest first, as git-rev-list(1) walks them.
 *
 * Functions that return -1 set *err, which is NULL on entry, to a message that
 * the caller frees.  history_free() takes NULL.
 */
#ifndef GIT_HISTORY_H
#define GIT_HISTORY_H

#include "git/range.h"
#include "git/sides.h"

struct history_options {
	const GPtrArray *paths;	/* char *: pathspecs; NULL or empty for none */
	long max_count;		/* limits the number of commits; -1 does not */
	gboolean merges_are_free;	/* max_count does not count merges */
	const GPtrArray *limits;	/* char *: options of git-log(1) that
					   choose commits, "--author=ann"; NULL
					   or empty for none */
	gboolean with_sides;	/* see history_sides() */
	gboolean is_inbox;	/* a mirror of mail, mostly one line of commits
				   whose times go up and down: since and until
				   choose among all of them, while in code, as
				   in git log, the walk ends at commits that are
				   older than since */
};

enum commit_side {
	COMMIT_OURS = '>',
	COMMIT_THEIRS = '<',	/* only what the range excludes leads to it */
	COMMIT_BOUNDARY = '-',	/* both lead to it, and one directly */
};

/* The texts of a commit are valid until the next call of history_next(). */
struct commit {
	enum commit_side side;	/* with_sides, history_next() gives COMMIT_OURS
				   only */
	const char *id, *tree;
	const char *parents;	/* their ids, with spaces in between */
	unsigned nr_parents;
	gint64 time;		/* the committer's, in seconds since 1970 */
	const char *email;	/* the author's */
	const char *subject;	/* in one line */
};

struct history;

/*
 * Start to walk.  The repository, the range and the paths of the options must
 * live as long as the history.
 */
int history_open(struct history **out, const struct repository *repository,
		 const struct range *range,
		 const struct history_options *options, char **err);
void history_free(struct history *history);

/* What history_next() returns, if not -1. */
enum history_step {
	HISTORY_END,
	HISTORY_COMMIT,
	HISTORY_AGAIN,
};

/*
 * Read the next commit into *out, and return HISTORY_COMMIT, or HISTORY_END if
 * there is none.
 *
 * In an inbox, "A..B" is read from B on before it is known that A lies on the
 * way.  If that turns out to be wrong, HISTORY_AGAIN is returned: the caller
 * must forget all commits so far, and the right ones follow.  So the commits
 * are those of the range only once HISTORY_END has come.
 */
int history_next(struct history *history, struct commit *out, char **err);

/*
 * The ends of what was read, after HISTORY_END.  The top is the tip of the
 * range or, with until, the newest commit that was read.  The bottom is the
 * commit that the range excludes; where options cut the range short, the
 * parent of the last commit that was read; NULL below the first commit.
 */
const char *history_top(const struct history *history);
const char *history_bottom(const struct history *history);

/* Copy both to texts of HEX_ID_LEN digits; "" for a bottom that is NULL. */
void history_ends(const struct history *history, char *bottom, char *top);

/* Did options cut the range short? */
gboolean history_is_cut(const struct history *history);

/*
 * What the walk has found out of both sides of "A..B", which lives as long as
 * the history; after HISTORY_END.  NULL if nobody asked, or if only a walk of
 * its own would tell, as with paths or dates.
 */
const struct sides *history_sides(const struct history *history);

/*
 * When the newest mail of a mirror came, whose last commit this is, in seconds
 * since 1970; -1 if git cannot tell.  Some mails arrive late, so that it need
 * not be the last commit.
 */
gint64 history_newest(const struct repository *repository, const char *tip);

/*
 * The committer's date of one commit, as git-log(1) writes it with the format:
 * "%cI" is RFC 3339, "%ct" seconds since 1970.  The caller owns it.  NULL if
 * git cannot tell; err may be NULL, too.
 */
char *history_date(const struct repository *repository, const char *id,
		   const char *format, char **err);

#endif
