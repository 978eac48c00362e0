#include <string.h>
#include "digest/alike.h"
#include "git/git.h"
#include "git/gitconfig.h"
#include "git/patchids.h"
#include "git/range.h"
#include "mail/diff.h"
#include "source/against.h"
#include "source/mailcommit.h"

/* A commit may be older than the mail: some post what they have committed. */
#define SLACK (7 * 24 * 60 * 60)

/* How many mails are read at a time; their diffs are in memory then. */
#define MAILS 256

/* How many commits one git is given: what it prints of them fits a pipe. */
#define COMMITS 400

/* A commit of the code repository. */
struct candidate {
	char id[HEX_ID_LEN + 1];
	char *title_key;	/* as in struct patch */
};

struct against {
	struct digest *digest;
	struct objects *objects;
	unsigned processes;
	struct progress *progress;

	GHashTable *patches;	/* commit of the mirror -> struct patch *,
				   those that are not found yet */
	GPtrArray *candidates;	/* struct candidate *, the newest first */
	GHashTable *by_commit;	/* their ids -> them */
	GHashTable *by_id;	/* patch-id -> GPtrArray of struct patch * */
	gboolean by_title;	/* the titles must be the same, too */
};

static void candidate_free(void *data)
{
	struct candidate *candidate = data;

	g_free(candidate->title_key);
	g_free(candidate);
}

static char *find_tip(const char *folder, const char *branch, char **err)
{
	const char *revision = branch ? branch : "HEAD";
	char *tip = range_commit(folder, revision);

	if (!tip)
		*err = g_strdup_printf("--against: '%s' is no commit that can "
				       "be read in '%s'; 'git branch -a' lists "
				       "the branches", revision, folder);
	return tip;
}

/* Can the repository be read?  If it is shallow, there is no older commit. */
static int check(const char *folder, const char *text, gboolean *is_shallow,
		 char **err)
{
	g_autofree char *why = NULL;
	g_autofree char *answer = *folder ?
		git_ask(folder, &why, "rev-parse", "--show-object-format",
			"--is-shallow-repository", NULL) : NULL;

	if (!answer)
		*err = g_strdup_printf("--against: cannot open '%s', which has "
				       "to be a repository on this machine%s%s",
				       text, why ? ": " : "", why ? why : "");
	else if (!g_str_has_prefix(answer, "sha1\n"))
		*err = g_strdup_printf("--against: '%s' has object names of "
				       "another kind; only sha1 can be read "
				       "yet", text);
	*is_shallow = answer && g_str_has_suffix(answer, "true");
	return *err ? -1 : 0;
}

int against_open(struct digest *digest, const char *text, char **err)
{
	g_autofree char *path = gitconfig_expand_home(text);
	const char *branch = NULL;
	char *colon = strrchr(path, ':');
	gboolean is_shallow;

	if (colon && !g_file_test(path, G_FILE_TEST_EXISTS)) {
		*colon = '\0';
		branch = colon + 1;
	}
	if (check(path, text, &is_shallow, err) < 0)
		return -1;
	digest->against_tip = find_tip(path, branch, err);
	if (!digest->against_tip)
		return -1;
	digest->against = g_steal_pointer(&path);
	if (is_shallow)
		digest_warn(digest, "'%s' is a shallow clone: older commits, "
			    "which it does not have, are not compared",
			    digest->against);
	return 0;
}

/* diff_copy(), or diff_copy_bare() */
typedef void copy_fn(GString *out, const char *text, size_t len);

/* Append the diffs of a mail, after the line that names it. */
static void add_mail(GString *out, struct objects *objects,
		     const struct patch *patch, copy_fn *copy)
{
	struct message message;

	if (mailcommit_parse(&message, objects, patch->blob, MESSAGE_WHOLE))
		return;
	if (message.text) {
		g_string_append_printf(out, "From %s\n", patch->commit);
		copy(out, message.text->str, message.text->len);
	}
	message_clear(&message);
}

/* A patch of the mirror has this id. */
static void take_patch(const char *id, const char *commit, void *data)
{
	struct against *against = data;
	struct patch *patch = g_hash_table_lookup(against->patches, commit);

	if (patch)
		g_ptr_array_add(alike_list(against->by_id, g_strdup(id)),
				patch);
}

