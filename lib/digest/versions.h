/*
 * versions: which series is an older version of which.
 */
#ifndef DIGEST_VERSIONS_H
#define DIGEST_VERSIONS_H

#include "digest/series.h"

/*
 * Find the series that another one of this array stands for: the same
 * author's with the same title or the same change-id, or one that names mails
 * of this one as an older version.  The highest version stands; of equal
 * versions, and where only one is an RFC, the newest.
 */
void versions_link(GPtrArray *series);

/*
 * What tells that two patches are versions of one: the author and the title,
 * case-blind.  The caller owns it.
 */
char *versions_key(const struct patch *patch);

/*
 * Does a come before b as the version that stands?  A series that is no
 * "RFC" any more begins to count anew: then, as for equal versions, the newer.
 */
gboolean versions_is_newer(const struct patch *a, guint a_order,
			   const struct patch *b, guint b_order);

#endif
