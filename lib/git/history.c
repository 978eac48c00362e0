#include <string.h>
#include "git/history.h"
#include "git/git.h"

/*
 * A walk towards a commit that is not there would go on to the beginning of
 * history.  After so many commits in a row that are older than it, look.
 */
#define PATIENCE 1000

struct history {
	const struct repository *repository;
	const struct range *range;
	const struct history_options *options;
	struct git_process *git;	/* NULL at the end */

	/*
	 * "rev-list A..B" says nothing before it has walked all of the range.
	 * On one line of commits "rev-list B", read up to A, is the same.
	 */
	gboolean on_a_line;
	GString *given;		/* ids of what was given on the line, one after
				   the other */
	gsize confirmed;	/* so much of it, by "rev-list A..B" */
	guint older;		/* commits in a row that are older than A */
	gint64 time_of_end;	/* A's; -1 if it is not known yet */

	long counted;		/* commits that max_count counts */
	gboolean is_cut;
	char top[HEX_ID_LEN + 1], bottom[HEX_ID_LEN + 1];	/* or "" */
};

/* Ends with a tab: ids never have one, subjects may. */
#define FORMAT "--format=%H %T %ct %P%x09%s"

static int start(struct history *history, gboolean on_a_line, char **err)
{
	static const char *const rev_list[] = {
		"rev-list", "--encoding=UTF-8", "--no-commit-header", FORMAT,
		NULL,
	};
	const struct history_options *options = history->options;
	const struct range *range = history->range;
	g_autoptr(GPtrArray) argv = git_arguments(rev_list);
	guint i;

	if (range->since >= 0)
		g_ptr_array_add(argv, g_strdup_printf(options->is_inbox ?
				"--since-as-filter=@%" G_GINT64_FORMAT :
				"--max-age=%" G_GINT64_FORMAT, range->since));
	if (range->until >= 0)
		g_ptr_array_add(argv, g_strdup_printf("--min-age=%"
				G_GINT64_FORMAT, range->until));
	for (i = 0; i < (on_a_line ? 1 : range->walk->len); i++)
		g_ptr_array_add(argv, g_strdup(on_a_line ? range_tip(range) :
					       range->walk->pdata[i]));
	git_add_paths(argv, options->paths);
	history->on_a_line = on_a_line;
	history->git = git_start(history->repository->folder,
				 (const char *const *)argv->pdata, -1, err);
	return history->git ? 0 : -1;
}

static int start_listing(struct history *history, char **err)
{
	if (history->git)
		git_stop(g_steal_pointer(&history->git));
	history->confirmed = 0;
	return start(history, FALSE, err);
}

int history_open(struct history **out, const struct repository *repository,
		 const struct range *range,
		 const struct history_options *options, char **err)
{
	struct history *history = g_new0(struct history, 1);
	gboolean may_be_line = options->is_inbox && range->tips->len == 1 &&
			       range->hidden->len == 1 &&
			       !range_has_dates(range);

	history->repository = repository;
	history->range = range;
	history->options = options;
	history->given = g_string_new(NULL);
	history->time_of_end = -1;
	history->is_cut = range_has_dates(range);
	if (start(history, may_be_line, err) < 0) {
		history_free(history);
		return -1;
	}
	*out = history;
	return 0;
}

/* Nothing more comes. */
static int end(struct history *history)
{
	if (history->git)
		git_stop(g_steal_pointer(&history->git));
	history->on_a_line = FALSE;
	history->confirmed = history->given->len;
	return HISTORY_END;
}

void history_free(struct history *history)
{
	if (!history)
		return;
	end(history);
	g_string_free(history->given, TRUE);
	g_free(history);
}

static gboolean take_id(const char **at, const char **id)
{
	*id = *at;
	if (memchr(*at, '\0', HEX_ID_LEN))
		return FALSE;
	*at += HEX_ID_LEN;
	return TRUE;
}

/* "<id> <tree> <time> <parent> <parent>\t<subject>" */
static int parse(struct commit *out, char *line)
{
	char *tab = strchr(line, '\t');
	const char *at = line, *parent;

	if (!tab)
		return -1;
	*tab = '\0';
	out->subject = tab + 1;
	if (!take_id(&at, &out->id) || *at++ != ' ' ||
	    !take_id(&at, &out->tree) || *at++ != ' ')
		return -1;
	out->time = g_ascii_strtoll(at, (char **)&at, 10);
	out->parents = at + (*at == ' ');
	for (out->nr_parents = 0; *at == ' ' && at[1]; out->nr_parents++) {
		at++;
		if (!take_id(&at, &parent))
			return -1;
	}
	line[HEX_ID_LEN] = '\0';
	line[HEX_ID_LEN + 1 + HEX_ID_LEN] = '\0';
	return 0;
}

