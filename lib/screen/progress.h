/*
 * progress: a meter on standard error like git's own: it appears after one
 * second, or as many as GIT_PROGRESS_DELAY says, changes once a second, also
 * while there is nothing to count yet, and is shown only while this process is
 * in the foreground.
 *
 * A NULL meter is one that never shows anything.
 */
#ifndef SCREEN_PROGRESS_H
#define SCREEN_PROGRESS_H

struct progress;

/* "Reading mails of kvm": list may be NULL. */
struct progress *progress_start(const char *title, const char *list);

/* So many are done.  This costs next to nothing: call it for each one. */
void progress_update(struct progress *progress, unsigned long done);

/* Show the last number, if it is time to show any, and free the meter. */
void progress_stop(struct progress *progress);

#endif
