#include <string.h>
#include "digest/series.h"
#include "mail/utf8.h"

/*
 * Patches of one posting that do not thread arrive within this time of each
 * other, even if a mail server makes some of them wait.
 */
#define POSTING_SECONDS (12 * 60 * 60)

/*
 * Of mails with one Message-ID, and of postings that look alike, only so many
 * are compared: a flood of them costs its own length, not the square of it.
 */
#define MAX_ALIKE 100

/* Sets of patches while series are found: a union-find forest. */
struct forest {
	GPtrArray *patches;
	guint *parent;		/* of each patch, by index; a root's is itself */
};

static guint find_root(struct forest *f, guint i)
{
	while (f->parent[i] != i) {
		f->parent[i] = f->parent[f->parent[i]];
		i = f->parent[i];
	}
	return i;
}

static void unite(struct forest *f, guint a, guint b)
{
	a = find_root(f, a);
	b = find_root(f, b);
	/* The lower index, the newer mail, is the root. */
	if (a < b)
		f->parent[b] = a;
	else
		f->parent[a] = b;
}

static gboolean same_title(const struct patch *a, const struct patch *b)
{
	g_autofree char *x = utf8_fold_case(a->subject.title);
	g_autofree char *y = utf8_fold_case(b->subject.title);

	return !strcmp(x, y);
}

static gboolean same_sender(const struct patch *a, const struct patch *b)
{
	return !g_ascii_strcasecmp(a->sender.email, b->sender.email);
}

/* The same mail, which came by two routes. */
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

/* Message-ID -> the patches (index + 1) that have it, as a GArray of guint */
static GHashTable *index_ids(GPtrArray *patches)
{
	GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
					(GDestroyNotify)g_array_unref);
	guint i;

	for (i = 0; i < patches->len; i++) {
		struct patch *patch = patches->pdata[i];
		GArray *have;

		if (!patch->message_id)
			continue;
		have = g_hash_table_lookup(ids, patch->message_id);
		if (!have) {
			have = g_array_new(FALSE, FALSE, sizeof(guint));
			g_hash_table_insert(ids, patch->message_id, have);
		}
		if (have->len < MAX_ALIKE)
			g_array_append_val(have, i);
	}
	return ids;
}

/* A mail whose id an earlier one has: is it that mail once more? */
static void unite_same_mails(struct forest *f, GHashTable *ids)
{
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, ids);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		GArray *have = value;
		guint i, first = g_array_index(have, guint, 0);

		for (i = 1; i < have->len; i++) {
			guint other = g_array_index(have, guint, i);

			if (same_mail(f->patches->pdata[first],
				      f->patches->pdata[other]))
				unite(f, first, other);
		}
	}
}

/* Unite a patch with the nearest that it answers and belongs to. */
static gboolean unite_by_reference(struct forest *f, GHashTable *ids, guint i)
{
	struct patch *patch = f->patches->pdata[i];
	guint r, k;

	for (r = 0; r < patch->references->len; r++) {
		GArray *have = g_hash_table_lookup(ids,
					patch->references->pdata[r]);

		for (k = 0; have && k < have->len; k++) {
			guint other = g_array_index(have, guint, k);

			if (other != i &&
			    fit_together(patch, f->patches->pdata[other])) {
				unite(f, i, other);
				return TRUE;
			}
		}
	}
	return FALSE;
}

static int compare_words(const void *a, const void *b)
{
	return g_ascii_strcasecmp(*(char *const *)a, *(char *const *)b);
}

/*
 * "[PATCH 0/5]" and the six patches that answer it: one of the two numbers is
 * wrong.  "[PATCH v2 0/2]" and "[PATCH 1/2]": a version is missing.  A patch that found nobody joins the cover letter that it answers, if
 * nobody else has.
 */
static void unite_with_miscounted_cover(struct forest *f, GHashTable *ids,
					const guint *size, guint i)
{
	struct patch *patch = f->patches->pdata[i];
	GArray *have;
	guint k;

	if (!patch->references->len || patch_is_cover(patch) ||
	    patch_is_lone(patch))
		return;
	have = g_hash_table_lookup(ids, patch->references->pdata[0]);
	for (k = 0; have && k < have->len; k++) {
		guint other = g_array_index(have, guint, k);
		const struct patch *cover = f->patches->pdata[other];

		if (patch_is_cover(cover) && size[other] == 1 &&
		    same_sender(cover, patch) &&
		    (cover->subject.version == patch->subject.version ||
		     (cover->subject.total == patch->subject.total &&
		      patch->subject.version == 1))) {
			unite(f, i, other);
			return;
		}
	}
}

