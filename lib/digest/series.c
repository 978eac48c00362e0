#include <string.h>
#include "digest/alike.h"
#include "digest/conversation.h"
#include "digest/series.h"

/*
 * The patches of one posting arrive within this time, even if a mail server
 * holds some of them back.
 */
#define POSTING_SECONDS (12 * 60 * 60)

/* So much before or after its patches a cover letter may come. */
#define COVER_SECONDS (24 * 60 * 60)

/*
 * A patch is compared with at most so many mails of one Message-ID, and with
 * so many postings that look alike.  So the time that a flood of them takes
 * grows with its length, not with the square of its length.
 */
#define MAX_ALIKE 100

/*
 * A patch in a forest of sets (union-find); each set becomes a series.  A
 * posting is a set that patches without a thread may join; one of its nodes
 * stands for it.
 */
struct node {
	struct patch *patch;
	struct node *parent;	/* the root of a set is its own parent */
	struct node *joins;	/* whom a rule wants it united with, or NULL */
	gboolean is_alone;	/* no other patch is in its set */
	gboolean has_cover;	/* of a root: a cover letter is in its set */
	struct series *series;	/* of a root: what its set becomes */

	gint64 first, last;	/* of a posting: when its patches arrived, */
	GHashTable *numbers;	/* and their numbers; NULL for other nodes */
};

struct grouping {
	struct node *nodes;	/* in the order of the walk, newest first */
	guint nr;
	GHashTable *ids;	/* Message-ID -> GPtrArray of the nodes that
				   have it, MAX_ALIKE of them at most */
	GHashTable *answering;	/* posting_key() and the Message-ID that is
				   answered -> the first such node */
	GHashTable *coverless;	/* childless_key() -> GPtrArray of the nodes in
				   sets without a cover letter */
	GHashTable *postings;	/* posting_key() -> GSequence of the postings,
				   by the arrival of the node's own patch */
};

static struct node *find_root(struct node *node)
{
	while (node->parent != node) {
		node->parent = node->parent->parent;
		node = node->parent;
	}
	return node;
}

static void unite(struct node *a, struct node *b)
{
	a = find_root(a);
	b = find_root(b);
	if (a == b)
		return;
	/* The newest patch of a set is its root. */
	if (a < b)
		b->parent = a;
	else
		a->parent = b;
	a->is_alone = b->is_alone = FALSE;
	a->has_cover = b->has_cover = a->has_cover || b->has_cover;
}

static gboolean is_numbered(const struct patch *patch)
{
	return patch->subject.number > 0;
}

static gboolean same_title(const struct patch *a, const struct patch *b)
{
	return g_strcmp0(a->title_key, b->title_key) == 0;
}

/* Are two mails of one Message-ID one mail that came by two routes? */
static gboolean same_mail(const struct patch *a, const struct patch *b)
{
	return patch_same_author(a, b) && same_title(a, b) &&
	       a->subject.number == b->subject.number &&
	       a->subject.version == b->subject.version;
}

/* Can the two be parts of one posting? */
static gboolean fit_together(const struct patch *a, const struct patch *b)
{
	return a->subject.version == b->subject.version &&
	       a->subject.total >= 0 && a->subject.total == b->subject.total &&
	       !(patch_is_cover(a) && patch_is_cover(b));
}

/*
 * What all patches of a posting have in common: the sender, version, total
 * and prefix words; and the mail that they answer, unless it is "".
 */
static char *posting_key(const struct patch *patch, const char *answered)
{
	g_autofree char *email = g_ascii_strdown(patch->sender.email, -1);
	g_autofree char *words = subject_prefix_key(&patch->subject);

	return g_strdup_printf("%s\n%u\n%d\n%s\n%s", email,
			       patch->subject.version, patch->subject.total,
			       words, answered);
}

/* Index the nodes by Message-ID, and unite those that are the same mail. */
static void index_ids(struct grouping *g)
{
	guint i;

	for (i = 0; i < g->nr; i++) {
		struct node *node = &g->nodes[i], *first;
		char *id = node->patch->message_id;
		GPtrArray *alike;

		if (!id)
			continue;
		alike = alike_list(g->ids, id);
		if (alike->len == MAX_ALIKE)
			continue;
		g_ptr_array_add(alike, node);
		first = alike->pdata[0];
		if (same_mail(first->patch, node->patch))
			unite(first, node);
	}
}

/* The nearest mail that the patch answers and can be posted with. */
static struct node *find_answered(struct grouping *g, struct node *node)
{
	GPtrArray *references = node->patch->references;
	guint r, k;

	for (r = 0; r < references->len; r++) {
		GPtrArray *alike = g_hash_table_lookup(g->ids,
						       references->pdata[r]);

		for (k = 0; alike && k < alike->len; k++) {
			struct node *other = alike->pdata[k];

			if (other != node &&
			    fit_together(node->patch, other->patch))
				return other;
		}
	}
	return NULL;
}

