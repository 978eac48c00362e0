#include <string.h>
#include <git2.h>
#include "oid.h"
#include "shallow.h"

struct shallow_walk {
	git_repository *repo;
	GHashTable *cut;	/* git_oid: those that have no parents here */
	GHashTable *seen;	/* git_oid: hidden, given or waiting */
	GSequence *waiting;	/* git_commit *, the newest first */
};

/* Returns FALSE if it was there. */
static gboolean oid_set_add(GHashTable *set, const git_oid *oid)
{
	return g_hash_table_add(set, oid_dup(oid));
}

static void free_commit(void *commit)
{
	git_commit_free(commit);
}

int shallow_walk_new(struct shallow_walk **out, struct git_repository *repo,
		     char **err)
{
	g_autofree char *path = g_build_filename(
			git_repository_commondir(repo), "shallow", NULL);
	g_autofree char *text = NULL;
	struct shallow_walk *walk;
	GError *error = NULL;
	char *line, *rest;

	if (!g_file_get_contents(path, &text, NULL, &error)) {
		*err = g_strdup_printf("cannot read '%s': %s", path,
				       error->message);
		g_error_free(error);
		return -1;
	}
	walk = g_new0(struct shallow_walk, 1);
	walk->repo = repo;
	walk->cut = oid_table_new();
	walk->seen = oid_table_new();
	walk->waiting = g_sequence_new(free_commit);
	rest = text;
	while ((line = strsep(&rest, "\n"))) {
		git_oid oid;

		if (!git_oid_fromstr(&oid, line))
			oid_set_add(walk->cut, &oid);
	}
	git_error_clear();
	*out = walk;
	return 0;
}

void shallow_walk_free(struct shallow_walk *walk)
{
	if (!walk)
		return;
	g_sequence_free(walk->waiting);
	g_hash_table_unref(walk->cut);
	g_hash_table_unref(walk->seen);
	g_free(walk);
}

gboolean shallow_is_cut(const struct shallow_walk *walk,
			const struct git_oid *oid)
{
	return g_hash_table_contains(walk->cut, oid);
}

static unsigned parents_of(const struct shallow_walk *walk, git_commit *commit)
{
	return shallow_is_cut(walk, git_commit_id(commit)) ? 0 :
	       git_commit_parentcount(commit);
}

int shallow_walk_hide(struct shallow_walk *walk, const struct git_oid *oid)
{
	g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(git_oid));

	g_array_append_vals(stack, oid, 1);
	while (stack->len) {
		git_oid next = g_array_index(stack, git_oid, stack->len - 1);
		git_commit *commit;
		unsigned i, nr;
		int ret;

		g_array_set_size(stack, stack->len - 1);
		if (!oid_set_add(walk->seen, &next))
			continue;
		ret = git_commit_lookup(&commit, walk->repo, &next);
		if (ret)
			return ret;
		nr = parents_of(walk, commit);
		for (i = 0; i < nr; i++)
			g_array_append_vals(stack,
					    git_commit_parent_id(commit, i), 1);
		git_commit_free(commit);
	}
	return 0;
}

static int newest_first(const void *a, const void *b, void *data)
{
	gint64 x = git_commit_time((git_commit *)a);
	gint64 y = git_commit_time((git_commit *)b);

	(void)data;
	return x < y ? 1 : x > y ? -1 : 0;
}

int shallow_walk_push(struct shallow_walk *walk, const struct git_oid *oid)
{
	git_commit *commit;
	int ret;

	if (!oid_set_add(walk->seen, oid))
		return 0;
	ret = git_commit_lookup(&commit, walk->repo, oid);
	if (!ret)
		g_sequence_insert_sorted(walk->waiting, commit, newest_first,
					 NULL);
	return ret;
}

int shallow_walk_next(struct shallow_walk *walk, struct git_oid *oid)
{
	GSequenceIter *first = g_sequence_get_begin_iter(walk->waiting);
	git_commit *commit;
	unsigned i, nr;
	int ret = 0;

	if (g_sequence_iter_is_end(first))
		return GIT_ITEROVER;
	commit = g_sequence_get(first);
	*oid = *git_commit_id(commit);
	nr = parents_of(walk, commit);
	for (i = 0; !ret && i < nr; i++)
		ret = shallow_walk_push(walk, git_commit_parent_id(commit, i));
	/* Its parents may stand before it now, if the clocks were wrong. */
	g_sequence_remove(first);
	return ret;
}
