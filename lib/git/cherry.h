/*
 * cherry: which commits the other side has already under another id, as
 * git-cherry(1) tells: by patch-id.
 */
#ifndef GIT_CHERRY_H
#define GIT_CHERRY_H

#include <glib.h>

struct repository;

/*
 * Add to pairs, a table of char * to char *, both owned: the id of each commit
 * that the branch ending with tip has and upstream has not, but for another one
 * with the same change, to the id of that, the newest.  Returns 0, or -1 and
 * sets *err, which the caller frees, if git cannot tell.
 */
int cherry_find(GHashTable *pairs, const struct repository *repository,
		const char *upstream, const char *tip, char **err);

#endif
