/*
 * cleanup: what must not be left behind when a signal ends this process: an
 * unfinished output file, and a pager that still has the terminal.
 */
#ifndef CLEANUP_H
#define CLEANUP_H

#include <sys/types.h>

/*
 * Make SIGHUP, SIGINT, SIGQUIT, SIGTERM and SIGPIPE clean up and then end
 * the process as they would have.  To be called once, at the start.
 */
void cleanup_setup(void);

/* A process that reads our standard output, for which we have to wait. */
void cleanup_set_pager(pid_t pid);

/* Close standard output and error and wait for the pager, if there is one. */
void cleanup_wait_for_pager(void);

/*
 * Create a file, as mkstemp(3) does, that a signal removes.  path must live
 * until cleanup_keep_file().
 */
int cleanup_create_file(char *path);

/*
 * Processes whose output nobody wants any more when this one ends; a limited
 * number of them is kept.
 */
void cleanup_add_child(pid_t pid);
void cleanup_remove_child(pid_t pid);

/* End them. */
void cleanup_end_children(void);

/* The file is complete, or removed already. */
void cleanup_keep_file(void);

#endif
