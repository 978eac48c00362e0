#include <string.h>
#include "render/words.h"

/* What the page of --short has for a heading, too. */
#define DISCUSSED "Older series that got mail"
#define UNANSWERED "Series without an answer"
#define PULLS "Pull requests"

const char *words_update(enum digest_kind kind)
{
	return kind == DIGEST_CODE ? " update from " :
	       " mailing list update from ";
}

const char *words_heading(enum section section)
{
	static const char *const headings[NR_SECTIONS] = {
		[SECTION_SUMMARY] = "===== Summary =====",
		[SECTION_CHECKS] = "===== Checks =====",
		[SECTION_PATCHES] =
			"===== Patch list in this time period =====",
		[SECTION_STATUS] = "===== Status of the series =====",
		[SECTION_DISCUSSED] = "===== " DISCUSSED " =====",
		[SECTION_UNANSWERED] = "===== " UNANSWERED " =====",
		[SECTION_PULLS] = "===== " PULLS " =====",
		[SECTION_REPORTS] = "===== Bug reports =====",
		[SECTION_THREADS] = "===== Threads with the most mail =====",
		[SECTION_MESSAGES] = "===== Patch Commit Messages ====",
		[SECTION_RANGE_DIFF] = "===== Range-diff =====",
	};

	return headings[section];
}

const char *words_brief_heading(enum section section)
{
	switch (section) {
	case SECTION_DISCUSSED:
		return DISCUSSED;
	case SECTION_PULLS:
		return PULLS;
	default:
		return UNANSWERED;
	}
}

char *words_top(enum section section, enum digest_kind kind, unsigned top)
{
	return g_strdup_printf("Top %u %s (Based on %s)", top,
			       section == SECTION_DOMAINS ?
			       "contributor Email domains" : "contributors",
			       kind == DIGEST_CODE ? "Commit Author" :
			       "Email Body");
}

char *words_top_reviewers(enum digest_kind kind, gboolean domains,
			  unsigned top)
{
	return g_strdup_printf("Top %u %s (Based on %s)", top,
			       domains ? "reviewer Email domains" :
			       "reviewers", kind == DIGEST_CODE ?
			       "Trailers" : "Replies");
}

char *words_review(const struct review *review)
{
	static const char *const names[NR_TAG_KINDS] = {
		[TAG_REVIEWED] = "Reviewed-by",
		[TAG_ACKED] = "Acked-by",
		[TAG_TESTED] = "Tested-by",
		[TAG_NACKED] = "Nacked-by",
	};
	const struct address *person = &review->person;
	GString *out = g_string_new(person->name);
	enum tag_kind kind;

	if (strcmp(person->name, person->email))
		g_string_append_printf(out, " <%s>", person->email);
	for (kind = 0; kind < NR_TAG_KINDS; kind++)
		if (review->nr[kind])
			g_string_append_printf(out, ", %u %s",
					       review->nr[kind], names[kind]);
	return g_string_free(out, FALSE);
}

/* Who applied it, or a part: the first, if several say so; or NULL. */
static const struct address *who_applied(const struct conversation *said,
					 gboolean *others)
{
	const struct address *first = NULL;
	guint i;

	*others = FALSE;
	for (i = 0; i < said->applied->len; i++) {
		const struct application *patch = said->applied->pdata[i];

		if (!first)
			first = patch->by;
		else if (patch->by && g_ascii_strcasecmp(first->email,
							 patch->by->email))
			*others = TRUE;
	}
	return first;
}

/* " by Ann Bee" of what is applied or rejected; "" else. */
static char *done_by(const struct conversation *said)
{
	gboolean others;
	const struct address *by = who_applied(said, &others);

	if (said->applied->len)
		return by ? g_strconcat(" by ", by->name,
					others ? " and others" : NULL, NULL) :
		       g_strdup("");
	return said->state == STATE_REJECTED ?
	       g_strconcat(" by ", said->rejected_by->name, NULL) :
	       g_strdup("");
}

char *words_news(const struct series *series)
{
	const struct conversation *said = series->conversation;
	g_autofree char *by = done_by(said);

	switch (said->state) {
	case STATE_SUPERSEDED:
		return g_strdup_printf("superseded by v%u",
			series->superseded_by->head->subject.version);
	case STATE_PARTLY_APPLIED:
		return g_strdup_printf("applied %d of %d%s", said->nr_applied,
				       said->total, by);
	case STATE_APPLIED:
	case STATE_REJECTED:
		return g_strconcat(conversation_state_name(said->state), by,
				   NULL);
	default:
		return NULL;
	}
}

