#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "git/children.h"
#include "git/merge.h"
#include "git/objects.h"
#include "git/git.h"

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
	g_autofree char *escaped = NULL;
	int i;

	for (i = 0; i < 128; i++)
		keep[i] = 128 + i;
	escaped = g_strescape(path, g_utf8_validate(path, -1, NULL) ? keep :
			      NULL);
	return strcmp(escaped, path) ? g_strdup_printf("\"%s\"", escaped) :
	       g_steal_pointer(&escaped);
}

struct merge_try {
	const struct repository *repository;
	const char *tip, *into;
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
	return git_start(attempt->repository->folder,
			 (const char *const *)argv->pdata, -1, err);
}

static void finish_diff(struct merge *merge, const struct merge_try *attempt)
{
	size_t len;
	char *line, *why = NULL;

	gboolean makes_sense = TRUE;

	while ((line = git_line(attempt->diff, &len)))
		makes_sense &= diffstat_parse_summary(line, len,
						      &merge->diffstat);
	if (!git_finish(attempt->diff, FALSE, &why) && !makes_sense)
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
	g_autofree char *range = into ? g_strconcat(into, "...", tip, NULL) :
				 NULL;
	const char *const merge_base[] = { "merge-base", into, tip, NULL };

	attempt->repository = repository;
	attempt->tip = tip;
	attempt->into = into;
	attempt->paths = paths;
	if (into)
		attempt->base = git_start(repository->folder, merge_base, -1,
					  err);
	if (!*err)
		attempt->diff = into ? start_diff(attempt, range, NULL, err) :
				start_diff(attempt, EMPTY_TREE, tip, err);
	if (!*err)
		return attempt;
	if (attempt->base)
		git_stop(attempt->base);
	g_free(attempt);
	return NULL;
}

/*
 * A folder for the objects that a trial merge makes.  Whatever becomes of this
 * process, another one removes it: as soon as the pipe is closed that it reads
 * from.
 */
struct scratch {
	char *folder;
	int pipe;
	pid_t remover;
};

static int scratch_open(struct scratch *scratch)
{
	const char *const argv[] = {
		"sh", "-c", "trap '' HUP INT QUIT TERM; read -r x; "
		"exec rm -rf -- \"$0\"", scratch->folder, NULL
	};
	struct child child = {
		.argv = argv, .environment = environ, .out = -1, .errors = -1,
	};
	volatile pid_t not_ended_by_signals;
	int pipes[2];

	if (!g_mkdtemp(scratch->folder))
		return -1;
	scratch->remover = -1;
	if (!pipe2(pipes, O_CLOEXEC)) {
		child.in = pipes[0];
		scratch->remover = children_start(&child,
						  &not_ended_by_signals);
		close(pipes[0]);
		scratch->pipe = pipes[1];
	}
	if (scratch->remover < 0)
		rmdir(scratch->folder);
	return scratch->remover < 0 ? -1 : 0;
}

static void scratch_close(struct scratch *scratch)
{
	close(scratch->pipe);
	children_wait(scratch->remover);
}

/* Quoted as git(1) wants it in GIT_ALTERNATE_OBJECT_DIRECTORIES. */
static void add_alternate(GString *list, const char *folder)
{
	g_autofree char *escaped = g_strescape(folder, NULL);

	g_string_append_printf(list, "\"%s\"", escaped);
}

/*
 * A path in conflict, relative to the caller's folder.  "file~<id>" is a file
 * that git moves out of the way of a folder.
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

/* The tree that came of it, a NUL, and the paths in conflict, each with one. */
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
	if (ret < 0) {
		/* what a git says that knows no --write-tree */
		if (g_str_has_prefix(*err, "usage:")) {
			g_free(*err);
			*err = g_strdup("this git is older than 2.38");
		}
		return -1;
	}
	if (!makes_sense || (merge->conflicts->len > 0) != ret) {
		*err = g_strdup("'git merge-tree' printed something else");
		return -1;
	}
	merge->result = ret ? MERGE_CONFLICTS : MERGE_CLEAN;
	return 0;
}

