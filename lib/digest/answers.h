/*
 * answers: which mail answers which.
 */
#ifndef DIGEST_ANSWERS_H
#define DIGEST_ANSWERS_H

#include "digest/reply.h"

/*
 * Set parent, patch and root of each reply.  The parent is the first Message-ID
 * of its In-Reply-To that is known, or else the last of its References that is.
 * A chain of parents ends at a patch, and where it comes round to itself.
 *
 * First remove, and free by the array's own function, the replies that are one
 * of the patches, and those that came twice.  Both arrays of struct patch * and
 * that of struct reply * are in the order of the walk, newest first; older may
 * be NULL.
 */
void answers_link(GPtrArray *replies, const GPtrArray *patches,
		  const GPtrArray *older);

#endif
