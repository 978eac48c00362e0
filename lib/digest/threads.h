/*
 * threads: which conversations had the most mail.
 */
#ifndef DIGEST_THREADS_H
#define DIGEST_THREADS_H

#include "digest/people.h"
#include "digest/reply.h"
#include "digest/series.h"

/* How many are found of each kind. */
#define THREADS_MAX 10

/* The mails of the range that belong together. */
struct thread {
	const char *subject;	/* without reply marks; borrowed */
	const char *commit;	/* of its first mail in the range, or of the
				   patch that it is about; borrowed */
	const char *message_id;	/* ... its; borrowed, and may be NULL */
	gboolean of_patch;	/* it is about a patch */
	unsigned mails;
	unsigned people;	/* who wrote them; bots are none */
	gint64 first, last;	/* when its mails in the range arrived */
};

/*
 * The threads with the most mail, at least two each: THREADS_MAX about no patch
 * and then as many about patches, the largest first.  The replies are linked
 * and in the order of the walk, and conversation_read() has seen the series.
 * The caller unrefs the array, which owns the struct thread * in it.
 */
GPtrArray *threads_find(const GPtrArray *series, const GPtrArray *replies,
			const struct people *people);

#endif
