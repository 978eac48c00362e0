#include <string.h>
#include "series.h"
#include "text.h"

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

static gboolean same_author(const struct patch *a, const struct patch *b)
{
	return !g_ascii_strcasecmp(a->author.addr, b->author.addr);
}

static gboolean same_title(const struct patch *a, const struct patch *b)
{
	g_autofree char *x = fold_case(a->subject.title);
	g_autofree char *y = fold_case(b->subject.title);

	return !strcmp(x, y);
}

static gboolean same_sender(const struct patch *a, const struct patch *b)
{
	return !g_ascii_strcasecmp(a->sender.addr, b->sender.addr);
}

/* The same mail, which came by two routes. */
static gboolean same_mail(const struct patch *a, const struct patch *b)
{
	return same_author(a, b) && same_title(a, b) &&
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
	key = g_strdup_printf("%s\n%u\n%d\n%s\n", patch->sender.addr,
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

static char *title_key(const struct patch *patch)
{
	g_autofree char *key = g_strconcat(patch->author.addr, "\n",
					   patch->subject.title, NULL);

	return fold_case(key);
}

/*
 * Does a come before b as the version that stands?  A series that is no
 * "RFC" any more begins to count anew: then, as for equal versions, the newer.
 */
static gboolean is_newer_version(const struct patch *a, guint a_order,
				 const struct patch *b, guint b_order)
{
	if (a->subject.version != b->subject.version &&
	    subject_has_prefix(&a->subject, "RFC") ==
	    subject_has_prefix(&b->subject, "RFC"))
		return a->subject.version > b->subject.version;
	return a_order < b_order;
}

/* Let by stand for s, unless another one does or s stands for by. */
static void supersede(struct series *s, struct series *by)
{
	while (by->superseded_by)
		by = by->superseded_by;
	if (by != s && !s->superseded_by)
		s->superseded_by = by;
}

/* The series of equal keys: all but the newest version are superseded. */
static void link_equal(GPtrArray *series, char *(*key_of)(const struct patch *))
{
	g_autoptr(GHashTable) best = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	int pass;
	guint i;

	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i < series->len; i++) {
			struct series *s = series->pdata[i], *other;
			char *key = key_of(s->head);

			other = key ? g_hash_table_lookup(best, key) : NULL;
			if (pass == 0 && key &&
			    (!other || is_newer_version(s->head, s->order,
							other->head,
							other->order))) {
				g_hash_table_replace(best, key, s);
				continue;
			}
			if (pass == 1 && other)
				supersede(s, other);
			g_free(key);
		}
	}
}

/*
 * What tells that two series are versions of one: the author and title of a
 * cover letter or a lone patch.  Where there is no cover letter, a patch names
 * its series only among those of the same sender and the same prefix: a stable
 * tree's batch is no version of the posting that one of its patches is from.
 */
static char *series_key(const struct patch *patch)
{
	GString *key;
	char *title = title_key(patch);
	guint i;

	if (patch->subject.number < 1 || patch->subject.total == 1)
		return title;
	key = g_string_new(title);
	g_free(title);
	g_string_append_printf(key, "\n%s", patch->sender.addr);
	for (i = 0; i < patch->subject.prefixes->len; i++) {
		const char *word = patch->subject.prefixes->pdata[i];

		if (g_ascii_strcasecmp(word, "RFC") &&
		    g_ascii_strcasecmp(word, "RESEND"))
			g_string_append_printf(key, "\n%s", word);
	}
	return g_string_free(key, FALSE);
}

static char *change_key(const struct patch *patch)
{
	return patch->change_id ? g_strconcat(patch->author.addr, "\n",
					      patch->change_id, NULL) : NULL;
}

/* Series that name the mails of their older versions. */
static void link_named(GPtrArray *series)
{
	g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
	guint i, k;

	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];

		for (k = 0; k < s->patches->len; k++) {
			struct patch *patch = s->patches->pdata[k];

			if (patch->message_id)
				g_hash_table_insert(by_id, patch->message_id, s);
		}
	}
	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];
		GPtrArray *older = s->head->older;

		for (k = 0; older && k < older->len; k++) {
			struct older_version *named = older->pdata[k];
			struct series *o = g_hash_table_lookup(by_id,
							named->message_id);

			/* Only what came before can be an older version. */
			if (o && o->order > s->order &&
			    o->head->subject.version == named->version &&
			    same_author(o->head, s->head))
				supersede(o, s);
		}
	}
}

void series_link_versions(GPtrArray *series)
{
	guint i;

	link_equal(series, series_key);
	link_equal(series, change_key);
	link_named(series);
	/* What stands for a series may itself be superseded. */
	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];

		while (s->superseded_by && s->superseded_by->superseded_by)
			s->superseded_by = s->superseded_by->superseded_by;
	}
}

