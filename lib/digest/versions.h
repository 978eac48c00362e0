/*
 * versions: which series is an older version of which.
 */
#ifndef DIGEST_VERSIONS_H
#define DIGEST_VERSIONS_H

#include "digest/series.h"

/*
 * Set superseded_by of each series for which another one of the array stands:
 * one of the same author with the same title or the same change-id, or one
 * that names a mail of the series as its older version.  The highest version
 * stands.  The array is in the order of the walk, newest first.
 */
void versions_link(GPtrArray *series);

/*
 * What two patches have in common that are versions of one: the author and
 * the title, case-blind.  The caller owns it.
 */
char *versions_key(const struct patch *patch);

/*
 * Which of two patches is the higher version?  Positive if a is, negative if
 * b is, and 0 if the newer one of them stands: of equal versions, and where
 * only one is an RFC, because the patch that follows an RFC counts anew.
 */
int versions_compare(const struct patch *a, const struct patch *b);

#endif
