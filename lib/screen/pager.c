#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "git/children.h"
#include "git/git.h"
#include "git/gitconfig.h"
#include "screen/pager.h"
#include "screen/signals.h"

/* Of a terminal that does not say. */
#define DEFAULT_COLUMNS 80

static gboolean pager_is_in_use(void)
{
	const char *value = getenv("GIT_PAGER_IN_USE");
	gboolean on = FALSE;

	return value && !gitconfig_parse_bool(value, &on) && on;
}

/* The command that is to read standard output, or NULL. */
static const char *choose_pager(void)
{
	static char *pager;	/* git is asked for it only once */

	if (!isatty(STDOUT_FILENO) || pager_is_in_use())
		return NULL;
	if (!pager)
		pager = git_ask(NULL, NULL, "var", "GIT_PAGER", NULL);
	return pager && *pager && strcmp(pager, "cat") ? pager : NULL;
}

gboolean pager_is_wanted(void)
{
	return choose_pager() || pager_is_in_use();
}

/* Of the terminal that standard output is; 0 if it does not say. */
static unsigned window_columns(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) ? 0 : size.ws_col;
}

void pager_export_columns(void)
{
	unsigned columns = window_columns();
	char buf[16];

	if (!columns)
		return;
	snprintf(buf, sizeof(buf), "%u", columns);
	setenv("COLUMNS", buf, 0);
}

/* As git does: COLUMNS counts first, which a git that runs a pager sets. */
unsigned pager_columns(void)
{
	const char *columns = getenv("COLUMNS");
	unsigned window;
	int n = columns ? atoi(columns) : 0;

	if (!isatty(STDOUT_FILENO) && !pager_is_in_use())
		return 0;
	if (n > 0)
		return n;
	window = window_columns();
	return window ? window : DEFAULT_COLUMNS;
}

/* Run the pager on a pipe.  Returns the pipe's other end, or -1. */
static int run(const char *pager)
{
	const char *const by_shell[] = { "/bin/sh", "-c", pager, NULL };
	const char *const alone[] = { pager, NULL };
	struct child child = { .argv = alone, .out = -1, .errors = -1 };
	int ends[2], started;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	/* as git does: without a shell a missing pager can be told */
	if (strpbrk(pager, "|&;<>()$`\\\"' \t\n*?[#~=%"))
		child.argv = by_shell;
	child.environment = environ;
	child.in = ends[0];
	started = children_start(&child, &signals_pager);
	close(ends[0]);
	if (started >= 0)
		return ends[1];
	close(ends[1]);
	return -1;
}

int pager_start(char **err)
{
	const char *pager = choose_pager();
	int fd;

	if (!pager)
		return 0;
	pager_export_columns();
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	/* A git that the reader starts from the pager may need one, too. */
	unsetenv("GIT_PAGER_IN_USE");
	fd = run(pager);
	if (fd < 0) {
		*err = g_strdup_printf("cannot run the pager '%s': %s", pager,
				       g_strerror(errno));
		return -1;
	}
	dup2(fd, STDOUT_FILENO);
	if (isatty(STDERR_FILENO))
		dup2(fd, STDERR_FILENO);
	close(fd);
	return 0;
}

int pager_wait(void)
{
	fflush(stdout);
	fflush(stderr);
	return signals_wait_for_pager();
}
