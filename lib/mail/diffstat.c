#include "mail/diffstat.h"
#include "mail/span.h"

/* Skip "<count> <what>[s]<after>"; nothing is skipped or counted without it. */
static gboolean skip_count(struct span *line, const char *what,
			   const char *after, unsigned *count)
{
	struct span rest = *line;
	unsigned n = 0;

	while (rest.len && g_ascii_isdigit(*rest.s) && rest.s - line->s < 9) {
		n = n * 10 + (*rest.s++ - '0');
		rest.len--;
	}
	if (rest.s == line->s || !span_skip(&rest, " ") ||
	    !span_skip(&rest, what))
		return FALSE;
	span_skip(&rest, "s");
	if (!span_skip(&rest, after))
		return FALSE;
	*count = n;
	*line = rest;
	return TRUE;
}

gboolean diffstat_parse_summary(const char *line, size_t len,
				struct diffstat *out)
{
	struct diffstat stat = { 0 };
	struct span rest = { line, len };

	/* Some mailers make U+00A0 of a blank that begins a line. */
	span_skip(&rest, len && (*line & 0x80) ? "\302\240" : " ");
	if (!skip_count(&rest, "file", " changed", &stat.files))
		return FALSE;
	while (!span_is_blank(rest))
		if (!span_skip(&rest, ", ") ||
		    (!skip_count(&rest, "insertion", "(+)", &stat.insertions) &&
		     !skip_count(&rest, "deletion", "(-)", &stat.deletions)))
			return FALSE;
	*out = stat;
	return TRUE;
}

size_t diffstat_bar(const char *line, size_t len)
{
	const char *bar, *end = line + len, *p;

	if (!len || *line != ' ')	/* most lines are no part of one */
		return 0;
	bar = memchr(line, '|', len);
	if (!bar || bar - line < 3 || bar[-1] != ' ')
		return 0;
	for (p = bar + 1; p < end && *p == ' '; p++)
		;
	if (p == bar + 1 || p == end)
		return 0;
	if (end - p >= 3 && !memcmp(p, "Bin", 3))
		return bar - line;
	if (!g_ascii_isdigit(*p))
		return 0;
	while (p < end && g_ascii_isdigit(*p))
		p++;
	while (p < end && strchr(" +-", *p))
		p++;
	return p == end ? (size_t)(bar - line) : 0;
}
