#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "git/children.h"
#include "git/merge.h"
#include "git/objects.h"
#include "git/git.h"
#include "git/history.h"
#include "git/loose.h"

struct merge_try {
	const struct repository *repository;
	char tip[HEX_ID_LEN + 1], into[HEX_ID_LEN + 1];	/* into may be "" */
	const struct sides *sides;	/* or NULL */
	const GPtrArray *paths;	/* or NULL */
	/* The commits to merge: see stand_in(). */
	char ours[HEX_ID_LEN + 1], other[HEX_ID_LEN + 1];
	GString *parents;	/* their lines: each of the merge bases */
	struct merge merge;	/* what is known so far */
	/* What runs, side by side; each may be NULL. */
	struct git_process *changes, *merge_tree;
	FILE *remover;		/* of the folder of the trial merge */
};

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

/*
 * Make a folder for the objects of a trial merge.  Whatever becomes of this
 * process, a shell removes the folder as soon as nobody holds the pipe to it.
 * Returns NULL with errno set if there is no room for a folder.
 */
static FILE *make_scratch(char *folder)
{
	FILE *remover = NULL;

	/*
	 * No signal may come after the folder is made and before the shell can
	 * ignore it.  The shell inherits what is blocked.
	 */
	children_block_signals();
	if (g_mkdtemp(folder)) {
		g_autofree char *quoted = g_shell_quote(folder);
		g_autofree char *command = g_strdup_printf(
			"read -r x; exec rm -rf -- %s", quoted);

		remover = popen(command, "we");
		if (!remover)
			rmdir(folder);
	}
	children_unblock_signals();
	return remover;
}

/*
 * Add a path in conflict, which git names from the current folder on.  It calls
 * a file "<file>~<id>" that it moves out of the way of a folder.
 */
static void add_conflict(struct merge *merge, const struct merge_try *attempt,
			 char *path)
{
	g_autofree char *folder = g_strconcat("/", attempt->repository->prefix,
					      NULL);
	g_autofree char *full = NULL;
	char *tilde = strrchr(path, '~');

	if (tilde && (!strcmp(tilde + 1, attempt->other) ||
		      !strcmp(tilde + 1, attempt->ours)))
		*tilde = '\0';
	full = g_canonicalize_filename(path, folder);
	g_ptr_array_add(merge->conflicts, changes_quote_path(full + 1));
}

/* "<tree>\0<path in conflict>\0<path in conflict>\0" */
static int read_merge(struct merge *merge, const struct merge_try *attempt,
		      struct git_process *process, char **err)
{
	char *field = git_field(process, NULL);
	gboolean makes_sense = field && objects_is_id(field);
	int ret;

	while (makes_sense && (field = git_field(process, NULL)))
		if (*field)
			add_conflict(merge, attempt, field);
	ret = git_finish(process, 1, err);
	if (ret >= 0 && (!makes_sense || (merge->conflicts->len > 0) != ret))
		*err = g_strdup("'git merge-tree' printed something else");
	/* a git that does not know --write-tree shows its usage */
	if (*err && g_str_has_prefix(*err, "usage:")) {
		g_free(*err);
		*err = g_strdup("this git is older than 2.38");
	}
	merge->result = ret ? MERGE_CONFLICTS : MERGE_CLEAN;
	return *err ? -1 : 0;
}

/*
 * Let git write the objects of the merge into the folder, with all that there
 * are as alternates (quoted as git(1) says).  git takes attributes, like those
 * of merge drivers, from the work tree; where there is none, the side that is
 * merged into has them.
 */
static struct git_process *start_merge_tree(const struct merge_try *attempt,
					    const char *folder, char **err)
{
	const struct repository *repository = attempt->repository;
	const char *const merge_tree[] = {
		"merge-tree", "--write-tree", "-z", "--name-only",
		"--no-messages", attempt->other, attempt->ours, NULL,
	};
	const char *more = repository->folder ? NULL :
			   getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	g_autofree char *quoted = g_strescape(repository->objects, NULL);
	g_autofree char *alternates = g_strdup_printf(
		"GIT_ALTERNATE_OBJECT_DIRECTORIES=\"%s\":%s", quoted,
		more ? more : "");
	g_autofree char *objects = g_strconcat("GIT_OBJECT_DIRECTORY=", folder,
					       NULL);
	g_autofree char *attributes = g_strconcat("GIT_ATTR_SOURCE=",
						  attempt->into, NULL);
	const char *const variables[] = {
		alternates, objects, repository->is_bare ? attributes : NULL,
		NULL,
	};

	return git_start_with(repository->folder, merge_tree, -1, variables,
			      err);
}

