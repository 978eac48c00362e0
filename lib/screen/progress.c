#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <glib.h>
#include "screen/progress.h"

struct progress {
	const char *title;
	gint64 next;		/* when to show it next, in microseconds */
	unsigned long done;
	gboolean shown;
};

struct progress *progress_start(const char *title)
{
	struct progress *progress = g_new0(struct progress, 1);
	const char *delay = getenv("GIT_PROGRESS_DELAY");
	long seconds = delay ? strtol(delay, NULL, 10) : 2;

	progress->title = title;
	progress->next = g_get_monotonic_time() +
			 G_USEC_PER_SEC * CLAMP(seconds, 0, G_MAXINT);
	return progress;
}

static gboolean in_foreground(void)
{
	pid_t group = tcgetpgrp(STDERR_FILENO);

	return group < 0 || group == getpgid(0);
}

void progress_update(struct progress *progress, unsigned long done)
{
	gint64 now;

	if (!progress)
		return;
	progress->done = done;
	now = g_get_monotonic_time();
	if (now < progress->next)
		return;
	progress->next = now + G_USEC_PER_SEC;
	progress->shown = TRUE;
	if (in_foreground()) {
		fprintf(stderr, "%s: %lu\r", progress->title, done);
		fflush(stderr);
	}
}

void progress_stop(struct progress *progress)
{
	if (progress && progress->shown && in_foreground())
		fprintf(stderr, "%s: %lu, done.\n", progress->title,
			progress->done);
	g_free(progress);
}