char *words_brief_state(const struct series *series)
{
	const struct conversation *said = series->conversation;

	if (said->state == STATE_PARTLY_APPLIED)
		return g_strdup_printf("applied %d of %d", said->nr_applied,
				       said->total);
	return g_strdup(conversation_state_name(said->state));
}

char *words_state(const struct series *series)
{
	const struct conversation *said = series->conversation;
	g_autofree char *news = words_news(series);
	GString *out = g_string_new(news);

	if (!news)
		g_string_append(out, conversation_state_name(said->state));
	if (said->state == STATE_REVIEWED && said->total > 1)
		g_string_append(out, " in full");
	if (said->state != STATE_APPLIED && said->reviewed &&
	    said->reviewed < said->total)
		g_string_append_printf(out, ", %d of %d reviewed",
				       said->reviewed, said->total);
	if (said->here < said->total)
		g_string_append_printf(out, ", %d of %d here", said->here,
				       said->total);
	return g_string_free(out, FALSE);
}

char *words_replies(const struct conversation *said)
{
	unsigned people = said->repliers->len;
	const char *replies = words_unit(WORDS_REPLIES, said->replies);

	if (!said->replies)
		return NULL;
	if (said->by_author == said->replies)
		return g_strdup_printf("%u %s by the author", said->replies,
				       replies);
	return g_strdup_printf("%u %s by %u %s", said->replies, replies, people,
			       words_unit(WORDS_PEOPLE, people));
}

char *words_span(gint64 seconds)
{
	static const struct {
		gint64 seconds;
		enum words_unit unit;
	} units[] = {
		{ 24 * 60 * 60, WORDS_DAYS },
		{ 60 * 60, WORDS_HOURS },
		{ 60, WORDS_MINUTES },
		{ 1, WORDS_SECONDS },
	};
	size_t i = 0;
	gint64 n;

	while (units[i].seconds > 1 && seconds < 2 * units[i].seconds)
		i++;
	n = seconds / units[i].seconds;
	return g_strdup_printf("%" G_GINT64_FORMAT " %s", n,
			       words_unit(units[i].unit, n));
}

char *words_found(const struct series *series)
{
	unsigned nr, total = MAX(series->head->subject.total, 1);
	const char *first = series_found(series, &nr);

	if (!first)
		return NULL;
	return nr >= total ?
	       g_strdup_printf("%.*s", WORDS_FOREIGN_DIGITS, first) :
	       g_strdup_printf("%.*s, %u of %u", WORDS_FOREIGN_DIGITS, first,
			       nr, total);
}

char *words_age(gint64 seconds)
{
	const gint64 minutes = MAX(seconds, 0) / 60, hours = minutes / 60;

	return hours >= 48 ? g_strdup_printf("%dd", (int)(hours / 24)) :
	       minutes >= 120 ? g_strdup_printf("%dh", (int)hours) :
	       g_strdup_printf("%dm", (int)minutes);
}

char *words_limits(const struct digest *digest)
{
	GString *out = g_string_new("Limited to:");
	guint i;

	for (i = 0; i < digest->limits->len; i++)
		g_string_append_printf(out, " %s",
				       (char *)digest->limits->pdata[i]);
	return g_string_free(out, FALSE);
}

char *words_no_patches(const struct digest *digest)
{
	const struct digest_counts *counts = &digest->counts;
	const unsigned long mails = counts->messages;
	const unsigned long listed = counts->listed;
	g_autofree char *unread = counts->unreadable ?
		g_strdup_printf(", of which %lu could not be read",
				counts->unreadable) : NULL;

	if (!mails)
		return listed == 1 ?
		       g_strdup("Its only mail is listed above.") :
		       g_strdup_printf("All %lu mails are listed above.",
				       listed);
	return g_strdup_printf("No %s in %lu %s%s.",
			       digest->limits->len ? "matching patches" :
			       "patches", mails,
			       words_unit(WORDS_MAILS, mails),
			       unread ? unread : "");
}

