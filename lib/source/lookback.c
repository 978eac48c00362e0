#include <string.h>
#include "digest/alike.h"
#include "digest/versions.h"
#include "git/git.h"
#include "mail/field.h"
#include "source/lookback.h"

/* "<address>\n<what it is>\n<title>": what two versions have in common */
static char *make_key(const char *email, const struct patch *patch)
{
	g_autofree char *folded = field_fold_case(email);

	return g_strdup_printf("%s\n%s\n%s", folded,
			       patch_is_cover(patch) ? "cover" : "patch",
			       patch->title_key);
}

/* The series whose earlier versions are wanted, by make_key(). */
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

static void set_previous(struct series *series, const char *commit,
			 const struct patch *patch, const char *time,
			 const char *zone)
{
	struct previous *previous = g_new0(struct previous, 1);
	gint64 seconds = g_ascii_strtoll(time, NULL, 10);

	g_strlcpy(previous->commit, commit, sizeof(previous->commit));
	previous->version = patch->subject.version;
	previous->date = format_date(seconds, zone);
	series->previous = previous;
}

/*
 * The commit of a mail: "<id> <time> <zone> <address>\t<subject>".  The newest
 * comes first.  Returns FALSE if the line makes no sense.
 */
static gboolean take_line(GHashTable *index, char *line)
{
	const char *id = strsep(&line, " "), *time = strsep(&line, " ");
	const char *zone = strsep(&line, " "), *email = strsep(&line, "\t");
	struct patch patch = { 0 };
	g_autofree char *key = NULL;
	GPtrArray *list;
	guint i;

	if (!line || strlen(id) != HEX_ID_LEN)
		return FALSE;
	if (*line != '[' || !g_utf8_validate(line, -1, NULL))
		return TRUE;
	subject_parse(&patch.subject, line);
	if (patch.subject.is_patch && patch.subject.number < 2) {
		patch.title_key = subject_title_key(patch.subject.title);
		patch.tree = subject_tree(&patch.subject);
		key = make_key(email, &patch);
	}
	list = key ? g_hash_table_lookup(index, key) : NULL;
	for (i = 0; list && i < list->len; i++) {
		struct series *series = list->pdata[i];

		if (!series->previous &&
		    versions_compare(series->head, &patch, TRUE) >= 0 &&
		    versions_trees_fit(series->head, &patch))
			set_previous(series, id, &patch, time, zone);
	}
	g_free(patch.title_key);
	g_free(patch.tree);
	subject_clear(&patch.subject);
	return TRUE;
}

int lookback_find(struct digest *digest, const struct repository *repository,
		  long nr, char **err)
{
	g_autoptr(GHashTable) index = NULL;
	g_autofree char *count = g_strdup_printf("--max-count=%ld", nr);
	const char *const rev_list[] = {
		"rev-list", "--encoding=UTF-8", "--no-commit-header", count,
		"--date=raw", "--format=%H %ad %ae%x09%s", digest->from, "--",
		NULL,
	};
	struct git_process *process;
	char *line;

	if (digest->kind != DIGEST_INBOX || !*digest->from || nr <= 0)
		return 0;
	index = index_series(digest);
	if (!g_hash_table_size(index))
		return 0;
	process = git_start(repository->folder, rev_list, -1, err);
	if (!process)
		return -1;
	while ((line = git_line(process, NULL)))
		if (!take_line(index, line)) {
			git_stop(process);
			*err = g_strdup("unexpected output of 'git rev-list'");
			return -1;
		}
	return git_finish(process, FALSE, err) < 0 ? -1 : 0;
}
