#include <string.h>
#include "render/page.h"
#include "render/talk.h"
#include "screen/scrub.h"

/* The line that ends an entry. */
#define RULE "-----------------------------------" \
	     "-----------------------------------"

/* "<A> to <B>", or "the beginning to <B>" */
static void put_range(const struct page *t)
{
	if (*t->digest->from)
		page_put(t, COLOR_COMMIT, page_id(t, t->digest->from), END);
	else
		page_put(t, PLAIN, WORDS_BEGINNING, END);
	page_put(t, PLAIN, WORDS_TO, COLOR_COMMIT, page_id(t, t->digest->to),
		 PLAIN, "\n", END);
}

static void put_header(const struct page *t)
{
	page_put(t, PLAIN, WORDS_FROM, END);
	put_range(t);
	page_put(t, PLAIN, t->digest->name,
		 PLAIN, words_update(t->digest->kind), END);
	put_range(t);
	if (t->digest->limits->len) {
		g_autofree char *limits = words_limits(t->digest);

		page_put(t, PLAIN, limits, PLAIN, "\n", END);
	}
	page_put(t, PLAIN, "\n", END);
}

static void put_tally(const struct page *t, enum section section,
		      const GPtrArray *lines, const char *gap)
{
	g_autofree char *heading = words_top(section, t->digest->kind,
					     t->options->top);

	page_tally(t, heading, lines, gap, FALSE);
}

static void put_patch_list(const struct page *t)
{
	guint i;

	page_heading(t, words_heading(SECTION_PATCHES));
	for (i = 0; i < t->digest->series->len; i++) {
		const struct series *series = t->digest->series->pdata[i];
		const struct patch *head = series->head;

		g_autofree char *found = words_found(series);
		const struct cherry_twin *twin =
			digest_twin(t->digest, head->commit);
		g_autofree char *what = g_strconcat(head->author.name,
				found ? "; " WORDS_APPLIED_AS : "",
				found ? found : "", twin ? "; " WORDS_TWIN : "",
				twin ? page_id(t, twin->commit) : "", NULL);

		page_mail(t, head->commit, head->message_id,
			  head->subject.text, what, head->also_on);
	}
	page_put(t, PLAIN, "\n", END);
}

/*
 * A diffstat's line as git show has it: pluses and minuses in color.  bar is
 * the offset of the '|'.
 */
static void put_diffstat_line(const struct page *t, const char *line,
			      size_t bar, size_t len)
{
	size_t plus = bar + 1, minus, end;

	while (plus < len && (line[plus] == ' ' || g_ascii_isdigit(line[plus])))
		plus++;
	for (minus = plus; minus < len && line[minus] == '+'; minus++)
		;
	for (end = minus; end < len && line[end] == '-'; end++)
		;
	scrub_write(t->out, line, plus);
	if (minus > plus)
		page_colored(t, COLOR_INSERTIONS, line + plus, minus - plus);
	if (end > minus)
		page_colored(t, COLOR_DELETIONS, line + minus, end - minus);
	scrub_write(t->out, line + end, len - end);
}

static void put_body(const struct page *t, const char *body, size_t len)
{
	gboolean colored = *t->options->palette->reset != '\0';
	const char *end = body + len;

	if (!colored) {
		scrub_write(t->out, body, len);
		fputc('\n', t->out);
		return;
	}
	while (body < end) {
		const char *nl = memchr(body, '\n', end - body);
		size_t n = nl ? (size_t)(nl - body) : (size_t)(end - body);
		size_t bar = diffstat_bar(body, n);

		if (bar)
			put_diffstat_line(t, body, bar, n);
		else
			scrub_write(t->out, body, n);
		fputc('\n', t->out);
		body += n + 1;
	}
}

/* Lines that somebody wants who is to act on the message. */
static void put_ids(const struct page *t, const struct patch *patch)
{
	g_autofree char *link = page_link(t, patch->message_id);
	g_autofree char *date = words_date(patch->date);

	if (t->options->ids)
		page_put(t, PLAIN, WORDS_COMMIT, COLOR_COMMIT,
			 page_id(t, patch->commit), PLAIN, "\n", END);
	if (t->options->ids && date)
		page_put(t, PLAIN, WORDS_DATE, PLAIN, date, PLAIN, "\n", END);
	if (t->options->ids && patch->message_id)
		page_put(t, PLAIN, WORDS_MESSAGE_ID "<",
			 PLAIN, patch->message_id, PLAIN, ">\n", END);
	if (link && t->options->links == LINKS_ARCHIVE)
		page_put(t, PLAIN, WORDS_LINK, END);
	if (link)
		page_put(t, PLAIN, link, PLAIN, "\n", END);
}

