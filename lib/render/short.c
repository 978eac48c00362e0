#include <string.h>
#include "digest/alike.h"
#include "mail/tags.h"
#include "render/short.h"
#include "render/table.h"
#include "screen/columns.h"

/* How many older versions are named. */
#define MAX_VERSIONS 5

/* Of more lists only the number is shown. */
#define MAX_LISTS 2

/* In front of a title: as wide as the number of patches mostly is. */
#define SIZE_FORMAT "%2d "

/* Of a mirror. */
enum { MAIL_COMMIT, MAIL_VERSION, MAIL_TITLE, MAIL_AUTHOR, MAIL_AGE,
       MAIL_REPLIES, MAIL_TAGS, MAIL_STATE, NR_MAIL_COLUMNS };

/* Of code. */
enum { CODE_COMMIT, CODE_TITLE, CODE_AUTHOR, CODE_CHANGES, CODE_TAGS,
       CODE_REMARKS, NR_CODE_COLUMNS };

/* The people who gave a tag, each once. */
struct tag_counts {
	GHashTable *seen;	/* a set of char *: "R<address>" */
	unsigned nr[NR_TAG_KINDS];
};

static void count_tag(struct tag_counts *counts, const char *name,
		      const struct address *person)
{
	g_autofree char *email = g_ascii_strdown(person->email, -1);
	enum tag_kind kind;

	for (kind = 0; kind < NR_TAG_KINDS; kind++)
		if (tags_is_of(name, kind))
			counts->nr[kind] += g_hash_table_add(counts->seen,
				g_strdup_printf("%c%s", words_tag_letter(kind),
						email));
}

/* "2R 1A 1T"; ends the counts. */
static char *describe_tags(struct tag_counts *counts)
{
	GString *out = g_string_new(NULL);
	enum tag_kind kind;

	for (kind = 0; kind < NR_TAG_KINDS; kind++)
		if (counts->nr[kind])
			g_string_append_printf(out, "%s%u%c",
					       out->len ? " " : "",
					       counts->nr[kind],
					       words_tag_letter(kind));
	g_hash_table_unref(counts->seen);
	return g_string_free(out, FALSE);
}

static struct tag_counts start_counts(void)
{
	return (struct tag_counts) {
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					      NULL),
	};
}

static char *describe_given(const struct conversation *said)
{
	struct tag_counts counts = start_counts();
	guint i;

	for (i = 0; i < said->tags->len; i++) {
		const struct series_tag *tag = said->tags->pdata[i];

		if (tag->matches)
			count_tag(&counts, tag->name, &tag->person);
	}
	return describe_tags(&counts);
}

static char *describe_own(const struct patch *patch)
{
	struct tag_counts counts = start_counts();
	guint i;

	for (i = 0; patch->tags && i < patch->tags->len; i++) {
		const struct tag *tag = patch->tags->pdata[i];

		count_tag(&counts, tag->name, &tag->person);
	}
	return describe_tags(&counts);
}

static enum color_slot state_slot(enum series_state state)
{
	static const enum color_slot slots[] = {
		[STATE_APPLIED] = COLOR_APPLIED,
		[STATE_SUPERSEDED] = COLOR_SUPERSEDED,
		[STATE_PARTLY_APPLIED] = COLOR_APPLIED,
		[STATE_REJECTED] = COLOR_REJECTED,
		[STATE_REVIEWED] = COLOR_REVIEWED,
		[STATE_UNDER_REVIEW] = COLOR_REVIEW,
		[STATE_BOTS_ONLY] = COLOR_UNANSWERED,
		[STATE_NO_ANSWER] = COLOR_UNANSWERED,
	};

	return slots[state];
}

/* "21 paravirt: cleanup", "2 of 16 here paravirt: cleanup" */
static char *describe_title(const struct series *series)
{
	const struct conversation *said = series->conversation;
	const char *title = series->head->subject.title;

	return said->here < said->total ?
	       g_strdup_printf("%d of %d here %s", said->here, said->total,
			       title) :
	       g_strdup_printf(SIZE_FORMAT "%s", said->total, title);
}

/* " +kvmarm" of another list that has it, too; of many, " +7 lists" */
static void add_lists(GString *out, const GPtrArray *lists)
{
	guint i;

	if (lists && lists->len > MAX_LISTS)
		g_string_append_printf(out, " +%u %s", lists->len,
				       words_unit(WORDS_LISTS, lists->len));
	for (i = 0; lists && i < lists->len && lists->len <= MAX_LISTS; i++)
		g_string_append_printf(out, " +%s", (char *)lists->pdata[i]);
}

