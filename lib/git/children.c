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

/* Those that a signal ends; more would not be known to it. */
static volatile pid_t running[1024];

#define NR_RUNNING (sizeof(running) / sizeof(*running))

static volatile pid_t *free_place(void)
{
	size_t i;

	for (i = 0; i < NR_RUNNING; i++)
		if (!running[i])
			return &running[i];
	return NULL;
}

/* The child has no signal blocked, and none ignored but by our caller. */
static int spawn(pid_t *pid, const struct child *child,
		 posix_spawn_file_actions_t *actions, posix_spawnattr_t *attr)
{
	sigset_t none, defaults;

	sigemptyset(&none);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGXFSZ);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setsigdefault(attr, &defaults);
	posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK |
				 POSIX_SPAWN_SETSIGDEF);
	if (child->in < 0)
		posix_spawn_file_actions_addopen(actions, STDIN_FILENO,
						 "/dev/null", O_RDONLY, 0);
	else
		posix_spawn_file_actions_adddup2(actions, child->in,
						 STDIN_FILENO);
	if (child->out >= 0)
		posix_spawn_file_actions_adddup2(actions, child->out,
						 STDOUT_FILENO);
	if (child->errors >= 0)
		posix_spawn_file_actions_adddup2(actions, child->errors,
						 STDERR_FILENO);
	return posix_spawnp(pid, child->argv[0], actions, attr,
			    (char *const *)child->argv, child->environment);
}

pid_t children_start(const struct child *child, volatile pid_t *slot)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	pid_t pid = -1;
	int error;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attr);
	children_block_signals();
	if (!slot)
		slot = free_place();
	error = spawn(&pid, child, &actions, &attr);
	if (!error && slot)
		*slot = pid;
	children_unblock_signals();
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	errno = error;
	return error ? -1 : pid;
}

/*
 * The number of a child that has ended stays its own until waitpid() buries it;
 * by then no handler may know it any more.
 */
int children_wait(pid_t pid)
{
	siginfo_t info;
	int status = 0;
	size_t i;

	while (waitid(P_PID, pid, &info, WEXITED | WNOWAIT) < 0 &&
	       errno == EINTR)
		;
	for (i = 0; i < NR_RUNNING; i++)
		if (running[i] == pid)
			running[i] = 0;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

void children_stop(void)
{
	size_t i;

	children_end();
	for (i = 0; i < NR_RUNNING; i++)
		if (running[i])
			children_wait(running[i]);
}

void children_end(void)
{
	size_t i;

	for (i = 0; i < NR_RUNNING; i++)
		if (running[i])
			kill(running[i], SIGTERM);
}
