#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "git/children.h"
#include "git/git.h"

/* What is read of the errors that git prints. */
#define MAX_ERRORS 4096

struct git_process {
	pid_t pid;
	FILE *out;
	int errors;		/* a file without a name: its standard error */
	gboolean failed;	/* its output could not be read */
	char *command;		/* the first argument */
	char *text;		/* what was read last */
	size_t size;
};

/* What each git is told; NULL: nothing. */
static const struct {
	const char *name, *value;
} settings[] = {
	{ "GIT_NO_LAZY_FETCH", "1" },
	/* ... which a git before 2.39.4 does not know: no way to fetch by */
	{ "GIT_ALLOW_PROTOCOL", "none" },
	{ "GIT_OPTIONAL_LOCKS", "0" },
	/* or it would wake us for each line that it prints */
	{ "GIT_FLUSH", "0" },
	/* messages in English, and all else as the user has it */
	{ "LANGUAGE", "C" },
	/* only "git config" heeds it */
	{ "GIT_CONFIG", NULL },
};

static const char *const safe_mirror[] = {
	"git", "-c", "safe.bareRepository=all", "-C",
};

/*
 * The environment for a mirror: without the variables that are about one
 * repository.  What "git -c" was given is about all of them.
 */
static char **forget_repository(char **environment)
{
	static char **names;
	char **name;

	if (!names) {
		g_autofree char *list = git_ask(NULL, NULL, "rev-parse",
						"--local-env-vars", NULL);

		names = g_strsplit(list ? list : "GIT_DIR", "\n", -1);
	}
	for (name = names; *name; name++)
		if (!g_str_has_prefix(*name, "GIT_CONFIG"))
			environment = g_environ_unsetenv(environment, *name);
	return environment;
}

static char **make_environment(const char *folder,
			       const char *const *variables)
{
	char **environment = g_get_environ();
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(settings); i++)
		environment = settings[i].value ?
			g_environ_setenv(environment, settings[i].name,
					 settings[i].value, TRUE) :
			g_environ_unsetenv(environment, settings[i].name);
	if (folder)
		environment = forget_repository(environment);
	for (; variables && *variables; variables++) {
		g_auto(GStrv) parts = g_strsplit(*variables, "=", 2);

		environment = g_environ_setenv(environment, parts[0], parts[1],
					       TRUE);
	}
	return environment;
}

/* Sets pid; -1 if git cannot be started. */
static void start(struct git_process *process, const char *folder,
		  const char *const *arguments, int input, int output,
		  const char *const *variables)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	g_auto(GStrv) environment = make_environment(folder, variables);
	struct child child = {
		.in = input, .out = output, .errors = process->errors,
	};
	size_t i;

	for (i = 0; i < (folder ? G_N_ELEMENTS(safe_mirror) : 1); i++)
		g_ptr_array_add(argv, (char *)safe_mirror[i]);
	if (folder)
		g_ptr_array_add(argv, (char *)folder);
	for (; *arguments; arguments++)
		g_ptr_array_add(argv, (char *)*arguments);
	g_ptr_array_add(argv, NULL);
	child.argv = (const char *const *)argv->pdata;
	child.environment = environment;
	process->pid = children_start(&child, NULL);
}

static void process_free(struct git_process *process)
{
	if (process->out)
		fclose(process->out);
	if (process->errors >= 0)
		close(process->errors);
	free(process->text);
	g_free(process->command);
	g_free(process);
}

struct git_process *git_start_with(const char *folder,
				   const char *const *arguments, int input,
				   const char *const *variables, char **err)
{
	struct git_process *process = g_new0(struct git_process, 1);
	int pipes[2] = { -1, -1 };

	process->pid = -1;
	process->command = g_strdup(*arguments);
	process->errors = memfd_create("errors of git", MFD_CLOEXEC);
	if (process->errors >= 0 && !pipe2(pipes, O_CLOEXEC))
		process->out = fdopen(pipes[0], "r");
	if (process->out)
		start(process, folder, arguments, input, pipes[1], variables);
	if (process->pid < 0)
		*err = g_strdup_printf("cannot run git: %s", g_strerror(errno));
	if (pipes[1] >= 0)
		close(pipes[1]);
	if (process->pid < 0) {
		process_free(process);
		return NULL;
	}
	return process;
}

struct git_process *git_start(const char *folder, const char *const *arguments,
			      int input, char **err)
{
	return git_start_with(folder, arguments, input, NULL, err);
}

static char *read_to(struct git_process *process, int end, size_t *len)
{
	ssize_t n = getdelim(&process->text, &process->size, end, process->out);

	if (n < 0) {
		process->failed |= !feof(process->out);
		return NULL;
	}
	if (process->text[n - 1] == end)
		process->text[--n] = '\0';
	if (len)
		*len = n;
	return process->text;
}

char *git_line(struct git_process *process, size_t *len)
{
	return read_to(process, '\n', len);
}

