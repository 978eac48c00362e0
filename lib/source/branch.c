#include <string.h>
#include "git/git.h"
#include "source/branch.h"
#include "source/commits.h"
#include "source/upstream.h"

/* How many commits BRANCH_SUMMARY_OF_FEW sums up. */
#define FEW 200

struct branch {
	struct builder *builder;
	const struct repository *repository;
	const struct range *range;
	struct history *history;
	const struct branch_options *options;
	/* What runs beside the reading; each may be NULL. */
	struct upstream *upstream;
	struct merge_try *attempt;
	struct git_process *rangediff;
};

/*
 * What git cannot tell costs a warning, not the digest: an object may be
 * damaged or, in a partial clone, not be here.  Frees why.
 */
static void warn_of_unknown(struct branch *branch, const char *what, char *why)
{
	g_autofree char *reason = repository_explain(branch->repository, why);

	digest_warn(branch->builder->digest, "cannot %s: %s", what, reason);
}

static gboolean is_test(const char *path, const GPtrArray *globs)
{
	guint i;

	for (i = 0; path && i < globs->len; i++)
		if (filter_path_matches(globs->pdata[i], path))
			return TRUE;
	return FALSE;
}

static unsigned count_tests(const GPtrArray *files, const GPtrArray *globs)
{
	unsigned nr = 0;
	guint i;

	for (i = 0; files && i < files->len; i++) {
		const struct change *change = files->pdata[i];

		nr += is_test(change->path, globs) ||
		      is_test(change->from, globs);
	}
	return nr;
}

static void finish_summary(struct branch *branch, struct merge_try *attempt,
			   const struct upstream_found *found)
{
	struct digest *digest = branch->builder->digest;
	const struct range *range = branch->range;

	merge_try_finish(&digest->merge, attempt, found->changed,
			 g_strdup(found->unknown));
	digest->tests = count_tests(digest->merge.changes.files,
				    branch->options->tests);
	/* Nobody merges a part of a branch, or several branches at once. */
	if (!range_excluded(range) || history_is_cut(branch->history) ||
	    range->tips->len > (range->symmetric ? 2 : 1))
		merge_forget_side(&digest->merge);
	digest->has_merge = TRUE;
	/* they have the way out already */
	if (digest->merge.unknown)
		digest_warn(digest, "cannot try the merge: %s",
			    digest->merge.unknown);
	if (digest->merge.no_changes)
		digest_warn(digest, "cannot sum up the changes: %s",
			    digest->merge.no_changes);
	if (digest->merge.no_side)
		digest_warn(digest, "cannot tell what the other side has done: "
			    "%s", digest->merge.no_side);
}

static void count_signature(struct signatures *out, char signature)
{
	enum signature kind = SIGNATURE_NONE;

	if (!signature)
		return;
	if (strchr("GU", signature))
		kind = SIGNATURE_GOOD;
	else if (strchr("BXYR", signature))
		kind = SIGNATURE_BAD;
	else if (signature == 'E')
		kind = SIGNATURE_UNKNOWN;
	out->nr[kind]++;
}

static void warn_of_diffstats(struct digest *digest,
			      const struct commits *commits)
{
	const char *why;
	guint nr = commits_unknown_diffstats(commits, &why);

	if (nr)
		digest_warn(digest, "cannot show the diffstat%s of %u "
			    "commit%s: %s", nr == 1 ? "" : "s", nr,
			    nr == 1 ? "" : "s", why);
}

static int take_commits(struct branch *branch, struct commits *commits,
			struct progress *progress, char **err)
{
	struct digest *digest = branch->builder->digest;
	struct patch *patch;
	int ret;

	while ((ret = commits_next(commits, &patch, err)) > 0) {
		progress_update(progress, ++digest->counts.messages);
		count_signature(&digest->signatures, patch->signature);
		builder_add(branch->builder, patch);
	}
	if (!ret)
		warn_of_diffstats(digest, commits);
	return ret;
}

static void finish_rangediff(struct branch *branch, struct git_process *process)
{
	struct digest *digest = branch->builder->digest;
	char *why = NULL;

	digest->rangediff = rangediff_finish(process, &why);
	if (!digest->rangediff)
		warn_of_unknown(branch, "compare with the older version", why);
}

gboolean branch_wants_sides(const struct branch_options *options)
{
	return options->with_twins || options->summary != BRANCH_NO_SUMMARY;
}

/* How many commits are summed up at most? */
static guint max_summary(const struct branch_options *options)
{
	return options->summary == BRANCH_SUMMARY ? G_MAXUINT :
	       options->summary == BRANCH_SUMMARY_OF_FEW ? FEW : 0;
}

/* Of how many commits are the files looked at? */
static guint max_contents(const struct branch_options *options)
{
	return !options->with_checks ? 0 : options->with_contents ? G_MAXUINT :
	       FEW;
}

