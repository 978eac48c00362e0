#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "git/children.h"
#include "git/gitconfig.h"
#include "git/git.h"
#include "screen/pager.h"
#include "screen/signals.h"

/* As git reads a boolean of the environment. */
static gboolean env_bool(const char *name)
{
	const char *value = getenv(name);
	gboolean on = FALSE;

	return value && !gitconfig_parse_bool(value, &on) && on;
}

/*
 * The command that is to read standard output, which the caller frees; NULL if
 * there is to be none.
 */
static char *choose_pager(struct gitconfig *config)
{
	static char *built_in;	/* git is asked for it only once */
	const char *set = getenv("GIT_PAGER");
	char *pager;

	if (!isatty(STDOUT_FILENO) || env_bool("GIT_PAGER_IN_USE"))
		return NULL;
	if (!set)
		set = gitconfig_string(config, "core.pager");
	if (!set)
		set = getenv("PAGER");
	/* what git was built with: "less", or "pager" on Debian */
	if (!set && !built_in)
		built_in = git_ask(NULL, NULL, "var", "GIT_PAGER", NULL);
	if (!set && !built_in)
		built_in = g_strdup("less");
	pager = g_strdup(set ? set : built_in);
	if (!*pager || !strcmp(pager, "cat"))
		g_clear_pointer(&pager, g_free);
	return pager;
}

gboolean pager_is_wanted(struct gitconfig *config)
{
	g_autofree char *pager = choose_pager(config);

	return pager || env_bool("GIT_PAGER_IN_USE");
}

void pager_export_columns(void)
{
	struct winsize size;
	char buf[16];

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
		return;
	snprintf(buf, sizeof(buf), "%d", size.ws_col);
	setenv("COLUMNS", buf, 0);
}

void pager_start(struct gitconfig *config)
{
	g_autofree char *pager = choose_pager(config);
	const char *const by_shell[] = { "/bin/sh", "-c", pager, NULL };
	const char *const alone[] = { pager, NULL };
	struct child child = { .argv = alone, .out = -1, .errors = -1 };
	int pipes[2] = { -1, -1 };

	if (!pager)
		return;
	pager_export_columns();
	setenv("GIT_PAGER_IN_USE", "true", 1);
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	if (strpbrk(pager, "|&;<>()$`\\\"' \t\n*?[#~=%"))
		child.argv = by_shell;
	child.environment = environ;
	if (!pipe2(pipes, O_CLOEXEC))
		child.in = pipes[0];
	if (pipes[0] < 0 || children_start(&child, &signals_pager) < 0) {
		fprintf(stderr, "warning: cannot run the pager '%s': %s\n",
			pager, g_strerror(errno));
	} else {
		dup2(pipes[1], STDOUT_FILENO);
		if (isatty(STDERR_FILENO))
			dup2(pipes[1], STDERR_FILENO);
	}
	if (pipes[0] >= 0) {
		close(pipes[0]);
		close(pipes[1]);
	}
}

void pager_wait(void)
{
	fflush(stdout);
	fflush(stderr);
	signals_wait_for_pager();
}
