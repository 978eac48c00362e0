#include <string.h>
#include <git2.h>
#include "limited-read.h"
#include "oid.h"
#include "parallel.h"
#include "raw-commit.h"
#include "source.h"
#include "source-inbox.h"

/* How many mails are looked at for a List-Id before giving up. */
#define MAX_LIST_ID_TRIES 100

/*
 * Commits that one thread reads at a time.  Mails that arrived together are
 * often deltas of each other, so there is something in reading them together.
 */
#define BATCH 256

/* Batches that wait to be read or to be taken, for each thread. */
#define BATCHES_AHEAD 4

/* What a thread reads objects with. */
struct reader {
	git_repository *repo;	/* only its objects */
	git_odb *odb;
};

struct inbox {
	git_repository *repo;
	git_odb *odb;		/* of repo; NULL if it cannot be opened */
	/* blob -> how many commits seen so far remove a mail of that content */
	GHashTable *removals;
	struct inbox_counts counts;

	struct range *range;
	const struct inbox_options *options;
	struct parallel *parallel;
	GAsyncQueue *readers;	/* struct reader * that no thread uses */
	struct batch *batch;	/* that is being taken; NULL if none is */
	guint next;		/* what comes next in it */
	gboolean ended;		/* the walk did */
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
	MAIL_UNREADABLE,	/* not even the commit or its tree is there */
};

/* What is known of a mail without a look at any other one. */
struct reading {
	git_oid commit;
	git_oid tree;		/* the commit's */
	gint64 arrived;		/* its time */
	enum subject_guess guess;	/* what it says of the mail */
	enum mail_state state;
	git_oid blob;		/* of a mail that is added or removed */
	struct patch *patch;	/* NULL if it is none */
	gboolean is_reply;	/* so says the mail */
};

struct batch {
	guint nr;
	struct reading readings[BATCH];
};

static void reader_free(void *data)
{
	struct reader *reader = data;

	git_odb_free(reader->odb);
	git_repository_free(reader->repo);
	g_free(reader);
}

/* Without what to read with if the objects cannot be opened. */
static struct reader *reader_new(git_repository *repo)
{
	struct reader *reader = g_new0(struct reader, 1);

	if (source_open_objects(&reader->repo, repo) ||
	    git_repository_odb(&reader->odb, reader->repo))
		reader->odb = NULL;
	return reader;
}

struct inbox *inbox_new(struct git_repository *repo)
{
	struct inbox *inbox = g_new0(struct inbox, 1);

	inbox->repo = repo;
	if (git_repository_odb(&inbox->odb, repo) < 0)
		inbox->odb = NULL;
	inbox->removals = oid_table_new();
	inbox->readers = g_async_queue_new_full(reader_free);
	return inbox;
}

static void batch_free(struct batch *batch, guint first)
{
	guint i;

	for (i = first; batch && i < batch->nr; i++)
		patch_free(batch->readings[i].patch);
	g_free(batch);
}

void inbox_free(struct inbox *inbox)
{
	if (!inbox)
		return;
	batch_free(inbox->batch, inbox->next);
	while (inbox->parallel && parallel_pending(inbox->parallel))
		batch_free(parallel_take(inbox->parallel), 0);
	parallel_free(inbox->parallel);
	g_async_queue_unref(inbox->readers);
	git_odb_free(inbox->odb);
	g_hash_table_unref(inbox->removals);
	g_free(inbox->err);
	g_free(inbox);
}

/* What a tree says of a mail; sets *blob if it adds or removes one. */
static enum mail_state find_mail(git_repository *repo, const git_oid *oid,
				 git_oid *blob)
{
	static const struct {
		const char *path;
		enum mail_state state;
	} files[] = {
		{ "m", MAIL_ADDED },
		{ "d", MAIL_REMOVED },
		{ "D", MAIL_REMOVED },
		{ "_/D", MAIL_REMOVED },
	};
	enum mail_state state = MAIL_NONE;
	git_tree *tree;
	size_t i;

	if (git_tree_lookup(&tree, repo, oid) < 0)
		return MAIL_UNREADABLE;
	for (i = 0; i < G_N_ELEMENTS(files) && state == MAIL_NONE; i++) {
		git_tree_entry *entry;

		if (git_tree_entry_bypath(&entry, tree, files[i].path) < 0)
			continue;
		if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB) {
			*blob = *git_tree_entry_id(entry);
			state = files[i].state;
		}
		git_tree_entry_free(entry);
	}
	git_tree_free(tree);
	return state;
}

/* What the commit says: its message is the Subject, or "rm" for a removal. */
static void read_commit(struct reading *reading, git_odb *odb)
{
	g_autofree char *message = NULL;
	struct raw_commit commit;

	reading->state = MAIL_UNREADABLE;
	if (!odb || raw_commit_read(&commit, odb, &reading->commit))
		return;
	message = g_strndup(commit.message, commit.message_len);
	git_oid_fromstr(&reading->tree, commit.tree);
	reading->arrived = commit.time;
	reading->guess = subject_guess(message);
	reading->state = reading->guess == GUESS_REPLY ? MAIL_REPLY : MAIL_NONE;
	raw_commit_clear(&commit);
}

