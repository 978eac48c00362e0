#include <string.h>
#include "git/epochs.h"
#include "git/git.h"
#include "source/lookback.h"
#include "source/older.h"
#include "source/parallel.h"
#include "source/past.h"

struct past {
	char from[HEX_ID_LEN + 1];
	GPtrArray *gits;	/* struct git_process *, one for each epoch of
				   an inbox */
	struct parallel *parallel;	/* its only job is this past */
	long look_back;
	gboolean with_addresses;

	/* what the job reads */
	guint ended;		/* how many gits were read to their end */
	long nr;		/* commits */
	GPtrArray *patches;	/* struct past_patch *, the newest first */
	GHashTable *addresses;	/* all of them, in lower case */
	gboolean is_bad;	/* a line makes no sense */
};

/* A line of what git prints. */
struct line {
	const char *id, *tree, *time, *zone, *email, *subject;
};

/*
 * "<id> <tree> <time> <zone> <address>\t<subject>".  Returns FALSE if the line
 * makes no sense.
 */
static gboolean read_line(struct line *out, char *line)
{
	out->id = strsep(&line, " ");
	out->tree = strsep(&line, " ");
	out->time = strsep(&line, " ");
	out->zone = strsep(&line, " ");
	out->email = strsep(&line, "\t");
	out->subject = line;
	return line && strlen(out->id) == HEX_ID_LEN &&
	       strlen(out->tree) == HEX_ID_LEN;
}

static void past_patch_free(void *data)
{
	struct past_patch *patch = data;

	g_free(patch->zone);
	g_free(patch->email);
	subject_clear(&patch->subject);
	g_free(patch->title_key);
	g_free(patch);
}

/* Keep the commit if it adds a patch. */
static void add_patch(struct past *past, const struct line *line)
{
	struct past_patch *patch;
	struct subject subject;

	if (*line->subject != '[' ||
	    !g_utf8_validate(line->subject, -1, NULL))
		return;
	subject_parse(&subject, line->subject);
	if (!subject.is_patch && !subject.needs_diff) {
		subject_clear(&subject);
		return;
	}
	patch = g_new0(struct past_patch, 1);
	g_strlcpy(patch->commit, line->id, sizeof(patch->commit));
	g_strlcpy(patch->tree, line->tree, sizeof(patch->tree));
	patch->time = g_ascii_strtoll(line->time, NULL, 10);
	patch->zone = g_strdup(line->zone);
	patch->email = g_strdup(line->email);
	patch->subject = subject;
	patch->title_key = subject_title_key(patch->subject.title);
	g_ptr_array_add(past->patches, patch);
}

static void add_address(struct past *past, const char *email)
{
	char *key;

	/* nearly all have written before */
	if (g_hash_table_contains(past->addresses, email))
		return;
	key = g_ascii_strdown(email, -1);
	g_hash_table_add(past->addresses, key);
}

/* Take in what git prints.  Returns FALSE if no more is wanted. */
static gboolean read_commits(struct past *past, struct git_process *git)
{
	struct line line;
	char *text;

	while ((text = git_line(git, NULL))) {
		if (!past->with_addresses && past->nr >= past->look_back)
			return FALSE;
		if (!read_line(&line, text)) {
			past->is_bad = TRUE;
			continue;
		}
		if (past->with_addresses)
			add_address(past, line.email);
		if (past->nr++ < past->look_back)
			add_patch(past, &line);
	}
	return TRUE;
}

/* The job. */
static void read_all(void *job, void *data)
{
	struct past *past = job;

	(void)data;
	while (past->ended < past->gits->len &&
	       read_commits(past, past->gits->pdata[past->ended]))
		past->ended++;
}

/* Start to list the commits that lead to this one. */
static int start_git(struct past *past, const struct repository *repository,
		     const char *tip, char **err)
{
	g_autofree char *count = g_strdup_printf("--max-count=%ld",
				past->with_addresses ? -1 : past->look_back);
	const char *const rev_list[] = {
		"rev-list", "--encoding=UTF-8", "--no-commit-header", count,
		"--date=raw", "--format=%H %T %ad %ae%x09%s", tip, "--", NULL,
	};
	struct git_process *git = git_start(repository->folder, rev_list, -1,
					    err);

	if (git)
		g_ptr_array_add(past->gits, git);
	return git ? 0 : -1;
}

/* Also the gits of older epochs start here, as a thread must not start one. */
static int start_gits(struct past *past, const struct repository *repository,
		      char **err)
{
	guint i;
	int ret = epochs_find(&i, repository, past->from, err);

	if (!ret)
		ret = start_git(past, repository, past->from, err);
	while (!ret && repository->epochs && ++i < repository->epochs->len) {
		const struct epoch *epoch = repository->epochs->pdata[i];

		ret = start_git(past, repository, epoch->tip, err);
	}
	return ret;
}

struct past *past_start(const struct repository *repository, const char *from,
			long look_back, gboolean with_addresses,
			unsigned threads, char **err)
{
	struct past *past = g_new0(struct past, 1);

	g_strlcpy(past->from, from, sizeof(past->from));
	past->gits = g_ptr_array_new();
	past->look_back = look_back;
	past->with_addresses = with_addresses;
	past->patches = g_ptr_array_new_with_free_func(past_patch_free);
	past->addresses = g_hash_table_new_full(g_str_hash, g_str_equal,
						g_free, NULL);
	past->parallel = parallel_new(threads, read_all, NULL);
	if (start_gits(past, repository, err) < 0) {
		past_free(past);
		return NULL;
	}
	parallel_give(past->parallel, past);
	return past;
}

gboolean past_is_of(const struct past *past, const char *from)
{
	return !strcmp(past->from, from);
}

static int finish_gits(struct past *past, char **err)
{
	guint i;

	parallel_take(past->parallel);
	for (i = 0; i < past->gits->len; i++) {
		struct git_process *git = past->gits->pdata[i];

		if (*err || i >= past->ended)
			git_stop(git);
		else
			git_finish(git, 0, err);
	}
	g_ptr_array_set_size(past->gits, 0);
	if (!*err && past->is_bad)
		*err = g_strdup("unexpected output of 'git rev-list'");
	return *err ? -1 : 0;
}

static void look_at_patches(struct past *past, struct lookback *lookback,
			    struct older *older)
{
	guint i;

	for (i = 0; i < past->patches->len; i++) {
		lookback_take(lookback, past->patches->pdata[i]);
		if (older)
			older_take(older, past->patches->pdata[i]);
	}
}

void past_free(struct past *past)
{
	guint i;

	if (!past)
		return;
	parallel_take(past->parallel);
	for (i = 0; i < past->gits->len; i++)
		git_stop(past->gits->pdata[i]);
	parallel_free(past->parallel);
	g_ptr_array_unref(past->gits);
	g_ptr_array_unref(past->patches);
	g_hash_table_unref(past->addresses);
	g_free(past);
}

int past_finish(struct past *past, const struct builder *builder,
		struct objects *objects, GPtrArray **older, char **err)
{
	struct digest *digest = builder->digest;
	struct older *answered = digest->replies ? older_new(digest) : NULL;
	struct lookback *lookback = lookback_new(digest);
	int ret = past ? finish_gits(past, err) : 0;

	if (past && !ret)
		look_at_patches(past, lookback, answered);
	lookback_free(lookback);
	*older = answered && !ret ? older_read(answered, builder, objects) :
		 NULL;
	older_free(answered);
	return ret;
}

void past_tell_people(const struct past *past, struct summary *summary)
{
	summary_know(summary, past->addresses);
}
