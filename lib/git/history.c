#include <string.h>
#include "git/epochs.h"
#include "git/history.h"
#include "git/git.h"

/*
 * A walk that has missed the commit where it is to end would go on to the first
 * commit of all.  After so many commits in a row that are older, give it up.
 */
#define PATIENCE 1000

/* What is asked of each commit; of "A...B", %m tells the side. */
#define FORMAT "--format=%m%H %T %ct %P%x09%ae%x09%s"

struct history {
	const struct repository *repository;
	const struct range *range;
	struct history_options options;
	struct git_process *git;	/* NULL at the end */

	/*
	 * "rev-list A..B" prints nothing before it has walked all of the
	 * range.  On one line of commits, "rev-list B" up to A is the same.
	 */
	gboolean on_a_line;
	GString *given;		/* ids of the commits given on the line, without
				   anything in between */
	gsize confirmed;	/* how many bytes of it "rev-list A..B" prints,
				   too */
	guint older;		/* how many commits in a row are older than A */
	gint64 time_of_end;	/* the time of A; -1 if it is not known yet */

	/*
	 * In an inbox with several epochs, a range that is not within one of
	 * them is read epoch by epoch.
	 */
	gboolean of_epochs, is_empty;
	guint first_epoch, epoch, last_epoch;	/* epoch is read now */

	struct sides *sides;	/* NULL if the walk does not tell them */

	long counted;		/* commits that max_count counts */
	gboolean is_cut;
	char top[HEX_ID_LEN + 1], bottom[HEX_ID_LEN + 1];	/* or "" */
};

/* Add what is to be walked of the epoch. */
static void add_epoch(const struct history *history, GPtrArray *argv)
{
	const struct range *range = history->range;
	const GPtrArray *epochs = history->repository->epochs;
	const struct epoch *epoch = epochs->pdata[history->epoch];

	g_ptr_array_add(argv, g_strdup(history->epoch == history->first_epoch ?
				       range_tip(range) : epoch->tip));
	if (range_excluded(range) && history->epoch == history->last_epoch)
		g_ptr_array_add(argv, g_strconcat("^", range_excluded(range),
						  NULL));
}

static void add_revisions(const struct history *history, GPtrArray *argv,
			  gboolean on_a_line)
{
	const GPtrArray *walk = history->range->walk;
	guint i;

	if (history->of_epochs) {
		add_epoch(history, argv);
	} else if (history->sides) {
		g_ptr_array_add(argv, g_strdup("--left-right"));
		g_ptr_array_add(argv, g_strdup("--boundary"));
		g_ptr_array_add(argv, g_strconcat(
					range_excluded(history->range), "...",
					range_tip(history->range), NULL));
	} else if (on_a_line) {
		g_ptr_array_add(argv, g_strdup(range_tip(history->range)));
	} else {
		for (i = 0; i < walk->len; i++)
			g_ptr_array_add(argv, g_strdup(walk->pdata[i]));
	}
}

/* Does the range go from one epoch into another?  Returns 0 or -1. */
static int find_epochs(struct history *history, char **err)
{
	const struct repository *repository = history->repository;
	const struct range *range = history->range;
	const char *excluded = range_excluded(range);

	if (!repository->epochs || !history->options.is_inbox ||
	    range->symmetric || range->tips->len != 1 || range->hidden->len > 1)
		return 0;
	history->last_epoch = repository->epochs->len - 1;
	if (epochs_find(&history->first_epoch, repository, range_tip(range),
			err) < 0 ||
	    (excluded && epochs_find(&history->last_epoch, repository, excluded,
				     err) < 0))
		return -1;
	history->epoch = history->first_epoch;
	history->of_epochs = history->epoch < history->last_epoch;
	/* a newer epoch excludes all of an older one */
	history->is_empty = excluded && history->last_epoch < history->epoch;
	return 0;
}

