#include <string.h>
#include "source/crossposts.h"
#include "source/mailcommit.h"

/* One of the lists. */
struct list {
	struct builder *builder;
	struct objects *objects;
	guint nr_replies;	/* its own, not those that it only hears */
};

/* A mail, by its Message-ID. */
struct mail {
	GArray *lists;		/* guint: those that have it, the first one
				   first */
	/* of the first list; of a mail that may be a cover letter, both */
	struct patch *patch;
	struct reply *reply;
};

struct crossposts {
	GArray *lists;		/* struct list */
	GHashTable *mails;	/* Message-ID -> struct mail *; borrowed from
				   the mails */
};

static void mail_free(void *data)
{
	struct mail *mail = data;

	g_array_unref(mail->lists);
	g_free(mail);
}

struct crossposts *crossposts_new(void)
{
	struct crossposts *crossposts = g_new(struct crossposts, 1);

	crossposts->lists = g_array_new(FALSE, FALSE, sizeof(struct list));
	crossposts->mails = g_hash_table_new_full(g_str_hash, g_str_equal,
						  NULL, mail_free);
	return crossposts;
}

void crossposts_free(struct crossposts *crossposts)
{
	g_array_unref(crossposts->lists);
	g_hash_table_unref(crossposts->mails);
	g_free(crossposts);
}

static struct list *list_at(const struct crossposts *crossposts, guint i)
{
	return &g_array_index(crossposts->lists, struct list, i);
}

static guint list_of(const struct mail *mail, guint i)
{
	return g_array_index(mail->lists, guint, i);
}

static gboolean is_on(const struct mail *mail, guint list)
{
	guint i;

	for (i = 0; i < mail->lists->len; i++)
		if (list_of(mail, i) == list)
			return TRUE;
	return FALSE;
}

/* Note that the list that is added has a mail; NULL if it has no Message-ID. */
static struct mail *note(struct crossposts *crossposts, char *message_id)
{
	guint list = crossposts->lists->len - 1;
	struct mail *mail;

	if (!message_id)
		return NULL;
	mail = g_hash_table_lookup(crossposts->mails, message_id);
	if (!mail) {
		mail = g_new0(struct mail, 1);
		mail->lists = g_array_new(FALSE, FALSE, sizeof(guint));
		g_hash_table_insert(crossposts->mails, message_id, mail);
	}
	if (!is_on(mail, list))
		g_array_append_val(mail->lists, list);
	return mail;
}

void crossposts_add(struct crossposts *crossposts, struct builder *builder,
		    struct objects *objects)
{
	const struct digest *digest = builder->digest;
	const struct list list = { builder, objects, digest->replies->len };
	guint i, here = crossposts->lists->len;

	g_array_append_val(crossposts->lists, list);
	for (i = 0; i < digest->patches->len; i++) {
		struct patch *patch = digest->patches->pdata[i];
		struct mail *mail = note(crossposts, patch->message_id);

		if (mail && list_of(mail, 0) == here && !mail->patch)
			mail->patch = patch;
		patch->is_listed = mail && list_of(mail, 0) != here;
	}
	for (i = 0; i < digest->replies->len; i++) {
		struct reply *reply = digest->replies->pdata[i];
		struct mail *mail;

		if (reply->is_excluded)	/* another list may well want it */
			continue;
		mail = note(crossposts, reply->message_id);
		if (mail && list_of(mail, 0) == here && !mail->reply)
			mail->reply = reply;
		reply->is_listed = mail && list_of(mail, 0) != here;
	}
}

/* Say where else a mail is; there are several lists. */
static void name_lists(const struct crossposts *crossposts,
		       const struct mail *mail)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	guint i;

	for (i = 1; i < mail->lists->len; i++) {
		const struct list *list = list_at(crossposts, list_of(mail, i));

		g_ptr_array_add(names, g_strdup(list->builder->digest->name));
	}
	if (mail->patch)
		mail->patch->also_on = g_ptr_array_ref(names);
	if (mail->reply)
		mail->reply->also_on = g_ptr_array_ref(names);
}

/* A mail counts once. */
static void correct_counts(struct digest *digest)
{
	struct digest_counts *counts = &digest->counts;
	guint i;

	for (i = 0; i < digest->patches->len; i++) {
		const struct patch *patch = digest->patches->pdata[i];

		/* what may be a cover letter is among the replies, too */
		counts->listed += patch->is_listed && !patch->may_be_cover;
	}
	for (i = 0; i < digest->replies->len; i++) {
		const struct reply *reply = digest->replies->pdata[i];

		counts->listed += reply->is_listed;
		counts->replies -= reply->is_listed &&
				   reply->answered != reply->subject;
	}
	counts->messages -= counts->listed;
}