char *git_field(struct git_process *process, size_t *len)
{
	return read_to(process, '\0', len);
}

gboolean git_more(struct git_process *process)
{
	int c = getc(process->out);

	if (c != EOF)
		ungetc(c, process->out);
	return c != EOF;
}

int git_output(struct git_process *process)
{
	return fileno(process->out);
}

/*
 * Why git failed: its line "fatal: ...", with the names that follow it, and the
 * first "error: ..." before it; or else the last line that it printed.
 */
static char *find_reason(const char *errors)
{
	g_auto(GStrv) lines = g_strsplit(errors, "\n", -1);
	g_autoptr(GString) fatal = g_string_new(NULL);
	const char *error = NULL, *last = NULL;
	char **line;

	for (line = lines; *line; line++) {
		if (g_str_has_prefix(*line, "fatal: "))
			g_string_assign(fatal, *line + strlen("fatal: "));
		else if (g_str_has_prefix(*line, "error: ") && !error)
			error = *line + strlen("error: ");
		else if (**line == '\t' && g_str_has_suffix(fatal->str, ":"))
			g_string_append_printf(fatal, " %s", *line + 1);
		else if (**line)
			last = *line;
	}
	if (fatal->len && error)
		g_string_append_printf(fatal, " (%s)", error);
	return g_strdup(fatal->len ? fatal->str : error ? error : last);
}

static char *reason_of(struct git_process *process, int status)
{
	char errors[MAX_ERRORS];
	ssize_t len = pread(process->errors, errors, sizeof(errors) - 1, 0);
	g_autofree char *text = g_utf8_make_valid(errors, MAX(len, 0));
	char *reason = find_reason(text);

	if (reason)
		return reason;
	if (WIFSIGNALED(status))
		return g_strdup_printf("'git %s' was ended by signal %d",
				       process->command, WTERMSIG(status));
	return g_strdup_printf("'git %s' failed with code %d and no reason",
			       process->command, WEXITSTATUS(status));
}

int git_finish(struct git_process *process, gboolean may_be_one, char **err)
{
	gboolean failed;
	int status, code = 0;

	while (getc_unlocked(process->out) != EOF)
		;
	failed = process->failed || ferror(process->out);
	status = children_wait(process->pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 1 && may_be_one)
		code = 1;
	else if (status)
		code = -1;
	if (code < 0)
		*err = reason_of(process, status);
	else if (failed)
		*err = g_strdup_printf("cannot read all that 'git %s' prints",
				       process->command);
	process_free(process);
	return failed ? -1 : code;
}

void git_stop(struct git_process *process)
{
	kill(process->pid, SIGTERM);
	children_wait(process->pid);
	process_free(process);
}

char *git_answer(struct git_process *process, char **err)
{
	GString *answer = g_string_new(NULL);
	char *why = NULL;
	int c;

	while ((c = getc_unlocked(process->out)) != EOF)
		g_string_append_c(answer, c);
	if (git_finish(process, FALSE, &why) < 0) {
		g_string_free(answer, TRUE);
		if (err)
			*err = g_steal_pointer(&why);
		g_free(why);
		return NULL;
	}
	if (g_str_has_suffix(answer->str, "\n"))
		g_string_truncate(answer, answer->len - 1);
	return g_string_free(answer, FALSE);
}

char *git_ask(const char *folder, char **err, const char *argument, ...)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	struct git_process *process;
	g_autofree char *why = NULL;
	va_list ap;

	va_start(ap, argument);
	for (; argument; argument = va_arg(ap, const char *))
		g_ptr_array_add(argv, (char *)argument);
	va_end(ap);
	g_ptr_array_add(argv, NULL);
	process = git_start(folder, (const char *const *)argv->pdata, -1, &why);
	if (process)
		return git_answer(process, err);
	if (err)
		*err = g_steal_pointer(&why);
	return NULL;
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
	for (i = 0; paths && i < paths->len; i++)
		g_ptr_array_add(arguments, g_strdup(paths->pdata[i]));
	g_ptr_array_add(arguments, NULL);
}

/*
 * A descriptor of a file without a name that holds text, to be read from its
 * start; -1, with *err set, if there is no room for it.
 */
static int make_input(const GString *text, char **err)
{
	int fd = memfd_create("input of git", MFD_CLOEXEC);
	size_t done = 0;

	while (fd >= 0 && done < text->len) {
		ssize_t n = write(fd, text->str + done, text->len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			close(fd);
			fd = -1;
			break;
		}
		done += n;
	}
	if (fd < 0 || lseek(fd, 0, SEEK_SET) < 0) {
		*err = g_strdup_printf("cannot write a temporary file: %s",
				       g_strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return fd;
}

struct git_process *git_start_on(const char *folder,
				 const char *const *arguments,
				 const GString *text, char **err)
{
	int input = make_input(text, err);
	struct git_process *process;

	if (input < 0)
		return NULL;
	process = git_start(folder, arguments, input, err);
	close(input);
	return process;
}
