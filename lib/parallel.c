#include "parallel.h"

/* A job that was given. */
struct given {
	void *job;
	gboolean done;
};

struct parallel {
	void (*work)(void *job, void *data);
	void *data;
	unsigned threads;
	GThreadPool *pool;	/* NULL until there is work for it */
	GQueue jobs;		/* struct given *, the oldest first */
	GMutex mutex;		/* over what is done */
	GCond changed;
};

struct parallel *parallel_new(unsigned threads,
			      void (*work)(void *job, void *data), void *data)
{
	struct parallel *parallel = g_new0(struct parallel, 1);

	parallel->work = work;
	parallel->data = data;
	parallel->threads = threads;
	g_queue_init(&parallel->jobs);
	g_mutex_init(&parallel->mutex);
	g_cond_init(&parallel->changed);
	return parallel;
}

void parallel_free(struct parallel *parallel)
{
	if (!parallel)
		return;
	if (parallel->pool)
		g_thread_pool_free(parallel->pool, FALSE, TRUE);
	g_mutex_clear(&parallel->mutex);
	g_cond_clear(&parallel->changed);
	g_free(parallel);
}

static void run(void *data, void *user_data)
{
	struct parallel *parallel = user_data;
	struct given *given = data;

	parallel->work(given->job, parallel->data);
	g_mutex_lock(&parallel->mutex);
	given->done = TRUE;
	g_cond_signal(&parallel->changed);
	g_mutex_unlock(&parallel->mutex);
}

void parallel_give(struct parallel *parallel, void *job)
{
	struct given *given = g_new0(struct given, 1);

	given->job = job;
	g_queue_push_tail(&parallel->jobs, given);
	if (parallel->threads < 2) {
		run(given, parallel);
		return;
	}
	if (!parallel->pool)
		parallel->pool = g_thread_pool_new(run, parallel,
						   parallel->threads, TRUE,
						   NULL);
	g_thread_pool_push(parallel->pool, given, NULL);
}

void *parallel_take(struct parallel *parallel)
{
	struct given *given = g_queue_pop_head(&parallel->jobs);
	void *job;

	if (!given)
		return NULL;
	g_mutex_lock(&parallel->mutex);
	while (!given->done)
		g_cond_wait(&parallel->changed, &parallel->mutex);
	g_mutex_unlock(&parallel->mutex);
	job = given->job;
	g_free(given);
	return job;
}

unsigned parallel_pending(const struct parallel *parallel)
{
	return parallel->jobs.length;
}
