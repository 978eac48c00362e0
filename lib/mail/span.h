/*
 * span: bytes that are part of a text, to be walked line by line.
 *
 * A span is passed by value, unless a function takes something off its
 * beginning.  Its bytes are borrowed and may hold NUL.
 */
#ifndef MAIL_SPAN_H
#define MAIL_SPAN_H

#include <string.h>
#include <glib.h>

struct span {
	const char *s;
	size_t len;
};

/* Take the first line off rest, without its newline; FALSE at the end. */
static inline gboolean span_line(struct span *rest, struct span *line)
{
	const char *nl = rest->len ? memchr(rest->s, '\n', rest->len) : NULL;
	size_t whole = nl ? (size_t)(nl + 1 - rest->s) : rest->len;

	line->s = rest->s;
	line->len = nl ? whole - 1 : whole;
	rest->s += whole;
	rest->len -= whole;
	return whole > 0;
}

static inline gboolean span_starts(struct span span, const char *prefix)
{
	size_t n = strlen(prefix);

	return span.len >= n && !memcmp(span.s, prefix, n);
}

static inline gboolean span_is(struct span span, const char *text)
{
	return span.len == strlen(text) && span_starts(span, text);
}

/* Take the prefix off the span if that begins with it. */
static inline gboolean span_skip(struct span *span, const char *prefix)
{
	if (!span_starts(*span, prefix))
		return FALSE;
	span->s += strlen(prefix);
	span->len -= strlen(prefix);
	return TRUE;
}

static inline gboolean span_is_blank(struct span span)
{
	while (span.len && g_ascii_isspace(span.s[span.len - 1]))
		span.len--;
	return !span.len;
}

#endif
