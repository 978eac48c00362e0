#include <string.h>
#include "git/git.h"
#include "git/objects.h"
#include "git/patchids.h"

struct patchids {
	struct git_process *diffs;	/* NULL if the diffs were given */
	struct git_process *ids;
};

static const char *const patch_id[] = { "patch-id", "--stable", NULL };

struct git_process *patchids_diffs(const char *folder, const GString *ids,
				   const char *const *options, char **err)
{
	static const char *const diff_tree[] = {
		"diff-tree", "--stdin", "--root", "-p", "--full-index", "-M",
		NULL,
	};
	g_autoptr(GPtrArray) argv = git_arguments(diff_tree);

	for (; *options; options++)
		g_ptr_array_add(argv, g_strdup(*options));
	git_add_paths(argv, NULL);
	return git_start_on(folder, (const char *const *)argv->pdata, ids, err);
}

struct patchids *patchids_of_commits(const char *folder, const GString *ids,
				     const char *const *options, char **err)
{
	struct patchids *patchids = g_new0(struct patchids, 1);

	patchids->diffs = patchids_diffs(folder, ids, options, err);
	if (patchids->diffs)
		patchids->ids = git_start(folder, patch_id,
					  git_output(patchids->diffs), err);
	if (patchids->ids)
		return patchids;
	patchids_stop(patchids);
	return NULL;
}

struct patchids *patchids_of_diffs(const GString *diffs, char **err)
{
	struct patchids *patchids = g_new0(struct patchids, 1);

	patchids->ids = git_start_on(NULL, patch_id, diffs, err);
	if (patchids->ids)
		return patchids;
	g_free(patchids);
	return NULL;
}

/* "<patch-id> <commit>" */
static int read_ids(struct patchids *patchids,
		    void (*take)(const char *id, const char *commit,
				 void *data),
		    void *data, char **err)
{
	char *line;

	while ((line = git_line(patchids->ids, NULL))) {
		char *commit = line, *id = strsep(&commit, " ");

		if (!commit || !objects_is_id(commit)) {
			*err = g_strdup_printf("unexpected output of 'git "
					       "patch-id': '%s'", id);
			return -1;
		}
		take(id, commit, data);
	}
	return 0;
}

int patchids_finish(struct patchids *patchids,
		    void (*take)(const char *id, const char *commit,
				 void *data),
		    void *data, char **err)
{
	int ret = read_ids(patchids, take, data, err);

	if (!ret)
		ret = git_finish(g_steal_pointer(&patchids->ids), 0, err);
	if (!ret && patchids->diffs)
		ret = git_finish(g_steal_pointer(&patchids->diffs), 0, err);
	patchids_stop(patchids);
	return ret;
}

void patchids_stop(struct patchids *patchids)
{
	if (patchids->ids)
		git_stop(patchids->ids);
	if (patchids->diffs)
		git_stop(patchids->diffs);
	g_free(patchids);
}
