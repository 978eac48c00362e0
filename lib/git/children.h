/*
 * children: the processes that are started, each known to the handler of
 * signals from its first moment to its last.
 *
 * Signals that end this process are blocked while a child is started, but not
 * in the child.  No thread but the main one starts children.
 */
#ifndef GIT_CHILDREN_H
#define GIT_CHILDREN_H

#include <sys/types.h>

struct child {
	const char *const *argv;	/* up to NULL; argv[0] is looked for in
					   PATH */
	char *const *environment;	/* up to NULL */
	int in, out, errors;	/* its descriptors 0 to 2, which stay the
				   caller's; -1: /dev/null for in, and what this
				   process has for the others */
};

/*
 * Start a child.  A signal that ends this process ends the child, too, until
 * children_wait(); with a slot it does not: the handler finds the process id
 * in the slot instead.  Returns the process id, or -1 with errno set.
 */
pid_t children_start(const struct child *child, volatile pid_t *slot);

/* Wait for the end of a child; returns its status as waitpid(2) does. */
int children_wait(pid_t pid);

/* End all of them, as a signal handler may. */
void children_end(void);

/* The same, and wait until they have ended. */
void children_stop(void);

/* SIGHUP, SIGINT, SIGQUIT, SIGTERM and SIGPIPE; then a 0. */
extern const int children_signals[];

/*
 * Keep those signals from the calling thread, or let them come again.  A thread
 * that is started in between never gets one.
 */
void children_block_signals(void);
void children_unblock_signals(void);

#endif
