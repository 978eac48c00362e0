#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <git2.h>
#include "ask-git.h"
#include "cleanup.h"

struct git_process {
	GPid pid;
	FILE *out;
	FILE *errors;		/* a file without a name: its standard error */
	char *command;		/* the first argument */
};

/* "git", and where the repository is; GLib's function frees it all. */
static GPtrArray *git_command(git_repository *repo)
{
	GPtrArray *argv = g_ptr_array_new_with_free_func(g_free);
	const char *tree = repo ? git_repository_workdir(repo) : NULL;

	g_ptr_array_add(argv, g_strdup("git"));
	if (repo)
		g_ptr_array_add(argv, g_strconcat("--git-dir=",
					git_repository_path(repo), NULL));
	/* With a --git-dir only, the current folder would be the tree's top. */
	if (tree)
		g_ptr_array_add(argv, g_strconcat("--work-tree=", tree, NULL));
	return argv;
}

char *ask_git(struct git_repository *repo, const char *argument, ...)
{
	g_autoptr(GPtrArray) argv = git_command(repo);
	char *answer = NULL;
	int status = 0;
	va_list ap;

	va_start(ap, argument);
	for (; argument; argument = va_arg(ap, const char *))
		g_ptr_array_add(argv, g_strdup(argument));
	va_end(ap);
	g_ptr_array_add(argv, NULL);
	if (!g_spawn_sync(NULL, (char **)argv->pdata, NULL,
			  G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
			  NULL, NULL, &answer, NULL, &status, NULL))
		return NULL;
	if (!g_spawn_check_wait_status(status, NULL)) {
		g_free(answer);
		return NULL;
	}
	if (g_str_has_suffix(answer, "\n"))
		answer[strlen(answer) - 1] = '\0';
	return answer;
}

GPtrArray *git_arguments(const char *const *arguments)
{
	GPtrArray *argv = g_ptr_array_new_with_free_func(g_free);

	for (; *arguments; arguments++)
		g_ptr_array_add(argv, g_strdup(*arguments));
	return argv;
}

void git_add_paths(GPtrArray *arguments, const GPtrArray *paths)
{
	guint i;

	g_ptr_array_add(arguments, g_strdup("--"));
	for (i = 0; i < paths->len; i++)
		g_ptr_array_add(arguments, g_strdup(paths->pdata[i]));
	g_ptr_array_add(arguments, NULL);
}

FILE *git_input(const GString *text, char **err)
{
	FILE *input = tmpfile();

	if (input && fwrite(text->str, 1, text->len, input) == text->len &&
	    !fflush(input) && !fseek(input, 0, SEEK_SET))
		return input;
	*err = g_strdup("cannot write a temporary file");
	if (input)
		fclose(input);
	return NULL;
}

static void process_free(struct git_process *process)
{
	if (process->out)
		fclose(process->out);
	if (process->errors)
		fclose(process->errors);
	g_free(process->command);
	g_free(process);
}

struct git_process *git_start(struct git_repository *repo,
			      const char *const *arguments, int input,
			      char **err)
{
	g_autoptr(GPtrArray) argv = git_command(repo);
	struct git_process *process = g_new0(struct git_process, 1);
	/* With descriptors left open GLib need not fork all that we have. */
	const GSpawnFlags flags = G_SPAWN_SEARCH_PATH |
		G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN |
		G_SPAWN_CLOEXEC_PIPES;
	/* Or it would wake us for each commit that it prints. */
	g_auto(GStrv) environment = g_environ_setenv(g_get_environ(),
						     "GIT_FLUSH", "0", TRUE);
	GError *error = NULL;
	int fd;

	process->command = g_strdup(*arguments);
	process->errors = tmpfile();
	for (; *arguments; arguments++)
		g_ptr_array_add(argv, g_strdup(*arguments));
	g_ptr_array_add(argv, NULL);
	if (!process->errors) {
		*err = g_strdup("cannot create a temporary file");
		process_free(process);
		return NULL;
	}
	if (!g_spawn_async_with_pipes_and_fds(NULL,
			(const char *const *)argv->pdata,
			(const char *const *)environment, flags,
			NULL, NULL, input, -1, fileno(process->errors),
			NULL, NULL, 0, &process->pid, NULL, &fd, NULL,
			&error)) {
		*err = g_strdup_printf("cannot run git: %s", error->message);
		g_error_free(error);
		process_free(process);
		return NULL;
	}
	process->out = fdopen(fd, "r");
	cleanup_add_child(process->pid);
	return process;
}

FILE *git_output(struct git_process *process)
{
	return process->out;
}

int git_finish(struct git_process *process, char **err)
{
	char said[500] = "";
	int status = 0, ret = 0;

	while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
		;
	cleanup_remove_child(process->pid);
	if (status) {
		rewind(process->errors);
		if (fgets(said, sizeof(said), process->errors))
			said[strcspn(said, "\n")] = '\0';
		*err = g_strdup_printf("'git %s' failed%s%s", process->command,
				       *said ? ": " : "", said);
		ret = -1;
	}
	process_free(process);
	return ret;
}

void git_stop(struct git_process *process)
{
	kill(process->pid, SIGTERM);
	while (waitpid(process->pid, NULL, 0) < 0 && errno == EINTR)
		;
	cleanup_remove_child(process->pid);
	process_free(process);
}

int parse_date(struct git_repository *repo, const char *text, gint64 *out,
	       char **err)
{
	g_autofree char *option = g_strconcat("--since=", text, NULL);
	g_autofree char *answer = ask_git(repo, "rev-parse", option, NULL);
	const char *prefix = "--max-age=";

	if (answer && g_str_has_prefix(answer, prefix)) {
		*out = g_ascii_strtoll(answer + strlen(prefix), NULL, 10);
		return 0;
	}
	*err = g_strdup_printf("cannot tell the date '%s': 'git rev-parse' "
			       "did not answer", text);
	return -1;
}
