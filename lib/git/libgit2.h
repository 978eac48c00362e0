/*
 * libgit2: starting it.
 */
#ifndef GIT_LIBGIT2_H
#define GIT_LIBGIT2_H

#include <stddef.h>

/*
 * Start libgit2, unless that was done: to be called, by the main thread, before
 * any function of the library.  libgit2 then reads the system's certificates,
 * which takes longer than git needs to answer a question: so ask git first.
 */
void libgit2_ready(void);

/*
 * How many packs libgit2 keeps open at once, so that descriptors are left for
 * the rest.  Without a limit it opens all that there are.
 */
size_t libgit2_max_packs(void);

#endif