/* Returns HISTORY_COMMIT, HISTORY_END or -1. */
static int read_commit(struct history *history, struct commit *out, char **err)
{
	char *line = history->git ? git_line(history->git, NULL) : NULL;
	char *why = NULL;

	if (line && !parse(out, line))
		return HISTORY_COMMIT;
	if (line) {
		*err = g_strdup_printf("cannot read history: 'git rev-list' "
				       "printed '%s'", line);
		return -1;
	}
	if (history->git &&
	    git_finish(g_steal_pointer(&history->git), FALSE, &why) < 0) {
		why = repository_explain(history->repository, why);
		*err = g_strdup_printf("cannot read history: %s", why);
		g_free(why);
		return -1;
	}
	return HISTORY_END;
}

/* Is the walk likely to have gone past the commit that ends the line? */
static gboolean is_lost(struct history *history, const struct commit *commit)
{
	if (history->given->len < PATIENCE * HEX_ID_LEN)
		return FALSE;
	if (history->time_of_end < 0) {
		g_autofree char *answer = git_ask(history->repository->folder,
				NULL, "rev-list", "--no-walk",
				"--no-commit-header", "--format=%ct",
				history->range->hidden->pdata[0], NULL);

		history->time_of_end = answer ?
			g_ascii_strtoll(answer, NULL, 10) : G_MAXINT64;
	}
	history->older = commit->time < history->time_of_end ?
			 history->older + 1 : 0;
	return history->older >= PATIENCE;
}

/*
 * The next commit of a line.  Returns HISTORY_COMMIT, HISTORY_END, or
 * HISTORY_AGAIN if there is no such line.
 */
static int step_on_line(struct history *history, struct commit *out)
{
	g_autofree char *ignored = NULL;
	int ret = read_commit(history, out, &ignored);

	if (ret == HISTORY_COMMIT &&
	    !strcmp(out->id, history->range->hidden->pdata[0]))
		return end(history);
	if (ret != HISTORY_COMMIT || out->nr_parents > 1 ||
	    is_lost(history, out))
		return HISTORY_AGAIN;
	g_string_append_len(history->given, out->id, HEX_ID_LEN);
	return HISTORY_COMMIT;
}

/*
 * The next commit of a listing.  What the line gave before comes again first:
 * if something else comes, all that was given was wrong.
 */
static int step_in_listing(struct history *history, struct commit *out,
			   char **err)
{
	int ret;

	while ((ret = read_commit(history, out, err)) == HISTORY_COMMIT) {
		if (history->confirmed == history->given->len)
			return HISTORY_COMMIT;
		if (memcmp(out->id, history->given->str + history->confirmed,
			   HEX_ID_LEN))
			break;
		history->confirmed += HEX_ID_LEN;
	}
	if (ret < 0 || history->confirmed == history->given->len)
		return ret;
	g_string_truncate(history->given, 0);
	return start_listing(history, err) < 0 ? -1 : HISTORY_AGAIN;
}

static int step(struct history *history, struct commit *out, char **err)
{
	int ret = HISTORY_AGAIN;

	if (history->on_a_line) {
		ret = step_on_line(history, out);
		if (ret != HISTORY_AGAIN)
			return ret;
		if (start_listing(history, err) < 0)
			return -1;
	}
	return step_in_listing(history, out, err);
}

/* Note what the ends are if this commit is the last. */
static void count(struct history *history, const struct commit *commit)
{
	if (!*history->top)
		g_strlcpy(history->top, commit->id, sizeof(history->top));
	*history->bottom = '\0';
	if (commit->nr_parents)
		g_strlcpy(history->bottom, commit->parents,
			  sizeof(history->bottom));
	if (commit->nr_parents < 2 || !history->options->merges_are_free)
		history->counted++;
}

int history_next(struct history *history, struct commit *out, char **err)
{
	const long max = history->options->max_count;
	int ret = step(history, out, err);

	if (ret == HISTORY_AGAIN) {
		*history->top = '\0';
		history->counted = 0;
	}
	if (ret != HISTORY_COMMIT)
		return ret;
	if (max >= 0 && history->counted == max) {
		history->is_cut = TRUE;
		return end(history);
	}
	count(history, out);
	return HISTORY_COMMIT;
}

const char *history_top(const struct history *history)
{
	return history->range->until >= 0 && *history->top ? history->top :
	       range_tip(history->range);
}

const char *history_bottom(const struct history *history)
{
	if (!history->is_cut)
		return range_excluded(history->range);
	if (!*history->top)	/* nothing was read */
		return range_tip(history->range);
	return *history->bottom ? history->bottom : NULL;
}

gboolean history_is_cut(const struct history *history)
{
	return history->is_cut;
}
