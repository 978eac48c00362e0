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

/* How much of git's error messages is read. */
#define MAX_ERRORS 4096

#define READ_AHEAD (1024 * 1024)

struct git_process {
	pid_t pid;
	FILE *out;
	FILE *errors;		/* a file in memory: its standard error */
	gboolean failed;	/* a line of its output could not be read */
	char *command;		/* the first argument */
	char *text;		/* the line that was read last */
	size_t size;
};

/* "NAME=value" sets a variable of each git; "NAME" unsets it. */
static const char *const settings[] = {
	"GIT_NO_LAZY_FETCH=1",
	/* git before 2.39.4 ignores that, but it needs a protocol to fetch */
	"GIT_ALLOW_PROTOCOL=none",
	"GIT_OPTIONAL_LOCKS=0",
	/* else git would wake us up for each line that it prints */
	"GIT_FLUSH=0",
	/* unlike LC_ALL, this is about messages only */
	"LANGUAGE=C",
	/* else "git config" would read that file only */
	"GIT_CONFIG",
	NULL
};

static char **change_environment(char **environment,
				 const char *const *variables)
{
	for (; *variables; variables++) {
		g_auto(GStrv) parts = g_strsplit(*variables, "=", 2);

		if (parts[1])
			environment = g_environ_setenv(environment, parts[0],
						       parts[1], TRUE);
		else
			environment = g_environ_unsetenv(environment, parts[0]);
	}
	return environment;
}

/*
 * Unset the variables that are about one repository.  GIT_CONFIG_PARAMETERS
 * and GIT_CONFIG_COUNT stay: "git -c" is about all repositories.  Without git's
 * list of them, all of git's variables are taken for such.
 */
static char **forget_repository(char **environment)
{
	static char **names;
	char **name;

	if (!names) {
		g_autofree char *list = git_ask(NULL, NULL, "rev-parse",
						"--local-env-vars", NULL);

		names = list ? g_strsplit(list, "\n", -1) : g_listenv();
	}
	for (name = names; *name; name++)
		if (g_str_has_prefix(*name, "GIT_") &&
		    !g_str_has_prefix(*name, "GIT_CONFIG"))
			environment = g_environ_unsetenv(environment, *name);
	return environment;
}

/* Folder -> what GIT_ALTERNATE_OBJECT_DIRECTORIES is there. */
static GHashTable *alternates;

/* git takes the names with colons in between, and may have them in quotes. */
void git_add_objects(const char *folder, const GPtrArray *folders)
{
	GString *value = g_string_new(NULL);
	guint i;

	for (i = 0; i < folders->len; i++) {
		g_autofree char *escaped = g_strescape(folders->pdata[i], NULL);

		g_string_append_printf(value, "%s\"%s\"", i ? ":" : "",
				       escaped);
	}
	if (!alternates)
		alternates = g_hash_table_new_full(g_str_hash, g_str_equal,
						   g_free, g_free);
	g_hash_table_insert(alternates, g_strdup(folder),
			    g_string_free(value, FALSE));
}

/* Returns the process id, or -1 with errno set. */
static pid_t start(struct child *child, const char *folder,
		   const char *const *arguments, const char *const *variables)
{
	const char *const in_folder[] = {
		"git", "-c", "safe.bareRepository=all", "-C", folder, NULL,
	};
	const char *const here[] = { "git", NULL };
	g_autoptr(GPtrArray) argv = git_arguments(folder ? in_folder : here);
	g_auto(GStrv) environment = change_environment(g_get_environ(),
						       settings);
	const char *objects = folder && alternates ?
			      g_hash_table_lookup(alternates, folder) : NULL;

	for (; *arguments; arguments++)
		g_ptr_array_add(argv, g_strdup(*arguments));
	g_ptr_array_add(argv, NULL);
	if (folder)
		environment = forget_repository(environment);
	if (objects)
		environment = g_environ_setenv(environment,
				"GIT_ALTERNATE_OBJECT_DIRECTORIES", objects,
				TRUE);
	if (variables)
		environment = change_environment(environment, variables);
	child->argv = (const char *const *)argv->pdata;
	child->environment = environment;
	return children_start(child, NULL);
}

static void process_free(struct git_process *process)
{
	if (process->out)
		fclose(process->out);
	if (process->errors)
		fclose(process->errors);
	free(process->text);
	g_free(process->command);
	g_free(process);
}

/* Give the message to the caller, who may not want it; returns -1. */
static int fail(char **err, char *message)
{
	if (err)
		*err = message;
	else
		g_free(message);
	return -1;
}

/* Like fdopen(3), but close what cannot be opened; fd may be -1. */
static FILE *open_stream(int fd, const char *mode)
{
	FILE *stream = fd < 0 ? NULL : fdopen(fd, mode);

	if (!stream && fd >= 0)
		close(fd);
	return stream;
}