static void read_mail(struct reading *reading, const struct reader *reader,
		      gboolean with_paths)
{
	struct mail mail;
	git_odb_object *object;

	int ret = limited_read(&object, reader->odb, &reading->blob,
			       INBOX_MAX_MAIL);

	if (ret) {
		reading->state = ret > 0 ? MAIL_TOO_LARGE : MAIL_LOST;
		return;
	}
	if (!git_odb_object_size(object)) {
		reading->state = MAIL_PURGED;
		git_odb_object_free(object);
		return;
	}
	mail_parse(&mail, git_odb_object_data(object),
		   git_odb_object_size(object), with_paths);
	reading->patch = patch_from_mail(&mail, with_paths);
	reading->is_reply = !reading->patch &&
			    subject_guess(mail.subject) == GUESS_REPLY;
	mail_clear(&mail);
	git_odb_object_free(object);
	if (reading->patch) {
		git_oid_tostr(reading->patch->commit,
			      sizeof(reading->patch->commit), &reading->commit);
		reading->patch->arrived = reading->arrived;
	}
}

static void read_one(struct reading *reading, const struct reader *reader,
		     gboolean with_paths)
{
	if (reading->state != MAIL_NONE)
		return;
	reading->state = !reader->odb ? MAIL_UNREADABLE :
		find_mail(reader->repo, &reading->tree, &reading->blob);
	if (reading->state != MAIL_ADDED)
		return;
	if (reading->guess == GUESS_OTHER)
		reading->state = MAIL_OTHER;
	else
		read_mail(reading, reader, with_paths);
}

/* Done by any thread. */
static void read_batch(void *job, void *data)
{
	struct batch *batch = job;
	struct inbox *inbox = data;
	struct reader *reader = g_async_queue_try_pop(inbox->readers);
	guint i;

	if (!reader)
		reader = reader_new(inbox->repo);
	for (i = 0; i < batch->nr; i++)
		read_one(&batch->readings[i], reader,
			 inbox->options->with_paths);
	git_error_clear();
	g_async_queue_push(inbox->readers, reader);
}

void inbox_read(struct inbox *inbox, struct range *range,
		const struct inbox_options *options)
{
	inbox->range = range;
	inbox->options = options;
	inbox->parallel = parallel_new(options->threads, read_batch, inbox);
}

/* Walk on, so that no thread waits for work. */
static void walk_ahead(struct inbox *inbox)
{
	unsigned ahead = inbox->options->threads * BATCHES_AHEAD;

	while (!inbox->ended && parallel_pending(inbox->parallel) < ahead) {
		struct batch *batch = g_new0(struct batch, 1);
		int ret = 1;

		while (batch->nr < BATCH &&
		       (ret = range_next(inbox->range,
					 &batch->readings[batch->nr].commit,
					 &inbox->err)) > 0)
			read_commit(&batch->readings[batch->nr++], inbox->odb);
		inbox->ended = ret <= 0;
		parallel_give(inbox->parallel, batch);
	}
}

static void add_removal(struct inbox *inbox, const git_oid *blob)
{
	guint n = GPOINTER_TO_UINT(g_hash_table_lookup(inbox->removals, blob));

	g_hash_table_insert(inbox->removals, oid_dup(blob),
			    GUINT_TO_POINTER(n + 1));
}

/* Each removal cancels one older mail: it may have come again since. */
static gboolean take_removal(struct inbox *inbox, const git_oid *blob)
{
	guint n = GPOINTER_TO_UINT(g_hash_table_lookup(inbox->removals, blob));

	if (!n)
		return FALSE;
	g_hash_table_insert(inbox->removals, oid_dup(blob),
			    GUINT_TO_POINTER(n - 1));
	return TRUE;
}

/*
 * Count a mail; returns its patch, if it is one that counts.  Newer mails came
 * before: a removal is known when what it removes comes.
 */
static struct patch *take_reading(struct inbox *inbox, struct reading *reading)
{
	struct inbox_counts *counts = &inbox->counts;
	struct patch *patch = g_steal_pointer(&reading->patch);

	counts->commits++;
	switch (reading->state) {
	case MAIL_ADDED:
	case MAIL_PURGED:
	case MAIL_TOO_LARGE:
	case MAIL_LOST:
		if (take_removal(inbox, &reading->blob)) {
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
		add_removal(inbox, &reading->blob);
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

int inbox_next(struct inbox *inbox, struct patch **patch, char **err)
{
	for (;;) {
		struct batch *batch = inbox->batch;

		while (batch && inbox->next < batch->nr) {
			*patch = take_reading(inbox,
					&batch->readings[inbox->next++]);
			if (*patch)
				return 1;
		}
		g_free(batch);
		walk_ahead(inbox);
		inbox->next = 0;
		inbox->batch = parallel_take(inbox->parallel);
		if (!inbox->batch) {
			*err = g_steal_pointer(&inbox->err);
			return *err ? -1 : 0;
		}
	}
}

const struct inbox_counts *inbox_counts(const struct inbox *inbox)
{
	return &inbox->counts;
}

char *inbox_list_id(struct inbox *inbox, const struct git_oid *tip)
{
	struct reader *reader = reader_new(inbox->repo);
	git_commit *commit;
	char *id = NULL;
	int i;

	if (!reader->odb || git_commit_lookup(&commit, inbox->repo, tip) < 0)
		commit = NULL;
	for (i = 0; commit && !id && i < MAX_LIST_ID_TRIES; i++) {
		git_odb_object *object;
		git_oid blob;
		enum mail_state state = find_mail(reader->repo,
					git_commit_tree_id(commit), &blob);

		if ((state == MAIL_ADDED || state == MAIL_REMOVED) &&
		    !limited_read(&object, reader->odb, &blob,
				  INBOX_MAX_MAIL)) {
			id = mail_list_id(git_odb_object_data(object),
					  git_odb_object_size(object));
			git_odb_object_free(object);
		}
		commit = source_parent(commit);
	}
	git_commit_free(commit);
	git_error_clear();
	g_async_queue_push(inbox->readers, reader);
	return id;
}
