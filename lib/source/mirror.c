#include "digest/discussion.h"
#include "source/crossposts.h"
#include "source/inbox.h"
#include "source/mirror.h"
#include "source/past.h"

struct mirror {
	struct builder *builder;
	const struct repository *repository;
	struct objects *objects;
	const struct range *range;
	struct mirror_options options;
	struct past *past;	/* if it is read already; else NULL */
};

/*
 * Begin to read what is before a commit, if anything there is wanted: sets
 * *past, to NULL if not.
 */
static int start_past(struct past **past, const struct mirror *mirror,
		      const char *from, long look_back, char **err)
{
	const struct mirror_options *options = &mirror->options;

	*past = NULL;
	if (!from || !*from || (!options->with_newcomers && look_back <= 0))
		return 0;
	*past = past_start(mirror->repository, from, look_back,
			   options->with_newcomers, options->threads, err);
	return *past ? 0 : -1;
}

int mirror_read(struct mirror **out, struct builder *builder,
		const struct repository *repository, struct objects *objects,
		const struct range *range, struct history *history,
		const struct mirror_options *options,
		struct progress *progress, char **err)
{
	struct mirror *mirror = g_new0(struct mirror, 1);
	int ret = 0;

	mirror->builder = builder;
	mirror->repository = repository;
	mirror->objects = objects;
	mirror->range = range;
	mirror->options = *options;
	/* Of "A..B" it is known beforehand what the past is. */
	if (!options->is_cut)
		ret = start_past(&mirror->past, mirror, range_excluded(range),
				 options->look_back, err);
	if (!ret)
		ret = inbox_read(builder, repository, history,
				 options->threads, progress, err);
	if (!ret) {
		*out = mirror;
		return 0;
	}
	past_free(mirror->past);
	g_free(mirror);
	return -1;
}

/* What could not be read of the earlier mails, the reader is told, too. */
static void warn_of(struct digest *digest, const struct digest *before)
{
	guint i;

	for (i = 0; i < before->warnings->len; i++)
		digest_warn(digest, "before the range: %s",
			    (char *)before->warnings->pdata[i]);
}

/* A digest by the same rules of what the range is compared with. */
static struct digest *read_before(const struct mirror *mirror, char **err)
{
	struct digest *digest = mirror->builder->digest;
	const struct history_options options = {
		/* with a lower date the time counts, not the number of mails */
		.max_count = mirror->range->since >= 0 ? -1 :
			     (long)(digest->counts.messages +
				    digest->counts.removed),
		.is_inbox = TRUE,
	};
	struct builder before = *mirror->builder;
	struct history *history = NULL;
	struct builder empty;
	struct range range;
	guint i;
	int ret;

	builder_init(&empty, DIGEST_INBOX);
	before.digest = empty.digest;
	before.undecided = empty.undecided;
	before.mode = PATCHES_NONE;
	before.digest->replies = g_ptr_array_new_with_free_func(
					(GDestroyNotify)reply_free);
	for (i = 0; i < digest->limits->len; i++)
		g_ptr_array_add(before.digest->limits,
				g_strdup(digest->limits->pdata[i]));
	range_before(&range, mirror->range, digest->from,
		     mirror->options.now);
	ret = history_open(&history, mirror->repository, &range, &options,
			   err);
	if (!ret)
		ret = inbox_read(&before, mirror->repository, history,
				 mirror->options.threads, NULL, err);
	if (!ret)
		history_ends(history, before.digest->from, before.digest->to);
	warn_of(digest, before.digest);
	builder_group(&before);
	history_free(history);
	range_clear(&range);
	if (!ret)
		return before.digest;
	digest_free(before.digest);
	return NULL;
}

/*
 * Add to a builder's digest, whose series are known, what was before its range
 * and what its replies say; and leave out what nobody wants.
 */
static int discuss(const struct mirror *mirror, const struct builder *builder,
		   struct past *past, char **err)
{
	struct digest *digest = builder->digest;
	GPtrArray *older;

	if (digest->replies)
		discussion_link(digest);
	if (past_finish(past, builder, mirror->objects, &older, err) < 0)
		return -1;
	if (digest->replies)
		discussion_read(digest, older, builder->people);
	if (builder->limit)
		limit_apply(builder->limit, digest);
	if (mirror->options.shown)
		crossposts_leave_out(digest, mirror->options.shown);
	return 0;
}

/* past knows the people of before the digest; it may be NULL. */
static void sum_up(struct digest *digest, const struct people *people,
		   const struct past *past)
{
	discussion_sum_up(digest, people);
	if (past)
		past_tell_people(past, digest->summary);
	summary_finish(digest->summary);
}

/* The summary of what the range is compared with; NULL if git cannot tell. */
static struct summary *sum_up_before(const struct mirror *mirror, char **err)
{
	struct digest *digest = read_before(mirror, err);
	struct builder before = *mirror->builder;
	struct summary *summary = NULL;
	struct past *past = NULL;

	if (!digest)
		return NULL;
	before.digest = digest;
	if (!start_past(&past, mirror, digest->from, 0, err) &&
	    !discuss(mirror, &before, past, err)) {
		sum_up(digest, before.people, past);
		summary = g_steal_pointer(&digest->summary);
	}
	past_free(past);
	digest_free(digest);
	return summary;
}

static int compare(const struct mirror *mirror, char **err)
{
	struct digest *digest = mirror->builder->digest;

	digest->summary->age = mirror->options.now - digest->newest;
	if (!mirror->options.compare || !*digest->from)
		return 0;
	digest->summary->before = sum_up_before(mirror, err);
	return digest->summary->before ? 0 : -1;
}

/* Of most ranges only the walk tells where they begin. */
static int find_past(struct mirror *mirror, char **err)
{
	const char *from = mirror->builder->digest->from;

	if (mirror->past && past_is_of(mirror->past, from))
		return 0;
	past_free(mirror->past);
	return start_past(&mirror->past, mirror, from,
			  mirror->options.look_back, err);
}

int mirror_finish(struct mirror *mirror, char **err)
{
	const struct builder *builder = mirror->builder;
	struct digest *digest = builder->digest;
	int ret = find_past(mirror, err);

	if (!ret)
		ret = discuss(mirror, builder, mirror->past, err);
	if (!ret && mirror->options.with_summary) {
		sum_up(digest, builder->people, mirror->past);
		ret = compare(mirror, err);
	}
	if (!ret && digest->replies)
		discussion_fill(digest, builder->people,
				mirror->options.stale);
	past_free(mirror->past);
	g_free(mirror);
	return ret;
}
