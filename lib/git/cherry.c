#include <string.h>
#include "git/cherry.h"
#include "git/objects.h"
#include "git/git.h"
#include "git/patchids.h"

/* A longer summary is cut. */
#define MAX_SUMMARY (1024 * 1024)

/*
 * The same change is made to the same files, so that only commits upstream that
 * change one of ours need a closer look.  Of more files than this, their
 * folders limit the search.
 */
#define MAX_PATHS 200

/* The commits that may make the same changes. */
struct twins {
	GHashTable *subjects;	/* upstream: their ids -> their summaries */
	GPtrArray *upstream;	/* char *: ids, newest first; borrowed */
	GHashTable *patch_ids;	/* commit -> patch-id; none of one that changes
				   nothing */
};

static GHashTable *table_new(GDestroyNotify free_value)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
				     free_value);
}

/* Put the folders of paths in the place of paths; the top is "". */
static GHashTable *take_folders(GHashTable *paths)
{
	GHashTable *folders = table_new(NULL);
	GHashTableIter iter;
	gpointer path;

	g_hash_table_iter_init(&iter, paths);
	while (g_hash_table_iter_next(&iter, &path, NULL)) {
		const char *slash = strrchr(path, '/');

		g_hash_table_add(folders, slash ?
				 g_strndup(path, slash - (char *)path) :
				 g_strdup(""));
	}
	g_hash_table_unref(paths);
	return folders;
}

/* A path with a newline cannot be asked for. */
static gboolean has_newline(GHashTable *paths)
{
	GHashTableIter iter;
	gpointer path;

	g_hash_table_iter_init(&iter, paths);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		if (strchr(path, '\n'))
			return TRUE;
	return FALSE;
}

/* The files that the commits change, or folders that have all of them. */
static GHashTable *find_paths(const struct repository *repository,
			      const GString *ids, char **err)
{
	static const char *const diff_tree[] = {
		"diff-tree", "--stdin", "-r", "--root", "--no-commit-id",
		"--name-only", "-z", "--no-renames", "--diff-merges=off", NULL,
	};
	struct git_process *process = git_start_on(repository->folder,
						   diff_tree, ids, err);
	GHashTable *paths = table_new(NULL);
	char *path;

	while (process && (path = git_field(process, NULL)))
		g_hash_table_add(paths, g_strdup(path));
	if (!process || git_finish(process, 0, err) < 0) {
		g_hash_table_unref(paths);
		return NULL;
	}
	while (g_hash_table_size(paths) > MAX_PATHS || has_newline(paths))
		paths = take_folders(paths);
	return paths;
}

/* What git rev-list reads: the other side, without ours, in these paths. */
static GString *ask_for_upstream(const char *upstream, const char *tip,
				 GHashTable *paths)
{
	GString *text = g_string_new(NULL);
	GHashTableIter iter;
	gpointer path;

	g_string_append_printf(text, "%s\n^%s\n--\n", upstream, tip);
	g_hash_table_iter_init(&iter, paths);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		g_string_append_printf(text, ":(top,literal)%s\n",
				       (char *)path);
	return text;
}

/* "<id> <summary>" */
static gboolean add_upstream(struct twins *twins, char *line)
{
	char *subject = line, *id = strsep(&subject, " ");

	if (!subject || !objects_is_id(id))
		return FALSE;
	if (g_hash_table_contains(twins->subjects, id))
		return TRUE;
	id = g_strdup(id);
	g_hash_table_insert(twins->subjects, id,
			    g_utf8_make_valid(subject, strnlen(subject,
							MAX_SUMMARY)));
	g_ptr_array_add(twins->upstream, id);
	return TRUE;
}

static int find_upstream(struct twins *twins,
			 const struct repository *repository,
			 const char *upstream, const char *tip,
			 GHashTable *paths, char **err)
{
	/* also a commit whose change is gone on another way */
	static const char *const rev_list[] = {
		"rev-list", "--stdin", "--no-merges", "--full-history",
		"--encoding=UTF-8", "--no-commit-header", "--format=%H %s",
		NULL,
	};
	g_autoptr(GString) question = ask_for_upstream(upstream, tip, paths);
	struct git_process *process = git_start_on(repository->folder, rev_list,
						   question, err);
	char *line;

	if (!process)
		return -1;
	while ((line = git_line(process, NULL)))
		if (!add_upstream(twins, line)) {
			*err = g_strdup_printf("unexpected output of 'git "
					       "rev-list': '%s'", line);
			git_stop(process);
			return -1;
		}
	return git_finish(process, 0, err);
}

