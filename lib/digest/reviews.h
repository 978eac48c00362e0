/*
 * reviews: who answers for the commits of a branch, by their trailers
 * (git-interpret-trailers(1)).
 */
#ifndef DIGEST_REVIEWS_H
#define DIGEST_REVIEWS_H

#include "digest/patch.h"
#include "digest/people.h"
#include "mail/tags.h"

struct review {
	struct address person;	/* after mailmap and aliases */
	unsigned nr[NR_TAG_KINDS];	/* commits with such a trailer */
	unsigned total;		/* of all kinds */
};

/* Is there a trailer among the tags of a commit that says so? */
gboolean reviews_has_any(const struct patch *patch);

/*
 * Count the trailers of the patches (struct patch *), which are commits, by
 * person: struct review *, the most first and then by name, in an array that
 * owns them.  What a commit says twice of a person counts once.
 */
GPtrArray *reviews_count(const GPtrArray *patches, const struct people *people);

#endif
