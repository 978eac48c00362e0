#include <string.h>
#include "source/inbox.h"
#include "source/mailcommit.h"
#include "source/parallel.h"

/* How many mails are searched for a List-Id. */
#define MAX_LIST_ID_TRIES 100

/*
 * How many commits a thread reads at a time.  Mails that arrived together are
 * often deltas of each other, so it pays to read neighbours in one thread.
 */
#define BATCH 256

/* How many batches of each thread may wait to be read or to be taken. */
#define BATCHES_AHEAD 4

/* What a commit did, as far as it is known. */
enum mail_state {
	MAIL_ADDED,		/* see mailcommit.h */
	MAIL_REMOVED,
	MAIL_NONE,		/* ... or nobody has looked yet */
	MAIL_UNREADABLE,
	MAIL_REPLY,		/* its message says that the mail is a reply,
				   and replies are not wanted */
	MAIL_OTHER,		/* ... that the mail is no patch */
	MAIL_PURGED,		/* it added a mail, which was emptied since */
	MAIL_TOO_LARGE,		/* ... larger than MAILCOMMIT_MAX_MAIL */
	MAIL_LOST,		/* ... whose blob is missing or damaged */
};

/* A mail by itself, before the others are looked at. */
struct reading {
	struct reading *next;	/* another that the same commit added or
				   removed, in a v1 mirror; or NULL */
	char commit[HEX_ID_LEN + 1], tree[HEX_ID_LEN + 1];
	gint64 arrived;		/* the commit's time */
	char *email;		/* the commit's author's; NULL of a reply */
	enum subject_guess guess;	/* by the commit's message */
	enum mail_state state;
	char blob[HEX_ID_LEN + 1];	/* of a mail that is added or removed */
	struct patch *patch;	/* NULL if the mail is none */
	struct reply *reply;	/* if it is none for certain, and those are
				   wanted; or NULL */
	gboolean is_reply;	/* by the mail's Subject */
};

/* A mail that is neither a reply nor a patch, by the commit's message. */
struct other {
	struct reading reading;
	guint place;
};

struct batch {
	gboolean is_first;	/* the walk began anew with this batch */
	guint nr;
	struct reading readings[BATCH];
};

struct inbox {
	const struct repository *repository;
	struct history *history;
	unsigned threads;
	gboolean with_replies;	/* read all mails, and not only patches */
	unsigned wants;		/* enum patch_wants */
	unsigned message_wants;
	const struct limit *limit;	/* NULL for none */
	const struct people *people;
	struct parallel *parallel;
	GAsyncQueue *readers;	/* struct objects *, one for each thread that
				   reads */
	gboolean ended;		/* the history did */
	char *err;		/* ... because of this error; else NULL */

	/*
	 * Mails that may be cover letters are read at the end, if numbered
	 * patches of their author answer a mail that is no patch itself.
	 */
	GPtrArray *others;	/* struct other * */
	GHashTable *answered;	/* Message-ID -> the author of a numbered patch
				   that answers it */
	GHashTable *ids;	/* the Message-IDs of all patches */

	/* blob -> how many commits seen so far remove a mail of that content */
	GHashTable *removals;
	gint64 oldest, newest;	/* see struct digest */
	unsigned long changes;	/* what commits did: mostly one thing each */
	unsigned long foreign, replies, removed, unreadable;
	unsigned long too_large;
};

/* The commit's subject is the mail's, or "rm" for a removal. */
static void take_commit(struct reading *reading, const struct commit *commit,
			gboolean with_replies)
{
	memset(reading, 0, sizeof(*reading));
	memcpy(reading->commit, commit->id, sizeof(reading->commit));
	memcpy(reading->tree, commit->tree, sizeof(reading->tree));
	reading->arrived = commit->time;
	reading->guess = subject_guess(commit->subject);
	/* what public-inbox-purge has emptied, which only the blob tells */
	if (g_str_has_prefix(commit->subject, "purged "))
		reading->guess = GUESS_UNKNOWN;
	reading->state = MAIL_NONE;
	if (reading->guess != GUESS_REPLY)
		reading->email = g_strdup(commit->email);
	else if (!with_replies)
		reading->state = MAIL_REPLY;
}

