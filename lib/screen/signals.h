/*
 * signals: a signal that ends this process leaves nothing behind: no unfinished
 * output file, no children, and no pager that still has the terminal.
 *
 * These are the signals of children.h.  Only the main thread may call these
 * functions, but signals_clean_up().
 */
#ifndef SCREEN_SIGNALS_H
#define SCREEN_SIGNALS_H

#include <sys/types.h>

/* Call this once, before any thread or child is started. */
void signals_setup(void);

/*
 * Create a file that a signal removes: one of a new name, as mkstemp(3) does if
 * the path ends with "XXXXXX", or else of just that.  There may be several at
 * a time.  The path must live until signals_keep_file() is called: when the
 * file is complete, or removed.
 */
int signals_create_file(char *path);
void signals_keep_file(const char *path);

/* Remove these files, as a signal does. */
void signals_remove_files(void);

/*
 * The process that reads our standard output, as children_start() stores it
 * here: a signal waits for its end instead of ending it.
 */
extern volatile pid_t signals_pager;

/*
 * Do what is done before a signal ends the process: remove the file, end the
 * children, and wait for the pager.  A handler of signals may call this, and
 * any thread that ends the process at once.
 */
void signals_clean_up(void);

/*
 * Close standard output and error and wait for the pager, if there is one.
 * Returns -1 if a signal ended it, or if its exit code is not 0.
 */
int signals_wait_for_pager(void);

#endif
