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
	GArray *lists;		/* guint: those that have it, the one that lists
				   it first, and those that only hear it last */
	guint nr_own;		/* how many of them have it */
	/* of the first list; of a mail that may be a cover letter, both */
	struct patch *patch;
	struct reply *reply;
	gboolean is_about;	/* it is a patch or a pull request, or answers
				   such a mail, maybe by way of others */
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

static gboolean same_sender(const struct mail *mail,
			    const struct address *sender, const char *date)
{
	const struct address *other = mail->patch ? &mail->patch->sender :
						    &mail->reply->sender;

	return !g_ascii_strcasecmp(other->email, sender->email) ||
	       (date && !g_strcmp0(mail->patch ? mail->patch->date :
				   mail->reply->date, date));
}

/*
 * The mail that a list has by this Message-ID.  NULL if it has none, or if the
 * id is that of another mail: somebody may have taken it, but where a list has
 * changed the sender, the date is still the same.
 */
static struct mail *find_mail(const struct crossposts *crossposts,
			      const char *message_id,
			      const struct address *sender, const char *date,
			      gboolean *is_taken)
{
	struct mail *mail = message_id ?
		g_hash_table_lookup(crossposts->mails, message_id) : NULL;

	*is_taken = mail && !same_sender(mail, sender, date);
	return *is_taken ? NULL : mail;
}

static struct mail *add_mail(struct crossposts *crossposts, char *message_id)
{
	struct mail *mail = g_new0(struct mail, 1);

	mail->lists = g_array_new(FALSE, FALSE, sizeof(guint));
	g_hash_table_insert(crossposts->mails, message_id, mail);
	return mail;
}

static void add_to(struct mail *mail, guint list)
{
	if (!is_on(mail, list))
		g_array_append_val(mail->lists, list);
	mail->nr_own = mail->lists->len;
}

/* What is a reply in an earlier list, as the sender is a bot there. */
static void take_over(struct mail *mail, struct patch *patch, guint list)
{
	if (mail->reply)
		mail->reply->is_listed = TRUE;
	mail->reply = NULL;
	mail->patch = patch;
	if (is_on(mail, list))
		return;
	g_array_prepend_val(mail->lists, list);
	mail->nr_own = mail->lists->len;
}

static void take_patch(struct crossposts *crossposts, struct patch *patch,
		       guint here)
{
	gboolean is_taken;
	struct mail *mail = find_mail(crossposts, patch->message_id,
				      &patch->sender, patch->date, &is_taken);

	if (!patch->message_id || is_taken)
		return;
	if (!mail) {
		mail = add_mail(crossposts, patch->message_id);
		mail->patch = patch;
	}
	if (!mail->patch)
		take_over(mail, patch, here);
	add_to(mail, here);
	patch->is_listed = list_of(mail, 0) != here;
}

static void take_reply(struct crossposts *crossposts, struct reply *reply,
		       guint here)
{
	gboolean is_taken;
	struct mail *mail = find_mail(crossposts, reply->message_id,
				      &reply->sender, reply->date, &is_taken);

	/* what a filter excludes here, another list may well want */
	if (!reply->message_id || is_taken || reply->is_excluded)
		return;
	if (!mail) {
		mail = add_mail(crossposts, reply->message_id);
		mail->reply = reply;
	}
	add_to(mail, here);
	if (list_of(mail, 0) == here && !mail->reply)
		mail->reply = reply;
	reply->is_listed = list_of(mail, 0) != here;
}

void crossposts_add(struct crossposts *crossposts, struct builder *builder,
		    struct objects *objects)
{
	const struct digest *digest = builder->digest;
	const struct list list = { builder, objects, digest->replies->len };
	guint i, here = crossposts->lists->len;

	g_array_append_val(crossposts->lists, list);
	for (i = 0; i < digest->patches->len; i++)
		take_patch(crossposts, digest->patches->pdata[i], here);
	for (i = 0; i < digest->replies->len; i++)
		take_reply(crossposts, digest->replies->pdata[i], here);
}

/* Say where else a mail is; there are several lists. */
static void name_lists(const struct crossposts *crossposts,
		       const struct mail *mail)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	guint i;

	for (i = 1; i < mail->nr_own; i++) {
		const struct list *list = list_at(crossposts, list_of(mail, i));

		g_ptr_array_add(names, g_strdup(list->builder->digest->name));
	}
	if (mail->patch)
		mail->patch->also_on = g_ptr_array_ref(names);
	if (mail->reply)
		mail->reply->also_on = g_ptr_array_ref(names);
}

/* A mail counts once. */
static void correct_counts(const struct crossposts *crossposts,
			   struct digest *digest)
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

		/* what is excluded here counts where it is not */
		counts->listed += reply->is_listed ||
			(reply->is_excluded && reply->message_id &&
			 g_hash_table_contains(crossposts->mails,
					       reply->message_id));
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

