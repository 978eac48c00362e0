#include <string.h>
#include "git/abbrev.h"
#include "render/format.h"
#include "render/words.h"
#include "screen/scrub.h"

/* The line that ends an entry. */
#define RULE "-----------------------------------" \
	     "-----------------------------------"

/* What every function here needs. */
struct text {
	const struct digest *digest;
	const struct format_options *options;
	FILE *out;
};

/* What put() takes instead of a color, and what ends its list. */
enum { PLAIN = -1, END = -2 };

static void start_color(const struct text *t, enum color_slot slot)
{
	fputs(t->options->palette->start[slot], t->out);
}

/* An empty color needs no end. */
static void end_color(const struct text *t, enum color_slot slot)
{
	if (*t->options->palette->start[slot])
		fputs(t->options->palette->reset, t->out);
}

static void put_colored(const struct text *t, enum color_slot slot,
			const char *s, size_t len)
{
	start_color(t, slot);
	scrub_write(t->out, s, len);
	end_color(t, slot);
}

/* put(t, <slot or PLAIN>, <string>, ..., END): the strings, in colors. */
static void put(const struct text *t, ...)
{
	va_list ap;
	int slot;

	va_start(ap, t);
	while ((slot = va_arg(ap, int)) != END) {
		const char *s = va_arg(ap, const char *);

		if (slot == PLAIN)
			scrub_string(t->out, s);
		else
			put_colored(t, slot, s, strlen(s));
	}
	va_end(ap);
}

static const char *shorten(const struct text *t, const char *id)
{
	return abbrev_of(t->options->abbrev, id);
}

/* "<A> to <B>", or "the beginning to <B>" */
static void put_range(const struct text *t)
{
	if (*t->digest->from)
		put(t, COLOR_COMMIT, shorten(t, t->digest->from), END);
	else
		put(t, PLAIN, WORDS_BEGINNING, END);
	put(t, PLAIN, WORDS_TO, COLOR_COMMIT, shorten(t, t->digest->to),
	    PLAIN, "\n", END);
}

static void put_header(const struct text *t)
{
	put(t, PLAIN, WORDS_FROM, END);
	put_range(t);
	put(t, PLAIN, t->digest->name, PLAIN, words_update(t->digest->kind),
	    END);
	put_range(t);
	put(t, PLAIN, "\n", END);
}

static void put_heading(const struct text *t, const char *heading)
{
	put(t, COLOR_HEADING, heading, PLAIN, "\n\n", END);
}

static void put_number(const struct text *t, unsigned long n)
{
	start_color(t, COLOR_COUNT);
	fprintf(t->out, "%7lu", n);
	end_color(t, COLOR_COUNT);
}

static void put_tally(const struct text *t, enum section section,
		      const GPtrArray *lines, const char *gap)
{
	const unsigned top = t->options->top;
	g_autofree char *heading = words_top(section, t->digest->kind, top);
	guint i;

	put_heading(t, heading);
	for (i = 0; i < lines->len && i < top; i++) {
		const struct tally_line *line = lines->pdata[i];

		put_number(t, line->count);
		put(t, PLAIN, gap, PLAIN, line->text, PLAIN, "\n", END);
	}
	put(t, PLAIN, "\n", END);
}

/* A line of a list of commits: "<commit> <text> (<what>)". */
static void put_commit(const struct text *t, const char *id, const char *text,
		       const char *what)
{
	put(t, COLOR_COMMIT, shorten(t, id), PLAIN, " ", PLAIN, text,
	    PLAIN, " (", PLAIN, what, PLAIN, ")\n", END);
}

static void put_patch_list(const struct text *t)
{
	guint i;

	put_heading(t, words_heading(SECTION_PATCHES));
	for (i = 0; i < t->digest->series->len; i++) {
		const struct series *series = t->digest->series->pdata[i];
		const struct patch *head = series->head;

		put_commit(t, head->commit, head->subject.text,
			   head->author.name);
	}
	put(t, PLAIN, "\n", END);
}

/*
 * A diffstat's line as git show has it: pluses and minuses in color.  bar is
 * the offset of the '|'.
 */
static void put_diffstat_line(const struct text *t, const char *line,
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
		put_colored(t, COLOR_INSERTIONS, line + plus, minus - plus);
	if (end > minus)
		put_colored(t, COLOR_DELETIONS, line + minus, end - minus);
	scrub_write(t->out, line + end, len - end);
}

static void put_body(const struct text *t, const char *body, size_t len)
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

static void put_new(const struct text *t, const struct entry *entry)
{
	const struct patch *patch = entry->patch;
	g_autofree char *label = patch == entry->series->head ?
				 words_update_of(entry->series->previous) :
				 NULL;
	g_autofree char *link = t->options->links ?
				digest_link(t->digest, patch) : NULL;
	g_autofree char *author = g_strconcat(WORDS_AUTHOR, patch->author.name,
					      " <", patch->author.email, ">",
					      NULL);

	put(t, COLOR_NEW, label ? label : WORDS_NEW, PLAIN, "  ",
	    PLAIN, patch->subject.title,
	    PLAIN, "\n", COLOR_SUBJECT, patch->subject.text, PLAIN, "\n",
	    COLOR_AUTHOR, author, PLAIN, "\n", END);
	if (link)
		put(t, PLAIN, WORDS_LINK, PLAIN, link, PLAIN, "\n", END);
	put(t, PLAIN, "\n", END);
	if (patch->body_len)
		put_body(t, patch->body, patch->body_len);
	put(t, PLAIN, "\n" RULE "\n\n", END);
}