/* Start a git that walks; stop the one before it. */
static int start(struct history *history, gboolean on_a_line, char **err)
{
	/* a subject may have tabs, but ids have none */
	static const char *const rev_list[] = {
		"rev-list", "--no-commit-header", "--encoding=UTF-8", FORMAT,
		NULL,
	};
	/* of the two only this looks for authors by the mailmap */
	static const char *const log[] = {
		"log", "--no-patch", "--no-color", "--no-show-signature",
		"--no-notes", "--no-follow", "--encoding=UTF-8", FORMAT, NULL,
	};
	const struct range *range = history->range;
	const GPtrArray *limits = history->options.limits;
	gboolean is_limited = limits && limits->len;
	g_autoptr(GPtrArray) argv = git_arguments(is_limited ? log : rev_list);
	guint i;

	for (i = 0; is_limited && i < limits->len; i++)
		g_ptr_array_add(argv, g_strdup(limits->pdata[i]));
	if (range->since >= 0)
		g_ptr_array_add(argv, g_strdup_printf(
				/* without a zone, git takes few seconds for
				   something else */
				history->options.is_inbox ?
				"--since-as-filter=@%" G_GINT64_FORMAT
				" +0000" : "--max-age=%" G_GINT64_FORMAT,
				range->since));
	if (range->until >= 0)
		g_ptr_array_add(argv, g_strdup_printf("--min-age=%"
				G_GINT64_FORMAT, range->until));
	add_revisions(history, argv, on_a_line);
	git_add_paths(argv, history->options.paths);
	if (history->git)
		git_stop(history->git);
	history->on_a_line = on_a_line;
	history->confirmed = 0;
	history->git = git_start(history->repository->folder,
				 (const char *const *)argv->pdata, -1, err);
	return history->git ? 0 : -1;
}

/* Does a walk from both ends up to where they meet tell the range, too? */
static gboolean has_sides(const struct range *range,
			  const struct history_options *options)
{
	return options->with_sides && range->tips->len == 1 &&
	       range->hidden->len == 1 && !range_has_dates(range) &&
	       options->max_count < 0 &&
	       !(options->paths && options->paths->len) &&
	       !(options->limits && options->limits->len) &&
	       !range_has_options(range);
}

int history_open(struct history **out, const struct repository *repository,
		 const struct range *range,
		 const struct history_options *options, char **err)
{
	struct history *history = g_new0(struct history, 1);
	/* a walk that max_count ends is never confirmed */
	gboolean may_be_line = options->is_inbox && range->tips->len == 1 &&
			       range->hidden->len == 1 &&
			       !range_has_dates(range) &&
			       options->max_count < 0;

	history->repository = repository;
	history->range = range;
	history->options = *options;
	history->given = g_string_new(NULL);
	history->time_of_end = -1;
	history->is_cut = range_has_dates(range);
	if (has_sides(range, options))
		history->sides = sides_new();
	if (find_epochs(history, err) < 0 ||
	    (!history->is_empty &&
	     start(history, may_be_line && !history->of_epochs, err) < 0)) {
		history_free(history);
		return -1;
	}
	*out = history;
	return 0;
}

static int end(struct history *history)
{
	if (history->git)
		git_stop(g_steal_pointer(&history->git));
	return HISTORY_END;
}

void history_free(struct history *history)
{
	if (!history)
		return;
	end(history);
	g_string_free(history->given, TRUE);
	sides_free(history->sides);
	g_free(history);
}

/* "><id> <tree> <time> <parent> <parent>\t<address>\t<subject>" */
static int parse(struct commit *out, char *line)
{
	const char *time;
	size_t len;

	out->side = *line;
	line += *line != '\0';
	out->id = strsep(&line, " ");
	out->tree = strsep(&line, " ");
	time = strsep(&line, " ");
	out->parents = strsep(&line, "\t");
	out->email = strsep(&line, "\t");
	out->subject = line;
	if (!line || strlen(out->id) != HEX_ID_LEN ||
	    strlen(out->tree) != HEX_ID_LEN)
		return -1;
	len = strlen(out->parents);
	out->time = g_ascii_strtoll(time, NULL, 10);
	out->nr_parents = (len + 1) / (HEX_ID_LEN + 1);
	return len && len % (HEX_ID_LEN + 1) != HEX_ID_LEN ? -1 : 0;
}

/* The epoch before the one that is read; NULL if that is not to be read. */
static const struct epoch *older_epoch(const struct history *history)
{
	return history->of_epochs && history->epoch < history->last_epoch ?
	       history->repository->epochs->pdata[history->epoch + 1] : NULL;
}

/*
 * Go on with the epoch before this one.  Returns 1 if there is none, or if it
 * ended long before the range begins.
 */
static int go_on(struct history *history, char **err)
{
	const struct epoch *older = older_epoch(history);

	if (!older || (history->range->since >= 0 &&
		       history_newest(history->repository, older->tip) <
		       history->range->since))
		return 1;
	history->epoch++;
	return start(history, FALSE, err);
}

/* Returns 1 if it is a commit of the range, 0 if not, -1 if it is none. */
static int take_line(struct history *history, struct commit *out, char *line)
{
	if (parse(out, line) < 0)
		return -1;
	if (!history->sides)
		return 1;
	sides_add(history->sides, out);
	return out->side == COMMIT_OURS;
}

