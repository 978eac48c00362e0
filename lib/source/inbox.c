#include <string.h>
#include "source/parallel.h"
#include "source/inbox.h"

/* How many mails are looked at for a List-Id before giving up. */
#define MAX_LIST_ID_TRIES 100

/*
 * Commits that one thread reads at a time.  Mails that arrived together are
 * often deltas of each other, so there is something in reading them together.
 */
#define BATCH 256

/* Batches that wait to be read or to be taken, for each thread. */
#define BATCHES_AHEAD 4

struct inbox {
	const struct repository *repository;
	struct history *history;
	const struct inbox_options *options;
	/* blob -> how many commits seen so far remove a mail of that content */
	GHashTable *removals;
	struct inbox_counts counts;

	struct parallel *parallel;
	GAsyncQueue *readers;	/* struct objects *, each for one thread at a
				   time */
	struct batch *batch;	/* that is being taken; NULL if none is */
	guint next;		/* what comes next in it */
	gboolean ended;		/* the history did */
	char *err;		/* ... because of this */
};

enum mail_state {
	MAIL_ADDED,		/* the file "m" */
	MAIL_REMOVED,		/* "d", before 2018 also "D" and "_/D" */
	MAIL_NONE,		/* no such file, or none looked for yet */
	MAIL_REPLY,		/* the commit says so already */
	MAIL_OTHER,		/* added, and the commit says it is no patch */
	MAIL_PURGED,		/* added, and emptied since */
	MAIL_TOO_LARGE,		/* added, and not read */
	MAIL_LOST,		/* added, and not there */
	MAIL_UNREADABLE,	/* not even the tree is there */
};

/* What is known of a mail without a look at any other one. */
struct reading {
	char commit[HEX_ID_LEN + 1];
	char tree[HEX_ID_LEN + 1];	/* the commit's */
	gint64 arrived;		/* its time */
	enum subject_guess guess;	/* what it says of the mail */
	enum mail_state state;
	char blob[HEX_ID_LEN + 1];	/* of a mail that is added or removed */
	struct patch *patch;	/* NULL if it is none */
	gboolean is_reply;	/* so says the mail */
};

struct batch {
	gboolean is_first;	/* what came before it is to be forgotten */
	guint nr;
	struct reading readings[BATCH];
};

static void batch_free(struct batch *batch, guint first)
{
	guint i;

	for (i = first; batch && i < batch->nr; i++)
		patch_free(batch->readings[i].patch);
	g_free(batch);
}

/* What a tree says of a mail; sets blob if it adds or removes one. */
static enum mail_state find_mail(struct objects *objects, const char *id,
				 char *blob)
{
	static const struct {
		const char *name;
		enum mail_state state;
	} files[] = {
		{ "m", MAIL_ADDED },
		{ "d", MAIL_REMOVED },
		{ "D", MAIL_REMOVED },
	};
	enum mail_state state = MAIL_NONE;
	char folder[HEX_ID_LEN + 1] = "";
	struct tree_entry entry;
	struct object tree;
	size_t at = 0, i;

	if (objects_read(&tree, objects, id))
		return MAIL_UNREADABLE;
	while (state != MAIL_ADDED && objects_next_entry(&tree, &at, &entry)) {
		for (i = 0; entry.is_blob && i < G_N_ELEMENTS(files); i++)
			if (!strcmp(entry.name, files[i].name)) {
				objects_hex(blob, entry.id);
				state = files[i].state;
			}
		if (entry.is_tree && !strcmp(entry.name, "_"))
			objects_hex(folder, entry.id);
	}
	objects_release(&tree);
	/* "_/D" */
	if (state == MAIL_NONE && *folder &&
	    find_mail(objects, folder, blob) == MAIL_REMOVED)
		state = MAIL_REMOVED;
	return state;
}