/* A patch of the same kind that answers the same mail. */
static struct node *find_sibling(struct grouping *g, struct node *node)
{
	g_autofree char *key = posting_key(node->patch,
					   node->patch->references->pdata[0]);
	struct node *sibling = g_hash_table_lookup(g->answering, key);

	if (!sibling)
		g_hash_table_insert(g->answering, g_steal_pointer(&key), node);
	return sibling;
}

/*
 * Rule: a numbered patch belongs with what it answers; or else, as its cover
 * letter came before the range or does not fit, with what answers the same.
 */
static struct node *join_thread(struct grouping *g, struct node *node)
{
	struct node *answered;

	if (!is_numbered(node->patch) || !node->patch->references->len)
		return NULL;
	answered = find_answered(g, node);
	return answered ? answered : find_sibling(g, node);
}

/*
 * "[PATCH 0/5]" and the six patches that answer it: one of the two totals is
 * wrong.  "[PATCH 0/2]" and "[PATCH v2 1/2]": the cover letter lacks the
 * version.  Then no patch must fit the cover letter better.  "[PATCH v2 0/2]"
 * and "[PATCH 1/2]": the patch lacks the version, and others may have it.
 */
static gboolean is_miscounted(const struct node *cover,
			      const struct patch *patch)
{
	const struct subject *a = &cover->patch->subject, *b = &patch->subject;

	if (a->total == b->total && !b->is_versioned)
		return TRUE;
	return cover->is_alone && (a->version == b->version ||
				   (a->total == b->total && !a->is_versioned));
}

/*
 * Rule: a numbered patch belongs with a cover letter of the same sender that it
 * answers, if one of the two is only miscounted.
 */
static struct node *join_miscounted_cover(struct grouping *g,
					  struct node *node)
{
	const struct patch *patch = node->patch;
	GPtrArray *alike;
	guint i;

	if (!is_numbered(patch) || !patch->references->len ||
	    find_root(node)->has_cover)
		return NULL;
	alike = g_hash_table_lookup(g->ids, patch->references->pdata[0]);
	for (i = 0; alike && i < alike->len; i++) {
		struct node *cover = alike->pdata[i];

		if (patch_is_cover(cover->patch) &&
		    patch_same_sender(cover->patch, patch) &&
		    is_miscounted(cover, patch))
			return cover;
	}
	return NULL;
}

/*
 * Rule: a cover letter that no patch answers belongs with the patches of its
 * sender that it answers itself, or that answer the same older mail.  One that
 * was sent twice answers itself.
 */
static struct node *join_answering_cover(struct grouping *g, struct node *node)
{
	const struct patch *cover = node->patch;
	g_autofree char *key = NULL;
	struct node *other;
	GPtrArray *alike;
	guint i;

	if (!patch_is_cover(cover) || !node->is_alone ||
	    !cover->references->len)
		return NULL;
	alike = g_hash_table_lookup(g->ids, cover->references->pdata[0]);
	for (i = 0; alike && i < alike->len; i++) {
		other = alike->pdata[i];
		if (other != node && patch_same_sender(cover, other->patch) &&
		    cover->subject.version == other->patch->subject.version &&
		    cover->subject.total == other->patch->subject.total &&
		    (patch_is_cover(other->patch) ?
		     same_title(cover, other->patch) :
		     !find_root(other)->has_cover))
			return other;
	}
	key = posting_key(cover, cover->references->pdata[0]);
	other = g_hash_table_lookup(g->answering, key);
	return other && !find_root(other)->has_cover ? other : NULL;
}

static int compare_arrivals(const void *a, const void *b, void *data)
{
	const struct node *x = a, *y = b;

	(void)data;
	return x->patch->arrived < y->patch->arrived ? -1 :
	       x->patch->arrived > y->patch->arrived;
}

static void close_posting(void *node)
{
	g_hash_table_unref(((struct node *)node)->numbers);
}

/* All postings that the patch may belong to. */
static GSequence *postings_of(struct grouping *g, const struct patch *patch)
{
	g_autofree char *key = posting_key(patch, "");
	GSequence *postings = g_hash_table_lookup(g->postings, key);

	if (!postings) {
		postings = g_sequence_new(close_posting);
		g_hash_table_insert(g->postings, g_steal_pointer(&key),
				    postings);
	}
	return postings;
}

