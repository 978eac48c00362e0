/*
 * mirror: the mails of a range of a mirror, and what is said of them together,
 * and with those before them.
 */
#ifndef SOURCE_MIRROR_H
#define SOURCE_MIRROR_H

#include "digest/builder.h"
#include "git/history.h"
#include "screen/progress.h"

struct mirror_options {
	unsigned threads;
	gboolean is_cut;	/* options may leave out mails of the range: its
				   lower end is not known beforehand */
	long look_back;		/* commits before the range to search */
	gboolean with_summary, with_newcomers;	/* who is a first-time poster
						   all commits before the range
						   must tell */
	gboolean compare;	/* the summary with one of earlier mails */
	GHashTable *shown;	/* of one of several lists: see
				   crossposts_leave_out(); else NULL */
	gint64 stale;		/* see discussion_fill() */
	gint64 now;		/* seconds since 1970 */
};

struct mirror;

/*
 * Read the mails of the history, which is that of the range, as inbox_read()
 * does.  All that is given must live until mirror_finish().  Returns 0 and sets
 * *out; or -1 and sets *err, which is NULL on entry, if git cannot tell.
 */
int mirror_read(struct mirror **out, struct builder *builder,
		const struct repository *repository, struct objects *objects,
		const struct range *range, struct history *history,
		const struct mirror_options *options,
		struct progress *progress, char **err);

/*
 * builder_group() has found the series, and the ends of the digest are set: add
 * what its replies say, if it has any, and what was before the range, and leave
 * out what the builder's limit does not want.  Returns 0, or -1 and sets *err;
 * in either case the mirror is freed.
 */
int mirror_finish(struct mirror *mirror, char **err);

#endif