/* " <- v4, v3" of the versions that it stands for, " -> v7" of a newer one */
static char *describe_more(const struct series *series)
{
	GString *out = g_string_new(NULL);
	unsigned before = 0, named = 0;
	guint i;

	if (series->superseded_by)
		g_string_printf(out, " -> v%u",
			series->superseded_by->head->subject.version);
	for (i = 0; i < series->supersedes->len; i++) {
		const struct series *older = series->supersedes->pdata[i];
		unsigned version = older->head->subject.version;

		/* some are posted again, and some in several parts */
		if (named && version == before)
			continue;
		if (named == MAX_VERSIONS) {
			g_string_append(out, ", ...");
			break;
		}
		g_string_append_printf(out, "%sv%u", named ? ", " : " <- ",
				       version);
		before = version;
		named++;
	}
	add_lists(out, series->head->also_on);
	return g_string_free(out, FALSE);
}

static char *describe_replies(const struct conversation *said)
{
	return said->replies ? g_strdup_printf("%u/%u", said->replies,
					       said->repliers->len) : NULL;
}

static void add_series(struct table *table, const struct page *t,
		       const struct series *series)
{
	const struct conversation *said = series->conversation;
	const struct patch *head = series->head;
	unsigned nr_found;
	const char *found = series_found(series, &nr_found);

	table_line(table);
	table_mail(table, head->message_id);
	table_cell(table, g_strdup(page_id(t, head->commit)), COLOR_COMMIT);
	table_cell(table, g_strdup_printf("v%u", head->subject.version),
		   PLAIN);
	table_cell(table, describe_title(series), PLAIN);
	if (said->here < said->total)
		table_brief(table, g_strdup_printf("%d/%d %s", said->here,
						   said->total,
						   head->subject.title));
	table_tail(table, describe_more(series));
	table_cell(table, g_strdup(head->author.name), COLOR_AUTHOR);
	table_number(table, words_age(t->digest->newest - head->arrived));
	table_number(table, describe_replies(said));
	table_cell(table, describe_given(said), PLAIN);
	table_cell(table, words_brief_state(series), state_slot(said->state));
	if (found)
		table_tail(table, g_strdup_printf(" = %.*s",
						  WORDS_FOREIGN_DIGITS, found));
}

static void add_pull(struct table *table, const struct page *t,
		     const struct pull_request *request)
{
	const struct reply *mail = request->mail;
	gboolean is_merged = request->merged != NULL;

	table_line(table);
	table_mail(table, mail->message_id);
	table_cell(table, g_strdup(page_id(t, mail->commit)), COLOR_COMMIT);
	table_cell(table, NULL, PLAIN);
	table_cell(table, g_strdup(mail->subject), PLAIN);
	table_cell(table, g_strdup(mail->person.name), COLOR_AUTHOR);
	table_number(table, words_age(t->digest->newest - mail->arrived));
	table_number(table, NULL);
	table_cell(table, NULL, PLAIN);
	table_cell(table, g_strdup(is_merged ? WORDS_MERGED :
				   WORDS_NOT_YET_MERGED),
		   is_merged ? COLOR_APPLIED : COLOR_UNANSWERED);
}

static void add_list(struct table *table, const struct page *t,
		     enum section section, const GPtrArray *items)
{
	guint i;

	if (items->len)
		table_heading(table, words_brief_heading(section));
	for (i = 0; i < items->len; i++)
		if (section == SECTION_PULLS)
			add_pull(table, t, items->pdata[i]);
		else
			add_series(table, t, items->pdata[i]);
}

static void put_mails(const struct page *t)
{
	const struct digest *digest = t->digest;
	struct table *table = table_new(NR_MAIL_COLUMNS, MAIL_TITLE);
	guint i;

	for (i = 0; i < digest->series->len; i++) {
		const struct series *series = digest->series->pdata[i];

		if (series_stands(series))
			add_series(table, t, series);
	}
	add_list(table, t, SECTION_DISCUSSED, digest->discussed);
	add_list(table, t, SECTION_PULLS, digest->pulls);
	add_list(table, t, SECTION_UNANSWERED, digest->unanswered);
	table_print(table, t);
	table_free(table);
}

/* What the line of a commit ends with. */
static char *describe_remarks(const struct page *t, const char *commit,
			      GHashTable *findings)
{
	const GPtrArray *found = g_hash_table_lookup(findings, commit);
	const struct cherry_twin *twin = digest_twin(t->digest, commit);
	GString *out = g_string_new(NULL);
	guint i;

	if (twin)
		g_string_printf(out, WORDS_TWIN "%s",
				page_id(t, twin->commit));
	for (i = 0; found && i < found->len; i++) {
		const struct finding *finding = found->pdata[i];

		g_string_append_printf(out, "%s%s", out->len ? "; " : "",
				       finding->text);
	}
	return g_string_free(out, FALSE);
}

