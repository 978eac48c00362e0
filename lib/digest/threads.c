#include "digest/threads.h"

/* A thread while its mails are counted. */
struct counted {
	struct thread thread;
	GHashTable *people;	/* lower-case addresses */
};

struct counting {
	GPtrArray *all;		/* struct counted *, owned */
	GHashTable *by_series;	/* struct series * -> struct counted * */
	GHashTable *by_id;	/* the Message-ID of the thread's first mail, as
				   far as it is known -> struct counted * */
};

static void counted_free(void *data)
{
	struct counted *counted = data;

	g_hash_table_unref(counted->people);
	g_free(counted);
}

static struct counted *add_thread(struct counting *counting)
{
	struct counted *counted = g_new0(struct counted, 1);

	counted->people = g_hash_table_new_full(g_str_hash, g_str_equal,
						g_free, NULL);
	g_ptr_array_add(counting->all, counted);
	return counted;
}

static struct counted *thread_of_series(struct counting *counting,
					struct series *series)
{
	struct counted *counted = g_hash_table_lookup(counting->by_series,
						      series);

	if (counted)
		return counted;
	counted = add_thread(counting);
	counted->thread.subject = series->head->subject.text;
	counted->thread.commit = series->head->commit;
	counted->thread.message_id = series->head->message_id;
	counted->thread.of_patch = TRUE;
	g_hash_table_insert(counting->by_series, series, counted);
	return counted;
}

static gboolean names_patch(const char *subject)
{
	struct subject parsed;
	gboolean is_patch;

	if (*subject != '[')
		return FALSE;
	subject_parse(&parsed, subject);
	is_patch = parsed.is_patch;
	subject_clear(&parsed);
	return is_patch;
}

/*
 * Answers to a mail from before the range are one thread if they name the same
 * first mail.
 */
static struct counted *thread_of_root(struct counting *counting,
				      const struct reply *root)
{
	const GPtrArray *references = root->references;
	const char *id = references && references->len ?
			 references->pdata[references->len - 1] :
			 root->message_id;
	struct counted *counted = id ?
		g_hash_table_lookup(counting->by_id, id) : NULL;

	if (counted)
		return counted;
	counted = add_thread(counting);
	counted->thread.subject = root->answered;
	counted->thread.commit = root->commit;
	counted->thread.message_id = root->message_id;
	counted->thread.of_patch = names_patch(root->answered);
	if (id)
		g_hash_table_insert(counting->by_id, (char *)id, counted);
	return counted;
}

static void add_mail(struct counted *counted, const char *email,
		     gint64 arrived)
{
	struct thread *thread = &counted->thread;

	if (email)
		g_hash_table_add(counted->people, g_ascii_strdown(email, -1));
	thread->first = thread->mails ? MIN(thread->first, arrived) : arrived;
	thread->last = thread->mails ? MAX(thread->last, arrived) : arrived;
	thread->mails++;
}

static void add_series(struct counting *counting, struct series *series,
		       const struct people *people)
{
	struct counted *counted = thread_of_series(counting, series);
	guint i;

	for (i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];
		const char *email = patch->sender.email;

		add_mail(counted, people_is_known_bot(people, email) ? NULL :
			 email, patch->arrived);
	}
}

static void add_reply(struct counting *counting, struct reply *reply)
{
	struct counted *counted;

	if (reply->is_excluded || reply->root->is_excluded)
		return;
	counted = reply->series ?
		  thread_of_series(counting, reply->series) :
		  thread_of_root(counting, reply->root);
	add_mail(counted, reply->is_bot ? NULL : reply->sender.email,
		 reply->arrived);
}

/* The first mail came last in the walk: where equal, the newest comes first. */
static int compare(const void *a, const void *b)
{
	const struct counted *x = *(struct counted *const *)a;
	const struct counted *y = *(struct counted *const *)b;

	if (x->thread.mails != y->thread.mails)
		return x->thread.mails > y->thread.mails ? -1 : 1;
	return x->thread.last > y->thread.last ? -1 :
	       x->thread.last < y->thread.last;
}

static void take_largest(GPtrArray *out, const GPtrArray *all,
			 gboolean of_patch)
{
	guint i, nr = 0;

	for (i = 0; i < all->len && nr < THREADS_MAX; i++) {
		struct counted *counted = all->pdata[i];

		if (counted->thread.of_patch != of_patch ||
		    counted->thread.mails < 2)
			continue;
		counted->thread.people = g_hash_table_size(counted->people);
		g_ptr_array_add(out, g_memdup2(&counted->thread,
					       sizeof(counted->thread)));
		nr++;
	}
}

GPtrArray *threads_find(const GPtrArray *series, const GPtrArray *replies,
			const struct people *people)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	struct counting counting = {
		.all = g_ptr_array_new_with_free_func(counted_free),
		.by_series = g_hash_table_new(NULL, NULL),
		.by_id = g_hash_table_new(g_str_hash, g_str_equal),
	};
	guint i;

	for (i = 0; i < series->len; i++)
		add_series(&counting, series->pdata[i], people);
	/* The oldest mail comes last in the walk, and names its thread. */
	for (i = replies->len; i > 0; i--)
		add_reply(&counting, replies->pdata[i - 1]);
	g_ptr_array_sort(counting.all, compare);
	take_largest(out, counting.all, FALSE);
	take_largest(out, counting.all, TRUE);
	g_hash_table_unref(counting.by_series);
	g_hash_table_unref(counting.by_id);
	g_ptr_array_unref(counting.all);
	return out;
}
