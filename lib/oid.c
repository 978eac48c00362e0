#include <string.h>
#include <git2.h>
#include "oid.h"

static guint hash_oid(gconstpointer oid)
{
	guint hash;

	/* it is a hash already */
	memcpy(&hash, ((const git_oid *)oid)->id, sizeof(hash));
	return hash;
}

static gboolean equal_oid(gconstpointer a, gconstpointer b)
{
	return git_oid_equal(a, b);
}

GHashTable *oid_table_new(void)
{
	return g_hash_table_new_full(hash_oid, equal_oid, g_free, NULL);
}

struct git_oid *oid_dup(const struct git_oid *oid)
{
	return g_memdup2(oid, sizeof(*oid));
}
