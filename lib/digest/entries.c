#include "digest/entries.h"
#include "digest/versions.h"

gboolean entries_include(const struct patch *patch, enum patches_mode mode)
{
	return mode == PATCHES_ALL ||
	       (mode == PATCHES_FIRST && patch->subject.number <= 1);
}

GPtrArray *entries_list(GPtrArray *series, enum patches_mode mode)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);
	guint i, k;

	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];

		for (k = 0; k < s->patches->len; k++) {
			struct entry *entry;

			if (!entries_include(s->patches->pdata[k], mode))
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
 * What a reader would compare an entry by.  "[PATCH 0/1] x" and its
 * "[PATCH 1/1] x" are two entries of one title.
 */
static char *title_key(const struct entry *e)
{
	g_autofree char *key = versions_key(e->patch);

	return g_strconcat(patch_is_cover(e->patch) ? "0 " : "1 ", key, NULL);
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
	int cmp = versions_compare(a->patch, b->patch);

	return cmp ? cmp > 0 : a->series->order < b->series->order;
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
 * Rule: of entries with the same author and title the newest version stands
 * for those that nothing stands for yet, even if another entry stands for it
 * in turn.  In one series two numbers of one title are two patches.
 */
static void skip_same_titles(GPtrArray *entries, const GPtrArray *titles)
{
	g_autoptr(GHashTable) best = g_hash_table_new(g_str_hash, g_str_equal);
	guint i;

	for (i = 0; i < entries->len; i++) {
		struct entry *e = entries->pdata[i], *other;

		other = g_hash_table_lookup(best, titles->pdata[i]);
		if (!other || is_newer(e, other))
			g_hash_table_insert(best, titles->pdata[i], e);
	}
	for (i = 0; i < entries->len; i++) {
		struct entry *e = entries->pdata[i], *other;

		other = g_hash_table_lookup(best, titles->pdata[i]);
		if (!e->exist && !stands_for(e, other) &&
		    (other->series != e->series ||
		     other->patch->subject.number == e->patch->subject.number))
			e->exist = other;
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
