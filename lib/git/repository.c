#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "git/libgit2.h"
#include "git/repository.h"
#include "git/git.h"

/* Alternates may have alternates; git gives up at this depth as well. */
#define MAX_ALTERNATE_DEPTH 5

/*
 * git's reason to refuse a repository of another owner, which is freed, with
 * what can be done about it: "... at '/folder'; to trust it, run ...".
 */
static char *explain_refusal(char *why)
{
	const char *path = strchr(why, '\''), *end = strrchr(why, '\'');
	g_autofree char *folder = NULL;
	g_autofree char *quoted = NULL;
	char *out;

	if (!g_str_has_prefix(why, "detected dubious ownership") ||
	    path == end)
		return why;
	folder = g_strndup(path + 1, end - path - 1);
	quoted = g_shell_quote(folder);
	out = g_strdup_printf("%s; to trust it, run 'git config --global --add "
			      "safe.directory %s'", why,
			      strpbrk(folder, " \t\n'\"\\$&;|<>()*?[]#~!`") ?
			      quoted : folder);
	g_free(why);
	return out;
}

/* In a mirror git must not find another repository than the one named. */
static gboolean is_mirror(const char *git_dir, const char *mirror)
{
	g_autofree char *inner = g_build_filename(mirror, ".git", NULL);
	char *found = realpath(git_dir, NULL);
	char *bare = realpath(mirror, NULL), *in_tree = realpath(inner, NULL);
	gboolean same = found && ((bare && !strcmp(found, bare)) ||
				  (in_tree && !strcmp(found, in_tree)));

	free(found);
	free(bare);
	free(in_tree);
	return same;
}

/* Why there is none, or none to be read; returns as repository_find() does. */
static int explain_failure(const char *mirror, char *why, char **err)
{
	if (!mirror && !getenv("GIT_DIR") &&
	    g_str_has_prefix(why, "not a git repository (or any")) {
		g_free(why);
		return 1;
	}
	*err = mirror ? g_strdup_printf("cannot open the mirror '%s': %s",
					mirror, why) :
	       explain_refusal(g_strdup(why));
	g_free(why);
	return -1;
}

static char *ask(const struct repository *repository, const char *question,
		 const char *argument, char **err)
{
	return git_ask(repository->folder, err, "rev-parse",
		       "--path-format=absolute", question, argument, NULL);
}

/* The names of the folders, one by one. */
static int ask_folders(struct repository *repository, char **err)
{
	repository->git_dir = ask(repository, "--absolute-git-dir", NULL, err);
	if (repository->git_dir)
		repository->prefix = ask(repository, "--show-prefix", NULL,
					 err);
	if (repository->prefix)
		repository->objects = ask(repository, "--git-path", "objects",
					  err);
	if (repository->objects)
		repository->common_dir = ask(repository, "--git-common-dir",
					     NULL, err);
	return repository->common_dir ? 0 : -1;
}

/* "sha1\ntrue\nfalse\nfalse\n" and folders, whose names may have newlines. */
static int take_answer(struct repository *repository, const char *answer,
		       char **err)
{
	g_auto(GStrv) lines = g_strsplit(answer, "\n", -1);
	guint nr = g_strv_length(lines);

	if (nr < 8) {
		*err = g_strdup_printf("cannot open the repository: 'git "
				       "rev-parse' printed '%s'", answer);
		return -1;
	}
	if (strcmp(lines[0], "sha1")) {
		*err = g_strdup_printf("this repository names objects by %s; "
				       "only sha1 can be read yet", lines[0]);
		return -1;
	}
	repository->is_bare = !strcmp(lines[1], "true");
	repository->in_work_tree = !strcmp(lines[2], "true");
	repository->is_shallow = !strcmp(lines[3], "true");
	if (nr > 8)
		return ask_folders(repository, err);
	repository->prefix = g_strdup(lines[4]);
	repository->git_dir = g_strdup(lines[5]);
	repository->objects = g_strdup(lines[6]);
	repository->common_dir = g_strdup(lines[7]);
	return 0;
}

