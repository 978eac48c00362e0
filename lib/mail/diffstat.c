#include <string.h>
#include "mail/diffstat.h"

/* Parse "<count> <word>" or "<count> <word>s"; returns what follows. */
static const char *count_of(const char *p, const char *end, const char *word,
			    unsigned *count)
{
	size_t n = strlen(word);
	guint64 v = 0;
	const char *start = p;

	while (p < end && g_ascii_isdigit(*p) && p - start < 9)
		v = v * 10 + (*p++ - '0');
	if (p == start || p == end || *p++ != ' ')
		return NULL;
	if ((size_t)(end - p) < n || memcmp(p, word, n))
		return NULL;
	p += n;
	if (p < end && *p == 's')
		p++;
	*count = v;
	return p;
}

gboolean diffstat_parse_summary(const char *line, size_t len,
				struct diffstat *out)
{
	struct diffstat stat = { 0 };
	const char *p = line, *end = line + len;

	while (end > p && g_ascii_isspace(end[-1]))
		end--;
	if (p < end && *p == ' ')
		p++;
	p = count_of(p, end, "file", &stat.files);
	if (!p || end - p < 8 || memcmp(p, " changed", 8))
		return FALSE;
	p += 8;
	while (p < end) {
		const char *next;

		if (end - p < 2 || p[0] != ',' || p[1] != ' ')
			return FALSE;
		p += 2;
		if ((next = count_of(p, end, "insertion", &stat.insertions)) &&
		    end - next >= 3 && !memcmp(next, "(+)", 3))
			p = next + 3;
		else if ((next = count_of(p, end, "deletion", &stat.deletions)) &&
			 end - next >= 3 && !memcmp(next, "(-)", 3))
			p = next + 3;
		else
			return FALSE;
	}
	if (out)
		*out = stat;
	return TRUE;
}

size_t diffstat_bar(const char *line, size_t len)
{
	const char *bar = memchr(line, '|', len), *p, *end = line + len;
	size_t i;

	if (!bar || bar - line < 3 || line[0] != ' ' || bar[-1] != ' ')
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
	for (i = 0; p + i < end; i++)
		if (!strchr(" +-", p[i]))
			return 0;
	return bar - line;
}
