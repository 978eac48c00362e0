#include <string.h>
#include "mail/tags.h"
#include "render/talk.h"

/* Behind the first line of a block. */
#define INDENT "    "

/* How many of each are named before "and 37 more". */
#define MAX_COMMITS 3
#define MAX_PEOPLE 12
#define MAX_VERSIONS 6
#define MAX_NUMBERS 20

/* What a line lists, with this between the parts. */
struct parts {
	GString *line;
	const char *between;
};

static void add_part(struct parts *parts, const char *part)
{
	if (!part)
		return;
	if (parts->line->len)
		g_string_append(parts->line, parts->between);
	g_string_append(parts->line, part);
}

G_GNUC_PRINTF(2, 3)
static void add_format(struct parts *parts, const char *format, ...)
{
	g_autofree char *part = NULL;
	va_list ap;

	va_start(ap, format);
	part = g_strdup_vprintf(format, ap);
	va_end(ap);
	add_part(parts, part);
}

/* Make a part of a list, unless that is empty, and end the list. */
static void add_list(struct parts *parts, struct parts *list)
{
	if (list->line->len)
		add_part(parts, list->line->str);
	g_string_free(list->line, TRUE);
}

static void put_line(const struct page *t, struct parts *parts)
{
	if (parts->line->len)
		page_put(t, PLAIN, INDENT, PLAIN, parts->line->str,
			 PLAIN, "\n", END);
	g_string_free(parts->line, TRUE);
}

/* A section that lists items; somebody asked for it, even if there are none. */
static void put_list(const struct page *t, enum section section,
		     const GPtrArray *items,
		     void (*put)(const struct page *t, const void *item))
{
	guint i;

	page_heading(t, words_heading(section));
	for (i = 0; i < items->len; i++)
		put(t, items->pdata[i]);
	page_put(t, PLAIN, items->len ? "\n" : WORDS_NONE "\n\n", END);
}

/* Versions that the series stands for: "v4 0de6b72bf" */
static void add_versions(const struct page *t, struct parts *parts,
			 const struct series *series)
{
	struct parts versions = { g_string_new(NULL), ", " };
	guint i, nr = series->supersedes->len;

	for (i = 0; i < nr && i < MAX_VERSIONS; i++) {
		const struct series *older = series->supersedes->pdata[i];

		add_format(&versions, "v%u %s", older->head->subject.version,
			   page_id(t, older->head->commit));
	}
	if (i < nr)
		g_string_append_printf(versions.line, WORDS_AND_MORE, nr - i);
	if (series->previous)
		add_format(&versions, "v%u %s", series->previous->version,
			   page_id(t, series->previous->commit));
	add_list(parts, &versions);
}

/* "lkp 1": a bot by its local part, without what changes from mail to mail */
static void add_bots(struct parts *parts, const struct conversation *said)
{
	struct parts bots = { g_string_new(NULL), ", " };
	guint i;

	for (i = 0; i < said->bots->len && i < MAX_PEOPLE; i++) {
		const struct replier *bot = said->bots->pdata[i];
		const char *email = bot->person.email;

		add_format(&bots, "%.*s %u", (int)strcspn(email, "+@"), email,
			   bot->count);
	}
	add_list(parts, &bots);
}

/* The commits that the patches of the series have become, where it is told. */
static void put_commits(const struct page *t, const struct conversation *said)
{
	struct parts commits = { g_string_new(NULL), ", " };
	guint i, named = 0, more = 0;

	for (i = 0; i < said->applied->len; i++) {
		const struct application *patch = said->applied->pdata[i];

		if (!patch->commit)
			continue;
		if (named < MAX_COMMITS) {
			add_format(&commits, "%s%.*s",
				   named ? "" : WORDS_APPLIED_AS,
				   WORDS_FOREIGN_DIGITS, patch->commit);
			named++;
		} else {
			more++;
		}
	}
	if (more)
		g_string_append_printf(commits.line, WORDS_AND_MORE, more);
	put_line(t, &commits);
}

/* "1-3,7": numbers that follow each other are one part. */
static void add_numbers(GString *out, const GArray *numbers)
{
	struct parts parts = { out, "," };
	guint i = 0, nr = 0;

	while (i < numbers->len && nr++ < MAX_NUMBERS) {
		int first = g_array_index(numbers, int, i), last = first;

		while (++i < numbers->len &&
		       g_array_index(numbers, int, i) == last + 1)
			last++;
		if (last > first)
			add_format(&parts, "%d-%d", first, last);
		else
			add_format(&parts, "%d", first);
	}
	if (i < numbers->len)
		g_string_append(out, ",...");
}

/* "Ann Bee (1-3,7)", "Ann Bee (1, sent by Cid Dee)" */
static char *describe_giver(const struct series_tag *tag, int total)
{
	GString *remark = g_string_new(NULL);
	g_autofree char *in_brackets = NULL;

	if (!tag->of.all && total > 1)
		add_numbers(remark, tag->of.list);
	if (!tag->matches)
		g_string_append_printf(remark, "%s%s%s",
				       remark->len ? ", " : "", WORDS_SENT_BY,
				       tag->sent_by->name);
	in_brackets = g_string_free(remark, FALSE);
	return *in_brackets ? g_strconcat(tag->person.name, " (", in_brackets,
					  ")", NULL) :
	       g_strdup(tag->person.name);
}

