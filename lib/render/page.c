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

/* Are links a part of the text, and not printed beside it? */
static gboolean makes_hyperlinks(const struct page *t)
{
	return t->options->links == LINKS_ARCHIVE && t->options->columns &&
	       *t->options->palette->reset;
}

void page_linked(const struct page *t, const char *text,
		 const char *message_id)
{
	g_autofree char *link = makes_hyperlinks(t) ?
				digest_link(t->digest, message_id) : NULL;
	/* a terminal takes only printable ASCII here */
	g_autofree char *url = link ?
		g_uri_escape_string(link, ":/?#[]@!$&'()*+,;=%", FALSE) : NULL;

	if (url)
		fprintf(t->out, "\033]8;;%s\033\\", url);
	scrub_string(t->out, text);
	if (url)
		fputs("\033]8;;\033\\", t->out);
}

/* For the shell, a strange id is quoted; most need no quotes. */
static char *quote_id(const char *id)
{
	return id[strspn(id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS
			 "@%+=:,./_-")] ?
	       g_shell_quote(id) : g_strdup(id);
}

char *page_link(const struct page *t, const char *message_id)
{
	g_autofree char *id = NULL;

	if (!message_id || makes_hyperlinks(t))
		return NULL;
	if (t->options->links == LINKS_ARCHIVE)
		return digest_link(t->digest, message_id);
	if (t->options->links != LINKS_B4)
		return NULL;
	id = quote_id(message_id);
	/* lest b4 takes it for an option */
	return g_strconcat(WORDS_B4, *message_id == '-' ? "-- " : "", id, NULL);
}

void page_end_line(const struct page *t, const char *message_id,
		   const char *gap)
{
	g_autofree char *link = page_link(t, message_id);

	if (link)
		page_put(t, PLAIN, gap, PLAIN, link, END);
	fputc('\n', t->out);
}

void page_mail(const struct page *t, const char *id, const char *message_id,
	       const char *text, const char *what, const GPtrArray *also_on)
{
	g_autofree char *lists = words_lists(also_on);

	page_put(t, COLOR_COMMIT, page_id(t, id), PLAIN, " ", END);
	page_linked(t, text, message_id);
	page_put(t, PLAIN, " (", PLAIN, what, PLAIN, lists ? WORDS_ALSO : "",
		 PLAIN, lists ? lists : "", PLAIN, ")", END);
	page_end_line(t, message_id, " ");
}