char *words_lists(const GPtrArray *names)
{
	GString *out = g_string_new(NULL);
	guint i;

	for (i = 0; names && i < names->len; i++)
		g_string_append_printf(out, "%s%s", i ? ", " : "",
				       (char *)names->pdata[i]);
	return g_string_free(out, !out->len);
}

char *words_day(GDateTime *date)
{
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};

	return g_strdup_printf("%d %s %d", g_date_time_get_day_of_month(date),
			       months[g_date_time_get_month(date) - 1],
			       g_date_time_get_year(date));
}

char *words_minute_of(gint64 seconds)
{
	g_autoptr(GDateTime) date = g_date_time_new_from_unix_local(seconds);
	g_autofree char *day = date ? words_day(date) : NULL;

	return day ? g_strdup_printf("%s %02d:%02d", day,
				     g_date_time_get_hour(date),
				     g_date_time_get_minute(date)) : NULL;
}

char *words_day_of(gint64 seconds)
{
	g_autoptr(GDateTime) date = g_date_time_new_from_unix_local(seconds);

	return date ? words_day(date) : NULL;
}

char *words_date(const char *date)
{
	g_autoptr(GDateTime) parsed = date ?
		g_date_time_new_from_iso8601(date, NULL) : NULL;

	return parsed ? g_date_time_format(parsed, "%Y-%m-%d %H:%M:%S %z") :
	       NULL;
}

char *words_more_lines(unsigned nr)
{
	return g_strdup_printf("[%u more %s]", nr,
			       words_unit(WORDS_LINES, nr));
}

/* "4 Jan 2026", "1-4 Jan 2026", "28 Jan-4 Feb 2026", "1 Dec 2025-4 Jan 2026" */
static char *brief_dates(gint64 oldest, gint64 newest)
{
	g_autofree char *first = words_day_of(oldest);
	g_autofree char *last = words_day_of(newest);
	g_auto(GStrv) from = g_strsplit(first ? first : "", " ", -1);
	g_auto(GStrv) to = g_strsplit(last ? last : "", " ", -1);
	gboolean same_year, same_month;

	if (g_strv_length(from) != 3 || g_strv_length(to) != 3 ||
	    !strcmp(first, last))
		return g_strdup(last ? last : "?");
	same_year = !strcmp(from[2], to[2]);
	same_month = same_year && !strcmp(from[1], to[1]);
	return g_strconcat(from[0], same_month ? "" : " ",
			   same_month ? "" : from[1], same_year ? "" : " ",
			   same_year ? "" : from[2], "-", last, NULL);
}

static void add_amount(GPtrArray *parts, unsigned long n, enum words_unit unit)
{
	g_ptr_array_add(parts, g_strdup_printf("%lu %s", n,
					       words_unit(unit, n)));
}

static void sum_up_mails(GPtrArray *parts, const struct digest *digest)
{
	static const struct {
		enum summary_count count;
		enum words_unit unit;
	} counts[] = {
		{ SUMMARY_MAILS, WORDS_MAILS },
		{ SUMMARY_PATCHES, WORDS_PATCHES },
		{ SUMMARY_SERIES, WORDS_SERIES },
		{ SUMMARY_REPLIES, WORDS_REPLIES },
		{ SUMMARY_PEOPLE, WORDS_PEOPLE },
	};
	g_autofree char *dates = brief_dates(digest->oldest, digest->newest);
	size_t i;

	g_ptr_array_add(parts, g_strconcat(digest->name, " ", dates, NULL));
	for (i = 0; i < G_N_ELEMENTS(counts); i++)
		add_amount(parts, digest->summary->counts[counts[i].count],
			   counts[i].unit);
}

static const char *brief_merge(enum merge_result result)
{
	static const char *const results[] = {
		[MERGE_NO_SIDE] = NULL,
		[MERGE_UNRELATED] = "no history in common",
		[MERGE_UP_TO_DATE] = "all merged",
		[MERGE_FAST_FORWARD] = "fast-forward",
		[MERGE_CLEAN] = "merges cleanly",
		[MERGE_CONFLICTS] = "conflicts",
		[MERGE_UNKNOWN] = "merge unknown",
	};

	return results[result];
}

