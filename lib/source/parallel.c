#include "git/children.h"
#include "source/parallel.h"

struct given {
	void *job;
	gboolean done;
};

struct parallel {
	void (*work)(void *job, void *data);
	void *data;
	unsigned max_threads;
	GPtrArray *threads;	/* GThread *; as many as there was work for */
	GAsyncQueue *waiting;	/* struct given * that no thread has begun */
	GQueue jobs;		/* struct given *, the oldest first */
	GMutex mutex;		/* guards each done */
	GCond changed;		/* some job is done */
};

/* What tells a thread to end. */
static struct given no_more;

struct parallel *parallel_new(unsigned threads,
			      void (*work)(void *job, void *data), void *data)
{
	struct parallel *parallel = g_new0(struct parallel, 1);

	parallel->work = work;
	parallel->data = data;
	parallel->max_threads = threads;
	parallel->threads = g_ptr_array_new();
	parallel->waiting = g_async_queue_new();
	g_queue_init(&parallel->jobs);
	g_mutex_init(&parallel->mutex);
	g_cond_init(&parallel->changed);
	return parallel;
}

/*
 * libgit2 keeps something for each thread until the thread has ended.  So this
 * waits for the threads, which a GThreadPool would not do.
 */
void parallel_free(struct parallel *parallel)
{
	guint i;

	if (!parallel)
		return;
	for (i = 0; i < parallel->threads->len; i++)
		g_async_queue_push(parallel->waiting, &no_more);
	for (i = 0; i < parallel->threads->len; i++)
		g_thread_join(parallel->threads->pdata[i]);
	g_ptr_array_unref(parallel->threads);
	g_async_queue_unref(parallel->waiting);
	g_mutex_clear(&parallel->mutex);
	g_cond_clear(&parallel->changed);
	g_free(parallel);
}

static void run(struct parallel *parallel, struct given *given)
{
	parallel->work(given->job, parallel->data);
	g_mutex_lock(&parallel->mutex);
	given->done = TRUE;
	g_cond_signal(&parallel->changed);
	g_mutex_unlock(&parallel->mutex);
}

static void *run_thread(void *data)
{
	struct parallel *parallel = data;
	struct given *given;

	while ((given = g_async_queue_pop(parallel->waiting)) != &no_more)
		run(parallel, given);
	return NULL;
}

/* Where no more threads may be started (ulimit -u), go on with what runs. */
static void start_thread(struct parallel *parallel)
{
	GThread *thread;

	children_block_signals();
	thread = g_thread_try_new("worker", run_thread, parallel, NULL);
	children_unblock_signals();
	if (thread)
		g_ptr_array_add(parallel->threads, thread);
	else
		parallel->max_threads = parallel->threads->len;
}

void parallel_give(struct parallel *parallel, void *job)
{
	struct given *given = g_new0(struct given, 1);

	given->job = job;
	g_queue_push_tail(&parallel->jobs, given);
	/* Start a thread only if each of the others has a job to do. */
	if (parallel->max_threads > 1 &&
	    parallel->threads->len < parallel->max_threads &&
	    parallel->threads->len < parallel->jobs.length)
		start_thread(parallel);
	if (parallel->threads->len)
		g_async_queue_push(parallel->waiting, given);
	else
		run(parallel, given);
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
