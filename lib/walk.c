#include <string.h>
#include <git2.h>
#include "oid.h"
#include "raw-commit.h"
#include "walk.h"

/*
 * So many commits of what is left out are read before any other is given: when
 * the clocks were wrong a commit can look younger than one that comes after it.
 */
#define HIDDEN_AHEAD 64

/* A commit that was come by. */
struct node {
	git_oid oid;
	gint64 time;
	git_oid parent;		/* the first */
	unsigned nr_parents;	/* that history has here */
	gboolean hidden;
};

struct walk {
	git_repository *repo;
	git_odb *odb;
	GHashTable *cut;	/* git_oid: those that have no parents here;
				   NULL if history is whole */
	GHashTable *seen;	/* git_oid of a node -> the node, owned */
	GSequence *waiting;	/* struct node *, the newest first */
	unsigned wanted;	/* of those, that are not hidden */
	GPtrArray *hidden;	/* struct node *: those that are; NULL once the
				   walk has begun */

	git_revwalk *libgit2;	/* goes on from the first merge */

	gboolean has_ancestor;	/* walk_hide_ancestor() was called: */
	unsigned long to_ancestor;	/* commits from the one waiting */
	gboolean met_ancestor;
	git_oid ancestor;
};

static int read_cut(struct walk *walk, char **err)
{
	g_autofree char *path = g_build_filename(
			git_repository_commondir(walk->repo), "shallow", NULL);
	g_autofree char *text = NULL;
	GError *error = NULL;
	char *line, *rest;

	if (!g_file_get_contents(path, &text, NULL, &error)) {
		*err = g_strdup_printf("cannot read '%s': %s", path,
				       error->message);
		g_error_free(error);
		return -1;
	}
	walk->cut = oid_table_new();
	rest = text;
	while ((line = strsep(&rest, "\n"))) {
		git_oid oid;

		if (!git_oid_fromstr(&oid, line))
			g_hash_table_add(walk->cut, oid_dup(&oid));
	}
	git_error_clear();
	return 0;
}

int walk_new(struct walk **out, struct git_repository *repo, char **err)
{
	struct walk *walk = g_new0(struct walk, 1);

	walk->repo = repo;
	walk->seen = oid_table_new();
	walk->waiting = g_sequence_new(NULL);
	walk->hidden = g_ptr_array_new();
	*out = walk;
	if (git_repository_odb(&walk->odb, repo)) {
		*err = g_strdup_printf("cannot read this repository's objects: "
				       "%s", git_error_last()->message);
		return -1;
	}
	return git_repository_is_shallow(repo) == 1 ? read_cut(walk, err) : 0;
}

void walk_free(struct walk *walk)
{
	if (!walk)
		return;
	git_revwalk_free(walk->libgit2);
	g_sequence_free(walk->waiting);
	g_clear_pointer(&walk->hidden, g_ptr_array_unref);
	g_hash_table_unref(walk->seen);
	if (walk->cut)
		g_hash_table_unref(walk->cut);
	git_odb_free(walk->odb);
	g_free(walk);
}

gboolean walk_is_shallow(const struct walk *walk)
{
	return walk->cut != NULL;
}

gboolean walk_is_cut(const struct walk *walk, const struct git_oid *oid)
{
	return walk->cut && g_hash_table_contains(walk->cut, oid);
}

static int newest_first(const void *a, const void *b, void *data)
{
	const struct node *x = a, *y = b;

	(void)data;
	return x->time < y->time ? 1 : x->time > y->time ? -1 : 0;
}

static void add_waiting(struct walk *walk, struct node *node)
{
	g_sequence_insert_sorted(walk->waiting, node, newest_first, NULL);
	walk->wanted += !node->hidden;
	if (node->hidden && walk->hidden)
		g_ptr_array_add(walk->hidden, node);
}

/* Come by a commit, by way of one that is hidden or not. */
static int come_by(struct walk *walk, const git_oid *oid, gboolean hidden)
{
	struct node *node = g_hash_table_lookup(walk->seen, oid);
	struct raw_commit commit;
	GSequenceIter *iter;
	int ret;

	if (node && (node->hidden || !hidden))
		return 0;
	if (node) {
		/* Hidden after all, and so is what it led to. */
		for (iter = g_sequence_get_begin_iter(walk->waiting);
		     !g_sequence_iter_is_end(iter);
		     iter = g_sequence_iter_next(iter))
			if (g_sequence_get(iter) == node) {
				g_sequence_remove(iter);
				walk->wanted--;
				break;
			}
		node->hidden = TRUE;
		add_waiting(walk, node);
		return 0;
	}
	ret = raw_commit_read(&commit, walk->odb, oid);
	if (ret)
		return ret;
	node = g_new0(struct node, 1);
	node->oid = *oid;
	node->time = commit.time;
	node->nr_parents = walk_is_cut(walk, oid) ? 0 : commit.nr_parents;
	if (node->nr_parents)
		raw_commit_parent(&commit, 0, &node->parent);
	node->hidden = hidden;
	raw_commit_clear(&commit);
	/* the id is the node's first member, and goes with it */
	g_hash_table_insert(walk->seen, &node->oid, node);
	add_waiting(walk, node);
	return 0;
}

