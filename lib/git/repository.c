#include <stdlib.h>
#include <string.h>
#include "git/file.h"
#include "git/repository.h"
#include "git/git.h"

/* Free why, git's reason to find none; return what repository_find() does. */
static int explain_failure(const char *mirror, char *why, char **err)
{
	g_autofree char *reason = why;

	if (!mirror && !getenv("GIT_DIR") &&
	    g_str_has_prefix(why, "not a git repository (or any"))
		return 1;
	*err = mirror ? g_strdup_printf("cannot open the mirror '%s': %s",
					mirror, why) :
	       g_steal_pointer(&reason);
	return -1;
}

/* How many lines of the answer come before the names of folders. */
#define NR_FACTS 6

/*
 * Take the names of folders from the lines of the answer.  If there are more
 * lines than names, names have newlines: then ask for each one alone.
 */
static int take_folders(struct repository *repository, char **lines, char **err)
{
	const struct {
		char **name;
		const char *question, *argument;
	} folders[] = {
		{ &repository->prefix, "--show-prefix", NULL },
		{ &repository->objects, "--git-path", "objects" },
		{ &repository->common_dir, "--git-common-dir", NULL },
	};
	const guint nr = NR_FACTS + G_N_ELEMENTS(folders);
	gboolean is_clear = g_strv_length(lines) == nr;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(folders); i++) {
		*folders[i].name = is_clear ? g_strdup(lines[NR_FACTS + i]) :
			git_ask(repository->folder, err, "rev-parse",
				"--path-format=absolute", folders[i].question,
				folders[i].argument, NULL);
		if (!*folders[i].name)
			return -1;
	}
	return 0;
}

/*
 * Take what git printed: "sha1\ntrue\nfalse\ntrue\nfalse\n.\n" and names of
 * folders.
 * The git directory of a mirror has to be "." or ".git", lest git finds another
 * repository that the mirror lies in.
 */
static int take_answer(struct repository *repository, const char *answer,
		       char **err)
{
	g_auto(GStrv) lines = g_strsplit(answer, "\n", -1);

	if (g_strv_length(lines) <= NR_FACTS) {
		*err = g_strdup_printf("cannot open the repository: unexpected "
				       "output of 'git rev-parse': '%s'",
				       answer);
		return -1;
	}
	if (strcmp(lines[0], "sha1")) {
		*err = g_strdup_printf("this repository uses %s object names; "
				       "only sha1 can be read yet", lines[0]);
		return -1;
	}
	if (repository->folder && strcmp(lines[5], ".") &&
	    strcmp(lines[5], ".git")) {
		*err = g_strdup_printf("cannot open the mirror '%s': it is not "
				       "a git repository", repository->folder);
		return -1;
	}
	repository->is_bare = !strcmp(lines[1], "true");
	repository->in_work_tree = !strcmp(lines[2], "true") &&
				   strcmp(lines[3], "true");
	repository->is_shallow = !strcmp(lines[4], "true");
	return take_folders(repository, lines, err);
}

/*
 * Only if there are alternates, ask git for them, and for the alternates that
 * those have: it prints "alternate: <folder>", quoted as in C if need be.
 */
static int find_alternates(struct repository *repository, char **err)
{
	GPtrArray *folders = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *list = g_build_filename(repository->objects, "info",
						 "alternates", NULL);
	g_autofree char *answer = NULL;
	char *line, *rest;
	struct stat st;
	int there;

	repository->object_folders = folders;
	g_ptr_array_add(folders, g_strdup(repository->objects));
	there = file_stat(&st, list, err);
	if (there < 0)
		return -1;
	if (!there &&
	    (repository->folder || !getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES")))
		return 0;
	answer = git_ask(repository->folder, err, "count-objects", "-v", NULL);
	for (rest = answer; (line = strsep(&rest, "\n"));) {
		if (!g_str_has_prefix(line, "alternate: "))
			continue;
		line += strlen("alternate: ");
		if (*line == '"')
			line[strlen(line) - 1] = '\0';
		g_ptr_array_add(folders, *line == '"' ?
				g_strcompress(line + 1) : g_strdup(line));
	}
	return answer ? 0 : -1;
}

static int find(struct repository *repository, char **err)
{
	static const char *const questions[] = {
		"rev-parse", "--show-object-format", "--is-bare-repository",
		"--is-inside-work-tree", "--is-inside-git-dir",
		"--is-shallow-repository", "--git-dir", "--show-prefix",
		"--path-format=absolute", "--git-path", "objects",
		"--git-common-dir", NULL,
	};
	struct git_process *process = git_start(repository->folder, questions,
						-1, err);
	g_autofree char *answer = NULL;
	char *why = NULL;

	if (!process)
		return -1;
	answer = git_answer(process, &why);
	if (!answer)
		return explain_failure(repository->folder, why, err);
	if (take_answer(repository, answer, err) < 0)
		return -1;
	return find_alternates(repository, err);
}

int repository_find(struct repository **out, const char *mirror, char **err)
{
	struct repository *repository = g_new0(struct repository, 1);
	int ret;

	repository->folder = g_strdup(mirror);
	ret = find(repository, err);
	if (ret)
		repository_free(repository);
	else
		*out = repository;
	return ret;
}

void repository_free(struct repository *repository)
{
	if (!repository)
		return;
	g_free(repository->folder);
	g_free(repository->common_dir);
	g_free(repository->objects);
	if (repository->object_folders)
		g_ptr_array_unref(repository->object_folders);
	if (repository->epochs)
		g_ptr_array_unref(repository->epochs);
	g_free(repository->prefix);
	g_free(repository->refetch);
	g_free(repository);
}

char *repository_top(const struct repository *repository)
{
	GString *top = g_string_new(NULL);
	const char *slash;

	for (slash = repository->prefix; (slash = strchr(slash, '/')); slash++)
		g_string_append(top, "../");
	return g_string_free(g_string_append(top, "."), FALSE);
}

char *repository_explain(const struct repository *repository, char *reason)
{
	g_autofree char *why = reason;

	if (!repository->refetch)
		return g_steal_pointer(&why);
	return g_strdup_printf("objects are missing from this partial clone; "
			       "'%s' gets them%s%s%s", repository->refetch,
			       why ? " (" : "", why ? why : "", why ? ")" : "");
}
