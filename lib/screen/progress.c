#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <glib.h>
#include "git/children.h"
#include "screen/progress.h"

/* A thread shows the meter, also while nothing comes that could be counted. */
struct progress {
	char *title;
	atomic_ulong done;
	struct timespec next;	/* when to show it, on the monotonic clock */
	pthread_t thread;
	gboolean has_thread;
	pthread_mutex_t lock;	/* of what follows */
	pthread_cond_t change;
	gboolean is_over;
	gboolean shown;
};

static void show(struct progress *progress, const char *end)
{
	pid_t group = tcgetpgrp(STDERR_FILENO);

	if (group >= 0 && group != getpgid(0))
		return;		/* in the background */
	fprintf(stderr, "%s: %lu%s", progress->title,
		atomic_load(&progress->done), end);
	fflush(stderr);
}

static gboolean is_time(const struct progress *progress)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec > progress->next.tv_sec ||
	       (now.tv_sec == progress->next.tv_sec &&
		now.tv_nsec >= progress->next.tv_nsec);
}

static void *run(void *data)
{
	struct progress *progress = data;

	pthread_mutex_lock(&progress->lock);
	while (!progress->is_over) {
		if (!is_time(progress)) {
			pthread_cond_timedwait(&progress->change,
					       &progress->lock,
					       &progress->next);
			continue;
		}
		progress->next.tv_sec++;
		progress->shown = TRUE;
		show(progress, "\r");
	}
	pthread_mutex_unlock(&progress->lock);
	return NULL;
}

static void start_thread(struct progress *progress)
{
	pthread_condattr_t attr;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&progress->change, &attr);
	pthread_condattr_destroy(&attr);
	pthread_mutex_init(&progress->lock, NULL);
	children_block_signals();
	progress->has_thread = !pthread_create(&progress->thread, NULL, run,
					       progress);
	children_unblock_signals();
}

struct progress *progress_start(const char *title, const char *list)
{
	struct progress *progress = g_new0(struct progress, 1);
	const char *delay = getenv("GIT_PROGRESS_DELAY");
	long seconds = delay ? strtol(delay, NULL, 10) : 1;

	progress->title = list ? g_strdup_printf("%s of %s", title, list) :
				 g_strdup(title);
	clock_gettime(CLOCK_MONOTONIC, &progress->next);
	progress->next.tv_sec += CLAMP(seconds, 0, G_MAXINT);
	start_thread(progress);
	return progress;
}

void progress_update(struct progress *progress, unsigned long done)
{
	if (progress)
		atomic_store_explicit(&progress->done, done,
				      memory_order_relaxed);
}

void progress_stop(struct progress *progress)
{
	if (!progress)
		return;
	pthread_mutex_lock(&progress->lock);
	progress->is_over = TRUE;
	pthread_cond_signal(&progress->change);
	pthread_mutex_unlock(&progress->lock);
	if (progress->has_thread)
		pthread_join(progress->thread, NULL);
	if (progress->shown || is_time(progress))
		show(progress, ", done.\n");
	pthread_cond_destroy(&progress->change);
	pthread_mutex_destroy(&progress->lock);
	g_free(progress->title);
	g_free(progress);
}