int walk_push(struct walk *walk, const struct git_oid *oid)
{
	return come_by(walk, oid, FALSE);
}

int walk_hide(struct walk *walk, const struct git_oid *oid)
{
	return come_by(walk, oid, TRUE);
}

void walk_hide_ancestor(struct walk *walk, unsigned long n)
{
	walk->has_ancestor = TRUE;
	walk->to_ancestor = n;
}

const struct git_oid *walk_ancestor(const struct walk *walk)
{
	return walk->met_ancestor ? &walk->ancestor : NULL;
}

int walk_back(const struct walk *walk, struct git_oid *oid, unsigned long n)
{
	for (; n; n--) {
		struct raw_commit commit;
		int ret = raw_commit_read(&commit, walk->odb, oid);

		if (!ret && (!commit.nr_parents || walk_is_cut(walk, oid)))
			ret = GIT_ENOTFOUND;
		if (!ret)
			raw_commit_parent(&commit, 0, oid);
		raw_commit_clear(&commit);
		if (ret)
			return ret;
	}
	return 0;
}

/* Let libgit2's walk go on from what waits. */
static int go_on_with_libgit2(struct walk *walk)
{
	GSequenceIter *iter = g_sequence_get_begin_iter(walk->waiting);
	int ret = git_revwalk_new(&walk->libgit2, walk->repo);

	for (; !ret && !g_sequence_iter_is_end(iter);
	     iter = g_sequence_iter_next(iter)) {
		struct node *node = g_sequence_get(iter);

		ret = node->hidden ?
			git_revwalk_hide(walk->libgit2, &node->oid) :
			git_revwalk_push(walk->libgit2, &node->oid);
	}
	if (!ret && walk->has_ancestor) {
		struct node *node = g_sequence_get(
				g_sequence_get_begin_iter(walk->waiting));

		walk->ancestor = node->oid;
		ret = walk_back(walk, &walk->ancestor, walk->to_ancestor);
		walk->met_ancestor = !ret;
		if (!ret)
			ret = git_revwalk_hide(walk->libgit2, &walk->ancestor);
	}
	return ret;
}

/* Come by the parents of a node; by way of a hidden one if it is hidden. */
static int come_by_parents(struct walk *walk, const struct node *node)
{
	struct raw_commit commit;
	unsigned i;
	int ret;

	if (!node->nr_parents)
		return 0;
	if (node->nr_parents == 1)
		return come_by(walk, &node->parent, node->hidden);
	ret = raw_commit_read(&commit, walk->odb, &node->oid);
	for (i = 0; !ret && i < node->nr_parents; i++) {
		git_oid parent;

		raw_commit_parent(&commit, i, &parent);
		ret = come_by(walk, &parent, node->hidden);
	}
	raw_commit_clear(&commit);
	return ret;
}

/*
 * Take the first that waits: *out is set to it, or to NULL if libgit2 has to
 * take over.  Its parents wait then.
 */
static int step(struct walk *walk, struct node **out)
{
	GSequenceIter *first = g_sequence_get_begin_iter(walk->waiting);
	struct node *node = g_sequence_get(first);

	*out = NULL;
	if (node->nr_parents > 1 && !walk->cut)
		return go_on_with_libgit2(walk);
	g_sequence_remove(first);
	walk->wanted -= !node->hidden;
	*out = node;
	return come_by_parents(walk, node);
}

/*
 * Hide what comes before the commits that are hidden: some of it, or, in a
 * history that is cut and therefore short, all.
 */
static int begin(struct walk *walk)
{
	guint i;
	int ret = 0;

	for (i = 0; !ret && i < walk->hidden->len &&
	     (walk->cut || i < HIDDEN_AHEAD); i++)
		ret = come_by_parents(walk, walk->hidden->pdata[i]);
	g_clear_pointer(&walk->hidden, g_ptr_array_unref);
	return ret;
}

/*
 * Where nothing else waited, all that was not given yet comes before the node,
 * and does not lead to it again: most of a mirror need not be remembered.
 */
static void forget(struct walk *walk, struct node *node)
{
	if (g_sequence_get_length(walk->waiting) <= 1 && node->nr_parents <= 1)
		g_hash_table_remove(walk->seen, &node->oid);
}

int walk_next(struct walk *walk, struct git_oid *oid)
{
	struct node *node;
	int ret = walk->hidden ? begin(walk) : 0;

	if (ret)
		return ret;
	while (!walk->libgit2) {
		if (!walk->wanted) {
			if (walk->has_ancestor && !walk->met_ancestor)
				return GIT_ENOTFOUND;
			return GIT_ITEROVER;
		}
		if (walk->has_ancestor && !walk->to_ancestor) {
			node = g_sequence_get(
				g_sequence_get_begin_iter(walk->waiting));
			walk->ancestor = node->oid;
			walk->met_ancestor = TRUE;
			return GIT_ITEROVER;
		}
		ret = step(walk, &node);
		if (ret)
			return ret;
		if (node && !node->hidden) {
			if (walk->has_ancestor)
				walk->to_ancestor--;
			*oid = node->oid;
			forget(walk, node);
			return 0;
		}
	}
	return git_revwalk_next(oid, walk->libgit2);
}
