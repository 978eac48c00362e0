/*
 * alike: indexes of things that have something in common.
 */
#ifndef DIGEST_ALIKE_H
#define DIGEST_ALIKE_H

#include <glib.h>

/*
 * Return the things that have the key; the list is empty if there are none yet.
 * It belongs to the index, which must free its values with g_ptr_array_unref().
 * The index takes the key, as g_hash_table_insert() does.
 */
GPtrArray *alike_list(GHashTable *index, gpointer key);

#endif
