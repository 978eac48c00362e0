#include <string.h>
#include "digest/alike.h"
#include "digest/versions.h"
#include "mail/field.h"

/*
 * A series is compared with at most so many that look like it, so that a flood
 * of them costs its length, not the square of its length.
 */
#define MAX_ALIKE 100

/* Mails of this age may still arrive out of their order. */
#define HELD_BACK_SECONDS (24 * 60 * 60)

/* Titles are nearly the same if they differ by 15 % of the longer. */
#define NEAR_PERCENT 15

/* Longer titles are compared up to here. */
#define MAX_TITLE 200

/* "RFC", also what is glued to it: "RFC/PATCH", "PATCH-RFC", "RFCv2" */
static gboolean says_rfc(const char *word)
{
	const char *s;

	for (s = word; *s; s++)
		if (!g_ascii_strncasecmp(s, "RFC", 3) &&
		    (s == word || !g_ascii_isalnum(s[-1])) &&
		    (!g_ascii_isalnum(s[3]) ||
		     (g_ascii_tolower(s[3]) == 'v' && g_ascii_isdigit(s[4]))))
			return TRUE;
	return FALSE;
}

static gboolean is_rfc(const struct patch *patch)
{
	const GPtrArray *prefixes = patch->subject.prefixes;
	guint i;

	for (i = 0; i < prefixes->len; i++)
		if (says_rfc(prefixes->pdata[i]))
			return TRUE;
	return FALSE;
}

int versions_compare(const struct patch *a, const struct patch *b,
		     gboolean a_is_newer)
{
	unsigned x = a->subject.version, y = b->subject.version;

	if (is_rfc(a) != is_rfc(b) && is_rfc(a) != a_is_newer)
		return a_is_newer ? 1 : -1;
	return x < y ? -1 : x > y;
}

/* "5.10 ", "v4.9.y ", "autosel 5.16 ", "stable ": for copies of patches */
static gboolean is_stable(const char *tree)
{
	g_auto(GStrv) words = g_strsplit(tree, " ", -1);
	char **word;

	for (word = words; *word; word++) {
		const char *digits = **word == 'v' ? *word + 1 : *word;

		if (g_str_has_prefix(*word, "autosel") ||
		    g_str_has_prefix(*word, "stable") ||
		    g_str_has_suffix(*word, ".y") ||
		    (g_ascii_isdigit(*digits) && strchr(digits, '.')))
			return TRUE;
	}
	return FALSE;
}

gboolean versions_trees_fit(const struct patch *a, const struct patch *b)
{
	if (!strcmp(a->tree, b->tree))
		return TRUE;
	if (!*a->tree)
		return !is_stable(b->tree);
	return !*b->tree && !is_stable(a->tree);
}

/* A series while its versions are looked for. */
struct posting {
	struct series *series;
	GPtrArray *people;	/* char *: keys of who wrote and sent it */
	GHashTable *titles;	/* set of the title keys of its patches, the
				   cover letter's not */
	GHashTable *files;	/* set of the files that diffstats name */
	struct posting *newer;	/* the best that stands for it, or NULL */
	const char *why;
	guint walk;		/* the last one of cut_circles() that met it */
};

struct finder {
	struct posting *postings;
	guint nr;
	GHashTable *index;	/* key -> GPtrArray of the postings that have
				   it, newest first; a key is a hash, and that
				   others have it, too, only costs a
				   comparison */
	GHashTable *by_id;	/* Message-ID -> the oldest posting with it */
	GHashTable *met;	/* a set of the postings that the one that is
				   looked at was compared with */
};

static const struct patch *head_of(const struct posting *p)
{
	return p->series->head;
}

static void add_person(struct posting *p, const char *kind, const char *text)
{
	g_autofree char *folded = field_fold_case(text);

	g_ptr_array_add(p->people, g_strconcat(kind, folded, NULL));
}

static void describe(struct posting *p, struct series *series)
{
	const struct patch *head = series->head;
	guint i, k;

	p->series = series;
	p->people = g_ptr_array_new_with_free_func(g_free);
	p->titles = g_hash_table_new(g_str_hash, g_str_equal);
	p->files = g_hash_table_new(g_str_hash, g_str_equal);
	add_person(p, "a ", head->author.email);
	if (g_ascii_strcasecmp(head->author.email, head->sender.email))
		add_person(p, "a ", head->sender.email);
	if (strchr(head->author.name, ' '))	/* a full name */
		add_person(p, "n ", head->author.name);
	if (strchr(head->sender.name, ' ') &&
	    strcmp(head->author.name, head->sender.name))
		add_person(p, "n ", head->sender.name);
	for (i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];

		if (!patch_is_cover(patch) && *patch->title_key)
			g_hash_table_add(p->titles, patch->title_key);
		for (k = 0; patch->files && k < patch->files->len; k++)
			g_hash_table_add(p->files, patch->files->pdata[k]);
	}
}

