/*
 * walk: through history, newest first, as git log goes.
 *
 * A mirror has no merges: from one commit on it is walked with nothing but the
 * commits' bytes, and each commit is given while the walk goes on.  Where a merge
 * comes, and where several commits are named, the walk is libgit2's.  Where
 * history is cut off ("git clone --depth"), which that refuses, the commits that are named in
 * $GIT_DIR/shallow have no parents here, whatever they say
 * (gitrepository-layout(5)).
 */
#ifndef WALK_H
#define WALK_H

#include <glib.h>

struct git_oid;
struct git_repository;
struct walk;

/*
 * A walk without a commit yet.  Returns 0, or -1 and sets *err, which the
 * caller frees, if the list of cut-off commits cannot be read.
 */
int walk_new(struct walk **out, struct git_repository *repo, char **err);
void walk_free(struct walk *walk);

/*
 * Start from a commit; leave out a commit and all before it.  All of it is to
 * be said before the first walk_next().  walk_push() returns 0, or libgit2's
 * error if the commit cannot be read.
 */
int walk_push(struct walk *walk, const struct git_oid *oid);
void walk_hide(struct walk *walk, const struct git_oid *oid);

/*
 * Leave out, with all before it, the commit that is n first parents back from
 * the one that was pushed, which must be the only one, with none hidden, in a
 * history that is not shallow.  It is not looked for before the walk comes there.
 */
void walk_hide_ancestor(struct walk *walk, unsigned long n);

/*
 * The next commit: 0, with *oid set; GIT_ITEROVER; GIT_EINVALIDSPEC if there is
 * no such ancestor to hide; or libgit2's error if one cannot be read.
 */
int walk_next(struct walk *walk, struct git_oid *oid);

/* The commit of walk_hide_ancestor(), once it was met; or else NULL. */
const struct git_oid *walk_ancestor(const struct walk *walk);

/* Is history cut off anywhere, or below this commit? */
gboolean walk_is_shallow(const struct walk *walk);
gboolean walk_is_cut(const struct walk *walk, const struct git_oid *oid);

/* When a commit was made, by its committer; returns 0, or libgit2's error. */
int walk_time(const struct walk *walk, const struct git_oid *oid, gint64 *time);

/*
 * Go from a commit to its n-th ancestor, from first parent to first parent.
 * Returns 0, or libgit2's error if there is none.
 */
int walk_back(const struct walk *walk, struct git_oid *oid, unsigned long n);

#endif
