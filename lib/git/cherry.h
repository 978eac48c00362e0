/*
 * cherry: which commits of a branch the other side has under another id: those
 * with the same patch-id (git-cherry(1), git-patch-id(1)).
 */
#ifndef GIT_CHERRY_H
#define GIT_CHERRY_H

#include "git/repository.h"

/* The commit that the other side has instead. */
struct cherry_twin {
	char commit[HEX_ID_LEN + 1];
	char *subject;		/* its summary, UTF-8 */
};

/*
 * Find those of the commits of a branch, whose ids are lines of ours, that have
 * a twin among theirs (struct side_commit *, newest first).  Both may be NULL,
 * and may be those alone that can be twins (sides.h).  Returns a table of
 * them, their ids (char *) -> struct cherry_twin *, which owns both: of several
 * with the same change the newest.  A commit that changes nothing has none.
 * Returns NULL and sets *err, NULL on entry, to a message that the caller
 * frees, if git cannot tell.
 */
GHashTable *cherry_find(const struct repository *repository,
			const GString *ours, const GPtrArray *theirs,
			char **err);

#endif