/* "  3/7 title" of each patch of a series that is not printed whole. */
static void put_titles(const struct page *t, const struct entry *entry)
{
	const GPtrArray *patches = entry->series->patches;
	guint i;

	if (patches->len > 1 && entry->patch->body_len)
		fputc('\n', t->out);
	for (i = 0; i < patches->len; i++) {
		const struct patch *patch = patches->pdata[i];
		g_autofree char *number = NULL;

		if (patch == entry->patch && patch->body)
			continue;
		number = g_strdup_printf("  %d/%d ", patch->subject.number,
					 patch->subject.total);
		page_put(t, PLAIN, number, END);
		page_linked(t, patch->subject.title, patch->message_id);
		fputc('\n', t->out);
	}
}

static void put_new(const struct page *t, const struct entry *entry)
{
	const struct patch *patch = entry->patch;
	g_autofree char *label = patch == entry->series->head ?
				 words_update_of(entry->series->previous) :
				 NULL;
	g_autofree char *author = g_strconcat(WORDS_AUTHOR, patch->author.name,
					      " <", patch->author.email, ">",
					      NULL);
	g_autofree char *found = patch == entry->series->head ?
				 words_found(entry->series) :
				 NULL;
	g_autofree char *lists = words_lists(patch->also_on);
	g_autofree char *more = patch->lines_left_out ?
				words_more_lines(patch->lines_left_out) : NULL;

	page_put(t, COLOR_NEW, label ? label : WORDS_NEW, PLAIN, "  ", END);
	page_linked(t, patch->subject.title, patch->message_id);
	page_put(t, PLAIN, "\n", COLOR_SUBJECT, patch->subject.text,
		 PLAIN, "\n", COLOR_AUTHOR, author, PLAIN, "\n", END);
	if (lists)
		page_put(t, PLAIN, WORDS_ALSO_ON, PLAIN, lists, PLAIN, "\n",
			 END);
	put_ids(t, patch);
	if (found)
		page_put(t, PLAIN, WORDS_APPLIED, PLAIN, found, PLAIN, "\n",
			 END);
	page_put(t, PLAIN, "\n", END);
	if (patch->body_len)
		put_body(t, patch->body, patch->body_len);
	if (more)
		page_put(t, PLAIN, more, PLAIN, "\n", END);
	if (t->options->patches == PATCHES_COVER)
		put_titles(t, entry);
	page_put(t, PLAIN, "\n" RULE "\n\n", END);
}

static void put_exist(const struct page *t, const struct entry *entry)
{
	page_put(t, COLOR_EXIST, WORDS_EXIST, PLAIN, " ",
		 PLAIN, entries_exist_subject(entry), END);
	if (entry->elsewhere)
		page_put(t, PLAIN, " (", COLOR_COMMIT,
			 page_id(t, entry->elsewhere->commit), PLAIN, ")", END);
	page_put(t, PLAIN, "\n", COLOR_SKIP, WORDS_SKIP, PLAIN, " ",
		 PLAIN, entry->patch->subject.text, PLAIN, "\n", END);
}

static void put_messages(const struct page *t)
{
	guint i;

	page_heading(t, words_heading(SECTION_MESSAGES));
	for (i = 0; i < t->digest->entries->len; i++) {
		const struct entry *entry = t->digest->entries->pdata[i];

		if (entries_exist_commit(entry))
			put_exist(t, entry);
		else
			put_new(t, entry);
	}
}

static void put_line_amount(const struct page *t, unsigned long n,
			    enum words_unit unit)
{
	page_amount(t, n, unit);
	page_put(t, PLAIN, "\n", END);
}

/* More files that both sides change are only counted. */
#define MAX_BOTH 10

static void put_both(const struct page *t, const GPtrArray *both)
{
	unsigned i, nr = both->len;

	fprintf(t->out, WORDS_BOTH, nr, words_unit(WORDS_PLAIN_FILES, nr));
	for (i = 0; i < nr && i < MAX_BOTH; i++)
		page_put(t, PLAIN, "    ", PLAIN, both->pdata[i], PLAIN, "\n",
			 END);
	if (i < nr)
		fprintf(t->out, "   " WORDS_AND_MORE "\n", nr - i);
}

