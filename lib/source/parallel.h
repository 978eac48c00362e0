/*
 * parallel: jobs that several threads do, and that are taken in the order in
 * which they were given.  One thread gives and takes them all.
 */
#ifndef SOURCE_PARALLEL_H
#define SOURCE_PARALLEL_H

#include <glib.h>

struct parallel;

/*
 * work() does one job, in any thread, several at once.  With one thread, or
 * where the system starts no other, it is parallel_give() that calls it.
 */
struct parallel *parallel_new(unsigned threads,
			      void (*work)(void *job, void *data), void *data);

/* All jobs must have been taken. */
void parallel_free(struct parallel *parallel);

/* Give a job, which nobody may touch until it is taken. */
void parallel_give(struct parallel *parallel, void *job);

/* Wait for the oldest job to be done, and take it; NULL if there is none. */
void *parallel_take(struct parallel *parallel);

/* How many jobs were given and not taken. */
unsigned parallel_pending(const struct parallel *parallel);

#endif
