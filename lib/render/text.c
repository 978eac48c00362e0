#include <string.h>
#include "git/abbrev.h"
#include "render/format.h"
#include "screen/scrub.h"

/* What the line after an entry's body is made of. */
#define RULE "----------------------------------------------------------------------"

/* What all functions here need. */
struct text {
	const struct digest *digest;
	const struct format_options *options;
	FILE *out;
};

static void start_color(const struct text *t, enum color_slot slot)
{
	fputs(t->options->palette->start[slot], t->out);
}

/* End a color that is in use; an empty one needs no end. */
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

static void put(const struct text *t, enum color_slot slot, const char *s)
{
	put_colored(t, slot, s, strlen(s));
}

static void put_commit(const struct text *t, const char *id)
{
	put(t, COLOR_COMMIT, abbrev_of(t->options->abbrev, id));
}

/* "<A> to <B>", or "the beginning to <B>" */
static void put_range(const struct text *t)
{
	if (!*t->digest->from)
		fputs("the beginning", t->out);
	else
		put_commit(t, t->digest->from);
	fputs(" to ", t->out);
	put_commit(t, t->digest->to);
	fputc('\n', t->out);
}

static void put_header(const struct text *t)
{
	fputs("From ", t->out);
	put_range(t);
	scrub_string(t->out, t->digest->name);
	fputs(t->digest->kind == DIGEST_CODE ? " update from " :
	      " mailing list update from ", t->out);
	put_range(t);
	fputc('\n', t->out);
}

static void put_heading(const struct text *t, const char *heading)
{
	put(t, COLOR_HEADING, heading);
	fputs("\n\n", t->out);
}

static void put_number(const struct text *t, unsigned long n)
{
	start_color(t, COLOR_COUNT);
	fprintf(t->out, "%7lu", n);
	end_color(t, COLOR_COUNT);
}

static void put_tally(const struct text *t, const char *what,
		      const GPtrArray *lines, const char *gap)
{
	g_autofree char *heading = g_strdup_printf("Top %u %s (Based on %s)",
					t->options->top, what,
					t->digest->kind == DIGEST_CODE ?
					"Commit Author" : "Email Body");
	guint i;

	put_heading(t, heading);
	for (i = 0; i < lines->len && i < t->options->top; i++) {
		const struct tally_line *line = lines->pdata[i];

		put_number(t, line->count);
		fputs(gap, t->out);
		scrub_string(t->out, line->text);
		fputc('\n', t->out);
	}
	fputc('\n', t->out);
}

static void put_patch_list(const struct text *t)
{
	guint i;

	put_heading(t, "===== Patch list in this time period =====");
	for (i = 0; i < t->digest->series->len; i++) {
		const struct series *series = t->digest->series->pdata[i];

		put_commit(t, series->head->commit);
		fputc(' ', t->out);
		scrub_string(t->out, series->head->subject.text);
		fputs(" (", t->out);
		scrub_string(t->out, series->head->author.name);
		fputs(")\n", t->out);
	}
	fputc('\n', t->out);
}

