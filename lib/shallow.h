/*
 * shallow: a walk through history that is cut off ("git clone --depth"),
 * which libgit2's own walk refuses: the commits named in $GIT_DIR/shallow have
 * no parents here, whatever they say (gitrepository-layout(5)).
 */
#ifndef SHALLOW_H
#define SHALLOW_H

#include <glib.h>

struct git_commit;
struct git_oid;
struct git_repository;
struct shallow_walk;

/*
 * A walk without a commit yet.  Returns 0, or -1 and sets *err, which the
 * caller frees, if the list of cut-off commits cannot be read.
 */
int shallow_walk_new(struct shallow_walk **out, struct git_repository *repo,
		     char **err);
void shallow_walk_free(struct shallow_walk *walk);

/*
 * Leave out a commit and all before it; to be called before the first
 * shallow_walk_push().  Start from a commit.  Both return 0, or what libgit2
 * returns if a commit cannot be read.
 */
int shallow_walk_hide(struct shallow_walk *walk, const struct git_oid *oid);
int shallow_walk_push(struct shallow_walk *walk, const struct git_oid *oid);

/*
 * The next commit, the newest of those whose children were given: 0, with
 * *oid set; GIT_ITEROVER; or what libgit2 returns if one cannot be read.
 */
int shallow_walk_next(struct shallow_walk *walk, struct git_oid *oid);

/* Is history cut off below this commit? */
gboolean shallow_is_cut(const struct shallow_walk *walk,
			const struct git_oid *oid);

#endif