/* Take what one of both needs out of the message. */
static void make_reply(struct reading *reading, struct message *message,
		       const struct inbox *inbox)
{
	struct reply *reply = reply_from_message(message);

	memcpy(reply->commit, reading->commit, sizeof(reply->commit));
	memcpy(reply->blob, reading->blob, sizeof(reply->blob));
	reply->arrived = reading->arrived;
	reading->reply = reply;
	if (inbox->limit)
		limit_mark_reply(inbox->limit, inbox->people, reply, message,
				 reading->is_reply);
}

static void make_patch(struct reading *reading, struct message *message,
		       const struct inbox *inbox)
{
	struct patch *patch = patch_from_message(message, inbox->wants);

	reading->patch = patch;
	if (!patch)
		return;
	memcpy(patch->commit, reading->commit, sizeof(patch->commit));
	memcpy(patch->blob, reading->blob, sizeof(patch->blob));
	patch->arrived = reading->arrived;
	if (inbox->limit)
		limit_mark_patch(inbox->limit, inbox->people, patch, message);
}

/*
 * A mail that may be a cover letter, but does not say so, becomes a patch and a
 * reply: only the patches that answer it can tell which of the two it is.
 */
static void parse_mail(struct reading *reading, const struct object *blob,
		       const struct inbox *inbox)
{
	unsigned wants = inbox->message_wants;
	struct message message;

	message_parse(&message, blob->data, blob->size, wants);
	reading->is_reply = reading->guess == GUESS_REPLY ||
			    subject_is_reply(message.subject);
	if (reading->guess == GUESS_UNKNOWN && !reading->is_reply)
		make_patch(reading, &message, inbox);
	if (inbox->with_replies &&
	    (!reading->patch || reading->patch->may_be_cover)) {
		if (!message.references) {	/* taken, with all the rest */
			message_clear(&message);
			message_parse(&message, blob->data, blob->size, wants);
		}
		make_reply(reading, &message, inbox);
	}
	message_clear(&message);
}

static void read_mail(struct reading *reading, struct objects *objects,
		      const struct inbox *inbox)
{
	struct object blob;

	/* to ask for the size first would cost all other mails 4 % */
	if (objects_read(&blob, objects, reading->blob)) {
		reading->state = MAIL_LOST;
		return;
	}
	if (!blob.size)
		reading->state = MAIL_PURGED;
	else if (blob.size > MAILCOMMIT_MAX_MAIL)
		reading->state = MAIL_TOO_LARGE;
	else
		parse_mail(reading, &blob, inbox);
	objects_release(&blob);
}

/* What the thread knows that reads a commit. */
struct commit_reader {
	struct reading *last;	/* of the commit's readings */
	struct objects *objects;
	const struct inbox *inbox;
};

/* Make room for another mail of the same commit. */
static struct reading *add_reading(struct reading *last)
{
	struct reading *next = g_memdup2(last, sizeof(*last));

	next->email = g_strdup(last->email);
	next->patch = NULL;
	next->reply = NULL;
	next->is_reply = FALSE;
	last->next = next;
	return next;
}

static void take_change(enum mailcommit did, const char *blob,
			gboolean is_alone, void *data)
{
	static const enum mail_state states[] = {
		[MAILCOMMIT_ADDED] = MAIL_ADDED,
		[MAILCOMMIT_REMOVED] = MAIL_REMOVED,
		[MAILCOMMIT_NONE] = MAIL_NONE,
		[MAILCOMMIT_UNREADABLE] = MAIL_UNREADABLE,
	};
	struct commit_reader *reader = data;
	const struct inbox *inbox = reader->inbox;
	struct reading *reading = reader->last;
	gboolean is_other;

	if (*reading->blob)
		reading = reader->last = add_reading(reading);
	if (!is_alone)	/* the commit's message is only about one of them */
		reading->guess = GUESS_UNKNOWN;
	is_other = reading->guess == GUESS_OTHER;
	reading->state = states[did];
	g_strlcpy(reading->blob, blob, sizeof(reading->blob));
	if (reading->state != MAIL_ADDED)
		return;
	if (!is_other || inbox->with_replies)
		read_mail(reading, reader->objects, inbox);
	if (is_other && reading->state == MAIL_ADDED)
		reading->state = MAIL_OTHER;
}

static void read_commit(struct reading *reading, struct objects *objects,
			const struct inbox *inbox)
{
	struct commit_reader reader = { reading, objects, inbox };

	mailcommit_read(objects, reading->commit, reading->tree, take_change,
			&reader);
}