static int start_checks(struct branch *branch, char **err)
{
	const struct history *history = branch->history;
	const char *base = branch->attempt ? merge_try_base(branch->attempt) :
			   NULL;

	return checks_start(branch->builder->checks,
			    base ? base : history_bottom(history),
			    history_top(history), branch->options->paths, err);
}

/* Start whatever git can tell while the commits are read. */
static int start(struct branch *branch, const struct commits *commits,
		 char **err)
{
	const struct branch_options *options = branch->options;
	const struct repository *repository = branch->repository;
	struct history *history = branch->history;
	const char *bottom = history_bottom(history);
	const char *top = history_top(history);
	g_autoptr(GString) ids = commits_ids(commits);
	const struct sides *sides = NULL;
	const char *base = NULL;

	if (range_excluded(branch->range) && branch_wants_sides(options))
		branch->upstream = upstream_start(repository, branch->range,
						  history, err);
	if (*err)
		return -1;
	if (branch->upstream)
		sides = upstream_sides(branch->upstream);
	/* where options cut the history short, its bottom is not the side */
	if (options->summary != BRANCH_NO_SUMMARY &&
	    commits_count(commits) <= max_summary(options))
		branch->attempt = merge_try_start(repository, bottom, top,
				history_is_cut(history) ? NULL : sides,
				options->paths, err);
	if (branch->attempt && sides && !history_is_cut(history))
		base = merge_try_base(branch->attempt);
	if (base && !strcmp(base, bottom))
		base = NULL;
	/* what takes longer comes first */
	if (!*err && branch->upstream)
		upstream_look(branch->upstream, options->with_twins ? ids :
			      NULL, base, err);
	if (!*err && branch->attempt)
		merge_try_run(branch->attempt, err);
	if (!*err && branch->builder->checks &&
	    commits_count(commits) <= max_contents(options))
		start_checks(branch, err);
	return *err ? -1 : 0;
}

static void warn_of_twins(struct branch *branch,
			  const struct upstream_found *found)
{
	const char *why = found->unknown ? found->unknown : found->no_twins;

	if (why && branch->options->with_twins)
		warn_of_unknown(branch, "find the commits that the other side "
				"already has", g_strdup(why));
}

/* What can be said once all commits are there. */
static void finish(struct branch *branch)
{
	struct builder *builder = branch->builder;
	struct digest *digest = builder->digest;
	const struct branch_options *options = branch->options;
	struct upstream_found found = { 0 };
	char *why = NULL;

	if (options->with_tags)
		digest->reviews = reviews_count(digest->patches,
						builder->people);
	if (builder->checks &&
	    checks_finish(builder->checks, history_bottom(branch->history),
			  &digest->findings, &why) < 0)
		warn_of_unknown(branch, "check the commits", why);
	if (branch->rangediff)
		finish_rangediff(branch, g_steal_pointer(&branch->rangediff));
	if (branch->upstream)
		upstream_finish(branch->upstream, &found);
	digest->twins = found.twins;
	if (branch->attempt)
		finish_summary(branch, g_steal_pointer(&branch->attempt),
			       &found);
	warn_of_twins(branch, &found);
	if (found.changed)
		g_hash_table_unref(found.changed);
	g_free(found.unknown);
	g_free(found.no_twins);
}

static void stop(struct branch *branch)
{
	upstream_free(branch->upstream);
	if (branch->rangediff)
		git_stop(branch->rangediff);
	if (branch->attempt)
		merge_try_stop(branch->attempt);
	checks_free(branch->builder->checks);
	branch->builder->checks = NULL;
}

int branch_read(struct builder *builder, const struct repository *repository,
		const struct range *range, struct history *history,
		const struct branch_options *options,
		struct progress *progress, char **err)
{
	const struct commits_options commits_options = {
		.paths = options->paths,
		.with_diffstat = options->with_diffstats,
		.with_tags = options->with_tags,
		.with_paths = filter_wants_paths(builder->filter),
		.processes = options->processes,
		.max_signatures = max_summary(options),
		.max_contents = max_contents(options),
	};
	struct branch branch = {
		builder, repository, range, history, options,
	};
	struct commits *commits = NULL;

	/* this takes longest */
	if (options->range_diff)
		branch.rangediff = rangediff_start(repository,
						   options->range_diff,
						   range_excluded(range),
						   range_tip(range), err);
	if (options->with_checks)
		builder->checks = checks_new(repository);
	if (!*err &&
	    !commits_open(&commits, repository, history, &commits_options,
			  err) &&
	    !start(&branch, commits, err) &&
	    !take_commits(&branch, commits, progress, err))
		finish(&branch);
	if (commits)
		commits_free(commits);
	stop(&branch);
	return *err ? -1 : 0;
}
