#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <glib.h>
#include "screen/progress.h"

/* Times are in microseconds. */
struct progress {
	char *title;
	unsigned long done;
	gint64 next;		/* when to show the meter */
	gint64 seen;		/* when the clock was seen last ... */
	unsigned calls, stride;	/* ... the calls since then; at the stride'th
				   the clock is seen again */
	gboolean shown;
};

struct progress *progress_start(const char *title, const char *list)
{
	struct progress *progress = g_new0(struct progress, 1);
	const char *delay = getenv("GIT_PROGRESS_DELAY");
	long seconds = delay ? strtol(delay, NULL, 10) : 2;

	progress->title = list ? g_strdup_printf("%s of %s", title, list) :
				 g_strdup(title);
	progress->stride = 1;
	progress->seen = g_get_monotonic_time();
	progress->next = progress->seen +
			 G_USEC_PER_SEC * CLAMP(seconds, 0, G_MAXINT);
	return progress;
}

static void show(const struct progress *progress, const char *end)
{
	pid_t group = tcgetpgrp(STDERR_FILENO);

	if (group >= 0 && group != getpgid(0))
		return;		/* in the background */
	fprintf(stderr, "%s: %lu%s", progress->title, progress->done, end);
	fflush(stderr);
}

void progress_update(struct progress *progress, unsigned long done)
{
	gint64 now;

	if (!progress)
		return;
	progress->done = done;
	if (++progress->calls < progress->stride)
		return;
	now = g_get_monotonic_time();
	/* Where calls come quickly, few of them have to look at the clock. */
	progress->stride = now - progress->seen > G_USEC_PER_SEC / 100 ? 1 :
			   MIN(2 * progress->stride, 64);
	progress->calls = 0;
	progress->seen = now;
	if (now < progress->next)
		return;
	progress->next = now + G_USEC_PER_SEC;
	progress->shown = TRUE;
	show(progress, "\r");
}

void progress_stop(struct progress *progress)
{
	if (!progress)
		return;
	if (progress->shown || g_get_monotonic_time() >= progress->next)
		show(progress, ", done.\n");
	g_free(progress->title);
	g_free(progress);
}