/*
 * git writes the objects that come of a merge: into a folder of their own, with
 * all that are there as alternates.  It takes attributes (merge drivers) from
 * the work tree; where there is none, let it take those of the side that is
 * merged into.
 */
static int try_merge(struct merge *merge, const struct merge_try *attempt,
		     const char *folder, char **err)
{
	const char *const merge_tree[] = {
		"merge-tree", "--write-tree", "-z", "--name-only",
		"--no-messages", attempt->into, attempt->tip, NULL,
	};
	const char *more = attempt->repository->folder ? NULL :
			   getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	g_autoptr(GString) alternates =
		g_string_new("GIT_ALTERNATE_OBJECT_DIRECTORIES=");
	g_autofree char *objects = g_strconcat("GIT_OBJECT_DIRECTORY=", folder,
					       NULL);
	g_autofree char *attributes = g_strconcat("GIT_ATTR_SOURCE=",
						  attempt->into, NULL);
	const char *variables[] = {
		objects, NULL, attempt->repository->is_bare ? attributes : NULL,
		NULL,
	};
	struct git_process *process;

	add_alternate(alternates, attempt->repository->objects);
	if (more && *more)
		g_string_append_printf(alternates, ":%s", more);
	variables[1] = alternates->str;
	process = git_start_with(attempt->repository->folder, merge_tree, -1,
				 variables, err);
	return process ? read_merge(merge, attempt, process, err) : -1;
}

static void merge_for_trial(struct merge *merge,
			    const struct merge_try *attempt)
{
	struct scratch scratch = {
		.folder = g_build_filename(g_get_tmp_dir(), "git-digest-XXXXXX",
					   NULL),
	};
	char *why = NULL;

	if (scratch_open(&scratch) < 0) {
		why = g_strdup_printf("no temporary folder in %s: %s",
				      g_get_tmp_dir(), g_strerror(errno));
	} else {
		if (try_merge(merge, attempt, scratch.folder, &why) < 0)
			why = repository_explain(attempt->repository, why);
		scratch_close(&scratch);
	}
	g_free(scratch.folder);
	if (why) {
		merge->result = MERGE_UNKNOWN;
		g_ptr_array_set_size(merge->conflicts, 0);
		merge->unknown = why;
	}
}

/* Exit code 1 says that there is no base. */
static void relate(struct merge *merge, const struct merge_try *attempt)
{
	size_t len;
	char *why = NULL, *line = git_line(attempt->base, &len);
	int ret;

	if (line && len == HEX_ID_LEN && objects_is_id(line))
		g_strlcpy(merge->base, line, sizeof(merge->base));
	ret = git_finish(attempt->base, TRUE, &why);
	if (!ret && !*merge->base) {
		why = g_strdup("'git merge-base' printed something else");
		ret = -1;
	}
	if (ret < 0) {
		merge->result = MERGE_UNKNOWN;
		merge->unknown = repository_explain(attempt->repository, why);
	} else if (ret && attempt->repository->is_shallow) {
		merge->result = MERGE_UNKNOWN;
		merge->unknown = g_strdup("history is cut off here; 'git fetch "
					  "--unshallow' gets the rest");
	} else if (ret) {
		merge->result = MERGE_UNRELATED;
	} else if (!strcmp(merge->base, attempt->tip)) {
		merge->result = MERGE_UP_TO_DATE;
	} else if (!strcmp(merge->base, attempt->into)) {
		merge->result = MERGE_FAST_FORWARD;
	} else {
		merge_for_trial(merge, attempt);
	}
}

int merge_try_finish(struct merge *out, struct merge_try *attempt, char **err)
{
	memset(out, 0, sizeof(*out));
	out->conflicts = g_ptr_array_new_with_free_func(g_free);
	if (attempt->into)
		relate(out, attempt);
	if (!*out->base && attempt->into) {
		/* "A...B" was no range, then. */
		git_stop(attempt->diff);
		attempt->diff = start_diff(attempt, EMPTY_TREE, attempt->tip,
					   err);
	}
	if (attempt->diff)
		finish_diff(out, attempt);
	g_free(attempt);
	return *err ? -1 : 0;
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