/* The work of one thread. */
static void read_batch(void *job, void *data)
{
	struct batch *batch = job;
	struct inbox *inbox = data;
	struct objects *objects = g_async_queue_try_pop(inbox->readers);
	guint i;

	if (!objects)
		objects = objects_new(inbox->repository);
	for (i = 0; i < batch->nr; i++)
		if (batch->readings[i].state == MAIL_NONE)
			read_commit(&batch->readings[i], objects, inbox);
	g_async_queue_push(inbox->readers, objects);
}

/* Fill a batch with what comes next in the history. */
static void fill(struct inbox *inbox, struct batch *batch)
{
	struct commit commit;
	int ret = HISTORY_COMMIT;

	while (batch->nr < BATCH && ret == HISTORY_COMMIT) {
		ret = history_next(inbox->history, &commit, &inbox->err);
		if (ret == HISTORY_COMMIT)
			take_commit(&batch->readings[batch->nr++], &commit,
				    inbox->with_replies);
		if (ret == HISTORY_AGAIN) {
			while (batch->nr)
				g_free(batch->readings[--batch->nr].email);
			batch->is_first = TRUE;
			ret = HISTORY_COMMIT;
		}
	}
	inbox->ended = ret != HISTORY_COMMIT;
}

/* Walk so far ahead that no thread waits for work; take the oldest batch. */
static struct batch *next_batch(struct inbox *inbox)
{
	unsigned ahead = inbox->threads * BATCHES_AHEAD;

	while (!inbox->ended && parallel_pending(inbox->parallel) < ahead) {
		struct batch *batch = g_new0(struct batch, 1);

		fill(inbox, batch);
		parallel_give(inbox->parallel, batch);
	}
	return parallel_take(inbox->parallel);
}

/*
 * A removal cancels one older mail of the same content, which may have come
 * several times.  Newer mails come first, so the removal is known by then.
 */
static gboolean is_removed(struct inbox *inbox, const char *blob)
{
	guint nr = GPOINTER_TO_UINT(g_hash_table_lookup(inbox->removals, blob));

	if (nr)
		g_hash_table_insert(inbox->removals, g_strdup(blob),
				    GUINT_TO_POINTER(nr - 1));
	return nr > 0;
}

static void note_removal(struct inbox *inbox, const char *blob)
{
	guint nr = GPOINTER_TO_UINT(g_hash_table_lookup(inbox->removals, blob));

	inbox->removed++;
	g_hash_table_insert(inbox->removals, g_strdup(blob),
			    GUINT_TO_POINTER(nr + 1));
}

static void keep_other(struct inbox *inbox, struct reading *reading)
{
	struct other *other = g_new(struct other, 1);

	other->reading = *reading;
	other->place = inbox->changes;
	reading->email = NULL;
	g_ptr_array_add(inbox->others, other);
}

static void free_other(void *data)
{
	struct other *other = data;

	g_free(other->reading.email);
	g_free(other);
}

/* Note which mails patches answer: their cover letters may be among others. */
static void note_patch(struct inbox *inbox, const struct patch *patch,
		       const char *email)
{
	if (patch->message_id)
		g_hash_table_add(inbox->ids, g_strdup(patch->message_id));
	if (patch->subject.number > 0 && patch->references->len)
		g_hash_table_insert(inbox->answered,
				    g_strdup(patch->references->pdata[0]),
				    g_ascii_strdown(email, -1));
}

static void note_time(struct inbox *inbox, gint64 arrived)
{
	inbox->oldest = inbox->oldest < 0 ? arrived :
			MIN(inbox->oldest, arrived);
	inbox->newest = MAX(inbox->newest, arrived);
}

/* Count a mail; its patch and reply go if it is removed. */
static void count_reading(struct inbox *inbox, struct reading *reading)
{
	inbox->changes++;
	switch (reading->state) {
	case MAIL_ADDED:
	case MAIL_OTHER:
	case MAIL_PURGED:
	case MAIL_TOO_LARGE:
	case MAIL_LOST:
		if (is_removed(inbox, reading->blob)) {
			g_clear_pointer(&reading->patch, patch_free);
			g_clear_pointer(&reading->reply, reply_free);
			return;
		}
		note_time(inbox, reading->arrived);
		inbox->replies += reading->is_reply;
		inbox->removed += reading->state == MAIL_PURGED;
		inbox->too_large += reading->state == MAIL_TOO_LARGE;
		inbox->unreadable += reading->state == MAIL_LOST;
		if (reading->state == MAIL_OTHER)
			keep_other(inbox, reading);
		break;
	case MAIL_REMOVED:
		note_removal(inbox, reading->blob);
		break;
	case MAIL_REPLY:
		note_time(inbox, reading->arrived);
		inbox->replies++;
		break;
	case MAIL_NONE:
		inbox->foreign++;
		break;
	case MAIL_UNREADABLE:
		inbox->unreadable++;
		break;
	}
}

