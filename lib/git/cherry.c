#include <string.h>
#include "git/cherry.h"
#include "git/objects.h"
#include "git/git.h"

/*
 * Call fn with each line that git prints, without its end; it returns FALSE of
 * one that makes no sense.
 */
static int each_line(const struct repository *repository,
		     const char *const *argv, int input,
		     gboolean (*fn)(char *line, void *data), void *data,
		     char **err)
{
	struct git_process *process = git_start(repository->folder, argv, input,
						err);
	char *line;

	if (!process)
		return -1;
	while ((line = git_line(process, NULL)))
		if (!fn(line, data)) {
			*err = g_strdup_printf("'git %s' printed '%s'", *argv,
					       line);
			git_stop(process);
			return -1;
		}
	return git_finish(process, FALSE, err);
}

/* Commits that are equal to one of the other side. */
struct twins {
	GPtrArray *marked;	/* char *: those of both sides, newest first */
	GHashTable *upstream;	/* set of char *: all that only upstream has */
	GHashTable *patch_ids;	/* commit -> its patch-id; none: no change */
};

/* "=<id>": a commit with a twin on the other side; ">" and "<" have none. */
static gboolean add_marked(char *line, void *data)
{
	struct twins *twins = data;

	if (*line == '=')
		g_ptr_array_add(twins->marked, g_strdup(line + 1));
	return *line && strchr("=<>", *line) && objects_is_id(line + 1);
}

static gboolean add_upstream(char *line, void *data)
{
	struct twins *twins = data;

	g_hash_table_add(twins->upstream, g_strdup(line));
	return objects_is_id(line);
}

/* "<patch-id> <commit>" */
static gboolean add_patch_id(char *line, void *data)
{
	struct twins *twins = data;
	char *space = strchr(line, ' ');

	if (!space || !objects_is_id(space + 1))
		return FALSE;
	g_hash_table_insert(twins->patch_ids, g_strdup(space + 1),
			    g_strndup(line, space - line));
	return TRUE;
}

/* git diff-tree --stdin | git patch-id, over the marked commits */
static int read_patch_ids(struct twins *twins,
			  const struct repository *repository, char **err)
{
	static const char *const diff_tree[] = {
		"diff-tree", "--stdin", "--root", "-p", "--full-index", NULL,
	};
	static const char *const patch_id[] = { "patch-id", "--stable", NULL };
	g_autoptr(GString) ids = g_string_new(NULL);
	struct git_process *diffs;
	int ret;
	guint i;

	for (i = 0; i < twins->marked->len; i++)
		g_string_append_printf(ids, "%s\n",
				       (char *)twins->marked->pdata[i]);
	diffs = git_start_on(repository->folder, diff_tree, ids, err);
	if (!diffs)
		return -1;
	ret = each_line(repository, patch_id, git_output(diffs), add_patch_id,
			twins, err);
	if (ret)
		git_stop(diffs);
	else
		ret = git_finish(diffs, FALSE, err);
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

int cherry_find(GHashTable *pairs, const struct repository *repository,
		const char *upstream, const char *tip, char **err)
{
	g_autoptr(GPtrArray) marked = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) set = g_hash_table_new_full(g_str_hash,
					g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) patch_ids = g_hash_table_new_full(g_str_hash,
					g_str_equal, g_free, g_free);
	struct twins twins = { marked, set, patch_ids };
	g_autofree char *both = g_strconcat(upstream, "...", tip, NULL);
	g_autofree char *theirs = g_strconcat(tip, "..", upstream, NULL);
	const char *mark[] = {
		"rev-list", "--no-merges", "--left-right", "--cherry-mark",
		both, "--", NULL,
	};
	const char *list[] = { "rev-list", "--no-merges", theirs, "--", NULL };

	if (each_line(repository, mark, -1, add_marked, &twins, err) < 0)
		return -1;
	if (marked->len &&
	    (each_line(repository, list, -1, add_upstream, &twins, err) < 0 ||
	     read_patch_ids(&twins, repository, err) < 0))
		return -1;
	pair(pairs, &twins);
	return 0;
}
