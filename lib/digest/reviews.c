#include <string.h>
#include "digest/reviews.h"

static gboolean is_counted(const char *name)
{
	enum tag_kind kind;

	for (kind = 0; kind < NR_TAG_KINDS; kind++)
		if (tags_is_of(name, kind))
			return TRUE;
	return FALSE;
}

gboolean reviews_has_any(const struct patch *patch)
{
	guint i;

	for (i = 0; patch->tags && i < patch->tags->len; i++) {
		const struct tag *tag = patch->tags->pdata[i];

		if (is_counted(tag->name))
			return TRUE;
	}
	return FALSE;
}

static void review_free(void *data)
{
	struct review *review = data;

	address_clear(&review->person);
	g_free(review);
}

/* The review of the person, whom this takes over. */
static struct review *review_of(GPtrArray *reviews, GHashTable *by_email,
				struct address *person)
{
	g_autofree char *key = g_ascii_strdown(person->email, -1);
	struct review *review = g_hash_table_lookup(by_email, key);

	if (review) {
		address_clear(person);
		return review;
	}
	review = g_new0(struct review, 1);
	review->person = *person;
	g_ptr_array_add(reviews, review);
	g_hash_table_insert(by_email, g_steal_pointer(&key), review);
	return review;
}

static void count_patch(GPtrArray *reviews, GHashTable *by_email,
			const struct patch *patch, const struct people *people)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	guint i;

	for (i = 0; patch->tags && i < patch->tags->len; i++) {
		const struct tag *tag = patch->tags->pdata[i];
		struct address person;
		struct review *review;
		enum tag_kind kind;

		if (!is_counted(tag->name))
			continue;
		address_copy(&person, &tag->person);
		people_resolve(people, &person);
		review = review_of(reviews, by_email, &person);
		for (kind = 0; kind < NR_TAG_KINDS; kind++)
			if (tags_is_of(tag->name, kind) &&
			    g_hash_table_add(seen, g_strdup_printf(
					"%d %p", kind, (void *)review))) {
				review->nr[kind]++;
				review->total++;
			}
	}
}

static int compare(const void *a, const void *b)
{
	const struct review *x = *(struct review *const *)a;
	const struct review *y = *(struct review *const *)b;

	if (x->total != y->total)
		return x->total > y->total ? -1 : 1;
	return g_ascii_strcasecmp(x->person.name, y->person.name);
}

GPtrArray *reviews_count(const GPtrArray *patches, const struct people *people)
{
	GPtrArray *reviews = g_ptr_array_new_with_free_func(review_free);
	g_autoptr(GHashTable) by_email = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	guint i;

	for (i = 0; i < patches->len; i++)
		count_patch(reviews, by_email, patches->pdata[i], people);
	g_ptr_array_sort(reviews, compare);
	return reviews;
}
