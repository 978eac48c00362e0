/*
 * libgit2: its start and its end.
 */
#ifndef GIT_LIBGIT2_H
#define GIT_LIBGIT2_H

/*
 * Start it, unless that was done: to be called before any other function of
 * libgit2's.  It reads the system's certificates then, which takes longer than
 * git to answer a question: so ask git first.
 */
void libgit2_ready(void);

#endif