/* Add a patch to a posting; the node's own patch opens it. */
static void add_to_posting(struct grouping *g, struct node *posting,
			   const struct patch *patch)
{
	if (!posting->numbers) {
		posting->numbers = g_hash_table_new(NULL, NULL);
		posting->first = posting->last = patch->arrived;
		g_sequence_insert_sorted(postings_of(g, patch), posting,
					 compare_arrivals, NULL);
	}
	posting->first = MIN(posting->first, patch->arrived);
	posting->last = MAX(posting->last, patch->arrived);
	g_hash_table_add(posting->numbers,
			 GINT_TO_POINTER(patch->subject.number));
}

/* How long before or after the posting did the patch come? */
static gint64 gap_to(const struct node *posting, const struct patch *patch)
{
	return MAX(MAX(posting->first - patch->arrived,
		       patch->arrived - posting->last), 0);
}

/* The posting nearest in time that still lacks the patch. */
static struct node *find_posting(struct grouping *g, struct node *node)
{
	GSequence *postings = postings_of(g, node->patch);
	GSequenceIter *iter = g_sequence_search(postings, node,
						compare_arrivals, NULL);
	gpointer number = GINT_TO_POINTER(node->patch->subject.number);
	gint64 best_gap = POSTING_SECONDS + 1;
	struct node *best = NULL;
	int i;

	for (i = 0; i < MAX_ALIKE / 2; i++)
		iter = g_sequence_iter_prev(iter);
	for (i = 0; i < MAX_ALIKE && !g_sequence_iter_is_end(iter); i++) {
		struct node *posting = g_sequence_get(iter);
		gint64 gap = gap_to(posting, node->patch);

		if (gap < best_gap &&
		    !g_hash_table_contains(posting->numbers, number)) {
			best = posting;
			best_gap = gap;
		}
		iter = g_sequence_iter_next(iter);
	}
	return best;
}

/* What a cover letter and its patches have in common, whatever they answer. */
static char *childless_key(const struct patch *patch)
{
	g_autofree char *email = g_ascii_strdown(patch->sender.email, -1);

	return g_strdup_printf("%s\n%u\n%d", email, patch->subject.version,
			       patch->subject.total);
}

/*
 * Index the sets that have no cover letter: the nodes of one key, newest
 * first, MAX_ALIKE of them at most.
 */
static void index_coverless(struct grouping *g)
{
	guint i;

	for (i = 0; i < g->nr; i++) {
		struct node *node = &g->nodes[i];
		GPtrArray *alike;

		if (!is_numbered(node->patch) || find_root(node)->has_cover)
			continue;
		alike = alike_list(g->coverless, childless_key(node->patch));
		if (alike->len < MAX_ALIKE)
			g_ptr_array_add(alike, node);
	}
}

/*
 * Rule: a cover letter that is still alone belongs with the patches of its
 * sender, version and total that have none and came within a day.
 */
static struct node *join_coverless(struct grouping *g, struct node *node)
{
	g_autofree char *key = NULL;
	struct node *best = NULL;
	gint64 best_gap = COVER_SECONDS;
	GPtrArray *alike;
	guint i;

	if (!patch_is_cover(node->patch) || !node->is_alone ||
	    node->patch->subject.total < 0)
		return NULL;
	key = childless_key(node->patch);
	alike = g_hash_table_lookup(g->coverless, key);
	for (i = 0; alike && i < alike->len; i++) {
		struct node *other = alike->pdata[i];
		gint64 gap = ABS(other->patch->arrived - node->patch->arrived);

		gboolean is_nearer = gap < best_gap ||
				     (best && gap == best_gap &&
				      ABS(other - node) < ABS(best - node));

		if (is_nearer && !find_root(other)->has_cover) {
			best = other;
			best_gap = gap;
		}
	}
	return best;
}

/* Is this a numbered patch that answers nothing and that nothing answers? */
static gboolean is_loose(const struct node *node)
{
	return is_numbered(node->patch) && !node->patch->references->len &&
	       node->is_alone;
}

/* The postings that the threads have made, and the cover letters. */
static void index_postings(struct grouping *g)
{
	guint i;

	for (i = 0; i < g->nr; i++) {
		struct node *node = &g->nodes[i], *root = find_root(node);

		if (patch_is_lone(node->patch) || is_loose(node))
			continue;
		/* The root comes first, as the newest of its set. */
		add_to_posting(g, root, node->patch);
	}
}

/* Rule: a loose patch belongs with the posting nearest in time. */
static struct node *join_nearest(struct grouping *g, struct node *node)
{
	struct node *posting;

	if (!is_loose(node))
		return NULL;
	posting = find_posting(g, node);
	add_to_posting(g, posting ? posting : node, node->patch);
	return posting;
}

/*
 * Ask a rule about each patch, and then unite them: the rule sees the sets as
 * the rules before it have made them.
 */
static void apply(struct grouping *g,
		  struct node *(*rule)(struct grouping *, struct node *))
{
	guint i;

