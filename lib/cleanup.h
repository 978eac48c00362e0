/*
 * cleanup: what must not be left behind when a signal ends this process: an
 * unfinished output file, children, and a pager that still has the terminal.
 */
#ifndef CLEANUP_H
#define CLEANUP_H

#include <sys/types.h>

/*
 * Make the signals that end this process clean up and then end the process as
 * they would have.  To be called once, at the start, before any thread and any
 * child is started.
 */
void cleanup_setup(void);

/*
 * Where children_start() tells who reads our standard output: a process for
 * which we have to wait.
 */
extern volatile pid_t cleanup_pager;

/* Close standard output and error and wait for the pager, if there is one. */
void cleanup_wait_for_pager(void);

/*
 * Create a file, as mkstemp(3) does, that a signal removes.  path must live
 * until cleanup_keep_file().
 */
int cleanup_create_file(char *path);

/* The file is complete, or removed already. */
void cleanup_keep_file(void);

#endif