/* A mail may show a tag that its owner gave in another: once is enough. */
static gboolean is_shown_twice(const GPtrArray *tags,
			       const struct series_tag *tag)
{
	guint i;

	for (i = 0; !tag->matches && i < tags->len; i++) {
		const struct series_tag *other = tags->pdata[i];

		if (other->matches && !strcmp(other->name, tag->name) &&
		    !g_ascii_strcasecmp(other->person.email,
					tag->person.email))
			return TRUE;
	}
	return FALSE;
}

/* The tags to show: struct series_tag *, in an array that the caller unrefs. */
static GPtrArray *list_tags(const struct conversation *said)
{
	GPtrArray *shown = g_ptr_array_new();
	guint i;

	for (i = 0; i < said->tags->len; i++)
		if (!is_shown_twice(said->tags, said->tags->pdata[i]))
			g_ptr_array_add(shown, said->tags->pdata[i]);
	return shown;
}

/* "Reviewed-by: Ann Bee (1,7), Cid Dee; Tested-by: Eve Fox" */
static void put_tags(const struct page *t, const struct conversation *said)
{
	struct parts tags = { g_string_new(NULL), "; " };
	g_autoptr(GPtrArray) given = list_tags(said);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	guint i, k, named = 0;

	for (i = 0; i < given->len; i++) {
		const struct series_tag *first = given->pdata[i];
		struct parts people = { NULL, ", " };

		if (named == MAX_PEOPLE ||
		    !g_hash_table_add(seen, first->name))
			continue;
		people.line = g_string_new(NULL);
		for (k = i; k < given->len && named < MAX_PEOPLE; k++) {
			const struct series_tag *tag = given->pdata[k];
			g_autofree char *giver = NULL;

			if (strcmp(tag->name, first->name))
				continue;
			giver = describe_giver(tag, said->total);
			add_part(&people, giver);
			named++;
		}
		add_format(&tags, "%s: %s", first->name, people.line->str);
		g_string_free(people.line, TRUE);
	}
	if (named < given->len)
		g_string_append_printf(tags.line, WORDS_AND_MORE,
				       given->len - named);
	put_line(t, &tags);
}

static void put_head(const struct page *t, const void *item)
{
	const struct series *series = item;
	const struct patch *head = series->head;

	page_mail(t, head->commit, head->message_id, head->subject.text,
		  head->author.name, head->also_on);
}

/* "superseded by v22 0de6b72bf" */
static void add_state(const struct page *t, struct parts *parts,
		      const struct series *series, const char *state)
{
	if (series->conversation->state == STATE_SUPERSEDED)
		add_format(parts, "%s %s", state,
			   page_id(t, series->superseded_by->head->commit));
	else
		add_part(parts, state);
}

static void put_block(const struct page *t, const void *item)
{
	const struct series *series = item;
	const struct conversation *said = series->conversation;
	g_autofree char *state = words_state(series);
	g_autofree char *replies = words_replies(said);
	struct parts parts = { g_string_new(NULL), "; " };

	put_head(t, series);
	add_state(t, &parts, series, state);
	add_part(&parts, replies);
	add_versions(t, &parts, series);
	add_bots(&parts, said);
	put_line(t, &parts);
	put_commits(t, said);
	put_tags(t, said);
}

void talk_status(const struct page *t)
{
	g_autoptr(GPtrArray) standing = g_ptr_array_new();
	guint i;

	for (i = 0; i < t->digest->series->len; i++) {
		struct series *series = t->digest->series->pdata[i];

		if (series_stands(series))
			g_ptr_array_add(standing, series);
	}
	put_list(t, SECTION_STATUS, standing, put_block);
}

/* "2 Reviewed-by, 1 Acked-by": tags whose people sent them */
static void add_tag_counts(struct parts *parts, const struct conversation *said)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	struct parts counts = { g_string_new(NULL), ", " };
	guint i, k;

	for (i = 0; i < said->tags->len; i++) {
		const struct series_tag *first = said->tags->pdata[i];
		guint nr = 0;

		if (g_hash_table_size(seen) == MAX_PEOPLE ||
		    !g_hash_table_add(seen, first->name))
			continue;
		for (k = i; k < said->tags->len; k++) {
			const struct series_tag *tag = said->tags->pdata[k];

			nr += tag->matches && !strcmp(tag->name, first->name);
		}
		if (nr)
			add_format(&counts, "%u %s", nr, first->name);
	}
	add_list(parts, &counts);
}

static void put_discussed(const struct page *t, const void *item)
{
	const struct series *series = item;
	const struct conversation *said = series->conversation;
	g_autofree char *news = words_news(series);
	g_autofree char *replies = words_replies(said);
	g_autofree char *day = words_day_of(series->head->arrived);
	struct parts parts = { g_string_new(NULL), "; " };

	put_head(t, series);
	add_state(t, &parts, series, news);
	add_tag_counts(&parts, said);
	add_part(&parts, replies);
	add_bots(&parts, said);
	if (day)
		add_format(&parts, WORDS_POSTED "%s", day);
	put_line(t, &parts);
	put_commits(t, said);
	put_tags(t, said);
}

