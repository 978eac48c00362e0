#include "digest/alike.h"

GPtrArray *alike_list(GHashTable *index, gpointer key)
{
	GPtrArray *list = g_hash_table_lookup(index, key);

	/* Inserting unrefs the list that the index holds, and frees a key that
	   it holds already. */
	list = list ? g_ptr_array_ref(list) : g_ptr_array_new();
	g_hash_table_insert(index, key, list);
	return list;
}
