#include "digest/digest.h"

struct digest *digest_new(enum digest_kind kind)
{
	struct digest *digest = g_new0(struct digest, 1);

	digest->kind = kind;
	digest->patches = g_ptr_array_new_with_free_func(
					(GDestroyNotify)patch_free);
	digest->warnings = g_ptr_array_new_with_free_func(g_free);
	return digest;
}

static void unref(GPtrArray *array)
{
	if (array)
		g_ptr_array_unref(array);
}

void digest_free(struct digest *digest)
{
	g_free(digest->name);
	g_free(digest->list_id);
	g_free(digest->address);
	g_free(digest->archive);
	unref(digest->entries);
	unref(digest->series);
	unref(digest->patches);
	unref(digest->domains);
	unref(digest->people);
	unref(digest->warnings);
	unref(digest->findings);
	g_clear_pointer(&digest->twins, g_hash_table_unref);
	merge_clear(&digest->merge);
	g_free(digest);
}

void digest_warn(struct digest *digest, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	g_ptr_array_add(digest->warnings, g_strdup_vprintf(format, ap));
	va_end(ap);
}

char *digest_link(const struct digest *digest, const struct patch *patch)
{
	g_autofree char *id = NULL;

	if (!digest->archive || !patch->message_id)
		return NULL;
	id = g_uri_escape_string(patch->message_id, "@$+=!*'(),;:&~", TRUE);
	return g_strconcat(digest->archive,
			   g_str_has_suffix(digest->archive, "/") ? "" : "/",
			   id, "/", NULL);
}
