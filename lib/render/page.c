#include <string.h>
#include "git/abbrev.h"
#include "render/page.h"
#include "screen/scrub.h"

static void start_color(const struct page *t, enum color_slot slot)
{
	fputs(t->options->palette->start[slot], t->out);
}

/* An empty color needs no end. */
static void end_color(const struct page *t, enum color_slot slot)
{
	if (*t->options->palette->start[slot])
		fputs(t->options->palette->reset, t->out);
}

void page_colored(const struct page *t, enum color_slot slot, const char *s,
		  size_t len)
{
	start_color(t, slot);
	scrub_write(t->out, s, len);
	end_color(t, slot);
}

void page_put(const struct page *t, ...)
{
	va_list ap;
	int slot;

	va_start(ap, t);
	while ((slot = va_arg(ap, int)) != END) {
		const char *s = va_arg(ap, const char *);

		if (slot == PLAIN)
			scrub_string(t->out, s);
		else
			page_colored(t, slot, s, strlen(s));
	}
	va_end(ap);
}

const char *page_id(const struct page *t, const char *id)
{
	return abbrev_of(t->options->abbrev, id);
}

void page_heading(const struct page *t, const char *heading)
{
	page_put(t, COLOR_HEADING, heading, PLAIN, "\n\n", END);
}

void page_number(const struct page *t, unsigned long n)
{
	start_color(t, COLOR_COUNT);
	fprintf(t->out, "%7lu", n);
	end_color(t, COLOR_COUNT);
}

void page_amount(const struct page *t, unsigned long n, enum words_unit unit)
{
	page_number(t, n);
	page_put(t, PLAIN, " ", PLAIN, words_unit(unit, n), END);
}

void page_tally(const struct page *t, const char *heading,
		const GPtrArray *lines, const char *gap, gboolean with_tags)
{
	guint i;

	page_heading(t, heading);
	for (i = 0; i < lines->len && i < t->options->top; i++) {
		const struct tally_line *line = lines->pdata[i];
		g_autofree char *tags = with_tags && line->more ?
			g_strdup_printf(", %u %s", line->more,
					words_unit(WORDS_TAGS, line->more)) :
			NULL;

		page_number(t, line->count);
		page_put(t, PLAIN, gap, PLAIN, line->text,
			 PLAIN, tags ? tags : "", PLAIN, "\n", END);
	}
	page_put(t, PLAIN, "\n", END);
}

void page_commit(const struct page *t, const char *id, const char *text,
		 const char *what)
{
	page_put(t, COLOR_COMMIT, page_id(t, id), PLAIN, " ", PLAIN, text,
		 PLAIN, " (", PLAIN, what, PLAIN, ")\n", END);
}
