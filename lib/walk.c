#include <string.h>
#include <git2.h>
#include "oid.h"
#include "raw-commit.h"
#include "walk.h"

/* A commit that was named or come by. */
struct node {
	git_oid oid;
	gint64 time;
};

struct walk {
	git_repository *repo;
	git_odb *odb;
	GArray *tips;		/* struct node */
	GArray *hidden;		/* git_oid */
	gboolean begun;

	/* One line of commits, from one tip. */
	git_oid next;
	gboolean has_next;
	gboolean has_ancestor;	/* walk_hide_ancestor() was called: */
	unsigned long to_ancestor;	/* commits from the next one */
	gboolean met_ancestor;
	git_oid ancestor;

	/* Any other history, but: */
	git_revwalk *libgit2;

	/* ... a shallow one. */
	GHashTable *cut;	/* git_oid: those that have no parents here;
				   NULL if history is whole */
	GHashTable *seen;	/* git_oid: hidden, given or waiting */
	GSequence *waiting;	/* struct node *, the newest first */
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
	walk->tips = g_array_new(FALSE, FALSE, sizeof(struct node));
	walk->hidden = g_array_new(FALSE, FALSE, sizeof(git_oid));
	walk->seen = oid_table_new();
	walk->waiting = g_sequence_new(g_free);
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
	g_hash_table_unref(walk->seen);
	if (walk->cut)
		g_hash_table_unref(walk->cut);
	g_array_unref(walk->hidden);
	g_array_unref(walk->tips);
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

int walk_time(const struct walk *walk, const struct git_oid *oid, gint64 *time)
{
	struct raw_commit commit;
	int ret = raw_commit_read(&commit, walk->odb, oid);

	*time = commit.time;
	raw_commit_clear(&commit);
	return ret;
}

int walk_push(struct walk *walk, const struct git_oid *oid)
{
	struct node node = { *oid, 0 };
	int ret = walk_time(walk, oid, &node.time);

	if (!ret)
		g_array_append_val(walk->tips, node);
	return ret;
}

void walk_hide(struct walk *walk, const struct git_oid *oid)
{
	g_array_append_vals(walk->hidden, oid, 1);
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

static int newest_first(const void *a, const void *b)
{
	const struct node *x = a, *y = b;

	return x->time < y->time ? 1 : x->time > y->time ? -1 : 0;
}

/*
 * libgit2's walk sorts what it finds by time as git does, but not what it
 * starts from.
 */
static int begin_libgit2(struct walk *walk)
{
	int ret = git_revwalk_new(&walk->libgit2, walk->repo);
	guint i;

	g_array_sort(walk->tips, newest_first);
	for (i = 0; !ret && i < walk->tips->len; i++)
		ret = git_revwalk_push(walk->libgit2, &g_array_index(walk->tips,
						struct node, i).oid);
	for (i = 0; !ret && i < walk->hidden->len; i++)
		ret = git_revwalk_hide(walk->libgit2,
				       &g_array_index(walk->hidden, git_oid, i));
	return ret;
}

/* The line has come to a merge: what is left is libgit2's. */
static int end_line(struct walk *walk)
{
	struct node node = { walk->next, 0 };
	int ret = 0;

	g_array_set_size(walk->tips, 0);
	g_array_append_val(walk->tips, node);
	if (walk->has_ancestor) {
		walk->ancestor = walk->next;
		ret = walk_back(walk, &walk->ancestor, walk->to_ancestor);
		walk->met_ancestor = !ret;
		g_array_append_val(walk->hidden, walk->ancestor);
	}
	return ret ? GIT_EINVALIDSPEC : begin_libgit2(walk);
}

/* Returns 1 if there is a next commit of the line; sets *oid to it. */
static int next_of_line(struct walk *walk, git_oid *oid)
{
	struct raw_commit commit;
	int ret;

	if (!walk->has_next)
		return walk->has_ancestor ? GIT_EINVALIDSPEC : GIT_ITEROVER;
	if (walk->has_ancestor && !walk->to_ancestor) {
		walk->ancestor = walk->next;
		walk->met_ancestor = TRUE;
		return GIT_ITEROVER;
	}
	ret = raw_commit_read(&commit, walk->odb, &walk->next);
	if (ret)
		return ret;
	if (commit.nr_parents > 1) {
		raw_commit_clear(&commit);
		return end_line(walk);
	}
	*oid = walk->next;
	walk->has_next = commit.nr_parents == 1;
	if (walk->has_next)
		raw_commit_parent(&commit, 0, &walk->next);
	walk->to_ancestor -= walk->has_ancestor;
	raw_commit_clear(&commit);
	return 1;
}

static int compare_waiting(const void *a, const void *b, void *data)
{
	(void)data;
	return newest_first(a, b);
}

/* Of a shallow history: let a commit wait, and its parents after it. */
static int come_by(struct walk *walk, const git_oid *oid)
{
	struct node node = { *oid, 0 };
	int ret;

	if (!g_hash_table_add(walk->seen, oid_dup(oid)))
		return 0;
	ret = walk_time(walk, oid, &node.time);
	if (!ret)
		g_sequence_insert_sorted(walk->waiting,
					 g_memdup2(&node, sizeof(node)),
					 compare_waiting, NULL);
	return ret;
}

/* The parents of a commit that it has here. */
static int parents_of(const struct walk *walk, const git_oid *oid,
		      GArray *parents)
{
	struct raw_commit commit;
	git_oid parent;
	unsigned i;
	int ret;

	if (walk_is_cut(walk, oid))
		return 0;
	ret = raw_commit_read(&commit, walk->odb, oid);
	for (i = 0; !ret && i < commit.nr_parents; i++) {
		raw_commit_parent(&commit, i, &parent);
		g_array_append_val(parents, parent);
	}
	raw_commit_clear(&commit);
	return ret;
}

/* It is short: all that is hidden is marked before the first is given. */
static int begin_shallow(struct walk *walk)
{
	g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(git_oid));
	guint i;
	int ret = 0;

	g_array_append_vals(stack, walk->hidden->data, walk->hidden->len);
	while (!ret && stack->len) {
		git_oid oid = g_array_index(stack, git_oid, stack->len - 1);

		g_array_set_size(stack, stack->len - 1);
		if (g_hash_table_add(walk->seen, oid_dup(&oid)))
			ret = parents_of(walk, &oid, stack);
	}
	for (i = 0; !ret && i < walk->tips->len; i++)
		ret = come_by(walk, &g_array_index(walk->tips, struct node,
						   i).oid);
	return ret;
}

static int next_of_shallow(struct walk *walk, git_oid *oid)
{
	GSequenceIter *first = g_sequence_get_begin_iter(walk->waiting);
	g_autoptr(GArray) parents = g_array_new(FALSE, FALSE, sizeof(git_oid));
	guint i;
	int ret;

	if (g_sequence_iter_is_end(first))
		return GIT_ITEROVER;
	*oid = ((struct node *)g_sequence_get(first))->oid;
	g_sequence_remove(first);
	ret = parents_of(walk, oid, parents);
	for (i = 0; !ret && i < parents->len; i++)
		ret = come_by(walk, &g_array_index(parents, git_oid, i));
	return ret;
}

/*
 * Only where one commit is pushed and nothing hidden but an ancestor of it is
 * each commit of a line surely wanted, however wrong the clocks were.
 */
static int begin(struct walk *walk)
{
	walk->begun = TRUE;
	if (walk->cut)
		return begin_shallow(walk);
	if (walk->tips->len != 1 || walk->hidden->len)
		return begin_libgit2(walk);
	walk->next = g_array_index(walk->tips, struct node, 0).oid;
	walk->has_next = TRUE;
	return 0;
}

int walk_next(struct walk *walk, struct git_oid *oid)
{
	int ret = walk->begun ? 0 : begin(walk);

	if (ret)
		return ret;
	if (walk->cut)
		return next_of_shallow(walk, oid);
	if (!walk->libgit2) {
		ret = next_of_line(walk, oid);
		if (ret)
			return ret > 0 ? 0 : ret;
	}
	return git_revwalk_next(oid, walk->libgit2);
}