/*
 * All lists that have a mail, or hear it, hear a reply to it, too.  Returns
 * whether that was anything new.
 */
static gboolean pass_on(const struct crossposts *crossposts, struct mail *mail)
{
	const struct reply *reply = mail->reply;
	gboolean is_news = FALSE;
	guint i, k;

	for (i = 0; i < reply->references->len; i++) {
		const struct mail *answered = g_hash_table_lookup(
						crossposts->mails,
						reply->references->pdata[i]);

		if (!answered || answered == mail || !answered->is_about)
			continue;
		is_news |= !mail->is_about;
		mail->is_about = TRUE;
		for (k = 0; k < answered->lists->len; k++) {
			guint to = list_of(answered, k);

			if (is_on(mail, to))
				continue;
			copy_reply(list_at(crossposts, to),
				   list_at(crossposts, list_of(mail, 0)),
				   reply);
			g_array_append_val(mail->lists, to);
			is_news = TRUE;
		}
	}
	return is_news;
}

static int compare_arrivals(const void *a, const void *b)
{
	const struct mail *x = *(struct mail *const *)a;
	const struct mail *y = *(struct mail *const *)b;

	return x->reply->arrived < y->reply->arrived ? -1 :
	       x->reply->arrived > y->reply->arrived;
}

/* A thread that comes in another order takes more rounds; this is enough. */
#define MAX_ROUNDS 10

static void pass_on_replies(const struct crossposts *crossposts)
{
	g_autoptr(GPtrArray) replies = g_ptr_array_new();
	gboolean is_news = TRUE;
	GHashTableIter iter;
	gpointer value;
	guint i, round;

	g_hash_table_iter_init(&iter, crossposts->mails);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct mail *mail = value;

		mail->is_about = mail->patch ||
				 (mail->reply && mail->reply->pull);
		if (mail->reply && mail->reply->references)
			g_ptr_array_add(replies, mail);
	}
	/* what is answered mostly came before */
	g_ptr_array_sort(replies, compare_arrivals);
	for (round = 0; is_news && round < MAX_ROUNDS; round++) {
		is_news = FALSE;
		for (i = 0; i < replies->len; i++)
			is_news |= pass_on(crossposts, replies->pdata[i]);
	}
	for (i = 0; i < crossposts->lists->len; i++)
		objects_rest(list_at(crossposts, i)->objects);
}

void crossposts_settle(struct crossposts *crossposts)
{
	GHashTableIter iter;
	gpointer mail;
	guint i;

	g_hash_table_iter_init(&iter, crossposts->mails);
	while (g_hash_table_iter_next(&iter, NULL, &mail))
		if (((struct mail *)mail)->nr_own > 1)
			name_lists(crossposts, mail);
	for (i = 0; i < crossposts->lists->len; i++)
		correct_counts(crossposts,
			       list_at(crossposts, i)->builder->digest);
	pass_on_replies(crossposts);
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

/* Has an earlier part listed one of the patches of an older series? */
static gboolean was_discussed(GHashTable *shown, const struct series *series)
{
	guint i;

	for (i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];

		if (patch->message_id &&
		    g_hash_table_contains(shown, patch->message_id))
			return TRUE;
	}
	return FALSE;
}

static void note_discussed(GHashTable *shown, const struct series *series)
{
	guint i;

	for (i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];

		if (patch->message_id)
			g_hash_table_add(shown, g_strdup(patch->message_id));
	}
}

/* Once an older series is listed, only news of it makes another list do so. */
static void leave_out_older(const struct digest *digest, GHashTable *shown)
{
	g_autoptr(GHashTable) news = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) heard = g_hash_table_new(NULL, NULL);
	guint i;

	for (i = 0; i < digest->replies->len; i++) {
		const struct reply *reply = digest->replies->pdata[i];

		if (reply->series)
			g_hash_table_add(heard, reply->series);
		if (reply->series && !reply->is_listed)
			g_hash_table_add(news, reply->series);
	}
	for (i = 0; i < digest->older_series->len; i++) {
		struct series *series = digest->older_series->pdata[i];

		if (was_discussed(shown, series) &&
		    !g_hash_table_contains(news, series))
			series->is_left_out = TRUE;
		if (!series->is_left_out &&
		    g_hash_table_contains(heard, series))
			note_discussed(shown, series);
	}
}

void crossposts_leave_out(struct digest *digest, GHashTable *shown)
{
	guint i;

	for (i = 0; i < digest->series->len; i++)
		cut_series(digest->series->pdata[i]);
	leave_out_older(digest, shown);
	for (i = 0; i < digest->replies->len; i++) {
		struct reply *reply = digest->replies->pdata[i];

		reply->is_left_out |= reply->is_listed;
	}
	digest_leave_out(digest);
}
