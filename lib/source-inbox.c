#include <string.h>
#include <git2.h>
#include "oid.h"
#include "source.h"
#include "source-inbox.h"

/* How many mails are looked at for a List-Id before giving up. */
#define MAX_LIST_ID_TRIES 100

struct inbox {
	git_repository *repo;
	git_odb *odb;
	/* blob -> how many commits seen so far remove a mail of that content */
	GHashTable *removals;
	struct inbox_counts counts;
};

int inbox_open(struct inbox **out, struct git_repository *repo, char **err)
{
	struct inbox *inbox = g_new0(struct inbox, 1);

	inbox->repo = repo;
	inbox->removals = oid_table_new();
	if (git_repository_odb(&inbox->odb, repo) < 0) {
		*err = g_strdup_printf("cannot read this repository's objects: "
				       "%s", git_error_last()->message);
		inbox_free(inbox);
		return -1;
	}
	*out = inbox;
	return 0;
}

void inbox_free(struct inbox *inbox)
{
	if (!inbox)
		return;
	git_odb_free(inbox->odb);
	g_hash_table_unref(inbox->removals);
	g_free(inbox);
}

enum mail_state {
	MAIL_ADDED,		/* the file "m" */
	MAIL_REMOVED,		/* "d", before 2018 also "D" and "_/D" */
	MAIL_NONE,		/* no such file */
	MAIL_UNREADABLE,
};

/* What a commit says of a mail; sets *blob if it adds or removes one. */
static enum mail_state find_mail(git_commit *commit, git_oid *blob)
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

	if (git_commit_tree(&tree, commit) < 0)
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

/* An object that is too large to be inflated is told by its header. */
static gboolean is_too_large(struct inbox *inbox, const git_oid *blob)
{
	git_object_t type;
	size_t size;

	return !git_odb_read_header(&size, &type, inbox->odb, blob) &&
	       size > INBOX_MAX_MAIL;
}

static struct patch *read_mail(struct inbox *inbox, git_commit *commit,
			       const git_oid *blob, gboolean with_paths)
{
	struct patch *patch;
	struct mail mail;
	git_odb_object *object;

	if (is_too_large(inbox, blob)) {
		inbox->counts.too_large++;
		return NULL;
	}
	if (git_odb_read(&object, inbox->odb, blob) < 0) {
		inbox->counts.unreadable++;
		return NULL;
	}
	if (!git_odb_object_size(object)) {	/* purged */
		inbox->counts.removals++;
		git_odb_object_free(object);
		return NULL;
	}
	mail_parse(&mail, git_odb_object_data(object),
		   git_odb_object_size(object));
	patch = patch_from_mail(&mail, with_paths);
	if (!patch && subject_guess(mail.subject) == GUESS_REPLY)
		inbox->counts.replies++;
	mail_clear(&mail);
	git_odb_object_free(object);
	if (patch) {
		git_oid_tostr(patch->commit, sizeof(patch->commit),
			      git_commit_id(commit));
		patch->arrived = git_commit_time(commit);
	}
	return patch;
}

struct patch *inbox_read(struct inbox *inbox, struct git_commit *commit,
			 gboolean with_paths)
{
	/* The message is the Subject, or "rm" where a mail is removed. */
	enum subject_guess guess =
		subject_guess(git_commit_message_raw(commit));
	struct patch *patch = NULL;
	git_oid blob;

	inbox->counts.commits++;
	if (guess == GUESS_REPLY) {
		inbox->counts.replies++;
		return NULL;
	}
	switch (find_mail(commit, &blob)) {
	case MAIL_ADDED:
		if (guess == GUESS_UNKNOWN && !take_removal(inbox, &blob))
			patch = read_mail(inbox, commit, &blob, with_paths);
		break;
	case MAIL_REMOVED:
		inbox->counts.removals++;
		add_removal(inbox, &blob);
		break;
	case MAIL_NONE:
		inbox->counts.foreign++;
		break;
	case MAIL_UNREADABLE:
		inbox->counts.unreadable++;
		break;
	}
	git_error_clear();
	return patch;
}

const struct inbox_counts *inbox_counts(const struct inbox *inbox)
{
	return &inbox->counts;
}

char *inbox_list_id(struct inbox *inbox, const struct git_oid *tip)
{
	git_commit *commit;
	char *id = NULL;
	int i;

	if (git_commit_lookup(&commit, inbox->repo, tip) < 0)
		commit = NULL;
	for (i = 0; commit && !id && i < MAX_LIST_ID_TRIES; i++) {
		git_odb_object *object;
		git_oid blob;
		enum mail_state state = find_mail(commit, &blob);

		if ((state == MAIL_ADDED || state == MAIL_REMOVED) &&
		    !is_too_large(inbox, &blob) &&
		    !git_odb_read(&object, inbox->odb, &blob)) {
			id = mail_list_id(git_odb_object_data(object),
					  git_odb_object_size(object));
			git_odb_object_free(object);
		}
		commit = source_parent(commit);
	}
	git_commit_free(commit);
	git_error_clear();
	return id;
}