/* What all patches of a posting have in common. */
static char *posting_key(const struct patch *patch, const char *answered)
{
	GPtrArray *words = g_ptr_array_new();
	g_autofree char *prefix = NULL;
	g_autofree char *key = NULL;
	guint i;

	for (i = 0; i < patch->subject.prefixes->len; i++)
		g_ptr_array_add(words, patch->subject.prefixes->pdata[i]);
	g_ptr_array_sort(words, compare_words);
	g_ptr_array_add(words, NULL);
	prefix = g_strjoinv(" ", (char **)words->pdata);
	g_ptr_array_free(words, TRUE);
	key = g_strdup_printf("%s\n%u\n%d\n%s\n", patch->sender.email,
			      patch->subject.version, patch->subject.total,
			      prefix);
	for (char *p = key; *p; p++)
		*p = g_ascii_tolower(*p);
	return g_strconcat(key, answered, NULL);
}

/*
 * Patches that answer one mail that is not there: their cover letter came
 * before the range.
 */
static void unite_by_answered(struct forest *f, guint i, GHashTable *answered)
{
	struct patch *patch = f->patches->pdata[i];
	char *key = posting_key(patch, patch->references->pdata[0]);
	gpointer known;

	if (g_hash_table_lookup_extended(answered, key, NULL, &known)) {
		unite(f, i, GPOINTER_TO_UINT(known));
		g_free(key);
	} else {
		g_hash_table_insert(answered, key, GUINT_TO_POINTER(i));
	}
}

/* What an unthreaded patch may join. */
struct posting {
	guint node;
	gint64 first, last;	/* arrivals */
	GHashTable *numbers;
};

static void posting_free(void *data)
{
	struct posting *posting = data;

	g_hash_table_unref(posting->numbers);
	g_free(posting);
}

static void posting_add(struct posting *posting, const struct patch *patch)
{
	posting->first = MIN(posting->first, patch->arrived);
	posting->last = MAX(posting->last, patch->arrived);
	g_hash_table_add(posting->numbers,
			 GINT_TO_POINTER(patch->subject.number));
}

static struct posting *posting_new(guint node, const struct patch *patch)
{
	struct posting *posting = g_new0(struct posting, 1);

	posting->node = node;
	posting->first = posting->last = patch->arrived;
	posting->numbers = g_hash_table_new(NULL, NULL);
	posting_add(posting, patch);
	return posting;
}

static int compare_arrival(const void *a, const void *b, void *data)
{
	const struct posting *x = a, *y = b;

	(void)data;
	return x->first < y->first ? -1 : x->first > y->first;
}

static void posting_insert(GSequence *postings, struct posting *posting)
{
	g_sequence_insert_sorted(postings, posting, compare_arrival, NULL);
}

/* How long before or after a posting did the patch come? */
static gint64 gap_to(const struct posting *p, const struct patch *patch)
{
	if (patch->arrived < p->first)
		return p->first - patch->arrived;
	if (patch->arrived > p->last)
		return patch->arrived - p->last;
	return 0;
}

/* The posting nearest in time that still lacks the patch's number. */
static struct posting *find_posting(GSequence *postings,
				    const struct patch *patch)
{
	struct posting *best = NULL, at = { .first = patch->arrived };
	gint64 best_gap = POSTING_SECONDS + 1;
	GSequenceIter *iter = g_sequence_search(postings, &at, compare_arrival,
						NULL);
	int i;

	for (i = 0; i < MAX_ALIKE / 2; i++)
		iter = g_sequence_iter_prev(iter);
	for (i = 0; i < MAX_ALIKE && !g_sequence_iter_is_end(iter);
	     i++, iter = g_sequence_iter_next(iter)) {
		struct posting *p = g_sequence_get(iter);

		if (gap_to(p, patch) < best_gap &&
		    !g_hash_table_contains(p->numbers,
				GINT_TO_POINTER(patch->subject.number))) {
			best = p;
			best_gap = gap_to(p, patch);
		}
	}
	return best;
}

/* The postings of a key, by their first arrival. */
static GSequence *postings_of(GHashTable *by_key, const struct patch *patch)
{
	char *key = posting_key(patch, "");
	GSequence *postings = g_hash_table_lookup(by_key, key);

	if (!postings) {
		postings = g_sequence_new(posting_free);
		g_hash_table_insert(by_key, key, postings);
	} else {
		g_free(key);
	}
	return postings;
}

/* How many patches there are in the set of each, by root; the caller frees. */
static guint *count_sizes(struct forest *f)
{
	guint *size = g_new0(guint, f->patches->len + 1);
	guint i;

	for (i = 0; i < f->patches->len; i++)
		size[find_root(f, i)]++;
	return size;
}