static void forget(struct posting *p)
{
	g_ptr_array_unref(p->people);
	g_hash_table_unref(p->titles);
	g_hash_table_unref(p->files);
}

static guint count_common(GHashTable *a, GHashTable *b)
{
	GHashTableIter iter;
	gpointer key;
	guint nr = 0;

	if (g_hash_table_size(a) > g_hash_table_size(b))
		return count_common(b, a);
	g_hash_table_iter_init(&iter, a);
	while (g_hash_table_iter_next(&iter, &key, NULL))
		nr += g_hash_table_contains(b, key);
	return nr;
}

static guint smaller(GHashTable *a, GHashTable *b)
{
	return MIN(g_hash_table_size(a), g_hash_table_size(b));
}

/* Do both have a person in common? */
static gboolean same_person(const struct posting *a, const struct posting *b)
{
	guint i;

	for (i = 0; i < a->people->len; i++)
		if (g_ptr_array_find_with_equal_func(b->people,
				a->people->pdata[i], g_str_equal, NULL))
			return TRUE;
	return FALSE;
}

/* Where both name files, they must share a fifth of the smaller set. */
static gboolean files_fit(const struct posting *a, const struct posting *b)
{
	guint least = smaller(a->files, b->files);

	return !least || 5 * count_common(a->files, b->files) >= least;
}

/* How many edits turn a into b, if no more than max; else max + 1. */
static guint edits_between(const char *a, const char *b, guint max)
{
	size_t n = MIN(strlen(a), MAX_TITLE), m = MIN(strlen(b), MAX_TITLE);
	guint row[MAX_TITLE + 1];
	size_t i, k;

	if ((n > m ? n - m : m - n) > max)
		return max + 1;
	for (k = 0; k <= m; k++)
		row[k] = k;
	for (i = 0; i < n; i++) {
		guint left_above = row[0];

		row[0] = i + 1;
		for (k = 0; k < m; k++) {
			guint above = row[k + 1];
			guint best = MIN(left_above + (a[i] != b[k]),
					 above + 1);

			row[k + 1] = MIN(best, row[k] + 1);
			left_above = above;
		}
	}
	return row[m];
}

static gboolean nearly_same_title(const struct posting *a,
				  const struct posting *b)
{
	const char *x = head_of(a)->title_key, *y = head_of(b)->title_key;
	guint max = MAX(strlen(x), strlen(y)) * NEAR_PERCENT / 100;

	return *x && *y && edits_between(x, y, max) <= max;
}

/* Of one patch, lone or the only one of its series that is here. */
static gboolean is_single(const struct posting *p)
{
	return p->series->patches->len == 1 && !patch_is_cover(head_of(p));
}

/*
 * Is the newer one a patch of the series that is posted again?  It may be lone
 * now, with a title that is one patch's of several.
 */
static gboolean is_part_of(const struct posting *newer,
			   const struct posting *older)
{
	if (!is_single(newer) || is_single(older))
		return FALSE;
	return head_of(newer)->subject.total > 1 ||
	       (head_of(older)->subject.total > 1 &&
		g_hash_table_contains(older->titles,
				      head_of(newer)->title_key));
}

/* Rule: equal titles.  A series stands for a lone patch that is in it, too. */
static gboolean by_title(const struct posting *newer,
			 const struct posting *older)
{
	const struct patch *n = head_of(newer), *o = head_of(older);

	if (is_single(older) && o->subject.total <= 1)
		return *o->title_key &&
		       (g_hash_table_contains(newer->titles, o->title_key) ||
			!strcmp(n->title_key, o->title_key));
	return *o->title_key && !strcmp(n->title_key, o->title_key);
}

/* Rule: half of the patches have the same title, and two at least. */
static gboolean by_patches(const struct posting *newer,
			   const struct posting *older)
{
	guint common = count_common(newer->titles, older->titles);

	return common >= 2 &&
	       2 * common >= smaller(newer->titles, older->titles);
}

/* Rule: a higher version answers a mail of the lower one. */
static gboolean by_answer(const struct finder *f, const struct posting *newer,
			  const struct posting *older)
{
	const GPtrArray *patches = newer->series->patches;
	guint i, k;

	for (i = 0; i < patches->len; i++) {
		const struct patch *patch = patches->pdata[i];

		for (k = 0; k < patch->references->len; k++)
			if (g_hash_table_lookup(f->by_id,
					patch->references->pdata[k]) == older)
				return TRUE;
	}
	return FALSE;
}