static void set_unknown(struct merge *merge, char *why)
{
	merge->result = MERGE_UNKNOWN;
	merge->unknown = why;
	g_ptr_array_set_size(merge->conflicts, 0);
}

/* Later than any commit: git walks to the latest first. */
#define STAND_IN_TIME "4294967295 +0000"

/*
 * Put a commit with the same tree, and with the merge bases as its parents,
 * into the folder.  git then finds these at once; else it would walk through
 * all that came since, as was done before.
 */
static void stand_in(char *id, const char *folder,
		     const struct merge_try *attempt, const char *tree)
{
	g_autofree char *text = g_strdup_printf("tree %s\n%s"
		"author x <x> " STAND_IN_TIME "\n"
		"committer x <x> " STAND_IN_TIME "\n\nx\n", tree,
		attempt->parents->str);
	char written[HEX_ID_LEN + 1];

	if (!loose_write(written, folder, OBJECT_COMMIT, text, strlen(text)))
		memcpy(id, written, sizeof(written));
}

static void start_merge(struct merge_try *attempt)
{
	g_autofree char *folder = g_build_filename(g_get_tmp_dir(),
						   "git-digest-XXXXXX", NULL);
	const struct sides *sides = attempt->sides;
	char *why = NULL;

	attempt->remover = make_scratch(folder);
	if (attempt->remover && sides && *sides->tip_tree &&
	    *sides->into_tree) {
		stand_in(attempt->ours, folder, attempt, sides->tip_tree);
		stand_in(attempt->other, folder, attempt, sides->into_tree);
	}
	if (!attempt->remover)
		set_unknown(&attempt->merge, g_strdup_printf(
				"no temporary folder in %s: %s",
				g_get_tmp_dir(), g_strerror(errno)));
	else
		attempt->merge_tree = start_merge_tree(attempt, folder, &why);
	if (why)
		set_unknown(&attempt->merge,
			    repository_explain(attempt->repository, why));
}

/* Find the merge base, the best first; exit code 1 says that there is none. */
static int find_base(struct merge_try *attempt, char **err)
{
	const struct repository *repository = attempt->repository;
	const char *const merge_base[] = {
		"merge-base", "--all", attempt->into, attempt->tip, NULL,
	};
	struct git_process *process = git_start(repository->folder, merge_base,
						-1, err);
	struct merge *merge = &attempt->merge;
	char *line, *why = NULL;
	int ret;

	if (!process)
		return -1;
	while ((line = git_line(process, NULL)) && objects_is_id(line)) {
		if (!*merge->base)
			memcpy(merge->base, line, sizeof(merge->base));
		g_string_append_printf(attempt->parents, "parent %s\n", line);
	}
	ret = git_finish(process, 1, &why);
	if (!ret && !*merge->base)
		why = g_strdup("'git merge-base' printed something else");
	if (why)
		set_unknown(merge, repository_explain(repository, why));
	else if (ret && repository->is_shallow)
		set_unknown(merge, g_strdup("history is cut off here; 'git "
					    "fetch --unshallow' gets the "
					    "rest"));
	else if (ret)
		merge->result = MERGE_UNRELATED;
	return 0;
}

/* Where the base does not tell the result, start the merge. */
static void relate(struct merge_try *attempt)
{
	struct merge *merge = &attempt->merge;

	if (!*merge->base)
		return;
	if (!strcmp(merge->base, attempt->tip))
		merge->result = MERGE_UP_TO_DATE;
	else if (!strcmp(merge->base, attempt->into))
		merge->result = MERGE_FAST_FORWARD;
	else
		start_merge(attempt);
}

