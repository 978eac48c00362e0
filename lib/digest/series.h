/*
 * series: patches -> series and their versions; which of them are entries of
 * the digest, and which entries only repeat another one.
 */
#ifndef DIGEST_SERIES_H
#define DIGEST_SERIES_H

#include "digest/patch.h"

/* One posting: a cover letter and/or numbered patches, or a lone patch. */
struct series {
	GPtrArray *patches;	/* struct patch *, borrowed; the cover letter
				   first, then by number, the newest first */
	struct patch *head;	/* the first of them: it names the series */
	guint order;		/* its place in the walk; 0 is the newest */
	struct series *superseded_by;	/* the version or repost that stands
					   for this one, or NULL */
};

/*
 * Put patches, which are in the order of the walk (newest first), together to
 * series: by threads, and where they do not thread by sender, prefix,
 * version, total and time.  The result has the order of the walk too, each
 * series standing where its newest mail stands.  The caller unrefs it; the
 * patches stay the caller's.
 */
GPtrArray *series_group(GPtrArray *patches);

#endif
