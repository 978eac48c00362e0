/*
 * page: what the sections of a page for a person are written with.  All text is
 * made safe for a terminal (screen/scrub.h).
 */
#ifndef RENDER_PAGE_H
#define RENDER_PAGE_H

#include "render/format.h"
#include "render/words.h"

/* What every section needs. */
struct page {
	const struct digest *digest;
	const struct format_options *options;
	FILE *out;
};

/* What page_put() takes instead of a color, and what ends its list. */
enum { PLAIN = -1, END = -2 };

/* page_put(t, <color slot or PLAIN>, <string>, ..., END): print the strings. */
void page_put(const struct page *t, ...);

/* Print s[0..len) in a color. */
void page_colored(const struct page *t, enum color_slot slot, const char *s,
		  size_t len);

/* The id of a commit, shortened; see abbrev_of(). */
const char *page_id(const struct page *t, const char *id);

/* A line, and an empty one. */
void page_heading(const struct page *t, const char *heading);

/* A count, as wide as all of them are. */
void page_number(const struct page *t, unsigned long n);

/* "      3 commits", "      1 commit", without the end of the line */
void page_amount(const struct page *t, unsigned long n, enum words_unit unit);

/*
 * The largest lines of a tally, as many as the options say, with the gap behind
 * the count; and if they have tags, how many.
 */
void page_tally(const struct page *t, const char *heading,
		const GPtrArray *lines, const char *gap, gboolean with_tags);

/*
 * A line of a list of mails or commits: "<commit> <text> (<what>)", with the
 * link of a mail, if links are wanted, and the names (char *) of other lists
 * that have it, which may be NULL.
 */
void page_mail(const struct page *t, const char *id, const char *message_id,
	       const char *text, const char *what, const GPtrArray *also_on);

/*
 * Print a text that stands for a mail.  On a terminal with colors it becomes
 * its link, if those to the archive are wanted: OSC 8, which xterm and others
 * call a hyperlink.
 */
void page_linked(const struct page *t, const char *text,
		 const char *message_id);

/*
 * What to print where page_linked() has made no link of the text: a URL, or
 * "b4 am <id>", which can be pasted into a shell.  NULL if no link is wanted,
 * or none known.  The caller owns it.
 */
char *page_link(const struct page *t, const char *message_id);

/* End a line that stands for a mail: with that, if it is not NULL. */
void page_end_line(const struct page *t, const char *message_id,
		   const char *gap);

#endif