gboolean patch_is_entry(const struct patch *patch, enum patches_mode mode)
{
	switch (mode) {
	case PATCHES_FIRST:
		return patch->subject.number <= 1;
	case PATCHES_ALL:
		return TRUE;
	case PATCHES_NONE:
		break;
	}
	return FALSE;
}

GPtrArray *series_entries(GPtrArray *series, enum patches_mode mode)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);
	guint i, k;

	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];

		for (k = 0; k < s->patches->len; k++) {
			struct entry *entry;

			if (!patch_is_entry(s->patches->pdata[k], mode))
				continue;
			entry = g_new0(struct entry, 1);
			entry->patch = s->patches->pdata[k];
			entry->series = s;
			g_ptr_array_add(entries, entry);
		}
	}
	return entries;
}

/*
 * What a reader would compare an entry by, within its series: "[PATCH 0/1] x"
 * and its "[PATCH 1/1] x" are two entries of one title.
 */
struct role {
	const struct series *series;
	char *title;		/* owned; a cover letter's begins with '0' */
};

static guint hash_role(gconstpointer key)
{
	const struct role *role = key;

	return g_str_hash(role->title) ^ g_direct_hash(role->series);
}

static gboolean equal_role(gconstpointer a, gconstpointer b)
{
	const struct role *x = a, *y = b;

	return x->series == y->series && !strcmp(x->title, y->title);
}

static void role_clear(void *data)
{
	struct role *role = data;

	g_free(role->title);
}

/* The role of each entry, in an array that frees them. */
static GArray *find_roles(GPtrArray *entries)
{
	GArray *roles = g_array_new(FALSE, FALSE, sizeof(struct role));
	guint i;

	g_array_set_clear_func(roles, role_clear);
	for (i = 0; i < entries->len; i++) {
		const struct entry *e = entries->pdata[i];
		g_autofree char *title = title_key(e->patch);
		struct role role = {
			e->series,
			g_strconcat(patch_is_cover(e->patch) ? "0" : "1", title,
				    NULL),
		};

		g_array_append_val(roles, role);
	}
	return roles;
}

static void skip_older_versions(GPtrArray *entries, const GArray *roles)
{
	/* series -> its first entry; role -> its first entry, the newest */
	g_autoptr(GHashTable) lead = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) by_role = g_hash_table_new(hash_role, equal_role);
	guint i;

	for (i = entries->len; i > 0; i--) {
		struct entry *e = entries->pdata[i - 1];

		g_hash_table_insert(lead, e->series, e);
		g_hash_table_replace(by_role, &g_array_index(roles, struct role,
							     i - 1), e);
	}
	for (i = 0; i < entries->len; i++) {
		struct entry *e = entries->pdata[i];
		struct role other = g_array_index(roles, struct role, i);

		if (!e->series->superseded_by)
			continue;
		/* The entry of that title, or else the one that leads. */
		other.series = e->series->superseded_by;
		e->exist = g_hash_table_lookup(by_role, &other);
		/* A version of which nothing is printed stands for nothing. */
		if (!e->exist)
			e->exist = g_hash_table_lookup(lead, other.series);
	}
}

/* Does e stand for other, maybe by way of others? */
static gboolean stands_for(const struct entry *e, const struct entry *other)
{
	for (; other; other = other->exist)
		if (other == e)
			return TRUE;
	return FALSE;
}

/*
 * Entries with the same author and title: the newest version stands for those
 * that nothing stands for yet, even if another entry stands for it in turn.
 */
static void skip_same_titles(GPtrArray *entries, const GArray *roles)
{
	g_autoptr(GHashTable) best = g_hash_table_new(g_str_hash, g_str_equal);
	guint i;

	for (i = 0; i < entries->len; i++) {
		struct entry *e = entries->pdata[i], *other;
		char *title = g_array_index(roles, struct role, i).title;

		other = g_hash_table_lookup(best, title);
		if (!other || is_newer_version(e->patch, e->series->order,
					       other->patch,
					       other->series->order))
			g_hash_table_replace(best, title, e);
	}
	for (i = 0; i < entries->len; i++) {
		struct entry *e = entries->pdata[i], *other;

		other = g_hash_table_lookup(best,
				g_array_index(roles, struct role, i).title);
		if (!e->exist && !stands_for(e, other) &&
		    (other->series != e->series ||
		     other->patch->subject.number == e->patch->subject.number))
			e->exist = other;
	}
}

void series_skip_repeats(GPtrArray *entries)
{
	g_autoptr(GArray) roles = find_roles(entries);
	guint i;

	skip_older_versions(entries, roles);
	skip_same_titles(entries, roles);
	for (i = 0; i < entries->len; i++) {
		struct entry *e = entries->pdata[i];

		/* what stands for it may itself only repeat a third one */
		while (e->exist && e->exist->exist)
			e->exist = e->exist->exist;
	}
}

const struct patch *entry_exists_as(const struct entry *entry)
{
	return entry->exist ? entry->exist->patch : entry->elsewhere;
}
