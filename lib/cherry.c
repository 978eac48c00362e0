#include <stdio.h>
#include <string.h>
#include <git2.h>
#include "ask-git.h"
#include "cherry.h"

/* Call fn with each line that git prints, without its end. */
static int each_line(git_repository *repo, const char *const *argv, int input,
		     void (*fn)(char *line, void *data), void *data, char **err)
{
	struct git_process *process = git_start(repo, argv, input, err);
	char line[200];

	if (!process)
		return -1;
	while (fgets(line, sizeof(line), git_output(process))) {
		line[strcspn(line, "\n")] = '\0';
		fn(line, data);
	}
	return git_finish(process, err);
}

/* Commits that are equal to one of the other side. */
struct twins {
	GPtrArray *marked;	/* char *: those of both sides, newest first */
	GHashTable *upstream;	/* set of char *: all that only upstream has */
	GHashTable *patch_ids;	/* commit -> its patch-id; none: no change */
};

/* "=<id>": a commit with a twin on the other side; ">" and "<" have none. */
static void add_marked(char *line, void *data)
{
	struct twins *twins = data;

	if (*line == '=')
		g_ptr_array_add(twins->marked, g_strdup(line + 1));
}

static void add_upstream(char *line, void *data)
{
	struct twins *twins = data;

	g_hash_table_add(twins->upstream, g_strdup(line));
}

/* "<patch-id> <commit>" */
static void add_patch_id(char *line, void *data)
{
	struct twins *twins = data;
	char *space = strchr(line, ' ');

	if (space)
		g_hash_table_insert(twins->patch_ids, g_strdup(space + 1),
				    g_strndup(line, space - line));
}

/* git diff-tree --stdin | git patch-id, over the marked commits */
static int read_patch_ids(struct twins *twins, git_repository *repo, char **err)
{
	static const char *const diff_tree[] = {
		"diff-tree", "--stdin", "--root", "-p", "--full-index", NULL,
	};
	static const char *const patch_id[] = { "patch-id", "--stable", NULL };
	g_autoptr(GString) ids = g_string_new(NULL);
	struct git_process *diffs;
	FILE *input;
	int ret;
	guint i;

	for (i = 0; i < twins->marked->len; i++)
		g_string_append_printf(ids, "%s\n",
				       (char *)twins->marked->pdata[i]);
	input = git_input(ids, err);
	if (!input)
		return -1;
	diffs = git_start(repo, diff_tree, fileno(input), err);
	fclose(input);
	if (!diffs)
		return -1;
	ret = each_line(repo, patch_id, fileno(git_output(diffs)),
			add_patch_id, twins, err);
	if (ret)
		git_stop(diffs);
	else
		ret = git_finish(diffs, err);
	return ret;
}

static const char *patch_id_of(const struct twins *twins, const char *commit)
{
	const char *id = g_hash_table_lookup(twins->patch_ids, commit);

	return id ? id : "";
}

/*
 * For each commit here the newest of its patch-id upstream.  Should git's two
 * commands not agree on what a patch-id is, there is at least one like it.
 */
static void pair(GHashTable *pairs, const struct twins *twins)
{
	g_autoptr(GHashTable) there = g_hash_table_new(g_str_hash, g_str_equal);
	const char *newest = NULL;
	guint i;

	for (i = twins->marked->len; i > 0; i--) {
		char *commit = twins->marked->pdata[i - 1];

		if (!g_hash_table_contains(twins->upstream, commit))
			continue;
		newest = commit;
		g_hash_table_insert(there, (char *)patch_id_of(twins, commit),
				    commit);
	}
	for (i = 0; i < twins->marked->len; i++) {
		const char *commit = twins->marked->pdata[i];
		const char *twin = g_hash_table_lookup(there,
						patch_id_of(twins, commit));

		if (!g_hash_table_contains(twins->upstream, commit))
			g_hash_table_insert(pairs, g_strdup(commit),
					    g_strdup(twin ? twin : newest));
	}
}

int cherry_find(GHashTable *pairs, struct git_repository *repo,
		const struct git_oid *upstream, const struct git_oid *tip,
		char **err)
{
	g_autoptr(GPtrArray) marked = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) set = g_hash_table_new_full(g_str_hash,
					g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) patch_ids = g_hash_table_new_full(g_str_hash,
					g_str_equal, g_free, g_free);
	struct twins twins = { marked, set, patch_ids };
	g_autofree char *from = g_strdup(git_oid_tostr_s(upstream));
	g_autofree char *to = g_strdup(git_oid_tostr_s(tip));
	g_autofree char *both = g_strconcat(from, "...", to, NULL);
	g_autofree char *theirs = g_strconcat(to, "..", from, NULL);
	const char *mark[] = {
		"rev-list", "--no-merges", "--left-right", "--cherry-mark",
		both, "--", NULL,
	};
	const char *list[] = { "rev-list", "--no-merges", theirs, "--", NULL };
	git_oid base;
	int ret = 0;

	/* What has nothing of its own has no twins either. */
	if (git_merge_base(&base, repo, upstream, tip) < 0 ||
	    !git_oid_equal(&base, upstream))
		ret = each_line(repo, mark, -1, add_marked, &twins, err);
	if (!ret && marked->len)
		ret = each_line(repo, list, -1, add_upstream, &twins, err);
	if (!ret && marked->len)
		ret = read_patch_ids(&twins, repo, err);
	git_error_clear();
	if (!ret)
		pair(pairs, &twins);
	return ret;
}