struct merge_try *merge_try_start(const struct repository *repository,
				  const char *into, const char *tip,
				  const struct sides *sides,
				  const GPtrArray *paths, char **err)
{
	struct merge_try *attempt = g_new0(struct merge_try, 1);
	struct merge *merge = &attempt->merge;

	attempt->repository = repository;
	attempt->sides = sides;
	attempt->paths = paths;
	g_strlcpy(attempt->tip, tip, sizeof(attempt->tip));
	g_strlcpy(attempt->into, into ? into : "", sizeof(attempt->into));
	memcpy(attempt->ours, attempt->tip, sizeof(attempt->ours));
	memcpy(attempt->other, attempt->into, sizeof(attempt->other));
	merge->conflicts = g_ptr_array_new_with_free_func(g_free);
	attempt->parents = g_string_new(NULL);
	if (sides && *sides->base) {
		memcpy(merge->base, sides->base, sizeof(merge->base));
		g_string_append_printf(attempt->parents, "parent %s\n",
				       sides->base);
	}
	if (into && !*merge->base && find_base(attempt, err) < 0)
		g_clear_pointer(&attempt, merge_try_stop);
	return attempt;
}

int merge_try_run(struct merge_try *attempt, char **err)
{
	const struct merge *merge = &attempt->merge;

	relate(attempt);
	/* without a base, what the branch changes is unknown, or all of it */
	if (merge->result != MERGE_UNKNOWN || *merge->base)
		attempt->changes = changes_start(attempt->repository,
						 *merge->base ? merge->base :
						 NULL, attempt->tip,
						 attempt->paths, err);
	return *err ? -1 : 0;
}

const char *merge_try_base(const struct merge_try *attempt)
{
	return *attempt->merge.base ? attempt->merge.base : NULL;
}

static void finish_changes(struct merge_try *attempt)
{
	struct merge *merge = &attempt->merge;
	char *why = NULL;

	if (!attempt->changes)
		why = g_strdup(merge->unknown);
	else if (changes_finish(&merge->changes,
				g_steal_pointer(&attempt->changes), &why) < 0)
		why = repository_explain(attempt->repository, why);
	merge->no_changes = why;
}

/* Takes why. */
static void finish_side(struct merge_try *attempt, GHashTable *theirs,
			char *why)
{
	const struct repository *repository = attempt->repository;
	const struct sides *sides = attempt->sides;
	struct merge *merge = &attempt->merge;

	merge->base_time = sides ? sides->base_time : -1;
	if (sides && merge->base_time < 0 && !why) {
		g_autofree char *date = history_date(repository, merge->base,
						     "%ct", &why);

		merge->base_time = date ? g_ascii_strtoll(date, NULL, 10) : -1;
	}
	merge->behind = sides ? sides->behind : 0;
	if (theirs && !merge->no_changes)
		merge->both = changes_among(&merge->changes, theirs);
	merge->no_side = why ? repository_explain(repository, why) : NULL;
}

static void finish_merge(struct merge_try *attempt)
{
	char *why = NULL;

	if (attempt->merge_tree &&
	    read_merge(&attempt->merge, attempt,
		       g_steal_pointer(&attempt->merge_tree), &why) < 0)
		set_unknown(&attempt->merge,
			    repository_explain(attempt->repository, why));
}

static void free_try(struct merge_try *attempt)
{
	if (attempt->remover)
		pclose(attempt->remover);
	g_string_free(attempt->parents, TRUE);
	g_free(attempt);
}

void merge_try_finish(struct merge *out, struct merge_try *attempt,
		      GHashTable *theirs, char *why)
{
	finish_merge(attempt);
	finish_changes(attempt);
	if (*attempt->merge.base)
		finish_side(attempt, theirs, why);
	else
		g_free(why);
	*out = attempt->merge;
	free_try(attempt);
}

void merge_try_stop(struct merge_try *attempt)
{
	if (attempt->changes)
		git_stop(attempt->changes);
	if (attempt->merge_tree)
		git_stop(attempt->merge_tree);
	merge_clear(&attempt->merge);
	free_try(attempt);
}

void merge_forget_side(struct merge *merge)
{
	merge->result = MERGE_NO_SIDE;
	*merge->base = '\0';
	merge->behind = 0;
	g_clear_pointer(&merge->unknown, g_free);
	g_clear_pointer(&merge->no_side, g_free);
	g_clear_pointer(&merge->both, g_ptr_array_unref);
	g_ptr_array_set_size(merge->conflicts, 0);
}

void merge_clear(struct merge *merge)
{
	changes_clear(&merge->changes);
	g_clear_pointer(&merge->conflicts, g_ptr_array_unref);
	g_clear_pointer(&merge->both, g_ptr_array_unref);
	g_free(merge->unknown);
	g_free(merge->no_side);
	g_free(merge->no_changes);
}