void talk_discussed(const struct page *t)
{
	put_list(t, SECTION_DISCUSSED, t->digest->discussed, put_discussed);
}

void talk_unanswered(const struct page *t)
{
	put_list(t, SECTION_UNANSWERED, t->digest->unanswered, put_head);
}

static void put_pull(const struct page *t, const void *item)
{
	const struct pull_request *request = item;
	const struct reply *mail = request->mail;
	const struct pull *pull = mail->pull;
	struct parts parts = { g_string_new(NULL), "; " };

	page_mail(t, mail->commit, mail->message_id, mail->subject,
		  mail->person.name, mail->also_on);
	if (pull)
		add_format(&parts, "%s%s%s", pull->url, pull->ref ? " " : "",
			   pull->ref ? pull->ref : "");
	if (!request->merged)
		add_part(&parts, WORDS_NOT_MERGED);
	else if (request->commit)
		add_format(&parts, WORDS_MERGED_AS "%.*s", WORDS_FOREIGN_DIGITS,
			   request->commit);
	else
		add_format(&parts, WORDS_MERGED_SAYS "%s",
			   request->merged->person.name);
	put_line(t, &parts);
}

void talk_pulls(const struct page *t)
{
	put_list(t, SECTION_PULLS, t->digest->pulls, put_pull);
}

static void put_report(const struct page *t, const void *item)
{
	const struct report *report = item;
	const struct reply *mail = report->mail;

	page_mail(t, mail->commit, mail->message_id, mail->subject,
		  reports_kind_name(report->kind), mail->also_on);
}

void talk_reports(const struct page *t)
{
	put_list(t, SECTION_REPORTS, t->digest->reports, put_report);
}

static void put_thread(const struct page *t, const struct thread *thread)
{
	g_autofree char *span = words_span(thread->last - thread->first);
	g_autofree char *size = g_strdup_printf(", %u %s, %s", thread->people,
				words_unit(WORDS_PEOPLE, thread->people), span);

	page_amount(t, thread->mails, WORDS_MAILS);
	page_put(t, PLAIN, size, PLAIN, ": ", COLOR_COMMIT,
		 page_id(t, thread->commit), PLAIN, " ", END);
	page_linked(t, thread->subject, thread->message_id);
	page_end_line(t, thread->message_id, " ");
}

void talk_threads(const struct page *t)
{
	const GPtrArray *threads = t->digest->threads;
	guint i, nr = 0;

	page_heading(t, words_heading(SECTION_THREADS));
	for (i = 0; i < threads->len; i++) {
		const struct thread *thread = threads->pdata[i];

		/* those about patches come behind the others */
		if (thread->of_patch && nr++ == 0 && i)
			page_put(t, PLAIN, "\n", END);
		put_thread(t, thread);
	}
	page_put(t, PLAIN, threads->len ? "\n" : WORDS_NONE "\n\n", END);
}

void talk_reviewers(const struct page *t)
{
	const struct digest *digest = t->digest;
	unsigned top = t->options->top;
	g_autofree char *heading = words_top_reviewers(DIGEST_INBOX, FALSE,
						       top);
	g_autofree char *domains = words_top_reviewers(DIGEST_INBOX, TRUE,
						       top);

	page_tally(t, domains, digest->reviewer_domains, " ", TRUE);
	page_tally(t, heading, digest->reviewers, "  ", TRUE);
}

void talk_summary(const struct page *t)
{
	static const enum words_unit units[NR_SUMMARY_COUNTS] = {
		[SUMMARY_MAILS] = WORDS_MAILS,
		[SUMMARY_PATCHES] = WORDS_PATCHES,
		[SUMMARY_SERIES] = WORDS_SERIES,
		[SUMMARY_NEW_VERSIONS] = WORDS_NEW_VERSIONS,
		[SUMMARY_REPLIES] = WORDS_REPLIES,
		[SUMMARY_PEOPLE] = WORDS_PEOPLE,
		[SUMMARY_NEWCOMERS] = WORDS_NEWCOMERS,
		[SUMMARY_REMOVED] = WORDS_REMOVED,
		[SUMMARY_UNREADABLE] = WORDS_UNREADABLE,
	};
	const struct summary *summary = t->digest->summary;
	const struct summary *before = summary->before;
	g_autofree char *dates = words_dates(t->digest);
	enum summary_count i;

	page_heading(t, words_heading(SECTION_SUMMARY));
	page_put(t, PLAIN, dates, PLAIN, "\n\n", END);
	for (i = 0; i < NR_SUMMARY_COUNTS; i++) {
		page_amount(t, summary->counts[i], units[i]);
		if (before) {
			g_autofree char *change = words_change(
				summary->counts[i], before->counts[i]);

			page_put(t, PLAIN, change, END);
		}
		page_put(t, PLAIN, "\n", END);
	}
	page_put(t, PLAIN, "\n", END);
}
