/*
 * For "make test SANITIZE=thread": ThreadSanitizer does not see what GLib does
 * within, and would take every hand-over from one thread to another for a race.
 * These wrappers, which the linker puts around the functions (ld(1), --wrap),
 * tell it.
 */
#include <glib.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define WRAP(type, name, ...) \
	type __real_##name(__VA_ARGS__); \
	type __wrap_##name(__VA_ARGS__); \
	type __wrap_##name(__VA_ARGS__)

/* What one thread wrote before it pushed data, another sees after the pop. */
WRAP(void, g_async_queue_push, GAsyncQueue *queue, gpointer data)
{
	__tsan_release(data);
	__real_g_async_queue_push(queue, data);
}

WRAP(gpointer, g_async_queue_pop, GAsyncQueue *queue)
{
	gpointer data = __real_g_async_queue_pop(queue);

	__tsan_acquire(data);
	return data;
}

WRAP(gpointer, g_async_queue_try_pop, GAsyncQueue *queue)
{
	gpointer data = __real_g_async_queue_try_pop(queue);

	if (data)
		__tsan_acquire(data);
	return data;
}

WRAP(void, g_mutex_lock, GMutex *mutex)
{
	__real_g_mutex_lock(mutex);
	__tsan_acquire(mutex);
}

WRAP(void, g_mutex_unlock, GMutex *mutex)
{
	__tsan_release(mutex);
	__real_g_mutex_unlock(mutex);
}

WRAP(void, g_cond_wait, GCond *cond, GMutex *mutex)
{
	__tsan_release(mutex);
	__real_g_cond_wait(cond, mutex);
	__tsan_acquire(mutex);
}
