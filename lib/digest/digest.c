#include <string.h>
#include "digest/digest.h"
#include "digest/versions.h"

void digest_init(struct digest *digest)
{
	memset(digest, 0, sizeof(*digest));
	digest->elsewhere = g_ptr_array_new_with_free_func(
					(GDestroyNotify)patch_free);
	digest->patches = g_ptr_array_new_with_free_func(
					(GDestroyNotify)patch_free);
	digest->undecided = g_hash_table_new(NULL, NULL);
}

void digest_clear(struct digest *digest)
{
	g_free(digest->name);
	g_free(digest->list_id);
	g_free(digest->address);
	g_free(digest->archive);
	g_clear_pointer(&digest->entries, g_ptr_array_unref);
	g_clear_pointer(&digest->series, g_ptr_array_unref);
	g_clear_pointer(&digest->patches, g_ptr_array_unref);
	g_clear_pointer(&digest->undecided, g_hash_table_unref);
	g_clear_pointer(&digest->domains, g_ptr_array_unref);
	g_clear_pointer(&digest->people, g_ptr_array_unref);
	g_clear_pointer(&digest->elsewhere, g_ptr_array_unref);
	g_clear_pointer(&digest->findings, g_ptr_array_unref);
	checks_free(digest->checks);
	merge_clear(&digest->merge);
}

void digest_add(struct digest *digest, struct patch *patch,
		struct filter *filter, struct people *people,
		enum patches_mode mode)
{
	gboolean is_bot = people_is_bot(people, patch->sender.email) ||
			  people_is_bot(people, patch->author.email);

	people_resolve(people, &patch->author);
	switch (is_bot ? FILTER_EXCLUDED : filter_patch(filter, patch)) {
	case FILTER_EXCLUDED:
		patch_free(patch);
		return;
	case FILTER_WITH_SERIES:
		g_hash_table_add(digest->undecided, patch);
		break;
	case FILTER_COUNTS:
		break;
	}
	if (digest->checks)
		checks_add(digest->checks, patch);
	if (patch->is_merge && !digest->with_merges) {
		digest->counts.merges++;
		patch_free(patch);
		return;
	}
	if (!entries_include(patch, mode))
		g_clear_pointer(&patch->body, g_free);
	g_ptr_array_add(digest->patches, patch);
}

void digest_forget(struct digest *digest)
{
	g_ptr_array_set_size(digest->patches, 0);
	g_hash_table_remove_all(digest->undecided);
}

/*
 * Remove the cover letters that name no files, where only some files count,
 * and no patch of their series is left to say that they do.
 */
static void drop_undecided(struct digest *digest)
{
	guint i, k;

	for (i = digest->series->len; i > 0; i--) {
		struct series *series = digest->series->pdata[i - 1];
		gboolean counts = FALSE;

		for (k = 0; k < series->patches->len && !counts; k++)
			counts = !g_hash_table_contains(digest->undecided,
						series->patches->pdata[k]);
		if (counts)
			continue;
		for (k = 0; k < series->patches->len; k++)
			g_ptr_array_remove(digest->patches,
					   series->patches->pdata[k]);
		g_ptr_array_remove_index(digest->series, i - 1);
	}
}

static void count(struct digest *digest, const struct people *people)
{
	struct tally *tally = tally_new();
	guint i;

	for (i = 0; i < digest->patches->len; i++) {
		const struct patch *patch = digest->patches->pdata[i];
		g_autofree char *domain = people_domain(people,
							patch->author.email);

		tally_add(tally, &patch->author, domain);
	}
	digest->domains = tally_domains(tally);
	digest->people = tally_people(tally);
	tally_free(tally);
}

static void turn_round(GPtrArray *array)
{
	guint i, n = array->len;

	for (i = 0; i < n / 2; i++) {
		gpointer swap = array->pdata[i];

		array->pdata[i] = array->pdata[n - 1 - i];
		array->pdata[n - 1 - i] = swap;
	}
}

void digest_finish(struct digest *digest, const struct people *people,
		   enum patches_mode mode, gboolean reverse)
{
	digest->series = series_group(digest->patches);
	if (g_hash_table_size(digest->undecided))
		drop_undecided(digest);
	/* Two commits of one title are two changes. */
	if (digest->kind == DIGEST_INBOX)
		versions_link(digest->series);
	if (reverse)
		turn_round(digest->series);
	digest->entries = entries_list(digest->series, mode);
	if (digest->kind == DIGEST_INBOX)
		entries_skip_repeats(digest->entries);
	count(digest, people);
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
