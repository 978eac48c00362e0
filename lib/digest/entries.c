#include "digest/alike.h"
#include "digest/entries.h"
#include "digest/versions.h"
#include "mail/field.h"

/* An entry is compared with at most so many of the same author and title. */
#define MAX_ALIKE 100

gboolean entries_include(const struct patch *patch, enum patches_mode mode)
{
	return mode == PATCHES_ALL ||
	       (mode == PATCHES_FIRST && patch->subject.number <= 1) ||
	       (mode == PATCHES_COVER && patch->subject.number <= 0);
}

GPtrArray *entries_list(GPtrArray *series, enum patches_mode mode)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);
	guint i, k;

	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];

		for (k = 0; k < s->patches->len; k++) {
			struct patch *patch = s->patches->pdata[k];
			struct entry *entry;

			if (!entries_include(patch, mode) &&
			    !(mode == PATCHES_COVER && patch == s->head))
				continue;
			entry = g_new0(struct entry, 1);
			entry->patch = patch;
			entry->series = s;
			entry->place = entries->len;
			g_ptr_array_add(entries, entry);
		}
	}
	return entries;
}

/*
 * What a reader would compare an entry by.  "[PATCH 0/1] x" and its
 * "[PATCH 1/1] x" are two entries of one title.
 */
static char *title_key(const struct entry *e)
{
	g_autofree char *email = field_fold_case(e->patch->author.email);

	return g_strconcat(patch_is_cover(e->patch) ? "0 " : "1 ", email, "\n",
			   e->patch->title_key, NULL);
}

/* The same within a series. */
static char *role_key(const struct series *series, const char *title)
{
	return g_strdup_printf("%u %s", series->order, title);
}

/*
 * Rule: for an entry of a superseded series stands, of the series that
 * supersedes it, the entry of the same title, or else the first.  A series of
 * which nothing is printed stands for nothing.
 */
static void skip_older_versions(GPtrArray *entries, const GPtrArray *titles)
{
	g_autoptr(GHashTable) by_role = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) first = g_hash_table_new(NULL, NULL);
	guint i;

	/* Backwards: of several entries the first one stays in the tables. */
	for (i = entries->len; i > 0; i--) {
		struct entry *e = entries->pdata[i - 1];

		g_hash_table_insert(first, e->series, e);
		g_hash_table_insert(by_role, role_key(e->series,
						titles->pdata[i - 1]), e);
	}
	for (i = 0; i < entries->len; i++) {
		struct entry *e = entries->pdata[i];
		struct series *newer = e->series->superseded_by;
		g_autofree char *role = NULL;

		if (!newer)
			continue;
		role = role_key(newer, titles->pdata[i]);
		e->exist = g_hash_table_lookup(by_role, role);
		if (!e->exist)
			e->exist = g_hash_table_lookup(first, newer);
	}
}

static gboolean is_newer(const struct entry *a, const struct entry *b)
{
	/* in one series, of one number the newest comes first */
	gboolean a_is_newer = a->series == b->series ? a->place < b->place :
			      a->series->order < b->series->order;
	int cmp = versions_compare(a->patch, b->patch, a_is_newer);

	return cmp ? cmp > 0 : a_is_newer;
}

/* Does e stand for other, maybe by way of others? */
static gboolean stands_for(const struct entry *e, const struct entry *other)
{
	for (; other; other = other->exist)
		if (other == e)
			return TRUE;
	return FALSE;
}

/* Title key -> GPtrArray of its entries, MAX_ALIKE of them at most */
static GHashTable *index_titles(GPtrArray *entries, const GPtrArray *titles)
{
	GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
					(GDestroyNotify)g_ptr_array_unref);
	guint i;

	for (i = 0; i < entries->len; i++) {
		GPtrArray *alike = alike_list(index, titles->pdata[i]);

		if (alike->len < MAX_ALIKE)
			g_ptr_array_add(alike, entries->pdata[i]);
	}
	return index;
}

/* May the other entry stand for e, which has the same author and title? */
static gboolean may_stand(const struct entry *e, const struct entry *other)
{
	return other != e && versions_trees_fit(e->patch, other->patch) &&
	       is_newer(other, e) && !stands_for(e, other) &&
	       (other->series != e->series ||
		other->patch->subject.number == e->patch->subject.number);
}

/*
 * Rule: of entries with the same author and title the newest version stands
 * for those that nothing stands for yet, even if another entry stands for it
 * in turn.  In one series two numbers of one title are two patches.
 */
static void skip_same_titles(GPtrArray *entries, const GPtrArray *titles)
{
	g_autoptr(GHashTable) index = index_titles(entries, titles);
	guint i, k;

	for (i = 0; i < entries->len; i++) {
		struct entry *e = entries->pdata[i], *best = NULL;
		GPtrArray *alike = g_hash_table_lookup(index, titles->pdata[i]);

		for (k = 0; !e->exist && k < alike->len; k++) {
			struct entry *other = alike->pdata[k];

			if (may_stand(e, other) &&
			    (!best || is_newer(other, best)))
				best = other;
		}
		if (best)
			e->exist = best;
	}
}

void entries_skip_repeats(GPtrArray *entries)
{
	g_autoptr(GPtrArray) titles = g_ptr_array_new_with_free_func(g_free);
	guint i;

	for (i = 0; i < entries->len; i++)
		g_ptr_array_add(titles, title_key(entries->pdata[i]));
	skip_older_versions(entries, titles);
	skip_same_titles(entries, titles);
	/* What stands for an entry may itself only repeat a third one. */
	for (i = 0; i < entries->len; i++) {
		struct entry *e = entries->pdata[i];

		while (e->exist && e->exist->exist)
			e->exist = e->exist->exist;
	}
}

const char *entries_exist_commit(const struct entry *entry)
{
	if (entry->exist)
		return entry->exist->patch->commit;
	return entry->elsewhere ? entry->elsewhere->commit : NULL;
}

const char *entries_exist_subject(const struct entry *entry)
{
	if (entry->exist)
		return entry->exist->patch->subject.text;
	return entry->elsewhere ? entry->elsewhere->subject : NULL;
}
