#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "git/children.h"
#include "git/merge.h"
#include "git/objects.h"
#include "git/git.h"

/* The id of a tree without entries, which git knows without an object. */
#define EMPTY_TREE "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

struct merge_try {
	const struct repository *repository;
	char tip[HEX_ID_LEN + 1], into[HEX_ID_LEN + 1];	/* into may be "" */
	const GPtrArray *paths;
	struct git_process *base;	/* NULL if there is no other side */
	struct git_process *diff;
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
 * Start to sum up the changes from the merge base or from nothing.  git does
 * so, so that it finds renames as it does in the diffstats of the commits.
 */
static struct git_process *start_diff(const struct merge_try *attempt,
				      gboolean from_base, char **err)
{
	g_autofree char *range = from_base ?
		g_strconcat(attempt->into, "...", attempt->tip, NULL) : NULL;
	const char *const diff[] = {
		"diff", "--shortstat", "--no-color", "--no-ext-diff",
		from_base ? range : EMPTY_TREE, from_base ? NULL : attempt->tip,
		NULL,
	};
	g_autoptr(GPtrArray) argv = git_arguments(diff);

	git_add_paths(argv, attempt->paths);
	return git_start(attempt->repository->folder,
			 (const char *const *)argv->pdata, -1, err);
}

static void finish_diff(struct merge *merge, const struct merge_try *attempt)
{
	char *why = NULL;
	g_autofree char *sum = git_answer(attempt->diff, &why);

	if (sum && *sum &&
	    !diffstat_parse_summary(sum, strlen(sum), &merge->diffstat))
		why = g_strdup("'git diff' printed something else");
	if (why)
		merge->no_diffstat = repository_explain(attempt->repository,
							why);
}

struct merge_try *merge_try_start(const struct repository *repository,
				  const char *into, const char *tip,
				  const GPtrArray *paths, char **err)
{
	struct merge_try *attempt = g_new0(struct merge_try, 1);
	const char *const merge_base[] = { "merge-base", into, tip, NULL };

	attempt->repository = repository;
	g_strlcpy(attempt->tip, tip, sizeof(attempt->tip));
	g_strlcpy(attempt->into, into ? into : "", sizeof(attempt->into));
	attempt->paths = paths;
	if (into)
		attempt->base = git_start(repository->folder, merge_base, -1,
					  err);
	if (!*err)
		attempt->diff = start_diff(attempt, into != NULL, err);
	if (!*err)
		return attempt;
	if (attempt->base)
		git_stop(attempt->base);
	g_free(attempt);
	return NULL;
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

/* Quote a path as git does in a diffstat, lest a newline forge a line. */
static char *quote_path(const char *path)
{
	static char keep[129];
	g_autofree char *escaped = NULL;
	int i;

	for (i = 0; i < 128; i++)
		keep[i] = 128 + i;
	escaped = g_strescape(path, g_utf8_validate(path, -1, NULL) ? keep :
			      NULL);
	return strcmp(escaped, path) ? g_strdup_printf("\"%s\"", escaped) :
	       g_steal_pointer(&escaped);
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

	if (tilde && (!strcmp(tilde + 1, attempt->into) ||
		      !strcmp(tilde + 1, attempt->tip)))
		*tilde = '\0';
	full = g_canonicalize_filename(path, folder);
	g_ptr_array_add(merge->conflicts, quote_path(full + 1));
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
	ret = git_finish(process, TRUE, err);
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
static int merge_into_folder(struct merge *merge,
			     const struct merge_try *attempt,
			     const char *folder, char **err)
{
	const struct repository *repository = attempt->repository;
	const char *const merge_tree[] = {
		"merge-tree", "--write-tree", "-z", "--name-only",
		"--no-messages", attempt->into, attempt->tip, NULL,
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
	struct git_process *process = git_start_with(repository->folder,
						     merge_tree, -1, variables,
						     err);

	return process ? read_merge(merge, attempt, process, err) : -1;
}

static void set_unknown(struct merge *merge, char *why)
{
	merge->result = MERGE_UNKNOWN;
	merge->unknown = why;
	g_ptr_array_set_size(merge->conflicts, 0);
}

static void try_merge(struct merge *merge, const struct merge_try *attempt)
{
	g_autofree char *folder = g_build_filename(g_get_tmp_dir(),
						   "git-digest-XXXXXX", NULL);
	FILE *remover = make_scratch(folder);
	char *why = NULL;

	if (!remover) {
		set_unknown(merge, g_strdup_printf(
				"no temporary folder in %s: %s",
				g_get_tmp_dir(), g_strerror(errno)));
		return;
	}
	if (merge_into_folder(merge, attempt, folder, &why) < 0)
		set_unknown(merge, repository_explain(attempt->repository,
						      why));
	pclose(remover);
}

/* Find the merge base; exit code 1 says that there is none. */
static void relate(struct merge *merge, const struct merge_try *attempt)
{
	char *why = NULL, *line = git_line(attempt->base, NULL);
	int ret;

	if (line && objects_is_id(line))
		memcpy(merge->base, line, sizeof(merge->base));
	ret = git_finish(attempt->base, TRUE, &why);
	if (!ret && !*merge->base)
		why = g_strdup("'git merge-base' printed something else");
	if (why)
		set_unknown(merge, repository_explain(attempt->repository,
						      why));
	else if (ret && attempt->repository->is_shallow)
		set_unknown(merge, g_strdup("history is cut off here; 'git "
					    "fetch --unshallow' gets the "
					    "rest"));
	else if (ret)
		merge->result = MERGE_UNRELATED;
	else if (!strcmp(merge->base, attempt->tip))
		merge->result = MERGE_UP_TO_DATE;
	else if (!strcmp(merge->base, attempt->into))
		merge->result = MERGE_FAST_FORWARD;
	else
		try_merge(merge, attempt);
}

int merge_try_finish(struct merge *out, struct merge_try *attempt, char **err)
{
	memset(out, 0, sizeof(*out));
	out->conflicts = g_ptr_array_new_with_free_func(g_free);
	if (*attempt->into)
		relate(out, attempt);
	if (out->result == MERGE_UNRELATED) {
		/* "A...B" is no range, then */
		git_stop(attempt->diff);
		attempt->diff = start_diff(attempt, FALSE, err);
	}
	if (attempt->diff)
		finish_diff(out, attempt);
	g_free(attempt);
	return *err ? -1 : 0;
}

void merge_try_stop(struct merge_try *attempt)
{
	if (attempt->base)
		git_stop(attempt->base);
	git_stop(attempt->diff);
	g_free(attempt);
}

void merge_forget_side(struct merge *merge)
{
	merge->result = MERGE_NO_SIDE;
	*merge->base = '\0';
	g_clear_pointer(&merge->unknown, g_free);
	g_ptr_array_set_size(merge->conflicts, 0);
}

void merge_clear(struct merge *merge)
{
	if (merge->conflicts)
		g_ptr_array_unref(merge->conflicts);
	g_free(merge->unknown);
	g_free(merge->no_diffstat);
}