static void sum_up_commits(GPtrArray *parts, const struct digest *digest)
{
	const struct merge *merge = &digest->merge;

	g_ptr_array_add(parts, g_strdup(digest->name));
	add_amount(parts, digest->patches->len, WORDS_COMMITS);
	if (digest->counts.merges)
		add_amount(parts, digest->counts.merges, WORDS_MERGES);
	add_amount(parts, digest->people->len, WORDS_PEOPLE);
	if (!digest->has_merge)
		return;
	if (!merge->no_changes) {
		add_amount(parts, merge->changes.sum.files, WORDS_FILES);
		g_ptr_array_add(parts, g_strdup_printf("+%u -%u",
					merge->changes.sum.insertions,
					merge->changes.sum.deletions));
	}
	if (brief_merge(merge->result))
		g_ptr_array_add(parts, g_strdup(brief_merge(merge->result)));
}

char **words_brief_summary(const struct digest *digest)
{
	GPtrArray *parts = g_ptr_array_new();

	if (digest->kind == DIGEST_CODE)
		sum_up_commits(parts, digest);
	else
		sum_up_mails(parts, digest);
	g_ptr_array_add(parts, NULL);
	return (char **)g_ptr_array_free(parts, FALSE);
}

char *words_dates(const struct digest *digest)
{
	g_autofree char *first = words_day_of(digest->oldest);
	g_autofree char *last = words_day_of(digest->newest);
	g_autofree char *age = words_span(MAX(digest->summary->age, 0));

	return g_strdup_printf("%s%s%s; the newest mail is %s old",
			       first ? first : "?",
			       g_strcmp0(first, last) ? " to " : "",
			       g_strcmp0(first, last) && last ? last : "", age);
}

char *words_change(unsigned long now, unsigned long before)
{
	return now == before ? g_strdup(" (as before)") :
	       now > before ? g_strdup_printf(" (+%lu)", now - before) :
	       g_strdup_printf(" (-%lu)", before - now);
}

char *words_update_of(const struct previous *previous)
{
	g_autoptr(GDateTime) date = previous && previous->date ?
		g_date_time_new_from_iso8601(previous->date, NULL) : NULL;
	g_autofree char *day = date ? words_day(date) : NULL;

	return day ? g_strdup_printf("Update (v%u of %s):", previous->version,
				     day) : NULL;
}

char *words_news_since(gboolean has_mark, unsigned long news, gint64 since)
{
	g_autofree char *time = has_mark ? words_minute_of(since) : NULL;

	if (!time)
		return g_strdup("no mark");
	return news ? g_strdup_printf("%lu new since %s", news, time) :
	       g_strdup_printf("nothing new since %s", time);
}

char *words_hint(const struct digest *digest)
{
	const GPtrArray *people = digest->people;
	guint i, k;

	for (i = 0; i < MIN(people->len, 10); i++)
		for (k = 0; k < i; k++) {
			const struct tally_line *a = people->pdata[k];
			const struct tally_line *b = people->pdata[i];

			if (strchr(a->person.name, ' ') &&
			    !strcmp(a->person.name, b->person.name))
				return g_strdup_printf("%s has two addresses "
					"here, <%s> and <%s>; a line in a "
					"mailmap makes them one person, see "
					"'git help digest'", a->person.name,
					a->person.email, b->person.email);
		}
	return NULL;
}

const char *words_unit(enum words_unit unit, unsigned long n)
{
	static const struct {
		const char *one, *many;
	} units[] = {
		[WORDS_MAILS] = { "mail", "mails" },
		[WORDS_COMMITS] = { "commit", "commits" },
		[WORDS_MERGES] = { "merge", "merges" },
		[WORDS_PEOPLE] = { "person", "people" },
		[WORDS_FILES] = { "file changed", "files changed" },
		[WORDS_PLAIN_FILES] = { "file", "files" },
		[WORDS_INSERTIONS] = { "insertion", "insertions" },
		[WORDS_DELETIONS] = { "deletion", "deletions" },
		[WORDS_PATCHES] = { "patch", "patches" },
		[WORDS_SERIES] = { "series", "series" },
		[WORDS_NEW_VERSIONS] = { "new version", "new versions" },
		[WORDS_REPLIES] = { "reply", "replies" },
		[WORDS_NEWCOMERS] = { "first-time poster",
				      "first-time posters" },
		[WORDS_REMOVED] = { "removed mail", "removed mails" },
		[WORDS_UNREADABLE] = { "unreadable mail", "unreadable mails" },
		[WORDS_TAGS] = { "tag", "tags" },
		[WORDS_LISTS] = { "list", "lists" },
		[WORDS_LINES] = { "line", "lines" },
		[WORDS_SECONDS] = { "second", "seconds" },
		[WORDS_MINUTES] = { "minute", "minutes" },
		[WORDS_HOURS] = { "hour", "hours" },
		[WORDS_DAYS] = { "day", "days" },
	};

	return n == 1 ? units[unit].one : units[unit].many;
}