static FILE *open_memory(const char *name)
{
	return open_stream(memfd_create(name, MFD_CLOEXEC), "w+");
}

struct git_process *git_start_with(const char *folder,
				   const char *const *arguments, int input,
				   const char *const *variables, char **err)
{
	struct git_process *process = g_new0(struct git_process, 1);
	struct child child = { .in = input };
	int pipes[2];

	process->command = g_strdup(*arguments);
	process->errors = open_memory("errors of git");
	if (process->errors && !pipe2(pipes, O_CLOEXEC)) {
		process->out = open_stream(pipes[0], "r");
		child.out = pipes[1];
		child.errors = fileno(process->errors);
		if (process->out)
			process->pid = start(&child, folder, arguments,
					     variables);
		close(pipes[1]);
	}
	if (process->pid > 0)
		return process;
	fail(err, g_strdup_printf("cannot run git: %s", g_strerror(errno)));
	process_free(process);
	return NULL;
}

struct git_process *git_start(const char *folder, const char *const *arguments,
			      int input, char **err)
{
	return git_start_with(folder, arguments, input, NULL, err);
}

struct git_process *git_start_on(const char *folder,
				 const char *const *arguments,
				 const GString *text, char **err)
{
	FILE *input = open_memory("input of git");
	struct git_process *process = NULL;

	if (input && fwrite(text->str, 1, text->len, input) == text->len &&
	    !fflush(input) && !lseek(fileno(input), 0, SEEK_SET))
		process = git_start(folder, arguments, fileno(input), err);
	else
		fail(err, g_strdup_printf("cannot write a temporary file: %s",
					  g_strerror(errno)));
	if (input)
		fclose(input);
	return process;
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

char *git_bytes(struct git_process *process, size_t len)
{
	if (process->size < len) {
		char *more = realloc(process->text, len);

		if (!more)
			return NULL;
		process->text = more;
		process->size = len;
	}
	return fread(process->text, 1, len, process->out) == len ?
	       process->text : NULL;
}

int git_peek(struct git_process *process)
{
	int c = getc(process->out);

	if (c != EOF)
		ungetc(c, process->out);
	return c;
}

void git_read_ahead(struct git_process *process)
{
	fcntl(fileno(process->out), F_SETPIPE_SZ, READ_AHEAD);
}

int git_output(struct git_process *process)
{
	return fileno(process->out);
}

/*
 * Find the reason in what git printed: its line "fatal: ..." and the first line
 * "error: ..." before it, or else its last line.  After "fatal: ...:" a line
 * names what is meant, "\t<file>"; and git advises, in a line like that, how to
 * trust a repository that belongs to somebody else.
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
		else if (g_str_has_prefix(*line, "\tgit config --global "))
			g_string_append_printf(fatal, "; to trust it, run: %s",
					       *line + 1);
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
	ssize_t len = pread(fileno(process->errors), errors, sizeof(errors), 0);
	g_autofree char *text = g_utf8_make_valid(errors, MAX(len, 0));
	char *reason = find_reason(text);

	if (reason)
		return reason;
	if (WIFSIGNALED(status))
		return g_strdup_printf("'git %s' died of signal %d",
				       process->command, WTERMSIG(status));
	return g_strdup_printf("'git %s' failed with code %d and gave no "
			       "reason", process->command, WEXITSTATUS(status));
}

int git_finish(struct git_process *process, int answer, char **err)
{
	char *why = NULL;
	int status, code;

	while (getc_unlocked(process->out) != EOF)
		;
	status = children_wait(process->pid);
	code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	if (code && code != answer)
		why = reason_of(process, status);
	else if (process->failed || ferror(process->out))
		why = g_strdup_printf("cannot read the output of 'git %s'",
				      process->command);
	process_free(process);
	return why ? fail(err, why) : code;
}

void git_stop(struct git_process *process)
{
	kill(process->pid, SIGTERM);
	children_wait(process->pid);
	process_free(process);
}

char *git_answer(struct git_process *process, char **err)
{
	const char *text = git_field(process, NULL);
	g_autofree char *answer = g_strdup(text ? text : "");

	if (git_finish(process, 0, err) < 0)
		return NULL;
	if (g_str_has_suffix(answer, "\n"))
		answer[strlen(answer) - 1] = '\0';
	return g_steal_pointer(&answer);
}

char *git_ask(const char *folder, char **err, const char *argument, ...)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	struct git_process *process;
	va_list ap;

	va_start(ap, argument);
	for (; argument; argument = va_arg(ap, const char *))
		g_ptr_array_add(argv, (char *)argument);
	va_end(ap);
	g_ptr_array_add(argv, NULL);
	process = git_start(folder, (const char *const *)argv->pdata, -1, err);
	return process ? git_answer(process, err) : NULL;
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
