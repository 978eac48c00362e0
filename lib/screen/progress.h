/*
 * progress: a meter on standard error, as git's: after two seconds (or
 * GIT_PROGRESS_DELAY), once a second, in the foreground only.
 */
#ifndef SCREEN_PROGRESS_H
#define SCREEN_PROGRESS_H

struct progress;

/* The title stays the caller's and must live as long as the meter. */
struct progress *progress_start(const char *title);

/* So many are done.  progress may be NULL: then there is no meter. */
void progress_update(struct progress *progress, unsigned long done);

/* Show the last state, if any was shown, and free the meter. */
void progress_stop(struct progress *progress);

#endif
