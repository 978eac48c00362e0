/*
 * missing: which commits change files whose contents are not here, as they may
 * not be in a partial clone ("git clone --filter").
 */
#ifndef MISSING_H
#define MISSING_H

#include "repository.h"

/*
 * Tell which of these commits, char *, change a file of which a version is not
 * here, seen from their first parents: adds those to the set out, char * that
 * belong to commits.  Returns 0, or -1 and sets *err, which the caller frees, if
 * git cannot tell, as where trees are not here either.
 */
int missing_find(GHashTable *out, const struct repository *repository,
		 const GPtrArray *commits, char **err);

#endif
