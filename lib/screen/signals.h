/*
 * cleanup: what must not be left behind when a signal ends this process: an
 * unfinished output file, children, and a pager that still has the terminal.
 */
#ifndef SCREEN_SIGNALS_H
#define SCREEN_SIGNALS_H

#include <sys/types.h>

/*
 * Make the signals that end this process clean up and then end the process as
 * they would have.  To be called once, at the start, before any thread and any
 * child is started.
 */
void signals_setup(void);

/*
 * Where children_start() tells who reads our standard output: a process for
 * which we have to wait.
 */
extern volatile pid_t signals_pager;

/* Close standard output and error and wait for the pager, if there is one. */
void signals_wait_for_pager(void);

/*
 * Create a file, as mkstemp(3) does, that a signal removes.  path must live
 * until signals_keep_file().
 */
int signals_create_file(char *path);

/* The file is complete, or removed already. */
void signals_keep_file(void);

#endif
