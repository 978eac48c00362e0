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

/* As git has it in a diffstat, so that a newline forges no line. */
static char *quote_path(const char *path)
{
	static char keep[129];
	g_autofree char *valid = g_utf8_make_valid(path, -1);
	g_autofree char *escaped = NULL;
	int i;

	for (i = 0; i < 128; i++)
		keep[i] = 128 + i;
	escaped = g_strescape(valid, keep);
	return strcmp(escaped, valid) ? g_strdup_printf("\"%s\"", escaped) :
	       g_steal_pointer(&escaped);
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

		g_ptr_array_add(merge->conflicts, quote_path(path));
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

struct merge_try {
	git_repository *repo;
	git_oid tip, into;
	gboolean has_into;
	const GPtrArray *paths;
	struct git_process *base;	/* NULL if there is nothing to merge into */
	struct git_process *diff;
};

/*
 * The sum, by git: it finds renames as in the diffstats of the commits.  from is
 * a range, or one end of it, and to the other one or NULL.
 */
static struct git_process *start_diff(const struct merge_try *attempt,
				      const char *from, const char *to,
				      char **err)
{
	const char *const diff[] = {
		"diff", "--shortstat", "--no-color", "--no-ext-diff", from, to,
		NULL,
	};
	g_autoptr(GPtrArray) argv = git_arguments(diff);

	git_add_paths(argv, attempt->paths);
	return git_start(attempt->repo, (const char *const *)argv->pdata, -1,
			 err);
}

static int finish_diff(struct merge *merge, struct git_process *diff, char **err)
{
	char line[200] = "";

	if (!diff)
		return -1;
	if (fgets(line, sizeof(line), git_output(diff)))
		diffstat_parse_summary(line, strcspn(line, "\n"),
				       &merge->diffstat);
	return git_finish(diff, err);
}

struct merge_try *merge_try_start(struct git_repository *repo,
				  const struct git_oid *into,
				  const struct git_oid *tip,
				  const GPtrArray *paths, char **err)
{
	struct merge_try *attempt = g_new0(struct merge_try, 1);
	g_autofree char *tip_id = g_strdup(git_oid_tostr_s(tip));
	g_autofree char *into_id = into ? g_strdup(git_oid_tostr_s(into)) : NULL;
	g_autofree char *range = into ? g_strconcat(into_id, "...", tip_id,
						    NULL) : NULL;
	const char *merge_base[] = { "merge-base", into_id, tip_id, NULL };

	attempt->repo = repo;
	attempt->tip = *tip;
	attempt->paths = paths;
	if (into) {
		attempt->has_into = TRUE;
		attempt->into = *into;
		attempt->base = git_start(repo, merge_base, -1, err);
	}
	if (!*err)
		attempt->diff = into ? start_diff(attempt, range, NULL, err) :
				start_diff(attempt, EMPTY_TREE, tip_id, err);
	if (*err) {
		g_free(attempt);
		return NULL;
	}
	return attempt;
}

/* The base is git's: libgit2 reads no history with a broken commit in it. */
static void relate(struct merge *merge, const struct merge_try *attempt)
{
	char line[100] = "";
	char *none = NULL;
	git_oid base;

	if (!fgets(line, sizeof(line), git_output(attempt->base)))
		*line = '\0';
	if (git_finish(attempt->base, &none) < 0 || git_oid_fromstr(&base, line)) {
		g_free(none);
		merge->result = MERGE_UNRELATED;
		return;
	}
	git_oid_tostr(merge->base, sizeof(merge->base), &base);
	if (git_oid_equal(&base, &attempt->tip))
		merge->result = MERGE_UP_TO_DATE;
	else if (git_oid_equal(&base, &attempt->into))
		merge->result = MERGE_FAST_FORWARD;
	else
		merge_in_memory(merge, attempt->repo, &attempt->into,
				&attempt->tip);
}

int merge_try_finish(struct merge *out, struct merge_try *attempt, char **err)
{
	char *no_base = NULL;
	int ret;

	memset(out, 0, sizeof(*out));
	out->conflicts = g_ptr_array_new_with_free_func(g_free);
	if (attempt->has_into)
		relate(out, attempt);
	if (out->result == MERGE_UNRELATED) {
		/* "A...B" was no range, then. */
		finish_diff(out, attempt->diff, &no_base);
		g_free(no_base);
		attempt->diff = start_diff(attempt, EMPTY_TREE,
					   git_oid_tostr_s(&attempt->tip), err);
	}
	ret = finish_diff(out, attempt->diff, err);
	g_free(attempt);
	return ret;
}

void merge_forget_side(struct merge *merge)
{
	merge->result = MERGE_NO_SIDE;
	*merge->base = '\0';
	g_ptr_array_set_size(merge->conflicts, 0);
}

void merge_clear(struct merge *merge)
{
	if (merge->conflicts)
		g_ptr_array_unref(merge->conflicts);
	g_free(merge->base_abbrev);
}