/* The place of a reply that arrived then; those of a list come newest first. */
static guint find_place(const struct list *list, gint64 arrived)
{
	const GPtrArray *replies = list->builder->digest->replies;
	guint low = 0, high = list->nr_replies;

	while (low < high) {
		guint middle = (low + high) / 2;
		const struct reply *reply = replies->pdata[middle];

		if (reply->arrived > arrived)
			low = middle + 1;
		else
			high = middle;
	}
	return low < list->nr_replies ?
	       ((const struct reply *)replies->pdata[low])->place : G_MAXUINT;
}

/* Let a list hear a reply of another: read the mail again. */
static void copy_reply(const struct list *to, const struct list *from,
		       const struct reply *reply)
{
	struct builder *builder = to->builder;
	const struct limit *limit = builder->limit;
	struct message message;
	struct reply *copy;

	if (mailcommit_parse(&message, from->objects, reply->blob,
			     builder_message_wants(builder)))
		return;
	copy = reply_from_message(&message);
	memcpy(copy->commit, reply->commit, sizeof(copy->commit));
	memcpy(copy->blob, reply->blob, sizeof(copy->blob));
	copy->arrived = reply->arrived;
	copy->place = find_place(to, reply->arrived);
	copy->is_listed = TRUE;
	if (limit)
		limit_mark_reply(limit, builder->people, copy, &message,
				 copy->answered != copy->subject);
	message_clear(&message);
	builder_add_reply(builder, copy);
}

static gboolean must_hear(const struct mail *answered)
{
	return answered->patch || (answered->reply && answered->reply->pull);
}

/* The lists of the patches and pull requests that a reply answers hear it. */
static void pass_on(const struct crossposts *crossposts, guint list,
		    const struct reply *reply)
{
	const struct mail *mail = g_hash_table_lookup(crossposts->mails,
						      reply->message_id);
	guint i;

	for (i = 0; i < reply->references->len; i++) {
		const struct mail *answered = g_hash_table_lookup(
						crossposts->mails,
						reply->references->pdata[i]);
		guint to;

		if (!answered || !must_hear(answered))
			continue;
		to = list_of(answered, 0);
		if (is_on(mail, to))
			continue;
		copy_reply(list_at(crossposts, to), list_at(crossposts, list),
			   reply);
		g_array_append_val(mail->lists, to);
	}
}

static void pass_on_replies(const struct crossposts *crossposts, guint list)
{
	const struct list *from = list_at(crossposts, list);
	guint i;

	for (i = 0; i < from->nr_replies; i++) {
		const struct reply *reply =
				from->builder->digest->replies->pdata[i];

		if (!reply->is_listed && !reply->is_excluded &&
		    reply->message_id && reply->references)
			pass_on(crossposts, list, reply);
	}
	objects_rest(from->objects);
}

void crossposts_settle(struct crossposts *crossposts)
{
	GHashTableIter iter;
	gpointer mail;
	guint i;

	g_hash_table_iter_init(&iter, crossposts->mails);
	while (g_hash_table_iter_next(&iter, NULL, &mail))
		if (((struct mail *)mail)->lists->len > 1)
			name_lists(crossposts, mail);
	for (i = 0; i < crossposts->lists->len; i++)
		correct_counts(list_at(crossposts, i)->builder->digest);
	for (i = 0; i < crossposts->lists->len; i++)
		pass_on_replies(crossposts, i);
}

/* Leave the patches that are listed here; without any, the series goes. */
static void cut_series(struct series *series)
{
	guint i, nr = 0;

	for (i = 0; i < series->patches->len; i++) {
		struct patch *patch = series->patches->pdata[i];

		patch->is_left_out |= patch->is_listed;
		nr += !patch->is_left_out;
	}
	series->is_left_out = !nr;
	for (i = series->patches->len; nr && i > 0; i--) {
		struct patch *patch = series->patches->pdata[i - 1];

		if (patch->is_left_out)
			g_ptr_array_remove_index(series->patches, i - 1);
	}
	series->head = series->patches->pdata[0];
}

/* Is there a reply about an older series that is listed here? */
static void leave_out_older(const struct digest *digest)
{
	g_autoptr(GHashTable) news = g_hash_table_new(NULL, NULL);
	guint i;

	for (i = 0; i < digest->replies->len; i++) {
		const struct reply *reply = digest->replies->pdata[i];

		if (reply->series && !reply->is_listed)
			g_hash_table_add(news, reply->series);
	}
	for (i = 0; i < digest->older_series->len; i++) {
		struct series *series = digest->older_series->pdata[i];

		series->is_left_out |= !g_hash_table_contains(news, series);
	}
}

void crossposts_leave_out(struct digest *digest)
{
	guint i;

	for (i = 0; i < digest->series->len; i++)
		cut_series(digest->series->pdata[i]);
	leave_out_older(digest);
	for (i = 0; i < digest->replies->len; i++) {
		struct reply *reply = digest->replies->pdata[i];

		reply->is_left_out |= reply->is_listed;
	}
	digest_leave_out(digest);
}
