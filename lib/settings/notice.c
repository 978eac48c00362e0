#include <limits.h>
#include <string.h>
#include "git/history.h"
#include "render/words.h"
#include "settings/notice.h"

#define DAY (24 * 60 * 60)

/* In the default range, a newest mail of this age is worth a word. */
#define STALE_DAYS 2

#define ASK_TO_FETCH ": git fetch?"

/* "<what> 14 Nov 2026", with the time if the other date is as near as a day. */
static void add_date(GString *out, const char *what, gint64 seconds,
		     gint64 other)
{
	g_autofree char *date = ABS(seconds - other) < DAY ?
				words_minute_of(seconds) :
				words_day_of(seconds);

	if (date)
		g_string_append_printf(out, "%s %s", what, date);
}

/* " in v1..v2 since 14 Nov 2026" */
static void add_range(GString *out, const struct target *target,
		      const struct options *options, gint64 newest)
{
	const GPtrArray *words = target->words.words;
	const struct range *range = &target->range;
	guint i;

	if (options->since_last)
		g_string_append_printf(out, " since the mark '%s'",
				       options->since_last);
	for (i = 0; i < words->len && !options->since_last; i++)
		g_string_append_printf(out, "%s %s", i ? "" : " in",
				       (char *)words->pdata[i]);
	if (range->since >= 0)
		add_date(out, " since", range->since, newest);
	if (range->until >= 0)
		add_date(out, " until", range->until, newest);
	if (options->max_count >= 0 && options->max_count < LONG_MAX)
		g_string_append_printf(out, " with -n %ld", options->max_count);
}

static char *no_mail(const struct target *target, const struct options *options,
		     gint64 newest)
{
	const struct range *range = &target->range;
	GString *out = g_string_new("no mail");

	add_range(out, target, options, newest);
	/* git takes a text that it does not understand for the present time */
	if (target->words.since && strcmp(target->words.since, "now") &&
	    ABS(range->since - target->now) <= 1)
		g_string_append_printf(out, "; '%s' means now",
				       target->words.since);
	if (newest < 0)
		return g_string_free(out, FALSE);
	add_date(out, "; the newest is of", newest, range->since);
	if (newest < range->since)
		g_string_append(out, ASK_TO_FETCH);
	return g_string_free(out, FALSE);
}

static char *stale(const struct target *target, gint64 newest)
{
	gint64 days = (target->now - newest) / DAY;
	GString *out;

	if (newest < 0 || days < STALE_DAYS)
		return NULL;
	out = g_string_new(NULL);
	g_string_printf(out, "the newest mail is %" G_GINT64_FORMAT " days old",
			days);
	add_date(out, ", of", newest, 0);
	return g_string_free(g_string_append(out, ASK_TO_FETCH), FALSE);
}

char *notice_of(const struct digest *digest, const struct target *target,
		const struct options *options)
{
	gboolean is_empty = !digest->counts.messages;
	gint64 newest;

	if (digest->kind == DIGEST_CODE && is_empty && options->exit_code)
		return g_strdup("no commits in the range");
	if (digest->kind != DIGEST_INBOX ||
	    (!is_empty && !target->range_is_default))
		return NULL;
	newest = history_newest(target->repository, "HEAD");
	return is_empty ? no_mail(target, options, newest) :
	       stale(target, newest);
}

char *notice_of_quiet(const GPtrArray *names)
{
	g_autofree char *lists = words_lists(names);

	return lists ? g_strconcat("no mail on ", lists, NULL) : NULL;
}