static void put_exist(const struct text *t, const struct entry *entry)
{
	put(t, COLOR_EXIST, WORDS_EXIST, PLAIN, " ",
	    PLAIN, entries_exist_subject(entry), END);
	if (entry->elsewhere)
		put(t, PLAIN, " (", COLOR_COMMIT,
		    shorten(t, entry->elsewhere->commit), PLAIN, ")", END);
	put(t, PLAIN, "\n", COLOR_SKIP, WORDS_SKIP, PLAIN, " ",
	    PLAIN, entry->patch->subject.text, PLAIN, "\n", END);
}

static void put_messages(const struct text *t)
{
	guint i;

	put_heading(t, words_heading(SECTION_MESSAGES));
	for (i = 0; i < t->digest->entries->len; i++) {
		const struct entry *entry = t->digest->entries->pdata[i];

		if (entries_exist_commit(entry))
			put_exist(t, entry);
		else
			put_new(t, entry);
	}
}

/* "      3 commits", "      1 commit" */
static void put_amount(const struct text *t, unsigned long n,
		       enum words_unit unit)
{
	put_number(t, n);
	put(t, PLAIN, " ", PLAIN, words_unit(unit, n), PLAIN, "\n", END);
}

static void put_merge(const struct text *t, const struct merge *merge)
{
	guint i;

	if (*merge->base)
		put(t, PLAIN, WORDS_MERGE_BASE,
		    COLOR_COMMIT, shorten(t, merge->base), PLAIN, "\n", END);
	put(t, PLAIN, words_merge(merge->result),
	    COLOR_COMMIT, shorten(t, t->digest->from), END);
	if (merge->unknown)
		put(t, PLAIN, ": ", PLAIN, merge->unknown, END);
	if (merge->conflicts->len)
		put(t, PLAIN, WORDS_IN, END);
	put(t, PLAIN, "\n", END);
	for (i = 0; i < merge->conflicts->len; i++)
		put(t, PLAIN, "        ", PLAIN, merge->conflicts->pdata[i],
		    PLAIN, "\n", END);
	put(t, PLAIN, "\n", END);
}

static void put_diffstat(const struct text *t, const struct merge *merge)
{
	if (merge->no_diffstat) {
		put(t, PLAIN, "\n" WORDS_NO_DIFFSTAT, PLAIN,
		    merge->no_diffstat, PLAIN, "\n", END);
		return;
	}
	put_amount(t, merge->diffstat.files, WORDS_FILES);
	put_amount(t, merge->diffstat.insertions, WORDS_INSERTIONS);
	put_amount(t, merge->diffstat.deletions, WORDS_DELETIONS);
}

static void put_summary(const struct text *t)
{
	const struct digest *digest = t->digest;

	put_heading(t, words_heading(SECTION_SUMMARY));
	put_amount(t, digest->patches->len, WORDS_COMMITS);
	if (digest->counts.merges)
		put_amount(t, digest->counts.merges, WORDS_MERGES);
	put_amount(t, digest->people->len, WORDS_PEOPLE);
	if (digest->has_merge)
		put_diffstat(t, &digest->merge);
	else
		put(t, PLAIN, "\n" WORDS_NOT_SUMMED_UP "\n", END);
	put(t, PLAIN, "\n", END);
	if (digest->has_merge && words_merge(digest->merge.result))
		put_merge(t, &digest->merge);
}

/*
 * Where the checks found nothing, or where git could not tell, there is not
 * even a heading.
 */
static void put_checks(const struct text *t)
{
	const GPtrArray *findings = t->digest->findings;
	guint i;

	if (!findings || !findings->len)
		return;
	put_heading(t, words_heading(SECTION_CHECKS));
	for (i = 0; i < findings->len; i++) {
		const struct finding *finding = findings->pdata[i];

		put_commit(t, finding->commit, finding->text,
			   finding->subject);
	}
	put(t, PLAIN, "\n", END);
}

static void put_no_patches(const struct text *t)
{
	g_autofree char *sentence = words_no_patches(&t->digest->counts);

	put(t, PLAIN, sentence, PLAIN, "\n", END);
}

static void print(const struct digest *digest,
		  const struct format_options *options, FILE *out)
{
	const struct text t = { digest, options, out };
	unsigned i;

	if (digest->kind == DIGEST_INBOX && !digest->counts.messages)
		return;
	put_header(&t);
	if (digest->kind == DIGEST_INBOX && !digest->patches->len) {
		put_no_patches(&t);
		return;
	}
	for (i = 0; i < options->sections.nr; i++) {
		switch (options->sections.list[i]) {
		case SECTION_SUMMARY:
			put_summary(&t);
			break;
		case SECTION_CHECKS:
			put_checks(&t);
			break;
		case SECTION_DOMAINS:
			put_tally(&t, SECTION_DOMAINS, digest->domains, " ");
			break;
		case SECTION_CONTRIBUTORS:
			put_tally(&t, SECTION_CONTRIBUTORS, digest->people,
				  "  ");
			break;
		case SECTION_PATCHES:
			put_patch_list(&t);
			break;
		case SECTION_MESSAGES:
			put_messages(&t);
			break;
		}
	}
}

const struct format text_format = { .print = print };
