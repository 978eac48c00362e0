#include "digest/digest.h"

struct digest *digest_new(enum digest_kind kind)
{
	struct digest *digest = g_new0(struct digest, 1);

	digest->kind = kind;
	digest->oldest = digest->newest = -1;
	digest->patches = g_ptr_array_new_with_free_func(
					(GDestroyNotify)patch_free);
	digest->warnings = g_ptr_array_new_with_free_func(g_free);
	digest->limits = g_ptr_array_new_with_free_func(g_free);
	digest->left_out_patches = g_ptr_array_new_with_free_func(
					(GDestroyNotify)patch_free);
	digest->left_out_series = g_ptr_array_new_with_free_func(series_free);
	digest->left_out_replies = g_ptr_array_new_with_free_func(
					(GDestroyNotify)reply_free);
	return digest;
}

void digest_free(struct digest *digest)
{
	g_free(digest->name);
	g_free(digest->list_id);
	g_free(digest->address);
	g_free(digest->archive);
	g_free(digest->from_date);
	g_free(digest->to_date);
	g_free(digest->against);
	g_free(digest->refs);
	g_free(digest->against_tip);
	g_clear_pointer(&digest->entries, g_ptr_array_unref);
	g_clear_pointer(&digest->series, g_ptr_array_unref);
	g_clear_pointer(&digest->unanswered, g_ptr_array_unref);
	g_clear_pointer(&digest->discussed, g_ptr_array_unref);
	g_clear_pointer(&digest->older_series, g_ptr_array_unref);
	g_clear_pointer(&digest->older, g_ptr_array_unref);
	g_clear_pointer(&digest->reviewers, g_ptr_array_unref);
	g_clear_pointer(&digest->reviewer_domains, g_ptr_array_unref);
	g_clear_pointer(&digest->threads, g_ptr_array_unref);
	g_clear_pointer(&digest->pulls, g_ptr_array_unref);
	g_clear_pointer(&digest->reports, g_ptr_array_unref);
	g_clear_pointer(&digest->replies, g_ptr_array_unref);
	g_ptr_array_unref(digest->left_out_series);
	g_ptr_array_unref(digest->left_out_replies);
	g_ptr_array_unref(digest->left_out_patches);
	g_ptr_array_unref(digest->limits);
	summary_free(digest->summary);
	g_clear_pointer(&digest->patches, g_ptr_array_unref);
	g_clear_pointer(&digest->domains, g_ptr_array_unref);
	g_clear_pointer(&digest->people, g_ptr_array_unref);
	g_clear_pointer(&digest->warnings, g_ptr_array_unref);
	g_clear_pointer(&digest->findings, g_ptr_array_unref);
	g_clear_pointer(&digest->reviews, g_ptr_array_unref);
	g_clear_pointer(&digest->twins, g_hash_table_unref);
	merge_clear(&digest->merge);
	rangediff_free(digest->rangediff);
	g_free(digest);
}

gboolean digest_is_empty(const struct digest *digest)
{
	return digest->kind == DIGEST_INBOX && !digest->counts.messages &&
	       !digest->counts.listed;
}

const struct cherry_twin *digest_twin(const struct digest *digest,
				      const char *commit)
{
	return digest->twins ? g_hash_table_lookup(digest->twins, commit) :
	       NULL;
}

void digest_warn(struct digest *digest, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	g_ptr_array_add(digest->warnings, g_strdup_vprintf(format, ap));
	va_end(ap);
}

/* Move the items that are left out to an array that owns them from now on. */
static void move_out(GPtrArray *items, GPtrArray *into,
		     gboolean (*is_left_out)(const void *item))
{
	guint i, nr = 0;

	for (i = 0; i < items->len; i++) {
		void *item = items->pdata[i];

		if (is_left_out(item))
			g_ptr_array_add(into, item);
		else
			items->pdata[nr++] = item;
	}
	while (items->len > nr)
		g_ptr_array_steal_index(items, items->len - 1);
}

static gboolean series_is_out(const void *series)
{
	return ((const struct series *)series)->is_left_out;
}

static gboolean patch_is_out(const void *patch)
{
	return ((const struct patch *)patch)->is_left_out;
}

static gboolean reply_is_out(const void *reply)
{
	return ((const struct reply *)reply)->is_left_out;
}

void digest_leave_out(struct digest *digest)
{
	move_out(digest->series, digest->left_out_series, series_is_out);
	move_out(digest->patches, digest->left_out_patches, patch_is_out);
	if (digest->replies)
		move_out(digest->replies, digest->left_out_replies,
			 reply_is_out);
}

char *digest_link(const struct digest *digest, const char *message_id)
{
	g_autofree char *id = NULL;

	if (!digest->archive || !message_id)
		return NULL;
	id = g_uri_escape_string(message_id, "@$+=!*'(),;:&~", TRUE);
	return g_strconcat(digest->archive,
			   g_str_has_suffix(digest->archive, "/") ? "" : "/",
			   id, "/", NULL);
}