/* The subject is the mail's, or "rm" for a removal. */
static void take_commit(struct reading *reading, const struct commit *commit)
{
	memcpy(reading->commit, commit->id, sizeof(reading->commit));
	memcpy(reading->tree, commit->tree, sizeof(reading->tree));
	reading->arrived = commit->time;
	reading->guess = subject_guess(commit->subject);
	reading->state = reading->guess == GUESS_REPLY ? MAIL_REPLY : MAIL_NONE;
}

static void read_mail(struct reading *reading, struct objects *objects,
		      gboolean with_paths)
{
	struct object blob;
	struct message mail;

	if (objects_read(&blob, objects, reading->blob)) {
		reading->state = MAIL_LOST;
		return;
	}
	if (!blob.size || blob.size > INBOX_MAX_MAIL) {
		reading->state = blob.size ? MAIL_TOO_LARGE : MAIL_PURGED;
		objects_release(&blob);
		return;
	}
	message_parse(&mail, blob.data, blob.size, with_paths);
	reading->patch = patch_from_mail(&mail, with_paths);
	reading->is_reply = !reading->patch &&
			    subject_guess(mail.subject) == GUESS_REPLY;
	message_clear(&mail);
	objects_release(&blob);
	if (reading->patch) {
		memcpy(reading->patch->commit, reading->commit,
		       sizeof(reading->patch->commit));
		reading->patch->arrived = reading->arrived;
	}
}

static void read_one(struct reading *reading, struct objects *objects,
		     gboolean with_paths)
{
	if (reading->state != MAIL_NONE)
		return;
	reading->state = find_mail(objects, reading->tree, reading->blob);
	if (reading->state != MAIL_ADDED)
		return;
	if (reading->guess == GUESS_OTHER)
		reading->state = MAIL_OTHER;
	else
		read_mail(reading, objects, with_paths);
}

/* Done by any thread. */
static void read_batch(void *job, void *data)
{
	struct batch *batch = job;
	struct inbox *inbox = data;
	struct objects *objects = g_async_queue_try_pop(inbox->readers);
	guint i;

	if (!objects)
		objects = objects_new(inbox->repository);
	for (i = 0; i < batch->nr; i++)
		read_one(&batch->readings[i], objects,
			 inbox->options->with_paths);
	g_async_queue_push(inbox->readers, objects);
}

struct inbox *inbox_new(const struct repository *repository,
			struct history *history,
			const struct inbox_options *options)
{
	struct inbox *inbox = g_new0(struct inbox, 1);

	inbox->repository = repository;
	inbox->history = history;
	inbox->options = options;
	inbox->removals = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						NULL);
	inbox->readers = g_async_queue_new_full((GDestroyNotify)objects_free);
	inbox->parallel = parallel_new(options->threads, read_batch, inbox);
	return inbox;
}

void inbox_free(struct inbox *inbox)
{
	if (!inbox)
		return;
	batch_free(inbox->batch, inbox->next);
	while (parallel_pending(inbox->parallel))
		batch_free(parallel_take(inbox->parallel), 0);
	parallel_free(inbox->parallel);
	g_async_queue_unref(inbox->readers);
	g_hash_table_unref(inbox->removals);
	g_free(inbox->err);
	g_free(inbox);
}

/* Fill a batch with what comes next in the history. */
static void fill(struct inbox *inbox, struct batch *batch)
{
	struct commit commit;
	int ret = HISTORY_COMMIT;

	while (batch->nr < BATCH && ret == HISTORY_COMMIT) {
		ret = history_next(inbox->history, &commit, &inbox->err);
		if (ret == HISTORY_COMMIT)
			take_commit(&batch->readings[batch->nr++], &commit);
		/* Nothing is read yet of what this batch has. */
		if (ret == HISTORY_AGAIN) {
			batch->nr = 0;
			batch->is_first = TRUE;
			ret = HISTORY_COMMIT;
		}
	}
	inbox->ended = ret != HISTORY_COMMIT;
}

