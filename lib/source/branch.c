#include "git/cherry.h"
#include "source/branch.h"
#include "source/commits.h"

/* How many commits BRANCH_SUMMARY_OF_FEW sums up. */
#define FEW 200

struct branch {
	struct builder *builder;
	const struct repository *repository;
	const struct range *range;
	struct history *history;
};

/*
 * Which commits the other side has already.  In a partial clone git may lack an
 * object to tell: that costs a warning.
 */
static int find_twins(struct branch *branch, char **err)
{
	struct digest *digest = branch->builder->digest;
	g_autofree char *why = NULL;
	g_autofree char *message = NULL;

	if (!range_excluded(branch->range) || !digest->patches->len ||
	    branch->builder->mode == PATCHES_NONE)
		return 0;
	digest->twins = cherry_find(branch->repository, branch->range, &why);
	if (digest->twins)
		return 0;
	why = repository_explain(branch->repository, g_steal_pointer(&why));
	message = g_strconcat("cannot find the commits that the other side "
			      "already has: ", why, NULL);
	if (!branch->repository->refetch) {
		*err = g_steal_pointer(&message);
		return -1;
	}
	digest_warn(digest, "%s", message);
	return 0;
}

static int finish_summary(struct branch *branch, struct merge_try *attempt,
			  char **err)
{
	struct digest *digest = branch->builder->digest;
	const struct range *range = branch->range;

	if (merge_try_finish(&digest->merge, attempt, err) < 0)
		return -1;
	/* Nobody merges a part of a branch, or several branches at once. */
	if (!range_excluded(range) || history_is_cut(branch->history) ||
	    range->tips->len > (range->symmetric ? 2 : 1))
		merge_forget_side(&digest->merge);
	digest->has_merge = TRUE;
	return 0;
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
		builder_add(branch->builder, patch);
	}
	if (!ret)
		warn_of_diffstats(digest, commits);
	return ret;
}

/* What can be said once all commits are there. */
static int finish(struct branch *branch, char **err)
{
	struct builder *builder = branch->builder;
	char *why = NULL;

	if (find_twins(branch, err) < 0)
		return -1;
	if (builder->checks &&
	    checks_finish(builder->checks, history_bottom(branch->history),
			  &builder->digest->findings, &why) < 0) {
		*err = g_strdup_printf("cannot check the commits: %s", why);
		g_free(why);
		return -1;
	}
	return 0;
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
		.with_diffstat = builder->mode != PATCHES_NONE,
		.with_paths = filter_wants_paths(builder->filter),
		.processes = options->processes,
	};
	struct branch branch = { builder, repository, range, history };
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
					  history_top(history), options->paths,
					  err);
	if (!*err)
		ret = take_commits(&branch, commits, progress, err);
	commits_free(commits);
	if (!*err)
		ret = finish(&branch, err);
	if (attempt && *err)
		merge_try_stop(attempt);
	else if (attempt)
		ret = finish_summary(&branch, attempt, err);
	checks_free(builder->checks);
	builder->checks = NULL;
	return *err ? -1 : ret;
}