/* Give the builder what the mail is. */
static void take_reading(struct inbox *inbox, struct reading *reading,
			 struct builder *builder)
{
	struct patch *patch = reading->patch;

	if (patch) {
		patch->place = inbox->changes;
		note_patch(inbox, patch, reading->email);
		builder_add(builder, patch);
	}
	if (reading->reply) {
		reading->reply->place = inbox->changes;
		builder_add_reply(builder, reading->reply);
	}
	g_free(reading->email);
}

/* Take all that a commit did. */
static void take_readings(struct inbox *inbox, struct reading *first,
			  struct builder *builder)
{
	struct reading *reading, *next;

	for (reading = first; reading; reading = next) {
		next = reading->next;
		count_reading(inbox, reading);
		take_reading(inbox, reading, builder);
		if (reading != first)
			g_free(reading);
	}
}

static void forget(struct inbox *inbox, struct builder *builder)
{
	inbox->changes = inbox->foreign = inbox->replies = inbox->removed = 0;
	inbox->unreadable = inbox->too_large = 0;
	inbox->oldest = inbox->newest = -1;
	g_hash_table_remove_all(inbox->removals);
	g_ptr_array_set_size(inbox->others, 0);
	g_hash_table_remove_all(inbox->answered);
	g_hash_table_remove_all(inbox->ids);
	builder_forget(builder);
}

static void take_batches(struct inbox *inbox, struct builder *builder,
			 struct progress *progress)
{
	struct batch *batch;
	guint i;

	while ((batch = next_batch(inbox))) {
		if (batch->is_first)
			forget(inbox, builder);
		for (i = 0; i < batch->nr; i++) {
			take_readings(inbox, &batch->readings[i], builder);
			progress_update(progress, inbox->changes);
		}
		g_free(batch);
	}
}

/* Who posted patches that answer a mail that is not among the patches. */
static GHashTable *find_cover_authors(struct inbox *inbox)
{
	GHashTable *authors = g_hash_table_new(g_str_hash, g_str_equal);
	GHashTableIter iter;
	gpointer id, email;

	g_hash_table_iter_init(&iter, inbox->answered);
	while (g_hash_table_iter_next(&iter, &id, &email))
		if (!g_hash_table_contains(inbox->ids, id))
			g_hash_table_add(authors, email);
	return authors;
}

/* Read the mails that may be cover letters without saying so. */
static void read_covers(struct inbox *inbox, struct builder *builder)
{
	g_autoptr(GHashTable) authors = find_cover_authors(inbox);
	struct objects *objects = g_async_queue_try_pop(inbox->readers);
	guint i;

	if (!objects)
		objects = objects_new(inbox->repository);
	for (i = 0; i < inbox->others->len; i++) {
		struct other *other = inbox->others->pdata[i];
		struct reading *reading = &other->reading;
		g_autofree char *email = g_ascii_strdown(reading->email, -1);
		struct patch *patch;

		if (!g_hash_table_contains(authors, email))
			continue;
		reading->state = MAIL_ADDED;
		reading->guess = GUESS_UNKNOWN;
		read_mail(reading, objects, inbox);
		patch = reading->patch;
		reply_free(reading->reply);
		if (patch && patch->message_id &&
		    g_hash_table_contains(inbox->answered, patch->message_id)) {
			patch->place = other->place;
			builder_add(builder, patch);
		} else {
			patch_free(patch);
		}
	}
	g_async_queue_push(inbox->readers, objects);
}

static const char *plural(unsigned long n)
{
	return n == 1 ? "" : "s";
}

