#include <string.h>
#include "git/cherry.h"
#include "git/git.h"
#include "source/branch.h"
#include "source/commits.h"

/* How many commits BRANCH_SUMMARY_OF_FEW sums up. */
#define FEW 200

struct branch {
	struct builder *builder;
	const struct repository *repository;
	const struct range *range;
	struct history *history;
	const struct branch_options *options;
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

/* Which commits the other side has already. */
static void find_twins(struct branch *branch, const struct commits *commits)
{
	struct digest *digest = branch->builder->digest;
	g_autoptr(GString) ids = NULL;
	char *why = NULL;

	if (!range_excluded(branch->range) || !commits_count(commits) ||
	    !branch->options->with_twins)
		return;
	ids = commits_ids(commits);
	digest->twins = cherry_find(branch->repository, branch->range, ids,
				    &why);
	if (!digest->twins)
		warn_of_unknown(branch, "find the commits that the other side "
				"already has", why);
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

static void finish_summary(struct branch *branch, struct merge_try *attempt)
{
	struct digest *digest = branch->builder->digest;
	const struct range *range = branch->range;

	merge_try_finish(&digest->merge, attempt);
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

/* What can be said once all commits are there. */
static void finish(struct branch *branch)
{
	struct builder *builder = branch->builder;
	char *why = NULL;

	if (branch->options->with_tags)
		builder->digest->reviews = reviews_count(
					builder->digest->patches,
					builder->people);
	if (builder->checks &&
	    checks_finish(builder->checks, history_bottom(branch->history),
			  &builder->digest->findings, &why) < 0)
		warn_of_unknown(branch, "check the commits", why);
}

/* The merge base, if it is known without asking git; or NULL. */
static const char *known_base(const struct branch *branch,
			      const struct commits *commits)
{
	const struct range *range = branch->range;
	const GPtrArray *paths = branch->options->paths;

	return range->tips->len == 1 && range->hidden->len == 1 &&
	       !(paths && paths->len) && !history_is_cut(branch->history) ?
	       commits_base(commits) : NULL;
}

/* What commits do to files is read while the commits are. */
static void start_checks(struct branch *branch, const struct commits *commits,
			 const struct merge_try *attempt, char **err)
{
	g_autoptr(GString) ids = commits_ids(commits);
	const char *base = attempt ? merge_try_base(attempt) : NULL;

	checks_start(branch->builder->checks, ids,
		     base ? base : history_bottom(branch->history),
		     history_top(branch->history), branch->options->paths,
		     err);
}

static gboolean wants_summary(const struct branch_options *options, guint nr)
{
	return options->summary == BRANCH_SUMMARY ||
	       (options->summary == BRANCH_SUMMARY_OF_FEW && nr <= FEW);
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
		.max_signatures = options->summary == BRANCH_SUMMARY ?
				  G_MAXUINT :
				  options->summary == BRANCH_SUMMARY_OF_FEW ?
				  FEW : 0,
	};
	struct branch branch = {
		builder, repository, range, history, options,
	};
	struct git_process *rangediff = NULL;
	struct merge_try *attempt = NULL;
	struct commits *commits;
	int ret;

	ret = commits_open(&commits, repository, history, &commits_options,
			   err);
	if (ret < 0)
		return -1;
	if (options->with_checks)
		builder->checks = checks_new(repository);
	/* git sums the changes up while the commits are read */
	if (wants_summary(options, commits_count(commits)))
		attempt = merge_try_start(repository, history_bottom(history),
					  history_top(history),
					  known_base(&branch, commits),
					  options->paths, err);
	if (!*err && builder->checks &&
	    (options->with_contents || commits_count(commits) <= FEW))
		start_checks(&branch, commits, attempt, err);
	if (!*err && options->range_diff)
		rangediff = rangediff_start(repository, options->range_diff,
					    history_bottom(history),
					    history_top(history), err);
	if (!*err)
		find_twins(&branch, commits);
	if (!*err)
		ret = take_commits(&branch, commits, progress, err);
	commits_free(commits);
	if (!*err)
		finish(&branch);
	if (rangediff && *err)
		git_stop(rangediff);
	else if (rangediff)
		finish_rangediff(&branch, rangediff);
	if (attempt && *err)
		merge_try_stop(attempt);
	else if (attempt)
		finish_summary(&branch, attempt);
	checks_free(builder->checks);
	builder->checks = NULL;
	return *err ? -1 : ret;
}
