/*
 * cherry: which commits the other side has already under another id, as
 * git-cherry(1) tells: by patch-id.
 */
#ifndef CHERRY_H
#define CHERRY_H

#include <glib.h>

struct git_oid;
struct git_repository;

/*
 * A table of char *, the id of a commit that the branch ending with tip has
 * and upstream has not, to char *, the id of the commit that upstream has in
 * its place: the newest.  Returns NULL and sets *err, which the caller frees,
 * if git cannot tell.  The caller unrefs the table.
 */
GHashTable *cherry_find(struct git_repository *repo,
			const struct git_oid *upstream,
			const struct git_oid *tip, char **err);

#endif
