#include "digest/versions.h"
#include "mail/field.h"

char *versions_key(const struct patch *patch)
{
	g_autofree char *key = g_strconcat(patch->author.email, "\n",
					   patch->subject.title, NULL);

	return field_fold_case(key);
}

int versions_compare(const struct patch *a, const struct patch *b)
{
	unsigned x = a->subject.version, y = b->subject.version;

	if (subject_has_prefix(&a->subject, "RFC") !=
	    subject_has_prefix(&b->subject, "RFC"))
		return 0;
	return x < y ? -1 : x > y;
}

/* Let by stand for s, unless another one does or s stands for by. */
static void supersede(struct series *s, struct series *by)
{
	while (by->superseded_by)
		by = by->superseded_by;
	if (by != s && !s->superseded_by)
		s->superseded_by = by;
}

/*
 * Rule: of the series of one key the highest version stands.  A patch without
 * a key has no other versions.
 */
static void link_equal(GPtrArray *series,
		       char *(*key_of)(const struct patch *patch))
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) best = g_hash_table_new(g_str_hash, g_str_equal);
	guint i;

	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i], *other;
		char *key = key_of(s->head);

		g_ptr_array_add(keys, key);
		if (!key)
			continue;
		/* The other one is newer: only its version can be lower. */
		other = g_hash_table_lookup(best, key);
		if (!other || versions_compare(s->head, other->head) > 0)
			g_hash_table_insert(best, key, s);
	}
	for (i = 0; i < series->len; i++)
		if (keys->pdata[i])
			supersede(series->pdata[i],
				  g_hash_table_lookup(best, keys->pdata[i]));
}

/*
 * The author and the title of a cover letter or a lone patch.  Where there is
 * no cover letter, a patch names its series only among those of the same
 * sender and prefix: a batch for a stable tree is no version of the posting
 * that one of its patches is from.
 */
static char *series_key(const struct patch *patch)
{
	GPtrArray *prefixes = patch->subject.prefixes;
	g_autofree char *title = versions_key(patch);
	GString *key = g_string_new(title);
	guint i;

	if (patch->subject.number < 1 || patch->subject.total == 1)
		return g_string_free(key, FALSE);
	g_string_append_printf(key, "\n%s", patch->sender.email);
	for (i = 0; i < prefixes->len; i++)
		if (g_ascii_strcasecmp(prefixes->pdata[i], "RFC") &&
		    g_ascii_strcasecmp(prefixes->pdata[i], "RESEND"))
			g_string_append_printf(key, "\n%s",
					       (char *)prefixes->pdata[i]);
	return g_string_free(key, FALSE);
}

static char *change_key(const struct patch *patch)
{
	return patch->change_id ? g_strconcat(patch->author.email, "\n",
					      patch->change_id, NULL) : NULL;
}

/* Message-ID -> the oldest series that has a mail of it */
static GHashTable *index_mails(GPtrArray *series)
{
	GHashTable *by_id = g_hash_table_new(g_str_hash, g_str_equal);
	guint i, k;

	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];

		for (k = 0; k < s->patches->len; k++) {
			struct patch *patch = s->patches->pdata[k];

			if (patch->message_id)
				g_hash_table_insert(by_id, patch->message_id,
						    s);
		}
	}
	return by_id;
}

/*
 * Rule: a series stands for the one whose mail it names as its older version,
 * if that came before, has this version, and is of the same author.
 */
static void link_named(GPtrArray *series)
{
	g_autoptr(GHashTable) by_id = index_mails(series);
	guint i, k;

	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];
		GPtrArray *older = s->head->older;

		for (k = 0; older && k < older->len; k++) {
			struct older_version *named = older->pdata[k];
			struct series *o = g_hash_table_lookup(by_id,
							named->message_id);

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
	/* What stands for a series may itself be superseded by now. */
	for (i = 0; i < series->len; i++) {
		struct series *s = series->pdata[i];

		while (s->superseded_by && s->superseded_by->superseded_by)
			s->superseded_by = s->superseded_by->superseded_by;
	}
}
