#include <string.h>
#include "git/cherry.h"
#include "git/git.h"
#include "source/upstream.h"

/* From one tip of the range, and from what the range excludes. */
struct walk {
	struct range range;
	struct history *history;
};

struct upstream {
	const struct repository *repository;
	const struct range *range;
	GPtrArray *walks;	/* struct walk *: one for each tip; none if the
				   history of the range tells */
	const struct sides *sides;	/* of the range's tip; or NULL */
	GPtrArray *theirs;	/* struct side_commit *, borrowed: of all
				   walks */
	char *unknown;		/* why a walk has failed, or NULL */
	gboolean with_twins;
	struct sides_files *files;	/* NULL if nobody looks */
};

static void walk_free(void *data)
{
	struct walk *walk = data;

	history_free(walk->history);
	range_clear(&walk->range);
	g_free(walk);
}

static int add_walk(struct upstream *upstream, const char *tip, char **err)
{
	static const struct history_options options = {
		.max_count = -1,
		.with_sides = TRUE,
	};
	struct walk *walk = g_new0(struct walk, 1);

	range_between(&walk->range, range_excluded(upstream->range), tip);
	g_ptr_array_add(upstream->walks, walk);
	return history_open(&walk->history, upstream->repository, &walk->range,
			    &options, err);
}

static void take_sides(struct upstream *upstream, const struct sides *sides)
{
	if (!upstream->sides)
		upstream->sides = sides;
	g_ptr_array_extend(upstream->theirs, sides->theirs, NULL, NULL);
}

struct upstream *upstream_start(const struct repository *repository,
				const struct range *range,
				const struct history *history, char **err)
{
	struct upstream *upstream = g_new0(struct upstream, 1);
	const struct sides *sides = history_sides(history);
	guint i;

	upstream->repository = repository;
	upstream->range = range;
	upstream->walks = g_ptr_array_new_with_free_func(walk_free);
	upstream->theirs = g_ptr_array_new();
	if (sides)
		take_sides(upstream, sides);
	/* the first tip of "A...B" is the other side */
	for (i = range->symmetric ? 1 : 0; !sides && i < range->tips->len; i++)
		if (add_walk(upstream, range->tips->pdata[i], err) < 0)
			break;
	if (*err)
		g_clear_pointer(&upstream, upstream_free);
	return upstream;
}

void upstream_free(struct upstream *upstream)
{
	if (!upstream)
		return;
	if (upstream->files)
		sides_files_stop(upstream->files);
	g_ptr_array_unref(upstream->walks);
	g_ptr_array_unref(upstream->theirs);
	g_free(upstream->unknown);
	g_free(upstream);
}

const struct sides *upstream_sides(struct upstream *upstream)
{
	guint i;

	for (i = 0; !upstream->unknown && i < upstream->walks->len; i++) {
		struct walk *walk = upstream->walks->pdata[i];
		struct commit commit;
		int ret;

		while ((ret = history_next(walk->history, &commit,
					   &upstream->unknown)) ==
		       HISTORY_COMMIT)
			;
		if (ret == HISTORY_END)
			take_sides(upstream, history_sides(walk->history));
	}
	return upstream->unknown ? NULL : upstream->sides;
}

int upstream_look(struct upstream *upstream, const GString *ours,
		  const char *base, char **err)
{
	g_autoptr(GString) none = g_string_new(NULL);

	upstream->with_twins = ours != NULL;
	if (!ours)
		g_ptr_array_set_size(upstream->theirs, 0);
	if (upstream->unknown || (!upstream->theirs->len && !base))
		return 0;
	upstream->files = sides_files_start(upstream->repository, base,
					    range_excluded(upstream->range),
					    upstream->theirs->len ? ours : none,
					    upstream->theirs, err);
	return upstream->files ? 0 : -1;
}

void upstream_finish(struct upstream *upstream, struct upstream_found *out)
{
	struct sides_found found = { 0 };

	*out = (struct upstream_found) {
		.unknown = g_steal_pointer(&upstream->unknown),
	};
	if (upstream->files)
		sides_files_finish(&found, g_steal_pointer(&upstream->files),
				   &out->unknown);
	if (!out->unknown && upstream->with_twins)
		out->twins = cherry_find(upstream->repository, found.ours,
					 found.theirs, &out->no_twins);
	out->changed = g_steal_pointer(&found.changed);
	sides_found_clear(&found);
}