static int find(struct repository *repository, char **err)
{
	static const char *const questions[] = {
		"rev-parse", "--show-object-format", "--is-bare-repository",
		"--is-inside-work-tree", "--is-shallow-repository",
		"--show-prefix", "--absolute-git-dir",
		"--path-format=absolute", "--git-path", "objects",
		"--git-common-dir", NULL,
	};
	const char *mirror = repository->folder;
	g_autofree char *answer = NULL;
	struct git_process *process = git_start(mirror, questions, -1, err);
	char *why = NULL;

	if (!process)
		return -1;
	libgit2_ready();	/* while git looks */
	answer = git_answer(process, &why);
	if (!answer)
		return explain_failure(mirror, why, err);
	if (take_answer(repository, answer, err) < 0)
		return -1;
	if (!mirror || is_mirror(repository->git_dir, mirror))
		return 0;
	*err = g_strdup_printf("cannot open the mirror '%s': it is no git "
			       "repository itself", mirror);
	return -1;
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
	g_free(repository->prefix);
	g_free(repository->git_dir);
	g_free(repository->common_dir);
	g_free(repository->refetch);
	g_free(repository->objects);
	g_free(repository);
}

char *repository_top(const struct repository *repository)
{
	GString *top = g_string_new(NULL);
	const char *slash = repository->prefix;

	while ((slash = strchr(slash, '/'))) {
		g_string_append(top, "../");
		slash++;
	}
	return g_string_free(g_string_append(top, "."), FALSE);
}

/* "/a:\"/b:c\"" -> "/a", "/b:c": git(1), GIT_ALTERNATE_OBJECT_DIRECTORIES */
static void split_folders(GPtrArray *folders, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, ":");
		const char *close = *text == '"' ? text + 1 : NULL;

		while (close && *close && *close != '"')
			close += *close == '\\' && close[1] ? 2 : 1;
		if (close && *close) {
			g_autofree char *quoted = g_strndup(text + 1, close -
							    text - 1);

			g_ptr_array_add(folders, g_strcompress(quoted));
			len = close + 1 - text;
		} else if (len) {
			g_ptr_array_add(folders, g_strndup(text, len));
		}
		text += len;
		text += *text == ':';
	}
}

/* A folder and, after it, its alternates (gitrepository-layout(5)). */
static void add_folder(GPtrArray *folders, const char *folder, int depth)
{
	g_autofree char *list = g_build_filename(folder, "info", "alternates",
						 NULL);
	g_autofree char *text = NULL;
	char *line, *rest;

	if (g_ptr_array_find_with_equal_func(folders, folder, g_str_equal, NULL))
		return;
	g_ptr_array_add(folders, g_strdup(folder));
	if (depth == MAX_ALTERNATE_DEPTH ||
	    !g_file_get_contents(list, &text, NULL, NULL))
		return;
	for (rest = text; (line = strsep(&rest, "\n"));) {
		g_autoptr(GPtrArray) name =
			g_ptr_array_new_with_free_func(g_free);
		g_autofree char *path = NULL;

		if (*line == '"')
			split_folders(name, line);
		else if (*line && *line != '#')
			g_ptr_array_add(name, g_strdup(line));
		if (!name->len)
			continue;
		path = g_canonicalize_filename(name->pdata[0], folder);
		add_folder(folders, path, depth + 1);
	}
}

GPtrArray *repository_object_folders(const struct repository *repository)
{
	GPtrArray *folders = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) more = g_ptr_array_new_with_free_func(g_free);
	const char *list = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	guint i;

	add_folder(folders, repository->objects, 0);
	if (list && !repository->folder)
		split_folders(more, list);
	for (i = 0; i < more->len; i++)
		add_folder(folders, more->pdata[i], 0);
	return folders;
}

char *repository_explain(const struct repository *repository, char *reason)
{
	char *out;

	if (!repository->refetch)
		return reason;
	out = g_strdup_printf("objects are missing from this partial clone; "
			      "'%s' gets them%s%s%s", repository->refetch,
			      reason ? " (" : "", reason ? reason : "",
			      reason ? ")" : "");
	g_free(reason);
	return out;
}
