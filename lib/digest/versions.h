/*
 * versions: which series is an older version of which.
 */
#ifndef DIGEST_VERSIONS_H
#define DIGEST_VERSIONS_H

#include "digest/series.h"

/*
 * Set superseded_by of each series for which another one of the array stands,
 * that one's supersedes, and why: "change-id", "title", "patches", "answer",
 * "link" or "near-title".
 * Of the versions of a series the highest one stands, and of equal ones the
 * newest; an RFC stands for nothing that came later without RFC.  The array is
 * in the order of the walk, newest first.
 */
void versions_link(GPtrArray *series);

/*
 * Which of two postings ranks higher, told by a patch of each?  Positive if it
 * is a, negative if it is b, and 0 if the newer one does.  a_is_newer says
 * which that is.
 */
int versions_compare(const struct patch *a, const struct patch *b,
		     gboolean a_is_newer);

/*
 * May two patches be versions of one, by the trees that their Subjects name?  A
 * Subject that names none fits any tree but a stable one.
 */
gboolean versions_trees_fit(const struct patch *a, const struct patch *b);

#endif
