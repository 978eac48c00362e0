#include <string.h>
#include "digest/entries.h"
#include "digest/versions.h"

gboolean entries_include(const struct patch *patch, enum patches_mode mode)
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
		g_autofree char *title = versions_key(e->patch);
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
		if (!other || versions_is_newer(e->patch, e->series->order,
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

void entries_skip_repeats(GPtrArray *entries)
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

const struct patch *entries_stand_in(const struct entry *entry)
{
	return entry->exist ? entry->exist->patch : entry->elsewhere;
}
