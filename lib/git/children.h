/*
 * children: starting processes, and ending them if a signal ends this one.
 *
 * The handler of signals knows each child from its first moment to its last:
 * while a child is started, the signals below are blocked in this process,
 * but not in the child.  Only the main thread may start children.
 */
#ifndef GIT_CHILDREN_H
#define GIT_CHILDREN_H

#include <sys/types.h>

struct child {
	/* both up to a NULL; argv[0] is looked up in PATH */
	const char *const *argv;
	char *const *environment;
	/*
	 * Descriptors of the caller for standard input, output and error.  -1
	 * is /dev/null for the input, this process's own for the others.
	 */
	int in, out, errors;
};

/*
 * Start a child.  If slot is NULL, a signal that ends this process ends the
 * child, too, until children_wait().  Otherwise the child stays, and *slot is
 * its process id for the handler of signals.  Returns the process id, or -1
 * with errno set.
 */
pid_t children_start(const struct child *child, volatile pid_t *slot);

/* Wait for the end of a child.  Returns its status, as waitpid(2) sets it. */
int children_wait(pid_t pid);

/* Send SIGTERM to all children; a signal handler may call this. */
void children_end(void);

/* End all children, and wait for them. */
void children_stop(void);

/* SIGHUP, SIGINT, SIGQUIT, SIGTERM and SIGPIPE; then a 0. */
extern const int children_signals[];

/*
 * Block those signals in the calling thread, or unblock them.  A thread that is
 * started in between never gets one.
 */
void children_block_signals(void);
void children_unblock_signals(void);

#endif