/*
 * Rule: a link to a mail of the older version.  Authors paste wrong links, so
 * there has to be a second witness.
 */
static gboolean by_link(const struct finder *f, const struct posting *newer,
			const struct posting *older)
{
	const GPtrArray *patches = newer->series->patches;
	gboolean linked = FALSE;
	guint i, k;

	for (i = 0; i < patches->len && !linked; i++) {
		const GPtrArray *links =
			((const struct patch *)patches->pdata[i])->older;

		for (k = 0; links && k < links->len && !linked; k++) {
			const struct older_version *link = links->pdata[k];

			linked = g_hash_table_lookup(f->by_id,
						link->message_id) == older;
		}
	}
	return linked && (count_common(newer->titles, older->titles) ||
			  nearly_same_title(newer, older) ||
			  smaller(newer->files, older->files));
}

/* Rule: a higher version of as many patches has nearly the same title. */
static gboolean by_near_title(const struct posting *newer,
			      const struct posting *older)
{
	return head_of(newer)->subject.total == head_of(older)->subject.total &&
	       !is_stable(head_of(newer)->tree) &&
	       nearly_same_title(newer, older);
}

/* "change-id:" with nothing behind it is a template that was left empty. */
static gboolean has_change_id(const struct patch *patch)
{
	return patch->change_id && *patch->change_id;
}

/*
 * Why is the one a newer version of the other, if it ranks higher?  Or NULL.
 * One patch that is posted again does not stand for the series that it is from.
 */
static const char *find_reason(const struct finder *f,
			       const struct posting *newer,
			       const struct posting *older)
{
	const struct patch *n = head_of(newer), *o = head_of(older);
	gboolean is_higher = n->subject.version > o->subject.version ||
			     (is_rfc(o) && !is_rfc(n));

	if (has_change_id(n) && !g_strcmp0(n->change_id, o->change_id))
		return "change-id";
	if (!same_person(newer, older) || !versions_trees_fit(n, o) ||
	    !files_fit(newer, older) ||
	    is_part_of(newer, older))
		return NULL;
	if (by_title(newer, older))
		return "title";
	/* what came before a posting, but for mails that were held back */
	if (o->arrived - n->arrived > HELD_BACK_SECONDS)
		return NULL;
	if (is_higher && by_patches(newer, older))
		return "patches";
	if (is_higher && by_answer(f, newer, older))
		return "answer";
	if (by_link(f, newer, older))
		return "link";
	return is_higher && by_near_title(newer, older) ? "near-title" : NULL;
}

static gboolean ranks_higher(const struct posting *a, const struct posting *b)
{
	gboolean is_newer = a->series->order < b->series->order;
	int cmp = versions_compare(head_of(a), head_of(b), is_newer);

	return cmp ? cmp > 0 : is_newer;
}

/* Let one of the two stand for the other, if they are versions of one. */
static void compare(const struct finder *f, struct posting *a,
		    struct posting *b)
{
	struct posting *newer = ranks_higher(a, b) ? a : b;
	struct posting *older = newer == a ? b : a;
	const char *why;

	if (a == b)
		return;
	/* what names an earlier posting as its older version must know */
	if (older->series->order < newer->series->order &&
	    by_link(f, older, newer) && !by_link(f, newer, older)) {
		struct posting *swap = newer;

		newer = older;
		older = swap;
	}
	if (older->newer && !ranks_higher(newer, older->newer))
		return;
	why = find_reason(f, newer, older);
	if (why) {
		older->newer = newer;
		older->why = why;
	}
}

/* Could one of the two be a higher version of the other? */
static gboolean versions_differ(const struct posting *a,
				const struct posting *b)
{
	const struct patch *x = head_of(a), *y = head_of(b);

	return x->subject.version != y->subject.version ||
	       is_rfc(x) != is_rfc(y);
}

/*
 * Compare with all that have the key, or only with other versions, and then
 * add it to them.
 */
static void meet(struct finder *f, struct posting *p, guint key,
		 gboolean only_versions)
{
	GPtrArray *list = alike_list(f->index, GUINT_TO_POINTER(key));
	guint i;

	for (i = 0; i < list->len; i++) {
		struct posting *other = list->pdata[i];

		if ((!only_versions || versions_differ(p, other)) &&
		    g_hash_table_add(f->met, other))
			compare(f, p, other);
	}
	if (list->len < MAX_ALIKE)
		g_ptr_array_add(list, p);
}

static void meet_id(struct finder *f, struct posting *p, const char *id)
{
	struct posting *other = g_hash_table_lookup(f->by_id, id);

	if (other && g_hash_table_add(f->met, other))
		compare(f, p, other);
}