/* Reckon the ids of the patches that are not found. */
static int read_patches(struct against *against, copy_fn *copy, char **err)
{
	const GPtrArray *patches = against->digest->patches;
	guint i = 0;

	g_hash_table_remove_all(against->by_id);
	while (i < patches->len) {
		g_autoptr(GString) diffs = g_string_new(NULL);
		guint end = MIN(i + MAILS, patches->len);
		struct patchids *patchids;

		for (; i < end; i++) {
			const struct patch *patch = patches->pdata[i];

			if (g_hash_table_contains(against->patches,
						  patch->commit))
				add_mail(diffs, against->objects, patch, copy);
		}
		patchids = patchids_of_diffs(diffs, err);
		if (!patchids || patchids_finish(patchids, take_patch, against,
						 err) < 0)
			return -1;
	}
	return 0;
}

/* A commit of the code repository has this id. */
static void take_commit(const char *id, const char *commit, void *data)
{
	struct against *against = data;
	const GPtrArray *patches = g_hash_table_lookup(against->by_id, id);
	const struct candidate *candidate =
		g_hash_table_lookup(against->by_commit, commit);
	guint i;

	for (i = 0; patches && candidate && i < patches->len; i++) {
		struct patch *patch = patches->pdata[i];

		if (patch->applied_as ||
		    (against->by_title &&
		     strcmp(patch->title_key, candidate->title_key)))
			continue;
		patch->applied_as = g_strdup(candidate->id);
		g_hash_table_remove(against->patches, patch->commit);
	}
}

static int finish(struct against *against, GQueue *running, char **err)
{
	struct patchids *oldest = g_queue_pop_head(running);

	if (*err) {
		patchids_stop(oldest);
		return -1;
	}
	return patchids_finish(oldest, take_commit, against, err);
}

/*
 * Reckon the ids of all commits.  Several gits do so at once; they are read in
 * their order.
 */
static int read_commits(struct against *against, char **err)
{
	static const char *const no_options[] = { NULL };
	const GPtrArray *commits = against->candidates;
	GQueue running = G_QUEUE_INIT;
	guint i = 0;

	while (!*err && (i < commits->len || running.length)) {
		g_autoptr(GString) ids = g_string_new(NULL);
		guint end = MIN(i + COMMITS, commits->len);
		struct patchids *patchids;

		if (i == commits->len || running.length >= against->processes) {
			finish(against, &running, err);
			continue;
		}
		for (; i < end; i++) {
			const struct candidate *candidate = commits->pdata[i];

			g_string_append_printf(ids, "%s\n", candidate->id);
		}
		progress_update(against->progress, i);
		patchids = patchids_of_commits(against->digest->against, ids,
					       no_options, err);
		if (patchids)
			g_queue_push_tail(&running, patchids);
	}
	while (running.length)
		finish(against, &running, err);
	return *err ? -1 : 0;
}

/* The ids of the commits with the title of a patch that is not found. */
static GString *list_titles(const struct against *against)
{
	g_autoptr(GHashTable) titles = g_hash_table_new(g_str_hash,
							g_str_equal);
	GString *ids = g_string_new(NULL);
	GHashTableIter iter;
	gpointer commit, patch;
	guint i;

	g_hash_table_iter_init(&iter, against->patches);
	while (g_hash_table_iter_next(&iter, &commit, &patch))
		g_hash_table_add(titles, ((struct patch *)patch)->title_key);
	for (i = 0; i < against->candidates->len; i++) {
		const struct candidate *candidate =
			against->candidates->pdata[i];

		if (g_hash_table_contains(titles, candidate->title_key))
			g_string_append_printf(ids, "%s\n", candidate->id);
	}
	return ids;
}

/* A mail was decoded: bytes that are not UTF-8 were Latin 1 for it, too. */
static void add_line(GString *text, const char *line, size_t len)
{
	g_autofree char *latin1 = g_utf8_validate(line, len, NULL) ? NULL :
		g_convert(line, len, "UTF-8", "ISO-8859-1", NULL, &len, NULL);

	g_string_append_len(text, latin1 ? latin1 : line, len);
	g_string_append_c(text, '\n');
}

/* Copy the diff of a commit, and empty the text for the next. */
static void add_commit(GString *out, GString *text)
{
	if (text->len)
		diff_copy_bare(out, text->str, text->len);
	g_string_truncate(text, 0);
}

/* Reckon the ids of commits without the lines around the changes. */
static int read_bare(struct against *against, const GString *ids,
		     const char *option, char **err)
{
	g_autoptr(GString) bare = g_string_new(NULL);
	g_autoptr(GString) text = g_string_new(NULL);
	const char *const options[] = { option, NULL };
	struct git_process *git = patchids_diffs(against->digest->against, ids,
						 options, err);
	struct patchids *patchids;
	char *line;
	size_t len;

	if (!git)
		return -1;
	while ((line = git_line(git, &len))) {
		if (objects_is_id(line)) {
			add_commit(bare, text);
			g_string_append_printf(bare, "From %s\n", line);
		} else {
			add_line(text, line, len);
		}
	}
	add_commit(bare, text);
	if (git_finish(git, 0, err) < 0)
		return -1;
	patchids = patchids_of_diffs(bare, err);
	return patchids ? patchids_finish(patchids, take_commit, against,
					  err) : -1;
}