/* A diffstat's line as git show has it: pluses and minuses in color. */
static void put_diffstat_line(const struct text *t, const char *line,
			      size_t bar, size_t len)
{
	size_t plus = bar + 1, minus, end;

	while (plus < len && (line[plus] == ' ' || g_ascii_isdigit(line[plus])))
		plus++;
	for (minus = plus; minus < len && line[minus] == '+'; minus++)
		;
	scrub_write(t->out, line, plus);
	if (minus > plus)
		put_colored(t, COLOR_INSERTIONS, line + plus, minus - plus);
	for (end = minus; end < len && line[end] == '-'; end++)
		;
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

static void put_link(const struct text *t, const struct patch *patch)
{
	g_autofree char *link = digest_link(t->digest, patch);

	if (!link)
		return;
	fputs("Link: ", t->out);
	scrub_string(t->out, link);
	fputc('\n', t->out);
}

static void put_new(const struct text *t, const struct patch *patch)
{
	put(t, COLOR_NEW, "New:");
	fputs("  ", t->out);
	scrub_string(t->out, patch->subject.title);
	fputc('\n', t->out);
	put(t, COLOR_SUBJECT, patch->subject.text);
	fputc('\n', t->out);
	start_color(t, COLOR_AUTHOR);
	fputs("Author: ", t->out);
	scrub_string(t->out, patch->author.name);
	fputs(" <", t->out);
	scrub_string(t->out, patch->author.email);
	fputc('>', t->out);
	end_color(t, COLOR_AUTHOR);
	fputc('\n', t->out);
	if (t->options->links)
		put_link(t, patch);
	fputc('\n', t->out);
	if (patch->body_len)
		put_body(t, patch->body, patch->body_len);
	fputs("\n" RULE "\n\n", t->out);
}

static void put_exist(const struct text *t, const struct entry *entry)
{
	const struct patch *exists_as = entries_stand_in(entry);

	put(t, COLOR_EXIST, "Exist:");
	fputc(' ', t->out);
	scrub_string(t->out, exists_as->subject.text);
	if (entry->elsewhere) {
		fputs(" (", t->out);
		put_commit(t, exists_as->commit);
		fputc(')', t->out);
	}
	fputc('\n', t->out);
	put(t, COLOR_SKIP, " Skip:");
	fputc(' ', t->out);
	scrub_string(t->out, entry->patch->subject.text);
	fputc('\n', t->out);
}

static void put_messages(const struct text *t)
{
	guint i;

	put_heading(t, "===== Patch Commit Messages ====");
	for (i = 0; i < t->digest->entries->len; i++) {
		const struct entry *entry = t->digest->entries->pdata[i];

		if (entries_stand_in(entry))
			put_exist(t, entry);
		else
			put_new(t, entry->patch);
	}
}

/* "      3 commits", "      1 commit" */
static void put_amount(const struct text *t, unsigned long n, const char *one,
		       const char *many)
{
	put_number(t, n);
	fprintf(t->out, " %s\n", n == 1 ? one : many);
}

static void put_merge(const struct text *t, const struct merge *merge)
{
	guint i;

	if (*merge->base) {
		fputs("Merge base: ", t->out);
		put_commit(t, merge->base);
		fputc('\n', t->out);
	}
	switch (merge->result) {
	case MERGE_NO_SIDE:
		return;
	case MERGE_UNRELATED:
		fputs("Has no history in common with ", t->out);
		break;
	case MERGE_UP_TO_DATE:
		fputs("Is all contained in ", t->out);
		break;
	case MERGE_FAST_FORWARD:
		fputs("Is a fast-forward of ", t->out);
		break;
	case MERGE_CLEAN:
		fputs("Merges cleanly into ", t->out);
		break;
	case MERGE_CONFLICTS:
		fputs("Conflicts with ", t->out);
		break;
	case MERGE_UNKNOWN:
		fputs("Cannot tell whether it merges into ", t->out);
		break;
	}
	put_commit(t, t->digest->from);
	if (merge->unknown) {
		fputs(": ", t->out);
		scrub_string(t->out, merge->unknown);
	}
	if (merge->conflicts->len)
		fputs(" in:", t->out);
	fputc('\n', t->out);
	for (i = 0; i < merge->conflicts->len; i++) {
		fputs("        ", t->out);
		scrub_string(t->out, merge->conflicts->pdata[i]);
		fputc('\n', t->out);
	}
}

static void put_summary(const struct text *t)
{
	const struct digest *digest = t->digest;
	const struct diffstat *diffstat = &digest->merge.diffstat;

	put_heading(t, "===== Summary =====");
	put_amount(t, digest->patches->len, "commit", "commits");
	if (digest->counts.merges)
		put_amount(t, digest->counts.merges, "merge", "merges");
	put_amount(t, digest->people->len, "person", "people");
	if (!digest->has_merge) {
		fputs("\nWhat they change in all, and whether they merge, is left "
		      "out of so many commits;\n--sections=summary tells.\n\n",
		      t->out);
		return;
	}
	if (digest->merge.no_diffstat) {
		fputs("\nCannot tell what they change in all: ", t->out);
		scrub_string(t->out, digest->merge.no_diffstat);
		fputc('\n', t->out);
	} else {
		put_amount(t, diffstat->files, "file changed", "files changed");
		put_amount(t, diffstat->insertions, "insertion", "insertions");
		put_amount(t, diffstat->deletions, "deletion", "deletions");
	}
	fputc('\n', t->out);
	if (digest->merge.result != MERGE_NO_SIDE) {
		put_merge(t, &digest->merge);
		fputc('\n', t->out);
	}
}

/* Nothing at all where there is nothing to say. */
static void put_checks(const struct text *t)
{
	guint i;

	if (!t->digest->findings->len)
		return;
	put_heading(t, "===== Checks =====");
	for (i = 0; i < t->digest->findings->len; i++) {
		const struct finding *finding = t->digest->findings->pdata[i];

		put_commit(t, finding->commit);
		fputc(' ', t->out);
		scrub_string(t->out, finding->text);
		fputs(" (", t->out);
		scrub_string(t->out, finding->subject);
		fputs(")\n", t->out);
	}
	fputc('\n', t->out);
}

static void print(const struct digest *digest,
		  const struct format_options *options, FILE *out)
{
	const struct text t = { digest, options, out };
	unsigned i;

	put_header(&t);
	for (i = 0; i < options->sections.nr; i++) {
		switch (options->sections.list[i]) {
		case SECTION_SUMMARY:
			put_summary(&t);
			break;
		case SECTION_CHECKS:
			put_checks(&t);
			break;
		case SECTION_DOMAINS:
			put_tally(&t, "contributor Email domains",
				  digest->domains, " ");
			break;
		case SECTION_CONTRIBUTORS:
			put_tally(&t, "contributors", digest->people, "  ");
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

const struct format text_format = { .name = "text", .print = print };
