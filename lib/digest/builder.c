#include <string.h>
#include "digest/builder.h"
#include "digest/covers.h"
#include "digest/versions.h"

void builder_init(struct builder *builder, enum digest_kind kind)
{
	memset(builder, 0, sizeof(*builder));
	builder->digest = digest_new(kind);
	builder->undecided = g_hash_table_new(NULL, NULL);
}

static gboolean passes_filter(struct builder *builder,
			      const struct patch *patch)
{
	switch (filter_patch(builder->filter, patch)) {
	case FILTER_EXCLUDED:
		return FALSE;
	case FILTER_WITH_SERIES:
		g_hash_table_add(builder->undecided, (void *)patch);
		break;
	case FILTER_COUNTS:
		break;
	}
	return TRUE;
}

void builder_add_reply(struct builder *builder, struct reply *reply)
{
	reply->is_bot = people_is_known_bot(builder->people,
					    reply->sender.email);
	address_copy(&reply->person, &reply->sender);
	people_resolve(builder->people, &reply->person);
	g_ptr_array_add(builder->digest->replies, reply);
}

/* What may be a cover letter was given as a reply, too. */
static void drop(struct builder *builder, struct patch *patch, gboolean is_bot)
{
	if (builder->digest->replies && !patch->may_be_cover) {
		struct reply *reply = reply_from_patch(patch);

		reply->is_excluded = !is_bot;
		builder_add_reply(builder, reply);
	} else {
		patch_free(patch);
	}
}

/* Bots are known by the addresses that stand in the mail. */
static gboolean is_bots(const struct builder *builder,
			const struct patch *patch)
{
	return people_is_bot(builder->people, patch->sender.email) ||
	       people_is_bot(builder->people, patch->author.email);
}

gboolean builder_counts(const struct builder *builder, struct patch *patch)
{
	gboolean is_bot = is_bots(builder, patch);

	people_resolve(builder->people, &patch->author);
	return !is_bot && filter_patch(builder->filter, patch) !=
			  FILTER_EXCLUDED;
}

static void drop_body(struct patch *patch)
{
	g_clear_pointer(&patch->body, g_free);
	patch->body_len = 0;
}

void builder_add(struct builder *builder, struct patch *patch)
{
	struct digest *digest = builder->digest;
	gboolean is_bot = is_bots(builder, patch);

	people_resolve(builder->people, &patch->author);
	if (is_bot || !passes_filter(builder, patch)) {
		drop(builder, patch, is_bot);
		return;
	}
	if (builder->checks)
		checks_add(builder->checks, patch);
	if (patch->is_merge && !builder->with_merges) {
		digest->counts.merges++;
		patch_free(patch);
		return;
	}
	if (!entries_include(patch, builder->mode))
		drop_body(patch);
	else if (builder->max_lines)
		patch_cut_body(patch, builder->max_lines);
	g_ptr_array_add(digest->patches, patch);
}

void builder_forget(struct builder *builder)
{
	g_ptr_array_set_size(builder->digest->patches, 0);
	if (builder->digest->replies)
		g_ptr_array_set_size(builder->digest->replies, 0);
	g_hash_table_remove_all(builder->undecided);
}

static void forget_patch(struct builder *builder, struct patch *patch)
{
	GPtrArray *patches = builder->digest->patches;
	guint place;

	g_ptr_array_find(patches, patch, &place);
	drop(builder, g_ptr_array_steal_index(patches, place), FALSE);
}

/*
 * Where only some files count, a cover letter that names no files counts if a
 * patch of its series does: remove the series of which no patch does.
 */
static void drop_undecided(struct builder *builder)
{
	struct digest *digest = builder->digest;
	guint i, k;

	for (i = digest->series->len; i > 0; i--) {
		struct series *series = digest->series->pdata[i - 1];
		GPtrArray *patches = series->patches;
		gboolean counts = FALSE;

		for (k = 0; k < patches->len && !counts; k++)
			counts = !g_hash_table_contains(builder->undecided,
							patches->pdata[k]);
		if (counts)
			continue;
		for (k = 0; k < patches->len; k++)
			forget_patch(builder, patches->pdata[k]);
		g_ptr_array_remove_index(digest->series, i - 1);
	}
}

static void tally(struct builder *builder)
{
	struct digest *digest = builder->digest;
	struct tally *tally = tally_new();
	guint i;

	for (i = 0; i < digest->patches->len; i++) {
		const struct patch *patch = digest->patches->pdata[i];
		g_autofree char *domain = people_domain(builder->people,
							patch->author.email);

		tally_add(tally, &patch->author, domain);
	}
	for (i = 0; i < digest->series->len; i++) {
		const struct series *series = digest->series->pdata[i];
		const struct address *author = &series->head->author;
		g_autofree char *domain = people_domain(builder->people,
							author->email);

		tally_add_more(tally, author, domain);
	}
	digest->domains = tally_domains(tally);
	digest->people = tally_people(tally);
	tally_free(tally);
}

static void reverse(GPtrArray *array)
{
	guint i, n = array->len;

	for (i = 0; i < n / 2; i++) {
		gpointer swap = array->pdata[i];

		array->pdata[i] = array->pdata[n - 1 - i];
		array->pdata[n - 1 - i] = swap;
	}
}

static void mark_elsewhere(struct digest *digest)
{
	guint i;

	for (i = 0; i < digest->entries->len; i++) {
		struct entry *entry = digest->entries->pdata[i];

		entry->elsewhere = g_hash_table_lookup(digest->twins,
						       entry->patch->commit);
	}
}

static int compare_places(const void *a, const void *b)
{
	const struct patch *x = *(struct patch *const *)a;
	const struct patch *y = *(struct patch *const *)b;

	return x->place < y->place ? -1 : x->place > y->place;
}

unsigned builder_patch_wants(const struct builder *builder)
{
	const struct limit *limit = builder->limit;
	unsigned wants = builder->digest->replies ? PATCH_TAGS : 0;

	if (filter_wants_paths(builder->filter) ||
	    (limit && limit_needs_paths(limit)))
		wants |= PATCH_PATHS;
	return wants;
}

unsigned builder_message_wants(const struct builder *builder)
{
	const struct limit *limit = builder->limit;

	return (builder_patch_wants(builder) & PATCH_PATHS ?
		MESSAGE_WHOLE : 0) |
	       (limit && limit_needs_recipients(limit) ?
		MESSAGE_RECIPIENTS : 0);
}

void builder_group(struct builder *builder)
{
	struct digest *digest = builder->digest;

	if (digest->kind == DIGEST_INBOX) {
		g_ptr_array_sort(digest->patches, compare_places);
		covers_adopt(digest->patches);
	}
	digest->series = series_group(digest->patches);
	if (g_hash_table_size(builder->undecided))
		drop_undecided(builder);
	/* Two commits of one title are two changes, not two versions. */
	if (digest->kind == DIGEST_INBOX)
		versions_link(digest->series);
	if (builder->reverse)
		reverse(digest->series);
	g_hash_table_unref(builder->undecided);
}

const struct digest *builder_finish(struct builder *builder)
{
	struct digest *digest = builder->digest;

	digest->entries = entries_list(digest->series, builder->mode);
	if (digest->kind == DIGEST_INBOX)
		entries_skip_repeats(digest->entries);
	if (digest->twins)
		mark_elsewhere(digest);
	tally(builder);
	return digest;
}