/* Returns HISTORY_COMMIT, HISTORY_END or -1. */
static int read_commit(struct history *history, struct commit *out, char **err)
{
	char *line, *why = NULL;
	int ret;

	while ((line = git_line(history->git, NULL))) {
		ret = take_line(history, out, line);
		if (ret > 0)
			return HISTORY_COMMIT;
		if (ret < 0)
			break;
	}
	if (line)
		why = g_strdup_printf("unexpected output of 'git rev-list': "
				      "'%s'", line);
	else if (git_finish(g_steal_pointer(&history->git), 0, &why) < 0)
		why = repository_explain(history->repository, why);
	if (!why) {
		ret = go_on(history, err);
		return ret < 0 ? -1 : ret ? HISTORY_END :
		       read_commit(history, out, err);
	}
	*err = g_strdup_printf("cannot read history: %s", why);
	g_free(why);
	return -1;
}

/* Is it likely that the walk has missed the commit that ends the line? */
static gboolean is_lost(struct history *history, const struct commit *commit)
{
	if (history->given->len < PATIENCE * HEX_ID_LEN)
		return FALSE;
	if (history->time_of_end < 0) {
		g_autofree char *answer = history_date(history->repository,
				history->range->hidden->pdata[0], "%ct", NULL);

		history->time_of_end = answer ?
			g_ascii_strtoll(answer, NULL, 10) : G_MAXINT64;
	}
	history->older = commit->time < history->time_of_end ?
			 history->older + 1 : 0;
	return history->older >= PATIENCE;
}

/* Read the next commit of the line; HISTORY_AGAIN if there is no such line. */
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
 * Read the next commit of the range.  The commits that were given on the line
 * come first: if others come, they were the wrong ones.
 */
static int step_in_range(struct history *history, struct commit *out,
			 char **err)
{
	GString *given = history->given;
	int ret;

	while ((ret = read_commit(history, out, err)) == HISTORY_COMMIT) {
		if (history->confirmed == given->len)
			return ret;
		if (!g_str_has_prefix(given->str + history->confirmed, out->id))
			break;
		history->confirmed += HEX_ID_LEN;
	}
	if (ret < 0 || history->confirmed == given->len)
		return ret;
	g_string_truncate(given, 0);
	return start(history, FALSE, err) < 0 ? -1 : HISTORY_AGAIN;
}

static int step(struct history *history, struct commit *out, char **err)
{
	int ret;

	if (!history->git)
		return HISTORY_END;
	if (history->on_a_line) {
		ret = step_on_line(history, out);
		if (ret != HISTORY_AGAIN)
			return ret;
		if (start(history, FALSE, err) < 0)
			return -1;
	}
	return step_in_range(history, out, err);
}

int history_next(struct history *history, struct commit *out, char **err)
{
	const struct history_options *options = &history->options;
	int ret = step(history, out, err);

	if (ret == HISTORY_AGAIN) {
		*history->top = '\0';
		history->counted = 0;
	}
	if (ret != HISTORY_COMMIT)
		return ret;
	if (options->max_count >= 0 && history->counted == options->max_count) {
		history->is_cut = TRUE;
		return end(history);
	}
	if (!*history->top)
		memcpy(history->top, out->id, sizeof(history->top));
	g_strlcpy(history->bottom, out->nr_parents || !older_epoch(history) ?
		  out->parents : older_epoch(history)->tip,
		  sizeof(history->bottom));
	history->counted += out->nr_parents < 2 || !options->merges_are_free;
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

void history_ends(const struct history *history, char *bottom, char *top)
{
	const char *id = history_bottom(history);

	g_strlcpy(bottom, id ? id : "", HEX_ID_LEN + 1);
	g_strlcpy(top, history_top(history), HEX_ID_LEN + 1);
}

const struct sides *history_sides(const struct history *history)
{
	if (history->sides)
		sides_settle(history->sides);
	return history->sides;
}

gboolean history_is_cut(const struct history *history)
{
	return history->is_cut;
}

gint64 history_newest(const struct repository *repository, const char *tip)
{
	g_autofree char *answer = git_ask(repository->folder, NULL, "rev-list",
					  "--max-count=1000",
					  "--no-commit-header", "--format=%ct",
					  tip, "--", NULL);
	char *line, *rest = answer;
	gint64 newest = -1;

	while ((line = strsep(&rest, "\n")))
		if (*line)
			newest = MAX(newest, g_ascii_strtoll(line, NULL, 10));
	return newest;
}

char *history_date(const struct repository *repository, const char *id,
		   const char *format, char **err)
{
	g_autofree char *wanted = g_strconcat("--format=", format, NULL);

	return git_ask(repository->folder, err, "rev-list", "--no-walk",
		       "--no-commit-header", wanted, id, NULL);
}
