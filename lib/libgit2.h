/*
 * libgit2: its start and its end.
 *
 * To start it reads the system's certificates, which takes longer than git to
 * answer a question: so a thread starts it.
 */
#ifndef LIBGIT2_H
#define LIBGIT2_H

/* Begin to start it, unless that was done. */
void libgit2_start(void);

/*
 * Start it, if nobody did, and wait until it is ready: to be called before any
 * function of libgit2's, and before exit(3), which must not come in between.
 */
void libgit2_ready(void);

#endif
