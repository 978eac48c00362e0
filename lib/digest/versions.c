#include <string.h>
#include "digest/versions.h"
#include "mail/utf8.h"

char *versions_key(const struct patch *patch)
{
	g_autofree char *key = g_strconcat(patch->author.email, "\n",
					   patch->subject.title, NULL);

	return utf8_fold_case(key);
}

gboolean versions_is_newer(const struct patch *a, guint a_order,
				 const struct patch *b, guint b_order)
{
	if (a->subject.version != b->subject.version &&
	    subject_has_prefix(&a->subject, "RFC") ==
	    subject_has_prefix(&b->subject, "RFC"))
		return a->subject.version > b->subject.version;
	return a_order < b_order;
}

/* Let by stand for s, unless another one does or s stands for by. */
static void supersede(struct series *s, struct series *by)
{
	while (by->superseded_by)
		by = by->superseded_by;
	if (by != s && !s->superseded_by)
		s->superseded_by = by;
}

/* The series of equal keys: all but the newest version are superseded. */
static void link_equal(GPtrArray *series, char *(*key_of)(const struct patch *))
{
	g_autoptr(GHashTable) best = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	int pass;
	guint i;

	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i < series->len; i++) {
			struct series *s = series->pdata[i], *other;
			char *key = key_of(s->head);

			other = key ? g_hash_table_lookup(best, key) : NULL;
			if (pass == 0 && key &&
			    (!other || versions_is_newer(s->head, s->order,
							other->head,
							other->order))) {
				g_hash_table_replace(best, key, s);
				continue;
			}
			if (pass == 1 && other)
				supersede(s, other);
			g_free(key);
		}
	}
}

/*
 * What tells that two series are versions of one: the author and title of a
 * cover letter or a lone patch.  Where there is no cover letter, a patch names
 * its series only among those of the same sender and the same prefix: a stable
 * tree's batch is no version of the posting that one of its patches is from.
 */
static char *series_key(const struct patch *patch)
{
	GString *key;
	char *title = versions_key(patch);
	guint i;

	if (patch->subject.number < 1 || patch->subject.total == 1)
		return title;
	key = g_string_new(title);
	g_free(title);
	g_string_append_printf(key, "\n%s", patch->sender.email);
	for (i = 0; i < patch->subject.prefixes->len; i++) {
		const char *word = patch->subject.prefixes->pdata[i];

		if (g_ascii_strcasecmp(word, "RFC") &&
		    g_ascii_strcasecmp(word, "RESEND"))
			g_string_append_printf(key, "\n%s", word);
	}
	return g_string_free(key, FALSE);
}

static char *change_key(const struct patch *patch)
{
	return patch->change_id ? g_strconcat(patch->author.email, "\n",
					      patch->change_id, NULL) : NULL;
}

/* Series that name the mails of their older versions. */
static void link_named(GPtrArray *series)
{
	g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
	guint i, k;

	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];

		for (k = 0; k < s->patches->len; k++) {
			struct patch *patch = s->patches->pdata[k];

			if (patch->message_id)
				g_hash_table_insert(by_id, patch->message_id, s);
		}
	}
	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];
		GPtrArray *older = s->head->older;

		for (k = 0; older && k < older->len; k++) {
			struct older_version *named = older->pdata[k];
			struct series *o = g_hash_table_lookup(by_id,
							named->message_id);

			/* Only what came before can be an older version. */
			if (o && o->order > s->order &&
			    o->head->subject.version == named->version &&
			    patch_same_author(o->head, s->head))
				supersede(o, s);
		}
	}
}

void versions_link(GPtrArray *series)
{
	guint i;

	link_equal(series, series_key);
	link_equal(series, change_key);
	link_named(series);
	/* What stands for a series may itself be superseded. */
	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];

		while (s->superseded_by && s->superseded_by->superseded_by)
			s->superseded_by = s->superseded_by->superseded_by;
	}
}
