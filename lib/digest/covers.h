/*
 * covers: cover letters whose Subject does not say that they are.
 */
#ifndef DIGEST_COVERS_H
#define DIGEST_COVERS_H

#include "digest/patch.h"

/*
 * Make cover letters of the mails without a diff and without a number that
 * numbered patches of the same sender answer directly; their totals, and
 * versions where the mail gives none, are those of the patches.  Then remove,
 * and free by the array's own function, what still only may be a cover letter.
 * The array of struct patch * owns them, and keeps its order.
 */
void covers_adopt(GPtrArray *patches);

#endif