static void warn_of_losses(const struct inbox *inbox, struct digest *digest)
{
	const struct repository *repository = inbox->repository;
	g_autofree char *why = NULL;

	if (inbox->unreadable) {
		const char *shallow = repository->is_shallow ?
			", and 'git fetch --unshallow' gets what this shallow "
			"clone lacks" : "";

		why = repository_explain(repository, repository->refetch ?
			NULL : g_strconcat("objects are missing or broken; "
				"'git fsck' lists them", shallow, NULL));
		digest_warn(digest, "%lu mail%s could not be read: %s",
			    inbox->unreadable, plural(inbox->unreadable), why);
	}
	if (inbox->too_large)
		digest_warn(digest, "%lu mail%s could not be read: larger "
			    "than %d MB", inbox->too_large,
			    plural(inbox->too_large),
			    MAILCOMMIT_MAX_MAIL / (1024 * 1024));
	if (inbox->foreign)
		digest_warn(digest, "%lu commit%s hold%s no mail; if this is "
			    "a code repository, use --kind=code",
			    inbox->foreign, plural(inbox->foreign),
			    inbox->foreign == 1 ? "s" : "");
}

int inbox_read(struct builder *builder, const struct repository *repository,
	       struct history *history, unsigned threads,
	       struct progress *progress, char **err)
{
	struct inbox inbox = {
		.repository = repository,
		.history = history,
		.threads = MIN(threads, objects_max_threads(repository)),
		.with_replies = builder->digest->replies != NULL,
		.limit = builder->limit,
		.people = builder->people,
		.oldest = -1,
		.newest = -1,
		.removals = g_hash_table_new_full(g_str_hash, g_str_equal,
						  g_free, NULL),
		.others = g_ptr_array_new_with_free_func(free_other),
		.answered = g_hash_table_new_full(g_str_hash, g_str_equal,
						  g_free, g_free),
		.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     NULL),
		.readers = g_async_queue_new_full(
					(GDestroyNotify)objects_free),
	};

	inbox.wants = builder_patch_wants(builder);
	inbox.message_wants = builder_message_wants(builder);
	inbox.parallel = parallel_new(inbox.threads, read_batch, &inbox);
	take_batches(&inbox, builder, progress);
	read_covers(&inbox, builder);
	warn_of_losses(&inbox, builder->digest);
	builder->digest->counts = (struct digest_counts) {
		.messages = inbox.changes - inbox.removed - inbox.foreign,
		.replies = inbox.replies,
		.removed = inbox.removed,
		.unreadable = inbox.unreadable + inbox.too_large,
	};
	builder->digest->oldest = inbox.oldest;
	builder->digest->newest = inbox.newest;
	parallel_free(inbox.parallel);
	g_async_queue_unref(inbox.readers);
	g_hash_table_unref(inbox.removals);
	g_ptr_array_unref(inbox.others);
	g_hash_table_unref(inbox.answered);
	g_hash_table_unref(inbox.ids);
	*err = inbox.err;
	return inbox.err ? -1 : 0;
}

/* A search for a List-Id. */
struct id_search {
	struct objects *objects;
	char *id;		/* NULL until one is found */
	gboolean is_unreadable;
};

static void look_for_id(enum mailcommit did, const char *blob,
			gboolean is_alone, void *data)
{
	struct id_search *search = data;
	struct object object;
	int ret = -1;

	(void)is_alone;
	if (did == MAILCOMMIT_NONE || search->id)
		return;
	if (did != MAILCOMMIT_UNREADABLE)
		ret = objects_read_upto(&object, search->objects, blob,
					MAILCOMMIT_MAX_MAIL);
	if (!ret) {
		search->id = message_list_id(object.data, object.size);
		objects_release(&object);
	}
	search->is_unreadable |= ret < 0;
}

char *inbox_list_id(struct objects *objects, const char *commit,
		    gboolean *is_unreadable)
{
	struct id_search search = { .objects = objects };
	char id[HEX_ID_LEN + 1], tree[HEX_ID_LEN + 1], next[HEX_ID_LEN + 1];
	int i;

	g_strlcpy(next, commit, sizeof(next));
	for (i = 0; *next && !search.id && i < MAX_LIST_ID_TRIES; i++) {
		memcpy(id, next, sizeof(id));
		if (objects_read_commit(objects, id, tree, next, NULL)) {
			search.is_unreadable = TRUE;
			*next = '\0';
		} else {
			mailcommit_read(objects, id, tree, look_for_id,
					&search);
		}
	}
	*is_unreadable = search.is_unreadable;
	return search.id;
}