char words_tag_letter(enum tag_kind kind)
{
	static const char letters[NR_TAG_KINDS] = {
		[TAG_REVIEWED] = 'R',
		[TAG_ACKED] = 'A',
		[TAG_TESTED] = 'T',
		[TAG_NACKED] = 'N',
	};

	return letters[kind];
}

/* " of 4 Jan 2026, 37 commits behind" */
char *words_base(const struct merge *merge)
{
	g_autofree char *day = words_day_of(merge->base_time);
	GString *out = g_string_new(NULL);

	if (day)
		g_string_append_printf(out, " of %s", day);
	if (merge->behind)
		g_string_append_printf(out, ", %lu %s behind", merge->behind,
				       words_unit(WORDS_COMMITS,
						  merge->behind));
	return g_string_free(out, FALSE);
}

/* "3 good, 1 bad, 8 none" */
char *words_signatures(const struct signatures *signatures)
{
	static const char *const names[NR_SIGNATURES] = {
		[SIGNATURE_GOOD] = "good",
		[SIGNATURE_BAD] = "bad",
		[SIGNATURE_UNKNOWN] = "cannot be checked",
		[SIGNATURE_NONE] = "none",
	};
	unsigned signed_nr = signatures->nr[SIGNATURE_GOOD] +
			     signatures->nr[SIGNATURE_BAD] +
			     signatures->nr[SIGNATURE_UNKNOWN];
	GString *out = g_string_new(NULL);
	enum signature kind;

	if (!signed_nr && signatures->nr[SIGNATURE_NONE])
		return g_string_free(g_string_append(out, "none"), FALSE);
	for (kind = 0; kind < NR_SIGNATURES; kind++)
		if (signatures->nr[kind])
			g_string_append_printf(out, "%s%u %s",
					       out->len ? ", " : "",
					       signatures->nr[kind],
					       names[kind]);
	return g_string_free(out, FALSE);
}

const char *words_check(enum check check)
{
	static const char *const headings[NR_CHECKS] = {
		[CHECK_KEY] = "Adds what looks like a private key:",
		[CHECK_MARKER] = "Leaves a conflict marker:",
		[CHECK_FIXUP] = "Is to be squashed into another commit:",
		[CHECK_WIP] = "Is not meant to be merged yet:",
		[CHECK_EMPTY] = "Changes nothing:",
		[CHECK_SIGNED_OFF] = "Has no Signed-off-by:",
		[CHECK_REVIEW] = "Has no Reviewed-by, Acked-by or Tested-by:",
		[CHECK_FIXES] = "Fixes a commit that is not here:",
		[CHECK_PICKED] = "Was picked from a commit that is not here:",
		[CHECK_REVERT] = "Reverts a commit that is not here:",
		[CHECK_BACK_MERGE] = "Merges the other side back:",
		[CHECK_MERGE] = "Brings commits of another branch:",
		[CHECK_LARGE] = "Adds a large file:",
		[CHECK_BINARY] = "Adds a binary file:",
		[CHECK_MODE] = "Changes the mode of a file:",
		[CHECK_WHITESPACE] = "Has whitespace errors:",
		[CHECK_ADDRESS] =
			"Has an author whose address looks like a machine's:",
	};

	return headings[check];
}

const char *words_merge(enum merge_result result)
{
	static const char *const results[] = {
		[MERGE_NO_SIDE] = NULL,
		[MERGE_UNRELATED] = "Has no history in common with ",
		[MERGE_UP_TO_DATE] = "Is all contained in ",
		[MERGE_FAST_FORWARD] = "Is a fast-forward of ",
		[MERGE_CLEAN] = "Merges cleanly into ",
		[MERGE_CONFLICTS] = "Conflicts with ",
		[MERGE_UNKNOWN] = "Cannot tell whether it merges into ",
	};

	return results[result];
}