static void put_merge(const struct page *t, const struct merge *merge)
{
	g_autofree char *base = words_base(merge);
	guint i;

	if (*merge->base)
		page_put(t, PLAIN, WORDS_MERGE_BASE, COLOR_COMMIT,
			 page_id(t, merge->base), PLAIN, base, PLAIN, "\n",
			 END);
	if (merge->no_side)
		page_put(t, PLAIN, WORDS_NO_SIDE, PLAIN, merge->no_side,
			 PLAIN, "\n", END);
	if (merge->both && merge->both->len)
		put_both(t, merge->both);
	page_put(t, PLAIN, words_merge(merge->result),
		 COLOR_COMMIT, page_id(t, t->digest->from), END);
	if (merge->unknown)
		page_put(t, PLAIN, ": ", PLAIN, merge->unknown, END);
	if (merge->conflicts->len)
		page_put(t, PLAIN, WORDS_IN, END);
	page_put(t, PLAIN, "\n", END);
	for (i = 0; i < merge->conflicts->len; i++)
		page_put(t, PLAIN, "        ",
			 PLAIN, merge->conflicts->pdata[i], PLAIN, "\n", END);
	page_put(t, PLAIN, "\n", END);
}

static void put_sums(const struct page *t, const struct merge *merge)
{
	const struct diffstat *sum = &merge->changes.sum;

	if (merge->no_changes) {
		page_put(t, PLAIN, "\n" WORDS_NO_DIFFSTAT, PLAIN,
			 merge->no_changes, PLAIN, "\n", END);
		return;
	}
	put_line_amount(t, sum->files, WORDS_FILES);
	put_line_amount(t, sum->insertions, WORDS_INSERTIONS);
	put_line_amount(t, sum->deletions, WORDS_DELETIONS);
}

/* What the files and the commits are like. */
static void put_facts(const struct page *t)
{
	const struct digest *digest = t->digest;
	const struct merge *merge = &digest->merge;
	g_autofree char *signatures = words_signatures(&digest->signatures);
	unsigned files = merge->changes.sum.files;

	if (!merge->no_changes && files)
		fprintf(t->out, WORDS_TESTS, digest->tests, files,
			words_unit(WORDS_PLAIN_FILES, files));
	if (*signatures)
		page_put(t, PLAIN, WORDS_SIGNATURES, PLAIN, signatures,
			 PLAIN, "\n", END);
	if (*signatures || (!merge->no_changes && files))
		page_put(t, PLAIN, "\n", END);
	if (!merge->no_changes && files)
		put_body(t, merge->changes.stat, strlen(merge->changes.stat));
}

/* A line for each commit of both versions. */
static void put_versions(const struct page *t)
{
	const struct rangediff *rangediff = t->digest->rangediff;
	guint i;

	if (!rangediff)
		return;
	page_put(t, PLAIN, WORDS_SINCE, PLAIN, "\n", END);
	for (i = 0; i < rangediff->lines->len; i++) {
		const struct rangediff_line *line = rangediff->lines->pdata[i];

		page_put(t, PLAIN, "    ", PLAIN, line->text, PLAIN, "\n", END);
	}
	page_put(t, PLAIN, rangediff->lines->len ? "\n" : "    " WORDS_NONE
		 "\n\n", END);
}

static void put_range_diff(const struct page *t)
{
	const struct rangediff *rangediff = t->digest->rangediff;

	if (!rangediff)
		return;
	page_heading(t, words_heading(SECTION_RANGE_DIFF));
	page_put(t, PLAIN, rangediff->text, PLAIN, "\n", END);
}

static void put_summary(const struct page *t)
{
	const struct digest *digest = t->digest;

	page_heading(t, words_heading(SECTION_SUMMARY));
	if (digest->refs)
		page_put(t, PLAIN, digest->refs, PLAIN, "\n\n", END);
	put_line_amount(t, digest->patches->len, WORDS_COMMITS);
	if (digest->counts.merges)
		put_line_amount(t, digest->counts.merges, WORDS_MERGES);
	put_line_amount(t, digest->people->len, WORDS_PEOPLE);
	if (digest->has_merge)
		put_sums(t, &digest->merge);
	else if (!digest->limits->len)
		page_put(t, PLAIN, "\n" WORDS_NOT_SUMMED_UP "\n", END);
	page_put(t, PLAIN, "\n", END);
	if (digest->has_merge && words_merge(digest->merge.result))
		put_merge(t, &digest->merge);
	put_versions(t);
	if (digest->has_merge)
		put_facts(t);
}

/* Of more commits with the same finding only the number is told. */
#define MAX_FOUND 10

/* The findings of one check, from the i-th on.  Returns how many there are. */
static guint put_findings(const struct page *t, const GPtrArray *findings,
			  guint i)
{
	const struct finding *first = findings->pdata[i];
	guint nr = 0;

	page_put(t, PLAIN, words_check(first->check), PLAIN, "\n", END);
	for (; i + nr < findings->len; nr++) {
		const struct finding *finding = findings->pdata[i + nr];
		const char *detail = finding->detail;

		if (finding->check != first->check)
			break;
		if (nr >= MAX_FOUND)
			continue;
		page_put(t, PLAIN, "    ", COLOR_COMMIT,
			 page_id(t, finding->commit), PLAIN, " ",
			 PLAIN, finding->subject, PLAIN, detail ? ": " : "",
			 PLAIN, detail ? detail : "", PLAIN, "\n", END);
	}
	if (nr > MAX_FOUND)
		fprintf(t->out, "   " WORDS_AND_MORE "\n", nr - MAX_FOUND);
	return nr;
}

