#include <string.h>
#include "git/cherry.h"
#include "git/objects.h"
#include "git/git.h"
#include "git/patchids.h"

/* A longer summary is cut. */
#define MAX_SUMMARY (1024 * 1024)

/* Commits whose change is on both sides: the branch and its upstream. */
struct twins {
	const struct repository *repository;
	GPtrArray *commits;	/* char *: ids from both sides, newest first */
	GHashTable *subjects;	/* their ids -> their summaries */
	GHashTable *ours;	/* a set of char *: all commits of the branch */
	GHashTable *patch_ids;	/* commit -> patch-id, "" if nothing changes */
};

/*
 * Call fn with each line that git prints, without the newline.  fn returns
 * FALSE for a line that makes no sense.
 */
static int each_line(struct twins *twins, const char *const *argv,
		     gboolean (*fn)(struct twins *twins, char *line),
		     char **err)
{
	struct git_process *process = git_start(twins->repository->folder, argv,
						-1, err);
	char *line;

	if (!process)
		return -1;
	while ((line = git_line(process, NULL)))
		if (!fn(twins, line)) {
			*err = g_strdup_printf("unexpected output of 'git "
					       "%s': '%s'", *argv, line);
			git_stop(process);
			return -1;
		}
	return git_finish(process, 0, err);
}

/* "=<id> <summary>" has a twin; with "<" or ">" a commit has none. */
static gboolean add_commit(struct twins *twins, char *line)
{
	char *subject = line, *id = strsep(&subject, " ") + 1;

	if (!subject || !*line || !strchr("=<>", *line) || !objects_is_id(id))
		return FALSE;
	if (*line != '=')
		return TRUE;
	g_ptr_array_add(twins->commits, g_strdup(id));
	g_hash_table_insert(twins->subjects, g_strdup(id),
			    g_utf8_make_valid(subject, strnlen(subject,
							MAX_SUMMARY)));
	g_hash_table_insert(twins->patch_ids, g_strdup(id), g_strdup(""));
	return TRUE;
}

static gboolean add_ours(struct twins *twins, char *line)
{
	g_hash_table_add(twins->ours, g_strdup(line));
	return objects_is_id(line);
}

static void add_patch_id(const char *id, const char *commit, void *data)
{
	struct twins *twins = data;

	g_hash_table_insert(twins->patch_ids, g_strdup(commit), g_strdup(id));
}

static int read_patch_ids(struct twins *twins, char **err)
{
	g_autoptr(GString) ids = g_string_new(NULL);
	struct patchids *patchids;
	guint i;

	for (i = 0; i < twins->commits->len; i++)
		g_string_append_printf(ids, "%s\n",
				       (char *)twins->commits->pdata[i]);
	patchids = patchids_of_commits(twins->repository->folder, ids,
				       "--no-renames", err);
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

/*
 * Should "git rev-list" and "git patch-id" disagree on which commits are alike,
 * take the newest upstream: one of them has the change.
 */
static void pair_up(GHashTable *pairs, const struct twins *twins)
{
	g_autoptr(GHashTable) upstream = g_hash_table_new(g_str_hash,
							  g_str_equal);
	char *commit, *twin, *newest = NULL;
	guint i;

	for (i = twins->commits->len; i > 0; i--) {
		commit = twins->commits->pdata[i - 1];
		if (g_hash_table_contains(twins->ours, commit))
			continue;
		newest = commit;
		g_hash_table_insert(upstream,
				    g_hash_table_lookup(twins->patch_ids,
							commit), commit);
	}
	for (i = 0; newest && i < twins->commits->len; i++) {
		const char *patch_id;

		commit = twins->commits->pdata[i];
		patch_id = g_hash_table_lookup(twins->patch_ids, commit);
		/* two commits that change nothing have nothing in common */
		if (!g_hash_table_contains(twins->ours, commit) || !*patch_id)
			continue;
		twin = g_hash_table_lookup(upstream, patch_id);
		add_pair(pairs, twins, commit, twin ? twin : newest);
	}
}

static GHashTable *table_new(GDestroyNotify free_value)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
				     free_value);
}

static int find(GHashTable *pairs, const struct repository *repository,
		const char *upstream, const char *tip, char **err)
{
	g_autoptr(GPtrArray) commits = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) subjects = table_new(g_free);
	g_autoptr(GHashTable) ours = table_new(NULL);
	g_autoptr(GHashTable) patch_ids = table_new(g_free);
	struct twins twins = { repository, commits, subjects, ours, patch_ids };
	g_autofree char *both = g_strconcat(upstream, "...", tip, NULL);
	g_autofree char *branch = g_strconcat(upstream, "..", tip, NULL);
	const char *mark[] = {
		"rev-list", "--no-merges", "--cherry-mark", "--encoding=UTF-8",
		"--no-commit-header", "--format=%m%H %s", both, "--", NULL,
	};
	const char *list[] = { "rev-list", "--no-merges", branch, "--", NULL };

	if (each_line(&twins, mark, add_commit, err) < 0)
		return -1;
	if (!commits->len)
		return 0;
	if (each_line(&twins, list, add_ours, err) < 0 ||
	    read_patch_ids(&twins, err) < 0)
		return -1;
	pair_up(pairs, &twins);
	return 0;
}

static void twin_free(void *data)
{
	struct cherry_twin *twin = data;

	g_free(twin->subject);
	g_free(twin);
}

GHashTable *cherry_find(const struct repository *repository,
			const struct range *range, char **err)
{
	GHashTable *pairs = table_new(twin_free);
	guint i;

	for (i = 0; i < range->tips->len; i++)
		if (find(pairs, repository, range_excluded(range),
			 range->tips->pdata[i], err) < 0) {
			g_hash_table_unref(pairs);
			return NULL;
		}
	return pairs;
}
