#include "source/mailcommit.h"
#include "source/older.h"

/* The patches of one posting come within a day. */
#define DAY (24 * 60 * 60)

/* A patch before the range. */
struct candidate {
	const struct past_patch *past;
	char *posting;		/* see make_posting(); NULL if it is alone */
	gboolean is_wanted;	/* its Subject is */
	struct patch *patch;	/* once it is read; or NULL */
};

struct older {
	GHashTable *wanted;	/* make_key() of what replies answer */
	GHashTable *ids;	/* the Message-IDs that they name; borrowed */
	GPtrArray *candidates;	/* struct candidate *, newest first */
	GHashTable *postings;	/* posting, and make_day(), of those that are
				   answered */
};

static void candidate_free(void *data)
{
	struct candidate *candidate = data;

	g_free(candidate->posting);
	patch_free(candidate->patch);
	g_free(candidate);
}

/* What a patch has in common with the Subject of its answers. */
static char *make_key(const struct subject *subject, const char *title_key)
{
	return g_strdup_printf("%d\n%d\n%u\n%s", subject->number,
			       subject->total, subject->version, title_key);
}

/* What patches that were posted together have in common. */
static char *make_posting(const struct subject *subject, const char *email)
{
	g_autofree char *words = subject_prefix_key(subject);
	g_autofree char *posting = g_strdup_printf("%s\n%d\n%u\n%s", email,
						   subject->total,
						   subject->version, words);

	return g_ascii_strdown(posting, -1);
}

static char *make_day(const char *posting, gint64 day)
{
	return g_strdup_printf("%" G_GINT64_FORMAT "\n%s", day, posting);
}

/* Does it answer something that is not in the range? */
static gboolean is_orphan(const struct reply *reply)
{
	return !reply->is_excluded && !reply->patch &&
	       !reply->root->is_excluded && reply->references->len &&
	       reply->answered != reply->subject;
}

static void add_wanted(struct older *older, const struct reply *reply)
{
	struct subject subject;
	guint i;

	subject_parse(&subject, reply->answered);
	if (subject.is_patch || subject.needs_diff) {
		g_autofree char *title = subject_title_key(subject.title);

		g_hash_table_add(older->wanted, make_key(&subject, title));
		for (i = 0; i < reply->references->len; i++)
			g_hash_table_add(older->ids,
					 reply->references->pdata[i]);
	}
	subject_clear(&subject);
}

struct older *older_new(const struct digest *digest)
{
	struct older *older = g_new0(struct older, 1);
	guint i;

	older->wanted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					      NULL);
	older->ids = g_hash_table_new(g_str_hash, g_str_equal);
	older->postings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						NULL);
	older->candidates = g_ptr_array_new_with_free_func(candidate_free);
	for (i = 0; i < digest->replies->len; i++) {
		const struct reply *reply = digest->replies->pdata[i];

		if (is_orphan(reply) && *reply->answered == '[')
			add_wanted(older, reply);
	}
	return older;
}

void older_free(struct older *older)
{
	if (!older)
		return;
	g_hash_table_unref(older->wanted);
	g_hash_table_unref(older->ids);
	g_hash_table_unref(older->postings);
	g_ptr_array_unref(older->candidates);
	g_free(older);
}

void older_take(struct older *older, const struct past_patch *past)
{
	g_autofree char *key = make_key(&past->subject, past->title_key);
	gboolean is_wanted = g_hash_table_contains(older->wanted, key);
	struct candidate *candidate;

	if (!is_wanted && past->subject.number < 0)
		return;
	candidate = g_new0(struct candidate, 1);
	candidate->past = past;
	candidate->is_wanted = is_wanted;
	g_ptr_array_add(older->candidates, candidate);
	if (past->subject.number >= 0)
		candidate->posting = make_posting(&past->subject, past->email);
}

/* Was it posted with one that is answered? */
static gboolean is_near(const struct older *older,
			const struct candidate *candidate)
{
	gint64 day = candidate->past->time / DAY;
	int i;

	if (!candidate->posting ||
	    !g_hash_table_contains(older->postings, candidate->posting))
		return FALSE;
	for (i = -1; i <= 1; i++) {
		g_autofree char *key = make_day(candidate->posting, day + i);

		if (g_hash_table_contains(older->postings, key))
			return TRUE;
	}
	return FALSE;
}

/* The patch of a candidate; NULL if it cannot be read, or does not count. */
static struct patch *read_patch(struct objects *objects,
				const struct candidate *candidate,
				const struct builder *builder)
{
	struct message message;
	struct patch *patch;

	if (mailcommit_message(&message, objects, candidate->past->commit,
			       candidate->past->tree,
			       builder_message_wants(builder)))
		return NULL;
	patch = patch_from_message(&message, builder_patch_wants(builder));
	if (patch && builder->limit)
		limit_mark_patch(builder->limit, builder->people, patch,
				 &message);
	message_clear(&message);
	if (!patch)
		return NULL;
	memcpy(patch->commit, candidate->past->commit, sizeof(patch->commit));
	patch->arrived = candidate->past->time;
	g_clear_pointer(&patch->body, g_free);
	if (!patch->may_be_cover && builder_counts(builder, patch))
		return patch;
	patch_free(patch);
	return NULL;
}

/* Read those that have the right Subject; most have the right id, too. */
static void read_wanted(struct older *older, const struct builder *builder,
			struct objects *objects)
{
	guint i;

	for (i = 0; i < older->candidates->len; i++) {
		struct candidate *candidate = older->candidates->pdata[i];
		struct patch *patch = candidate->is_wanted ?
			read_patch(objects, candidate, builder) : NULL;

		if (!patch || !patch->message_id ||
		    !g_hash_table_contains(older->ids, patch->message_id)) {
			patch_free(patch);
			continue;
		}
		candidate->patch = patch;
		if (!candidate->posting)
			continue;
		g_hash_table_add(older->postings, g_strdup(candidate->posting));
		g_hash_table_add(older->postings,
				 make_day(candidate->posting,
					  candidate->past->time / DAY));
	}
}

GPtrArray *older_read(struct older *older, const struct builder *builder,
		      struct objects *objects)
{
	GPtrArray *patches = g_ptr_array_new_with_free_func(
					(GDestroyNotify)patch_free);
	guint i;

	read_wanted(older, builder, objects);
	for (i = 0; i < older->candidates->len; i++) {
		struct candidate *candidate = older->candidates->pdata[i];
		struct patch *patch = g_steal_pointer(&candidate->patch);

		if (!patch && is_near(older, candidate))
			patch = read_patch(objects, candidate, builder);
		if (!patch)
			continue;
		patch->place = i;
		g_ptr_array_add(patches, patch);
	}
	return patches;
}