/*
 * Where the checks found nothing, or where git could not tell, there is not
 * even a heading.
 */
static void put_checks(const struct page *t)
{
	const GPtrArray *findings = t->digest->findings;
	guint i = 0;

	if (!findings || !findings->len)
		return;
	page_heading(t, words_heading(SECTION_CHECKS));
	while (i < findings->len)
		i += put_findings(t, findings, i);
	page_put(t, PLAIN, "\n", END);
}

/* "3  Ann Bee <ab@example.org>, 2 Reviewed-by, 1 Acked-by", if there are any */
static void put_reviews(const struct page *t)
{
	const GPtrArray *reviews = t->digest->reviews;
	g_autofree char *heading = words_top_reviewers(DIGEST_CODE, FALSE,
						       t->options->top);
	guint i;

	if (!reviews || !reviews->len)
		return;
	page_heading(t, heading);
	for (i = 0; i < reviews->len && i < t->options->top; i++) {
		const struct review *review = reviews->pdata[i];
		g_autofree char *text = words_review(review);

		page_number(t, review->total);
		page_put(t, PLAIN, "  ", PLAIN, text, PLAIN, "\n", END);
	}
	page_put(t, PLAIN, "\n", END);
}

/* What a mirror says where the range has mails, but no patch. */
static void put_no_patches(const struct page *t)
{
	g_autofree char *sentence = words_no_patches(t->digest);

	page_put(t, PLAIN, sentence, PLAIN, "\n", END);
}

static void put_section(const struct page *t, enum section section)
{
	const struct digest *digest = t->digest;

	switch (section) {
	case SECTION_SUMMARY:
		if (digest->kind == DIGEST_CODE)
			put_summary(t);
		else
			talk_summary(t);
		break;
	case SECTION_CHECKS:
		put_checks(t);
		break;
	case SECTION_DOMAINS:
		put_tally(t, SECTION_DOMAINS, digest->domains, " ");
		break;
	case SECTION_CONTRIBUTORS:
		put_tally(t, SECTION_CONTRIBUTORS, digest->people, "  ");
		break;
	case SECTION_REVIEWERS:
		if (digest->kind == DIGEST_CODE)
			put_reviews(t);
		else
			talk_reviewers(t);
		break;
	case SECTION_PATCHES:
		put_patch_list(t);
		break;
	case SECTION_STATUS:
		talk_status(t);
		break;
	case SECTION_DISCUSSED:
		talk_discussed(t);
		break;
	case SECTION_UNANSWERED:
		talk_unanswered(t);
		break;
	case SECTION_PULLS:
		talk_pulls(t);
		break;
	case SECTION_REPORTS:
		talk_reports(t);
		break;
	case SECTION_THREADS:
		talk_threads(t);
		break;
	case SECTION_MESSAGES:
		put_messages(t);
		break;
	case SECTION_RANGE_DIFF:
		put_range_diff(t);
		break;
	case SECTION_ALL:	/* sections_settle() has replaced it */
		break;
	}
}

/* Returns whether the page ends with an empty line, as all sections do. */
static gboolean put_page(const struct page *t)
{
	const struct digest *digest = t->digest;
	const struct sections *sections = &t->options->sections;
	gboolean no_patches = digest->kind == DIGEST_INBOX &&
			      !digest->patches->len;
	gboolean no_sections = no_patches && !sections_need_replies(sections);
	unsigned i;

	put_header(t);
	if (no_patches)
		put_no_patches(t);
	if (no_patches && !no_sections)
		fputc('\n', t->out);
	for (i = 0; i < sections->nr; i++) {
		enum section section = sections->list[i];

		if (!no_patches || sections_need_reply(section))
			put_section(t, section);
	}
	return !no_sections;
}

static void print(const struct format_part *parts, unsigned nr, FILE *out)
{
	gboolean has_gap = TRUE;
	unsigned i;

	for (i = 0; i < nr; i++) {
		const struct page t = {
			parts[i].digest, &parts[i].options, out,
		};

		if (digest_is_empty(t.digest))
			continue;
		if (!has_gap)
			fputc('\n', out);
		has_gap = put_page(&t);
	}
}

const struct format text_format = { .print = print };