/*
 * By the patch-id, which is quick; and then by the title and the lines that are
 * changed: the patch may have been made with more lines around them (diff -U),
 * or these are others where it was applied, or files were renamed.
 */
static int compare(struct against *against, char **err)
{
	/* what the sender's git may have been told */
	static const char *const options[] = {
		"-M", "--no-renames", "--histogram", "--patience", "--minimal",
	};
	g_autoptr(GString) ids = NULL;
	size_t i;

	if (read_patches(against, diff_copy, err) < 0 ||
	    read_commits(against, err) < 0)
		return -1;
	ids = list_titles(against);
	if (!ids->len)
		return 0;
	against->by_title = TRUE;
	if (read_patches(against, diff_copy_bare, err) < 0)
		return -1;
	for (i = 0; i < G_N_ELEMENTS(options) &&
		    g_hash_table_size(against->patches); i++)
		if (read_bare(against, ids, options[i], err) < 0)
			return -1;
	return 0;
}

/* Take all patches that have a diff.  Returns when the oldest came. */
static gint64 list_patches(struct against *against)
{
	const GPtrArray *patches = against->digest->patches;
	gint64 oldest = G_MAXINT64;
	guint i;

	for (i = 0; i < patches->len; i++) {
		struct patch *patch = patches->pdata[i];

		if (!patch->has_diff)
			continue;
		g_hash_table_insert(against->patches, patch->commit, patch);
		oldest = MIN(oldest, patch->arrived);
	}
	return oldest;
}

static int list_commits(struct against *against, gint64 since, char **err)
{
	g_autofree char *filter = g_strdup_printf("--since-as-filter=@%"
						  G_GINT64_FORMAT " +0000",
						  MAX(since, 0));
	const char *const rev_list[] = {
		"rev-list", "--no-merges", "--encoding=UTF-8",
		"--no-commit-header", "--format=%H%x09%s", filter,
		against->digest->against_tip, "--", NULL,
	};
	struct git_process *git = git_start(against->digest->against, rev_list,
					    -1, err);
	char *line;

	if (!git)
		return -1;
	while ((line = git_line(git, NULL))) {
		struct candidate *candidate = g_new0(struct candidate, 1);
		char *title = line, *id = strsep(&title, "\t");
		g_autofree char *valid = g_utf8_make_valid(title ? title : "",
							   -1);

		g_strlcpy(candidate->id, id, sizeof(candidate->id));
		candidate->title_key = subject_title_key(valid);
		g_ptr_array_add(against->candidates, candidate);
		g_hash_table_insert(against->by_commit, candidate->id,
				    candidate);
	}
	return git_finish(git, 0, err);
}

/* In a partial clone, the files of old commits may be missing. */
static void explain(const char *folder, char **err)
{
	g_autofree char *why = *err;
	g_autofree char *refetch = NULL;
	struct git_process *question = gitconfig_ask(folder, NULL);
	struct gitconfig *config = NULL;
	char *ignored = NULL;

	if (question && !gitconfig_open(&config, question, &ignored))
		refetch = gitconfig_refetch(config);
	gitconfig_free(config);
	g_free(ignored);
	*err = refetch ?
	       g_strdup_printf("--against: objects are missing from the "
			       "partial clone '%s'; '%s' in it gets them (%s)",
			       folder, refetch, why) :
	       g_strdup_printf("--against: cannot compare with '%s': %s",
			       folder, why);
}

int against_find(struct digest *digest, struct objects *objects,
		 unsigned processes, struct progress *progress, char **err)
{
	struct against against = {
		.digest = digest,
		.objects = objects,
		.processes = processes,
		.progress = progress,
		.patches = g_hash_table_new(g_str_hash, g_str_equal),
		.candidates = g_ptr_array_new_with_free_func(candidate_free),
		.by_commit = g_hash_table_new(g_str_hash, g_str_equal),
		.by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					(GDestroyNotify)g_ptr_array_unref),
	};
	gint64 oldest = list_patches(&against);
	int ret = 0;

	if (g_hash_table_size(against.patches))
		ret = list_commits(&against, oldest - SLACK, err);
	if (!ret && against.candidates->len)
		ret = compare(&against, err);
	if (ret < 0)
		explain(digest->against, err);
	g_hash_table_unref(against.patches);
	g_ptr_array_unref(against.candidates);
	g_hash_table_unref(against.by_commit);
	g_hash_table_unref(against.by_id);
	return ret;
}