/* Walk on, so that no thread waits for work. */
static void walk_ahead(struct inbox *inbox)
{
	unsigned ahead = inbox->options->threads * BATCHES_AHEAD;

	while (!inbox->ended && parallel_pending(inbox->parallel) < ahead) {
		struct batch *batch = g_new0(struct batch, 1);

		fill(inbox, batch);
		parallel_give(inbox->parallel, batch);
	}
}

static unsigned nr_removals(struct inbox *inbox, const char *blob)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(inbox->removals, blob));
}

static void set_removals(struct inbox *inbox, const char *blob, unsigned nr)
{
	g_hash_table_insert(inbox->removals, g_strdup(blob),
			    GUINT_TO_POINTER(nr));
}

/*
 * Count a mail; returns its patch, if it is one that counts.  Newer mails came
 * before: a removal is known when what it removes comes.  Each removal cancels
 * one older mail: it may have come again since.
 */
static struct patch *take_reading(struct inbox *inbox, struct reading *reading)
{
	struct inbox_counts *counts = &inbox->counts;
	struct patch *patch = g_steal_pointer(&reading->patch);
	unsigned removals = g_hash_table_size(inbox->removals) ?
			    nr_removals(inbox, reading->blob) : 0;

	counts->commits++;
	switch (reading->state) {
	case MAIL_ADDED:
	case MAIL_PURGED:
	case MAIL_TOO_LARGE:
	case MAIL_LOST:
		if (removals) {
			set_removals(inbox, reading->blob, removals - 1);
			patch_free(patch);
			return NULL;
		}
		counts->replies += reading->is_reply;
		counts->removals += reading->state == MAIL_PURGED;
		counts->too_large += reading->state == MAIL_TOO_LARGE;
		counts->unreadable += reading->state == MAIL_LOST;
		break;
	case MAIL_REMOVED:
		counts->removals++;
		set_removals(inbox, reading->blob, removals + 1);
		break;
	case MAIL_REPLY:
		counts->replies++;
		break;
	case MAIL_OTHER:
		break;
	case MAIL_NONE:
		counts->foreign++;
		break;
	case MAIL_UNREADABLE:
		counts->unreadable++;
		break;
	}
	return patch;
}

/* Take the next batch; returns FALSE if there is none. */
static gboolean next_batch(struct inbox *inbox)
{
	g_free(inbox->batch);
	walk_ahead(inbox);
	inbox->next = 0;
	inbox->batch = parallel_take(inbox->parallel);
	return inbox->batch != NULL;
}

int inbox_next(struct inbox *inbox, struct patch **patch, char **err)
{
	for (;;) {
		struct batch *batch = inbox->batch;

		while (batch && inbox->next < batch->nr) {
			*patch = take_reading(inbox,
					&batch->readings[inbox->next++]);
			if (*patch)
				return HISTORY_COMMIT;
		}
		if (!next_batch(inbox)) {
			*err = g_steal_pointer(&inbox->err);
			return *err ? -1 : HISTORY_END;
		}
		if (inbox->batch->is_first) {
			memset(&inbox->counts, 0, sizeof(inbox->counts));
			g_hash_table_remove_all(inbox->removals);
			return HISTORY_AGAIN;
		}
	}
}

const struct inbox_counts *inbox_counts(const struct inbox *inbox)
{
	return &inbox->counts;
}

char *inbox_list_id(struct objects *objects, const char *commit)
{
	char next[HEX_ID_LEN + 1], tree[HEX_ID_LEN + 1], blob[HEX_ID_LEN + 1];
	char *id = NULL;
	int i;

	g_strlcpy(next, commit, sizeof(next));
	for (i = 0; *next && !id && i < MAX_LIST_ID_TRIES; i++) {
		enum mail_state state;
		struct object object;

		if (objects_read_commit(objects, next, tree, next))
			break;
		state = find_mail(objects, tree, blob);
		if ((state == MAIL_ADDED || state == MAIL_REMOVED) &&
		    !objects_read(&object, objects, blob)) {
			if (object.size <= INBOX_MAX_MAIL)
				id = message_list_id(object.data, object.size);
			objects_release(&object);
		}
	}
	return id;
}
