#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "cleanup.h"

static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE };

/* Written with the signals blocked, read by their handler. */
static volatile pid_t pager;
static const char *volatile file;
static volatile pid_t children[1024];

static void block_signals(int how)
{
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaddset(&set, signals[i]);
	sigprocmask(how, &set, NULL);
}

void cleanup_wait_for_pager(void)
{
	if (!pager)
		return;
	/* The pager sees the end of its input once all copies are closed. */
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	while (waitpid(pager, NULL, 0) < 0 && errno == EINTR)
		;
	pager = 0;
}

void cleanup_end_children(void)
{
	size_t i;

	for (i = 0; i < sizeof(children) / sizeof(*children); i++)
		if (children[i])
			kill(children[i], SIGTERM);
}

static void handle_signal(int signo)
{
	if (file)
		unlink(file);
	cleanup_end_children();
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
	block_signals(SIG_UNBLOCK);
	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct sigaction action = { .sa_handler = handle_signal }, old;

		/* nohup(1) and the shell's "&" ignore signals for us */
		if (!sigaction(signals[i], NULL, &old) &&
		    old.sa_handler == SIG_IGN)
			continue;
		sigaction(signals[i], &action, NULL);
	}
}

void cleanup_set_pager(pid_t pid)
{
	block_signals(SIG_BLOCK);
	pager = pid;
	block_signals(SIG_UNBLOCK);
}

int cleanup_create_file(char *path)
{
	int fd;

	/* No signal may come when it is there and not known yet. */
	block_signals(SIG_BLOCK);
	fd = mkstemp(path);
	if (fd >= 0)
		file = path;
	block_signals(SIG_UNBLOCK);
	return fd;
}

/* Put by in the place of old; where old is nowhere, nothing happens. */
static void replace_child(pid_t old, pid_t by)
{
	size_t i;

	for (i = 0; i < sizeof(children) / sizeof(*children); i++)
		if (__sync_bool_compare_and_swap(&children[i], old, by))
			return;
}

void cleanup_add_child(pid_t pid)
{
	replace_child(0, pid);
}

void cleanup_remove_child(pid_t pid)
{
	replace_child(pid, 0);
}

void cleanup_keep_file(void)
{
	block_signals(SIG_BLOCK);
	file = NULL;
	block_signals(SIG_UNBLOCK);
}
