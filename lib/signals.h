/*
 * signals: those that end this process, and when they may come.
 */
#ifndef SIGNALS_H
#define SIGNALS_H

/* SIGHUP, SIGINT, SIGQUIT, SIGTERM and SIGPIPE; then a 0. */
extern const int signals_all[];

/*
 * Keep them from the calling thread, or let them come again.  A thread that is
 * started in between never gets one.
 */
void signals_block(void);
void signals_unblock(void);

#endif