/* Is it a patch that answers nothing and that nothing answers? */
static gboolean is_loose(struct forest *f, guint i, const guint *size)
{
	const struct patch *patch = f->patches->pdata[i];

	return patch->subject.number > 0 && !patch->references->len &&
	       size[find_root(f, i)] == 1;
}

/* Unite the patches that do not thread, by what they say and when they came. */
static void unite_loose(struct forest *f)
{
	g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash,
			g_str_equal, g_free, (GDestroyNotify)g_sequence_free);
	g_autoptr(GHashTable) by_root = g_hash_table_new(NULL, NULL);
	g_autofree guint *size = count_sizes(f);
	g_autoptr(GArray) loose = g_array_new(FALSE, FALSE, sizeof(guint));
	guint i, k;

	/* First the postings that threads have made, and cover letters. */
	for (i = 0; i < f->patches->len; i++) {
		struct patch *patch = f->patches->pdata[i];
		gpointer root = GUINT_TO_POINTER(find_root(f, i));
		struct posting *posting;

		if (patch_is_lone(patch))
			continue;
		if (is_loose(f, i, size)) {
			g_array_append_val(loose, i);
			continue;
		}
		posting = g_hash_table_lookup(by_root, root);
		if (posting) {
			posting_add(posting, patch);
			continue;
		}
		posting = posting_new(i, patch);
		g_hash_table_insert(by_root, root, posting);
		posting_insert(postings_of(by_key, patch), posting);
	}
	for (k = 0; k < loose->len; k++) {
		struct patch *patch;
		GSequence *postings;
		struct posting *posting;

		i = g_array_index(loose, guint, k);
		patch = f->patches->pdata[i];
		postings = postings_of(by_key, patch);
		posting = find_posting(postings, patch);
		if (posting) {
			unite(f, i, posting->node);
			posting_add(posting, patch);
		} else {
			posting_insert(postings, posting_new(i, patch));
		}
	}
}

static void series_free(void *data)
{
	struct series *series = data;

	g_ptr_array_unref(series->patches);
	g_free(series);
}

static int compare_numbers(const void *a, const void *b, void *order)
{
	const struct patch *x = *(struct patch *const *)a;
	const struct patch *y = *(struct patch *const *)b;

	if (x->subject.number != y->subject.number)
		return x->subject.number < y->subject.number ? -1 : 1;
	/* of one number, the newest first */
	return GPOINTER_TO_INT(g_hash_table_lookup(order, x)) <
	       GPOINTER_TO_INT(g_hash_table_lookup(order, y)) ? -1 : 1;
}

static GPtrArray *collect(struct forest *f)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(series_free);
	g_autoptr(GHashTable) by_root = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) order = g_hash_table_new(NULL, NULL);
	guint i;

	for (i = 0; i < f->patches->len; i++) {
		gpointer root = GUINT_TO_POINTER(find_root(f, i));
		struct series *series = g_hash_table_lookup(by_root, root);

		if (!series) {
			series = g_new0(struct series, 1);
			series->patches = g_ptr_array_new();
			series->order = out->len;
			g_hash_table_insert(by_root, root, series);
			g_ptr_array_add(out, series);
		}
		g_ptr_array_add(series->patches, f->patches->pdata[i]);
		g_hash_table_insert(order, f->patches->pdata[i],
				    GUINT_TO_POINTER(i));
	}
	for (i = 0; i < out->len; i++) {
		struct series *series = out->pdata[i];

		g_ptr_array_sort_with_data(series->patches, compare_numbers,
					   order);
		series->head = series->patches->pdata[0];
	}
	return out;
}

GPtrArray *series_group(GPtrArray *patches)
{
	struct forest f = { patches, g_new0(guint, patches->len + 1) };
	g_autoptr(GHashTable) ids = index_ids(patches);
	g_autoptr(GHashTable) answered = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	g_autofree guint *size = NULL;
	GPtrArray *out;
	guint i;

	for (i = 0; i < patches->len; i++)
		f.parent[i] = i;
	unite_same_mails(&f, ids);
	for (i = 0; i < patches->len; i++) {
		struct patch *patch = patches->pdata[i];

		if (patch_is_lone(patch) || patch_is_cover(patch))
			continue;
		if (!unite_by_reference(&f, ids, i) && patch->references->len)
			unite_by_answered(&f, i, answered);
	}
	size = count_sizes(&f);
	for (i = 0; i < patches->len; i++)
		unite_with_miscounted_cover(&f, ids, size, i);
	unite_loose(&f);
	out = collect(&f);
	g_free(f.parent);
	return out;
}