	for (i = 0; i < g->nr; i++)
		g->nodes[i].joins = rule(g, &g->nodes[i]);
	for (i = 0; i < g->nr; i++)
		if (g->nodes[i].joins)
			unite(&g->nodes[i], g->nodes[i].joins);
}

void series_free(void *data)
{
	struct series *series = data;

	g_ptr_array_unref(series->patches);
	g_ptr_array_unref(series->supersedes);
	if (series->previous)
		g_free(series->previous->date);
	g_free(series->previous);
	conversation_free(series->conversation);
	g_free(series);
}

const char *series_found(const struct series *series, unsigned *nr)
{
	g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
	const char *first = NULL;
	guint i;

	for (i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];

		if (!patch->applied_as)
			continue;
		first = first ? first : patch->applied_as;
		/* one number may have been posted twice */
		g_hash_table_add(numbers,
				 GINT_TO_POINTER(patch->subject.number));
	}
	*nr = g_hash_table_size(numbers);
	return first;
}

gboolean series_stands(const struct series *series)
{
	return !series->superseded_by || series->superseded_by->is_left_out;
}

static int compare_numbers(const void *a, const void *b)
{
	const struct patch *x = *(struct patch *const *)a;
	const struct patch *y = *(struct patch *const *)b;

	return x->subject.number < y->subject.number ? -1 :
	       x->subject.number > y->subject.number;
}

/*
 * Rule: a cover letter that says neither version nor tree has those of its
 * patches, if they agree.
 */
static void complete_cover(struct series *series)
{
	struct patch *cover = series->head;
	const struct patch *first = NULL;
	gboolean same_version = TRUE, same_tree = TRUE;
	guint i;

	for (i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];

		if (patch_is_cover(patch))
			continue;
		if (!first)
			first = patch;
		same_version &= patch->subject.version ==
				first->subject.version;
		same_tree &= !g_strcmp0(patch->tree, first->tree);
	}
	if (!patch_is_cover(cover) || !first)
		return;
	if (!cover->subject.is_versioned && same_version)
		cover->subject.version = first->subject.version;
	if (cover->tree && !*cover->tree && same_tree) {
		g_free(cover->tree);
		cover->tree = g_strdup(first->tree);
	}
}

/* Make a series of each set. */
static GPtrArray *collect(struct grouping *g)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(series_free);
	guint i;

	for (i = 0; i < g->nr; i++) {
		struct node *root = find_root(&g->nodes[i]);

		if (!root->series) {
			root->series = g_new0(struct series, 1);
			root->series->patches = g_ptr_array_new();
			root->series->supersedes = g_ptr_array_new();
			root->series->order = out->len;
			g_ptr_array_add(out, root->series);
		}
		g_ptr_array_add(root->series->patches, g->nodes[i].patch);
	}
	for (i = 0; i < out->len; i++) {
		struct series *series = out->pdata[i];

		/* The sort is stable: of one number the newest stays first. */
		g_ptr_array_sort(series->patches, compare_numbers);
		series->head = series->patches->pdata[0];
		complete_cover(series);
	}
	return out;
}

GPtrArray *series_group(GPtrArray *patches)
{
	struct grouping g = {
		.nodes = g_new0(struct node, patches->len),
		.nr = patches->len,
		.ids = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
					(GDestroyNotify)g_ptr_array_unref),
		.answering = g_hash_table_new_full(g_str_hash, g_str_equal,
						   g_free, NULL),
		.coverless = g_hash_table_new_full(g_str_hash, g_str_equal,
				g_free, (GDestroyNotify)g_ptr_array_unref),
		.postings = g_hash_table_new_full(g_str_hash, g_str_equal,
				g_free, (GDestroyNotify)g_sequence_free),
	};
	GPtrArray *series;
	guint i;

	for (i = 0; i < g.nr; i++) {
		g.nodes[i].patch = patches->pdata[i];
		g.nodes[i].parent = &g.nodes[i];
		g.nodes[i].is_alone = TRUE;
		g.nodes[i].has_cover = patch_is_cover(patches->pdata[i]);
	}
	index_ids(&g);
	apply(&g, join_thread);
	apply(&g, join_miscounted_cover);
	apply(&g, join_answering_cover);
	index_coverless(&g);
	/* one by one: what one cover letter joins has it then */
	for (i = g.nr; i > 0; i--) {
		struct node *joins = join_coverless(&g, &g.nodes[i - 1]);

		if (joins)
			unite(&g.nodes[i - 1], joins);
	}
	index_postings(&g);
	apply(&g, join_nearest);
	series = collect(&g);
	g_hash_table_unref(g.ids);
	g_hash_table_unref(g.answering);
	g_hash_table_unref(g.coverless);
	g_hash_table_unref(g.postings);
	g_free(g.nodes);
	return series;
}