/* Compare with what a patch answers and links to. */
static void meet_named(struct finder *f, struct posting *p,
		       const struct patch *patch)
{
	guint i;

	for (i = 0; i < patch->references->len; i++)
		meet_id(f, p, patch->references->pdata[i]);
	for (i = 0; patch->older && i < patch->older->len; i++) {
		const struct older_version *link = patch->older->pdata[i];

		meet_id(f, p, link->message_id);
	}
}

/* Look for the versions of a posting where they can be. */
static void look_around(struct finder *f, struct posting *p)
{
	const struct patch *head = head_of(p);
	GHashTableIter iter;
	gpointer title;
	guint i;

	for (i = 0; i < p->people->len; i++) {
		guint person = g_str_hash(p->people->pdata[i]);

		meet(f, p, 31 * person + head->subject.total, TRUE);
		meet(f, p, 37 * person + g_str_hash(head->title_key), FALSE);
		g_hash_table_iter_init(&iter, p->titles);
		while (g_hash_table_iter_next(&iter, &title, NULL))
			if (strcmp(title, head->title_key))
				meet(f, p, 37 * person + g_str_hash(title),
				     FALSE);
	}
	if (has_change_id(head))
		meet(f, p, g_str_hash(head->change_id), FALSE);
	for (i = 0; i < p->series->patches->len; i++)
		meet_named(f, p, p->series->patches->pdata[i]);
}

static void index_mails(struct finder *f)
{
	guint i, k;

	for (i = 0; i < f->nr; i++) {
		const GPtrArray *patches = f->postings[i].series->patches;

		for (k = 0; k < patches->len; k++) {
			const struct patch *patch = patches->pdata[k];

			if (patch->message_id)
				g_hash_table_insert(f->by_id,
						    patch->message_id,
						    &f->postings[i]);
		}
	}
}

/*
 * What ranks higher is no order: an RFC is below what came later without RFC,
 * but above what came before with a lower version; and a link turns two round.
 * So three postings can stand for each other in a circle.  Then the newest of
 * them stands.
 */
static void cut_circles(struct finder *f)
{
	guint i;

	for (i = 0; i < f->nr; i++) {
		struct posting *p = &f->postings[i], *newest, *other;

		for (; p && !p->walk; p = p->newer)
			p->walk = i + 1;
		if (!p || p->walk != i + 1)
			continue;
		newest = p;
		for (other = p->newer; other != p; other = other->newer)
			if (other->series->order < newest->series->order)
				newest = other;
		newest->newer = NULL;
	}
}

/*
 * Does a posting still hold what another one was about?  What stands for a
 * posting may itself have a newer version that dropped it.
 */
static gboolean holds(const struct finder *f, const struct posting *newer,
		      const struct posting *older)
{
	guint common = count_common(newer->titles, older->titles);

	if (find_reason(f, newer, older))
		return TRUE;
	if (!versions_trees_fit(head_of(newer), head_of(older)))
		return FALSE;
	return (common &&
		2 * common >= smaller(newer->titles, older->titles)) ||
	       (smaller(newer->files, older->files) &&
		2 * count_common(newer->files, older->files) >=
		smaller(newer->files, older->files));
}

static void settle(struct finder *f, struct posting *p)
{
	struct posting *last = p->newer;

	while (last && last->newer && holds(f, last->newer, p))
		last = last->newer;
	/* what does not stand, stands for nothing */
	if (!last || last->newer)
		return;
	p->series->superseded_by = last->series;
	p->series->why = p->why;
	g_ptr_array_add(last->series->supersedes, p->series);
}

void versions_link(GPtrArray *series)
{
	struct finder f = {
		.postings = g_new0(struct posting, series->len),
		.nr = series->len,
		.index = g_hash_table_new_full(NULL, NULL, NULL,
					(GDestroyNotify)g_ptr_array_unref),
		.by_id = g_hash_table_new(g_str_hash, g_str_equal),
		.met = g_hash_table_new(NULL, NULL),
	};
	guint i;

	for (i = 0; i < f.nr; i++)
		describe(&f.postings[i], series->pdata[i]);
	index_mails(&f);
	for (i = 0; i < f.nr; i++) {
		g_hash_table_remove_all(f.met);
		look_around(&f, &f.postings[i]);
	}
	cut_circles(&f);
	for (i = 0; i < f.nr; i++)
		settle(&f, &f.postings[i]);
	for (i = 0; i < f.nr; i++)
		forget(&f.postings[i]);
	g_hash_table_unref(f.index);
	g_hash_table_unref(f.by_id);
	g_hash_table_unref(f.met);
	g_free(f.postings);
}
