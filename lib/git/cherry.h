/*
 * cherry: which commits of a branch its upstream has under another id, because
 * their patch-id is the same (git-cherry(1), git-patch-id(1)).
 */
#ifndef GIT_CHERRY_H
#define GIT_CHERRY_H

#include <glib.h>

struct repository;

/*
 * Find the commits of upstream..tip that upstream has under another id.  Adds
 * to pairs, which owns its keys and values (char *), the id of each -> the id
 * of the newest commit upstream with the same change.  Returns 0; or -1 with
 * *err, NULL on entry, set to a message that the caller frees.
 */
int cherry_find(GHashTable *pairs, const struct repository *repository,
		const char *upstream, const char *tip, char **err);

#endif
