/*
 * discussion: all that was said in a range of a mirror.  A source gives the
 * replies to the builder, and once the series are known this makes of them what
 * the digest says of conversations.
 */
#ifndef DIGEST_DISCUSSION_H
#define DIGEST_DISCUSSION_H

#include "digest/digest.h"
#include "digest/people.h"

/* A posting without an answer is stale after so many seconds. */
#define DISCUSSION_STALE (7 * 24 * 60 * 60)

/*
 * Link the replies of the digest.  Those that then have no patch may answer
 * patches from before the range.
 */
void discussion_link(struct digest *digest);

/*
 * Read the conversations of the series, and of those of older: the patches from
 * before the range that the replies may answer, the newest first, which the
 * digest takes over.
 */
void discussion_read(struct digest *digest, GPtrArray *older,
		     const struct people *people);

/*
 * What nobody wants is left out (limit.h): set the summary of the rest.  Who is
 * no newcomer, past.h tells; then summary_finish() ends it.
 */
void discussion_sum_up(struct digest *digest, const struct people *people);

/* ... and all else that the digest says of it; stale is in seconds. */
void discussion_fill(struct digest *digest, const struct people *people,
		     gint64 stale);

#endif
