#include <string.h>
#include "digest/alike.h"
#include "digest/versions.h"
#include "mail/field.h"
#include "source/lookback.h"

struct lookback {
	GHashTable *index;	/* make_key() -> GPtrArray of struct series * */
};

/* "<address>\n<what it is>\n<title>": what two versions have in common */
static char *make_key(const char *email, const struct patch *patch)
{
	g_autofree char *folded = field_fold_case(email);

	return g_strdup_printf("%s\n%s\n%s", folded,
			       patch_is_cover(patch) ? "cover" : "patch",
			       patch->title_key);
}

static GHashTable *index_series(const struct digest *digest)
{
	GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal,
				g_free, (GDestroyNotify)g_ptr_array_unref);
	guint i, k;

	for (i = 0; i < digest->series->len; i++) {
		struct series *series = digest->series->pdata[i];
		const struct patch *head = series->head;
		const char *const emails[] = {
			head->author.email, head->sender.email,
		};

		for (k = 0; *head->title_key && k < 2; k++) {
			char *key = make_key(emails[k], head);

			g_ptr_array_add(alike_list(index, key), series);
		}
	}
	return index;
}

/* A time that no place on Earth has, as importers write it, becomes UTC. */
static char *format_date(gint64 seconds, const char *zone)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seconds);
	g_autoptr(GTimeZone) tz = g_time_zone_new_identifier(zone);
	g_autoptr(GDateTime) local = utc && tz ? g_date_time_to_timezone(utc,
						tz) : NULL;
	GTimeSpan offset = local ? g_date_time_get_utc_offset(local) : 0;

	if (!utc)
		return NULL;
	if (!local || ABS(offset) > 14 * G_TIME_SPAN_HOUR)
		return g_date_time_format(utc, "%Y-%m-%dT%H:%M:%S+00:00");
	return g_date_time_format(local, "%Y-%m-%dT%H:%M:%S%:z");
}

struct lookback *lookback_new(struct digest *digest)
{
	struct lookback *lookback = g_new0(struct lookback, 1);

	lookback->index = index_series(digest);
	return lookback;
}

void lookback_free(struct lookback *lookback)
{
	g_hash_table_unref(lookback->index);
	g_free(lookback);
}

static void set_previous(struct series *series, const struct past_patch *past)
{
	struct previous *previous = g_new0(struct previous, 1);

	g_strlcpy(previous->commit, past->commit, sizeof(previous->commit));
	previous->version = past->subject.version;
	previous->date = format_date(past->time, past->zone);
	series->previous = previous;
}

void lookback_take(struct lookback *lookback, const struct past_patch *past)
{
	struct patch patch = { 0 };
	g_autofree char *key = NULL;
	GPtrArray *list;
	guint i;

	if (!past->subject.is_patch || past->subject.number > 1)
		return;
	patch.subject = past->subject;		/* borrowed */
	patch.title_key = past->title_key;
	key = make_key(past->email, &patch);
	list = g_hash_table_lookup(lookback->index, key);
	if (list)
		patch.tree = subject_tree(&past->subject);
	for (i = 0; list && i < list->len; i++) {
		struct series *series = list->pdata[i];

		if (!series->previous &&
		    versions_compare(series->head, &patch, TRUE) >= 0 &&
		    versions_trees_fit(series->head, &patch))
			set_previous(series, past);
	}
	g_free(patch.tree);
}
