/*
 * cherry: which commits of a branch its upstream has under another id, because
 * their patch-id is the same (git-cherry(1), git-patch-id(1)).
 */
#ifndef GIT_CHERRY_H
#define GIT_CHERRY_H

#include "git/range.h"

/* The commit that upstream has instead. */
struct cherry_twin {
	char commit[HEX_ID_LEN + 1];
	char *subject;		/* its summary, UTF-8 */
};

/*
 * Find those of the commits of the range, which stand in ids, a line each, that
 * what the range excludes has under another id.  Returns a table of them, their
 * ids (char *) -> struct cherry_twin *, which owns both: of several commits
 * upstream with the same change the newest.  One that changes nothing has none.
 * Returns NULL and sets *err, NULL on entry, to a message that the caller
 * frees, if git cannot tell.
 */
GHashTable *cherry_find(const struct repository *repository,
			const struct range *range, const GString *ids,
			char **err);

#endif
