#include <string.h>
#include <git2.h>
#include "ask-git.h"
#include "merge.h"

/* The tree of no files, which git knows without an object. */
#define EMPTY_TREE "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

const char *merge_result_name(enum merge_result result)
{
	static const char *const names[] = {
		[MERGE_UNRELATED] = "unrelated",
		[MERGE_UP_TO_DATE] = "up-to-date",
		[MERGE_FAST_FORWARD] = "fast-forward",
		[MERGE_CLEAN] = "clean",
		[MERGE_CONFLICTS] = "conflicts",
		[MERGE_UNKNOWN] = "unknown",
	};

	return names[result];
}

/* The index of a merge: which paths are in conflict? */
static int list_conflicts(struct merge *merge, git_index *index)
{
	git_index_conflict_iterator *iterator;
	const git_index_entry *base, *ours, *theirs;
	int ret = git_index_conflict_iterator_new(&iterator, index);

	while (!ret && !(ret = git_index_conflict_next(&base, &ours, &theirs,
						       iterator))) {
		const char *path = ours ? ours->path :
				   theirs ? theirs->path : base->path;

		g_ptr_array_add(merge->conflicts, g_utf8_make_valid(path, -1));
	}
	git_index_conflict_iterator_free(iterator);
	return ret == GIT_ITEROVER ? 0 : ret;
}

static void merge_in_memory(struct merge *merge, git_repository *repo,
			    const git_oid *into, const git_oid *tip)
{
	git_commit *ours = NULL, *theirs = NULL;
	git_index *index = NULL;
	int ret = git_commit_lookup(&ours, repo, into);

	if (!ret)
		ret = git_commit_lookup(&theirs, repo, tip);
	if (!ret)
		ret = git_merge_commits(&index, repo, ours, theirs, NULL);
	if (!ret)
		ret = list_conflicts(merge, index);
	merge->result = ret ? MERGE_UNKNOWN : merge->conflicts->len ?
			MERGE_CONFLICTS : MERGE_CLEAN;
	git_error_clear();
	git_index_free(index);
	git_commit_free(theirs);
	git_commit_free(ours);
}

/* The base is git's: libgit2 reads no history with a broken commit in it. */
static void relate(struct merge *merge, git_repository *repo,
		   const git_oid *into, const git_oid *tip)
{
	g_autofree char *into_id = g_strdup(git_oid_tostr_s(into));
	g_autofree char *base = ask_git(repo, "merge-base", into_id,
					git_oid_tostr_s(tip), NULL);

	if (!base) {
		merge->result = MERGE_UNRELATED;
		return;
	}
	g_strlcpy(merge->base, base, sizeof(merge->base));
	if (!strcmp(merge->base, git_oid_tostr_s(tip)))
		merge->result = MERGE_UP_TO_DATE;
	else if (!strcmp(merge->base, into_id))
		merge->result = MERGE_FAST_FORWARD;
	else
		merge_in_memory(merge, repo, into, tip);
}

/* The sum, by git: it finds renames as in the diffstats of the commits. */
static int sum_up(struct merge *merge, git_repository *repo, const git_oid *tip,
		  const GPtrArray *paths, char **err)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	struct git_process *process;
	char line[200] = "";
	guint i;

	g_ptr_array_add(argv, "diff");
	g_ptr_array_add(argv, "--shortstat");
	g_ptr_array_add(argv, "--no-color");
	g_ptr_array_add(argv, "--no-ext-diff");
	g_ptr_array_add(argv, *merge->base ? merge->base : EMPTY_TREE);
	g_ptr_array_add(argv, git_oid_tostr_s(tip));
	g_ptr_array_add(argv, "--");
	for (i = 0; i < paths->len; i++)
		g_ptr_array_add(argv, paths->pdata[i]);
	g_ptr_array_add(argv, NULL);
	process = git_start(repo, (const char *const *)argv->pdata, -1, err);
	if (!process)
		return -1;
	if (fgets(line, sizeof(line), git_output(process)))
		diffstat_parse_summary(line, strcspn(line, "\n"),
				       &merge->diffstat);
	return git_finish(process, err);
}

int merge_try(struct merge *out, struct git_repository *repo,
	      const struct git_oid *into, const struct git_oid *tip,
	      const GPtrArray *paths, char **err)
{
	memset(out, 0, sizeof(*out));
	out->conflicts = g_ptr_array_new_with_free_func(g_free);
	if (into)
		relate(out, repo, into, tip);
	return sum_up(out, repo, tip, paths, err);
}

void merge_clear(struct merge *merge)
{
	if (merge->conflicts)
		g_ptr_array_unref(merge->conflicts);
	g_free(merge->base_abbrev);
}
