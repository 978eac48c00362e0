#include <string.h>
#include "git/cherry.h"
#include "git/git.h"
#include "source/upstream.h"

/* Of one tip of the range. */
struct walk {
	struct git_process *git;	/* NULL once it has ended */
	struct sides sides;
	gboolean is_known;
};

struct upstream {
	const struct repository *repository;
	const struct range *range;
	GArray *walks;		/* struct walk: one for each tip */
	GPtrArray *theirs;	/* struct side_commit *: of all walks, borrowed */
	char *unknown;		/* why a walk has failed, or NULL */
	GString *ours;		/* or NULL; see upstream_look() */
	struct sides_files *files;	/* NULL if nobody looks */
};

static void walk_clear(void *data)
{
	struct walk *walk = data;

	if (walk->git)
		git_stop(walk->git);
	sides_clear(&walk->sides);
}

struct upstream *upstream_start(const struct repository *repository,
				const struct range *range, char **err)
{
	struct upstream *upstream = g_new0(struct upstream, 1);
	guint i;

	upstream->repository = repository;
	upstream->range = range;
	upstream->walks = g_array_new(FALSE, TRUE, sizeof(struct walk));
	g_array_set_clear_func(upstream->walks, walk_clear);
	upstream->theirs = g_ptr_array_new();
	/* the first tip of "A...B" is the other side */
	for (i = range->symmetric ? 1 : 0; !*err && i < range->tips->len; i++) {
		struct walk walk = {
			.git = sides_start(repository, range_excluded(range),
					   range->tips->pdata[i], err),
		};

		g_array_append_val(upstream->walks, walk);
	}
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
	g_array_unref(upstream->walks);
	g_ptr_array_unref(upstream->theirs);
	if (upstream->ours)
		g_string_free(upstream->ours, TRUE);
	g_free(upstream->unknown);
	g_free(upstream);
}

static void finish_walk(struct upstream *upstream, struct walk *walk)
{
	char *why = NULL;

	if (!sides_finish(&walk->sides, g_steal_pointer(&walk->git), &why)) {
		walk->is_known = TRUE;
		g_ptr_array_extend(upstream->theirs, walk->sides.theirs, NULL,
				   NULL);
		return;
	}
	g_free(upstream->unknown);
	upstream->unknown = why;
}

const struct sides *upstream_sides(struct upstream *upstream)
{
	const struct walk *first = &g_array_index(upstream->walks, struct walk,
						  0);
	guint i;

	for (i = 0; i < upstream->walks->len; i++) {
		struct walk *walk = &g_array_index(upstream->walks, struct walk,
						   i);

		if (walk->git)
			finish_walk(upstream, walk);
	}
	return first->is_known ? &first->sides : NULL;
}

int upstream_look(struct upstream *upstream, const GString *ours,
		  const char *base, char **err)
{
	g_autoptr(GString) none = g_string_new(NULL);
	gboolean with_twins = ours && ours->len && upstream->theirs->len;

	if (ours)
		upstream->ours = g_string_new(ours->str);
	if (upstream->unknown || (!with_twins && !base))
		return 0;
	if (!with_twins)
		g_ptr_array_set_size(upstream->theirs, 0);
	upstream->files = sides_files_start(upstream->repository, base,
					    range_excluded(upstream->range),
					    with_twins ? ours : none,
					    upstream->theirs, err);
	return upstream->files ? 0 : -1;
}

void upstream_finish(struct upstream *upstream, struct upstream_found *out)
{
	g_autoptr(GPtrArray) alike = NULL;

	*out = (struct upstream_found) {
		.unknown = g_steal_pointer(&upstream->unknown),
	};
	if (upstream->files)
		alike = sides_files_finish(&out->changed,
				g_steal_pointer(&upstream->files),
				&out->unknown);
	else
		alike = g_ptr_array_new();
	if (!out->unknown && upstream->ours)
		out->twins = cherry_find(upstream->repository, upstream->ours,
					 alike, &out->no_twins);
}
