#include "digest/covers.h"

static char *answer_key(const struct patch *sender, const char *message_id)
{
	g_autofree char *email = g_ascii_strdown(sender->sender.email, -1);

	return g_strconcat(email, "\n", message_id, NULL);
}

/* answer_key() -> a numbered patch of that sender that answers the mail */
static GHashTable *index_answered(GPtrArray *patches)
{
	GHashTable *answers = g_hash_table_new_full(g_str_hash, g_str_equal,
						    g_free, NULL);
	guint i;

	for (i = 0; i < patches->len; i++) {
		struct patch *patch = patches->pdata[i];

		if (patch->subject.number > 0 && patch->references->len)
			g_hash_table_insert(answers, answer_key(patch,
						patch->references->pdata[0]),
					    patch);
	}
	return answers;
}

static const struct patch *find_answer(GHashTable *answers,
				       const struct patch *patch)
{
	g_autofree char *key = NULL;

	if (!patch->message_id || patch->has_diff ||
	    !(patch->may_be_cover || patch_is_lone(patch)))
		return NULL;
	key = answer_key(patch, patch->message_id);
	return g_hash_table_lookup(answers, key);
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
		const struct patch *answer = find_answer(answers, patch);

		if (answer)
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
