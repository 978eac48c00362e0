#include <string.h>
#include "git/cherry.h"
#include "git/patchids.h"
#include "git/sides.h"

static GHashTable *table_new(GDestroyNotify free_value)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
				     free_value);
}

static void add_patch_id(const char *id, const char *commit, void *data)
{
	g_hash_table_insert(data, g_strdup(commit), g_strdup(id));
}

/* Commit -> patch-id; nothing of one that changes nothing. */
static GHashTable *read_patch_ids(const struct repository *repository,
				  const GString *ours, const GPtrArray *theirs,
				  char **err)
{
	static const char *const options[] = {
		"--no-renames", "--binary", NULL,
	};
	g_autoptr(GString) ids = g_string_new(ours->str);
	g_autoptr(GHashTable) patch_ids = table_new(g_free);
	struct patchids *patchids;
	guint i;

	for (i = 0; i < theirs->len; i++) {
		const struct side_commit *commit = theirs->pdata[i];

		g_string_append_printf(ids, "%s\n", commit->id);
	}
	patchids = patchids_of_commits(repository->folder, ids, options, err);
	if (!patchids ||
	    patchids_finish(patchids, add_patch_id, patch_ids, err) < 0)
		return NULL;
	return g_steal_pointer(&patch_ids);
}

static struct cherry_twin *make_twin(const struct side_commit *commit)
{
	struct cherry_twin *twin = g_new0(struct cherry_twin, 1);

	memcpy(twin->commit, commit->id, sizeof(twin->commit));
	twin->subject = g_strdup(commit->subject);
	return twin;
}

static void pair_up(GHashTable *pairs, GHashTable *patch_ids,
		    const GString *ours, const GPtrArray *theirs)
{
	g_autoptr(GHashTable) by_patch_id = g_hash_table_new(g_str_hash,
							     g_str_equal);
	g_autoptr(GHashTable) others = g_hash_table_new(g_str_hash,
							g_str_equal);
	g_auto(GStrv) ids = g_strsplit(ours->str, "\n", -1);
	char **id, *patch_id;
	guint i;

	/* the newest comes last */
	for (i = theirs->len; i > 0; i--) {
		struct side_commit *commit = theirs->pdata[i - 1];

		patch_id = g_hash_table_lookup(patch_ids, commit->id);
		if (patch_id)
			g_hash_table_insert(by_patch_id, patch_id, commit);
		g_hash_table_add(others, commit->id);
	}
	for (id = ids; *id; id++) {
		const struct side_commit *twin;

		/* of "A...B", A's commits are among ours, too */
		if (g_hash_table_contains(others, *id))
			continue;
		patch_id = g_hash_table_lookup(patch_ids, *id);
		twin = patch_id ? g_hash_table_lookup(by_patch_id, patch_id) :
		       NULL;
		if (twin)
			g_hash_table_insert(pairs, g_strdup(*id),
					    make_twin(twin));
	}
}

static void twin_free(void *data)
{
	struct cherry_twin *twin = data;

	g_free(twin->subject);
	g_free(twin);
}

GHashTable *cherry_find(const struct repository *repository,
			const GString *ours, const GPtrArray *theirs,
			char **err)
{
	GHashTable *pairs = table_new(twin_free);
	g_autoptr(GHashTable) patch_ids = NULL;

	if (!theirs || !theirs->len)
		return pairs;
	patch_ids = read_patch_ids(repository, ours, theirs, err);
	if (patch_ids)
		pair_up(pairs, patch_ids, ours, theirs);
	else
		g_clear_pointer(&pairs, g_hash_table_unref);
	return pairs;
}