static char *describe_changes(const struct patch *patch)
{
	const struct diffstat *stat = &patch->diffstat;

	return patch->has_diffstat ?
	       g_strdup_printf("%u +%u -%u", stat->files, stat->insertions,
			       stat->deletions) : NULL;
}

/* commit -> GPtrArray of struct finding * */
static GHashTable *index_findings(const GPtrArray *findings)
{
	GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
					(GDestroyNotify)g_ptr_array_unref);
	guint i;

	for (i = 0; findings && i < findings->len; i++) {
		struct finding *finding = findings->pdata[i];

		g_ptr_array_add(alike_list(index, finding->commit), finding);
	}
	return index;
}

static void add_commit(struct table *table, const struct page *t,
		       const char *commit, const char *title,
		       const struct patch *patch, GHashTable *findings)
{
	table_line(table);
	table_cell(table, g_strdup(page_id(t, commit)), COLOR_COMMIT);
	table_cell(table, g_strdup(title), PLAIN);
	table_cell(table, patch ? g_strdup(patch->author.name) : NULL,
		   COLOR_AUTHOR);
	table_cell(table, patch ? describe_changes(patch) : NULL, PLAIN);
	table_cell(table, patch ? describe_own(patch) : NULL, PLAIN);
	table_cell(table, describe_remarks(t, commit, findings), COLOR_EXIST);
}

static void put_commits(const struct page *t)
{
	const struct digest *digest = t->digest;
	struct table *table = table_new(NR_CODE_COLUMNS, CODE_TITLE);
	GHashTable *findings = index_findings(digest->findings);
	guint i;

	for (i = 0; i < digest->series->len; i++) {
		const struct series *series = digest->series->pdata[i];
		const struct patch *patch = series->head;

		add_commit(table, t, patch->commit, patch->subject.title,
			   patch, findings);
		g_hash_table_remove(findings, patch->commit);
	}
	/* merges, which are no patches */
	for (i = 0; digest->findings && i < digest->findings->len; i++) {
		const struct finding *finding = digest->findings->pdata[i];

		if (!g_hash_table_contains(findings, finding->commit))
			continue;
		add_commit(table, t, finding->commit, finding->subject, NULL,
			   findings);
		g_hash_table_remove(findings, finding->commit);
	}
	table_print(table, t);
	table_free(table);
	g_hash_table_unref(findings);
}

/* The parts of the first line, of which a narrow terminal makes several. */
static void put_summary(const struct page *t)
{
	g_auto(GStrv) parts = words_brief_summary(t->digest);
	unsigned used = 0, max = t->options->columns;
	char **part;

	for (part = parts; *part; part++) {
		g_autofree char *fit = columns_fit(*part, max ? max - 1 :
						   G_MAXUINT);
		/* a comma before it, or behind it */
		unsigned columns = columns_of(fit);

		if (part > parts && max && used + 2 + columns + 1 > max) {
			page_put(t, PLAIN, ",\n", END);
			used = 0;
		} else if (part > parts) {
			page_put(t, PLAIN, ", ", END);
			used += 2;
		}
		page_put(t, part == parts ? COLOR_HEADING : PLAIN, fit, END);
		used += columns;
	}
	page_put(t, PLAIN, "\n", END);
}

static void put_limits(const struct page *t)
{
	g_autofree char *limits = words_limits(t->digest);
	g_autofree char *fit = columns_fit(limits, t->options->columns ?
					   t->options->columns : G_MAXUINT);

	page_put(t, PLAIN, fit, PLAIN, "\n", END);
}

static void put_page(const struct page *t)
{
	put_summary(t);
	if (t->digest->limits->len)
		put_limits(t);
	fputc('\n', t->out);
	if (t->digest->kind == DIGEST_CODE)
		put_commits(t);
	else
		put_mails(t);
}

static void print(const struct format_part *parts, unsigned nr, FILE *out)
{
	unsigned i, printed = 0;

	for (i = 0; i < nr; i++) {
		const struct page t = {
			parts[i].digest, &parts[i].options, out,
		};

		if (digest_is_empty(t.digest))
			continue;
		if (printed++)
			fputc('\n', out);
		put_page(&t);
	}
}

const struct format short_format = { .print = print };
