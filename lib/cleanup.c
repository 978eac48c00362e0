#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "children.h"
#include "cleanup.h"
#include "signals.h"

/* Written with the signals blocked, read by their handler. */
volatile pid_t cleanup_pager;
static const char *volatile file;

void cleanup_wait_for_pager(void)
{
	if (!cleanup_pager)
		return;
	/* The pager sees the end of its input once all copies are closed. */
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	while (waitpid(cleanup_pager, NULL, 0) < 0 && errno == EINTR)
		;
	cleanup_pager = 0;
}

static void handle_signal(int signo)
{
	if (file)
		unlink(file);
	children_end();
	cleanup_wait_for_pager();
	signal(signo, SIG_DFL);
	raise(signo);
}

void cleanup_setup(void)
{
	size_t i;

	/* Whoever started us may have ignored or blocked SIGPIPE. */
	signal(SIGPIPE, SIG_DFL);
	/* A file that may not grow is an error, no end. */
	signal(SIGXFSZ, SIG_IGN);
	signals_unblock();
	for (i = 0; signals_all[i]; i++) {
		struct sigaction action = { .sa_handler = handle_signal }, old;

		/* nohup(1) and the shell's "&" ignore signals for us */
		if (!sigaction(signals_all[i], NULL, &old) &&
		    old.sa_handler == SIG_IGN)
			continue;
		sigaction(signals_all[i], &action, NULL);
	}
}

int cleanup_create_file(char *path)
{
	int fd;

	/* No signal may come when it is there and not known yet. */
	signals_block();
	fd = mkstemp(path);
	if (fd >= 0)
		file = path;
	signals_unblock();
	return fd;
}

void cleanup_keep_file(void)
{
	signals_block();
	file = NULL;
	signals_unblock();
}
