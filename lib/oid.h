/*
 * oid: object ids as keys of GLib's tables.
 */
#ifndef OID_H
#define OID_H

#include <glib.h>

struct git_oid;

/*
 * A table whose keys are git_oid *, which it owns: g_hash_table_add() or
 * g_hash_table_insert() with oid_dup().
 */
GHashTable *oid_table_new(void);
struct git_oid *oid_dup(const struct git_oid *oid);

#endif
