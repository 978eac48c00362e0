/*
 * reviewers: who looked at the patches of others.
 */
#ifndef DIGEST_REVIEWERS_H
#define DIGEST_REVIEWERS_H

#include "digest/people.h"
#include "digest/reply.h"
#include "digest/tally.h"

/*
 * Count for each person, and for each domain, the patches of others that they
 * answered, cover letters included, and the tags that they gave there.  Bots do
 * not count, and nor does what is said of a series that is left out.
 * conversation_read() has seen the replies.  The caller frees the tally.
 */
struct tally *reviewers_count(const GPtrArray *replies,
			      const struct people *people);

#endif