static void add_patch_id(const char *id, const char *commit, void *data)
{
	struct twins *twins = data;

	g_hash_table_insert(twins->patch_ids, g_strdup(commit), g_strdup(id));
}

static int read_patch_ids(struct twins *twins,
			  const struct repository *repository,
			  const GString *ours, char **err)
{
	static const char *const options[] = {
		"--no-renames", "--binary", NULL,
	};
	g_autoptr(GString) ids = g_string_new(ours->str);
	struct patchids *patchids;
	guint i;

	for (i = 0; i < twins->upstream->len; i++)
		g_string_append_printf(ids, "%s\n",
				       (char *)twins->upstream->pdata[i]);
	patchids = patchids_of_commits(repository->folder, ids, options, err);
	return patchids ? patchids_finish(patchids, add_patch_id, twins, err) :
	       -1;
}

static void add_pair(GHashTable *pairs, const struct twins *twins,
		     const char *commit, const char *twin)
{
	struct cherry_twin *pair = g_new0(struct cherry_twin, 1);

	g_strlcpy(pair->commit, twin, sizeof(pair->commit));
	pair->subject = g_strdup(g_hash_table_lookup(twins->subjects, twin));
	g_hash_table_insert(pairs, g_strdup(commit), pair);
}

static void pair_up(GHashTable *pairs, const struct twins *twins,
		    const GString *ours)
{
	g_autoptr(GHashTable) by_patch_id = g_hash_table_new(g_str_hash,
							     g_str_equal);
	g_auto(GStrv) ids = g_strsplit(ours->str, "\n", -1);
	char **id, *patch_id, *twin;
	guint i;

	/* the newest comes last */
	for (i = twins->upstream->len; i > 0; i--) {
		twin = twins->upstream->pdata[i - 1];
		patch_id = g_hash_table_lookup(twins->patch_ids, twin);
		if (patch_id)
			g_hash_table_insert(by_patch_id, patch_id, twin);
	}
	for (id = ids; *id; id++) {
		/* of "A...B", A's commits are those upstream */
		if (g_hash_table_contains(twins->subjects, *id))
			continue;
		patch_id = g_hash_table_lookup(twins->patch_ids, *id);
		twin = patch_id ? g_hash_table_lookup(by_patch_id, patch_id) :
		       NULL;
		if (twin)
			add_pair(pairs, twins, *id, twin);
	}
}

static void twin_free(void *data)
{
	struct cherry_twin *twin = data;

	g_free(twin->subject);
	g_free(twin);
}

GHashTable *cherry_find(const struct repository *repository,
			const struct range *range, const GString *ids,
			char **err)
{
	GHashTable *pairs = table_new(twin_free);
	g_autoptr(GHashTable) subjects = table_new(g_free);
	g_autoptr(GPtrArray) upstream = g_ptr_array_new();
	g_autoptr(GHashTable) patch_ids = table_new(g_free);
	struct twins twins = { subjects, upstream, patch_ids };
	g_autoptr(GHashTable) paths = find_paths(repository, ids, err);
	const char *excluded = range_excluded(range);
	int ret = paths ? 0 : -1;
	guint i;

	for (i = 0; !ret && g_hash_table_size(paths) && i < range->tips->len;
	     i++)
		if (strcmp(range->tips->pdata[i], excluded))
			ret = find_upstream(&twins, repository, excluded,
					    range->tips->pdata[i], paths, err);
	if (!ret && upstream->len)
		ret = read_patch_ids(&twins, repository, ids, err);
	if (!ret)
		pair_up(pairs, &twins, ids);
	else
		g_clear_pointer(&pairs, g_hash_table_unref);
	return pairs;
}
