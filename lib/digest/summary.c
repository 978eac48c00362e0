#include "digest/summary.h"

const char *summary_count_name(enum summary_count count)
{
	static const char *const names[] = {
		[SUMMARY_MAILS] = "mails",
		[SUMMARY_PATCHES] = "patches",
		[SUMMARY_SERIES] = "series",
		[SUMMARY_NEW_VERSIONS] = "new_versions",
		[SUMMARY_REPLIES] = "replies",
		[SUMMARY_PEOPLE] = "people",
		[SUMMARY_NEWCOMERS] = "first_time_posters",
		[SUMMARY_REMOVED] = "removed",
		[SUMMARY_UNREADABLE] = "unreadable",
	};

	return names[count];
}

struct summary *summary_new(void)
{
	struct summary *summary = g_new0(struct summary, 1);

	summary->newcomers = g_ptr_array_new_with_free_func(address_free);
	summary->unknown = g_hash_table_new_full(g_str_hash, g_str_equal,
						 g_free, NULL);
	summary->people = g_hash_table_new_full(g_str_hash, g_str_equal,
						g_free, NULL);
	return summary;
}

void summary_free(struct summary *summary)
{
	if (!summary)
		return;
	g_ptr_array_unref(summary->newcomers);
	g_hash_table_unref(summary->unknown);
	g_hash_table_unref(summary->people);
	summary_free(summary->before);
	g_free(summary);
}

void summary_add(struct summary *summary, const struct people *people,
		 const struct address *sender)
{
	char *email = g_ascii_strdown(sender->email, -1);
	struct address *address, person;

	if (g_hash_table_contains(summary->unknown, email)) {
		g_free(email);
		return;
	}
	address = g_new(struct address, 1);
	address_copy(address, sender);
	g_ptr_array_add(summary->newcomers, address);
	g_hash_table_insert(summary->unknown, email, address);
	address_copy(&person, sender);
	people_resolve(people, &person);
	g_hash_table_add(summary->people, g_ascii_strdown(person.email, -1));
	address_clear(&person);
}

static gboolean is_in(void *email, void *address, void *addresses)
{
	(void)address;
	return g_hash_table_contains(addresses, email);
}

void summary_know(struct summary *summary, GHashTable *addresses)
{
	g_hash_table_foreach_remove(summary->unknown, is_in, addresses);
}

void summary_finish(struct summary *summary)
{
	GPtrArray *newcomers = summary->newcomers;
	guint i;

	for (i = newcomers->len; i > 0; i--) {
		struct address *address = newcomers->pdata[i - 1];
		g_autofree char *key = g_ascii_strdown(address->email, -1);

		if (!g_hash_table_contains(summary->unknown, key))
			g_ptr_array_remove_index(newcomers, i - 1);
	}
	summary->counts[SUMMARY_PEOPLE] =
		g_hash_table_size(summary->people);
	summary->counts[SUMMARY_NEWCOMERS] = newcomers->len;
}
