#include "digest/covers.h"

/* Message-ID -> a numbered patch that answers it */
static GHashTable *index_answered(GPtrArray *patches)
{
	GHashTable *answers = g_hash_table_new(g_str_hash, g_str_equal);
	guint i;

	for (i = 0; i < patches->len; i++) {
		struct patch *patch = patches->pdata[i];

		if (patch->subject.number > 0 && patch->references->len)
			g_hash_table_insert(answers,
					    patch->references->pdata[0],
					    patch);
	}
	return answers;
}

static void make_cover(struct patch *cover, const struct patch *patch)
{
	unsigned version = subject_trailing_version(cover->subject.title);

	if (!cover->subject.is_versioned)
		cover->subject.version = version ? version :
					 patch->subject.version;
	if (version) {		/* "... v6": not part of the title */
		char *end = strrchr(cover->title_key, ' ');

		if (end)
			*end = '\0';
		cover->subject.is_versioned = TRUE;
	}
	cover->subject.number = 0;
	cover->subject.total = patch->subject.total;
	cover->may_be_cover = FALSE;
}

void covers_adopt(GPtrArray *patches)
{
	g_autoptr(GHashTable) answers = index_answered(patches);
	guint i, kept = 0;

	for (i = 0; i < patches->len; i++) {
		struct patch *patch = patches->pdata[i];
		const struct patch *answer = patch->message_id ?
			g_hash_table_lookup(answers, patch->message_id) : NULL;

		if (answer && !patch->has_diff &&
		    (patch->may_be_cover || patch_is_lone(patch)) &&
		    patch_same_sender(patch, answer))
			make_cover(patch, answer);
		if (patch->may_be_cover)
			patch_free(patch);
		else
			patches->pdata[kept++] = patch;
		if (kept <= i)
			patches->pdata[i] = NULL;
	}
	g_ptr_array_set_free_func(patches, NULL);
	g_ptr_array_set_size(patches, kept);
	g_ptr_array_set_free_func(patches, (GDestroyNotify)patch_free);
}
