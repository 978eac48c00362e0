#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>
#include "git/children.h"

const int children_signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, 0 };

static void change_mask(int how)
{
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; children_signals[i]; i++)
		sigaddset(&set, children_signals[i]);
	pthread_sigmask(how, &set, NULL);
}

void children_block_signals(void)
{
	change_mask(SIG_BLOCK);
}

void children_unblock_signals(void)
{
	change_mask(SIG_UNBLOCK);
}

#define MAX_RUNNING 1024

/*
 * The children that a signal ends.  More than these are not recorded, and
 * would outlive this process.
 */
static volatile pid_t running[MAX_RUNNING];

/* Put pid in the first place that holds old, 0 for a free one. */
static void replace_running(pid_t old, pid_t pid)
{
	size_t i;

	for (i = 0; i < MAX_RUNNING; i++)
		if (running[i] == old) {
			running[i] = pid;
			return;
		}
}

/* The child has no signal blocked, and ignores none that our caller did not. */
static int spawn(pid_t *pid, const struct child *child,
		 posix_spawn_file_actions_t *files, posix_spawnattr_t *attr)
{
	const int descriptors[] = { child->in, child->out, child->errors };
	sigset_t none, defaults;
	int i;

	sigemptyset(&none);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGXFSZ);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setsigdefault(attr, &defaults);
	posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK |
				 POSIX_SPAWN_SETSIGDEF);
	if (child->in < 0)
		posix_spawn_file_actions_addopen(files, STDIN_FILENO,
						 "/dev/null", O_RDONLY, 0);
	for (i = STDIN_FILENO; i <= STDERR_FILENO; i++)
		if (descriptors[i] >= 0)
			posix_spawn_file_actions_adddup2(files, descriptors[i],
							 i);
	return posix_spawnp(pid, child->argv[0], files, attr,
			    (char *const *)child->argv, child->environment);
}

pid_t children_start(const struct child *child, volatile pid_t *slot)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	pid_t pid = -1;
	int error;

	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attr);
	children_block_signals();
	error = spawn(&pid, child, &files, &attr);
	if (!error && slot)
		*slot = pid;
	else if (!error)
		replace_running(0, pid);
	children_unblock_signals();
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	errno = error;
	return error ? -1 : pid;
}

/*
 * The number of a child that has ended is not given to another process before
 * waitpid(): until then it has to be forgotten here.
 */
int children_wait(pid_t pid)
{
	siginfo_t info;
	int status = 0;

	while (waitid(P_PID, pid, &info, WEXITED | WNOWAIT) < 0 &&
	       errno == EINTR)
		;
	replace_running(pid, 0);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

void children_end(void)
{
	size_t i;

	for (i = 0; i < MAX_RUNNING; i++)
		if (running[i])
			kill(running[i], SIGTERM);
}

void children_stop(void)
{
	size_t i;

	children_end();
	for (i = 0; i < MAX_RUNNING; i++)
		if (running[i])
			children_wait(running[i]);
}
