#include <stdlib.h>
#include <string.h>
#include "mail/body.h"

/* Nobody posts more versions than this. */
#define MAX_OLDER 100

/* Longer than any in-body header is. */
#define MAX_INBODY 4096

/* One line of a text, without its newline. */
struct line {
	const char *s;
	size_t len;
};

/* Take the line at *pos; FALSE at the end of the text. */
static gboolean next_line(const char *text, size_t len, size_t *pos,
			  struct line *line)
{
	const char *nl;

	if (*pos >= len)
		return FALSE;
	line->s = text + *pos;
	nl = memchr(line->s, '\n', len - *pos);
	line->len = nl ? (size_t)(nl - line->s) : len - *pos;
	*pos += line->len + (nl ? 1 : 0);
	return TRUE;
}

static gboolean starts_with(const struct line *line, const char *prefix)
{
	size_t n = strlen(prefix);

	return line->len >= n && !memcmp(line->s, prefix, n);
}

static gboolean is_blank(const struct line *line)
{
	size_t i;

	for (i = 0; i < line->len; i++)
		if (!g_ascii_isspace(line->s[i]))
			return FALSE;
	return TRUE;
}

/* "From: x" as git mailinfo has it: no blank before the colon. */
static gboolean is_header(const struct line *line, const char *name)
{
	size_t n = strlen(name);

	return line->len > n && line->s[n] == ':' &&
	       !g_ascii_strncasecmp(line->s, name, n);
}

/* "[PATCH] x": for git mailinfo an in-body Subject without its name. */
static gboolean is_bare_subject(const struct line *line)
{
	return starts_with(line, "[PATCH]") && line->len > 7 &&
	       g_ascii_isspace(line->s[7]);
}

/*
 * "From <40 hex> Mon Sep 17 00:00:00 2001", which format-patch puts first,
 * pasted into the text, with or without mbox's ">".
 */
static gboolean is_format_patch_separator(const struct line *line)
{
	const char *p = line->s, *end = line->s + line->len;

	if (p < end && *p == '>')
		p++;
	if (end - p < 5 + 40 || memcmp(p, "From ", 5))
		return FALSE;
	p += 5;
	for (int i = 0; i < 40; i++)
		if (!g_ascii_isxdigit(p[i]))
			return FALSE;
	p += 40;
	return end - p >= 25 && !memcmp(p, " Mon Sep 17 00:00:00 2001", 25);
}

/*
 * A header's value and, with the next call, the lines that continue it; they
 * are dropped once it is MAX_INBODY long.
 */
static void add_value(char **value, const struct line *line, size_t skip)
{
	g_autofree char *old = NULL;
	g_autofree char *more = NULL;

	if (*value && strlen(*value) > MAX_INBODY)
		return;
	old = *value;
	more = g_strndup(line->s + skip, MIN(line->len - skip, MAX_INBODY));
	*value = old ? g_strconcat(old, "\n", more, NULL) :
		       g_steal_pointer(&more);
}

/* Returns the offset of what follows the in-body headers. */
static size_t read_inbody_headers(struct body *out, const char *text,
				  size_t len)
{
	size_t pos = 0, start = 0;
	struct line line;
	char **value = NULL, *ignored = NULL;
	gboolean any = FALSE;

	while (start = pos, next_line(text, len, &pos, &line)) {
		if (is_blank(&line)) {
			/* blank lines may come before them, one ends them */
			if (any)
				break;
			continue;
		}
		if (any && value && (*line.s == ' ' || *line.s == '\t')) {
			add_value(value, &line, 0);
			continue;
		}
		value = NULL;
		if (is_format_patch_separator(&line)) {
			any = TRUE;
			continue;
		}
		if (!out->subject && is_bare_subject(&line)) {
			add_value(&out->subject, &line, 0);
			any = TRUE;
			continue;
		}
		if (!out->from && is_header(&line, "From"))
			value = &out->from;
		else if (!out->subject && is_header(&line, "Subject"))
			value = &out->subject;
		else if (!ignored && is_header(&line, "Date"))
			value = &ignored;
		else
			break;
		any = TRUE;
		add_value(value, &line, strcspn(line.s, ":") + 1);
	}
	g_free(ignored);
	return start;
}

/* Is there a line after the one that ended at pos, and what is it? */
static gboolean peek_line(const char *text, size_t len, size_t pos,
			  struct line *line)
{
	return next_line(text, len, &pos, line);
}

/*
 * Does a diff begin at this line, which ended at pos?  As git mailinfo tells,
 * but for "---".
 */
static gboolean begins_diff(const struct line *line, const char *text,
			    size_t len, size_t pos)
{
	struct line next;

	if (starts_with(line, "diff -") || starts_with(line, "Index: "))
		return TRUE;
	/* Without "diff --git" it takes two lines to be sure. */
	return starts_with(line, "--- ") && line->len > 4 &&
	       !g_ascii_isspace(line->s[4]) &&
	       peek_line(text, len, pos, &next) && starts_with(&next, "+++ ");
}

/*
 * The line that Mailman puts before its footer: 47 underscores.  It ended at
 * pos.
 */
static gboolean begins_footer(const struct line *line, const char *text,
			      size_t len, size_t pos)
{
	struct line next;
	size_t i;

	if (line->len < 40)
		return FALSE;
	for (i = 0; i < line->len; i++)
		if (line->s[i] != '_')
			return FALSE;
	return peek_line(text, len, pos, &next) &&
	       g_strstr_len(next.s, next.len, "mailing list");
}

static void older_version_free(void *data)
{
	struct older_version *older = data;

	g_free(older->message_id);
	g_free(older);
}

/* Is c part of a word?  "v2" is a version in "[v2]", not in "ipv2". */
static gboolean is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

/* The last "v<N>" in s[0..len), or a lone "RFC", which is 1; 0 if none. */
static unsigned last_version(const char *s, size_t len)
{
	unsigned version = 0;
	size_t i;

	for (i = 0; i + 1 < len; i++) {
		if (i && is_word(s[i - 1]))
			continue;
		if ((s[i] == 'v' || s[i] == 'V') && g_ascii_isdigit(s[i + 1]))
			version = strtoul(s + i + 1, NULL, 10);
		else if (!version && len - i >= 3 &&
			 !g_ascii_strncasecmp(s + i, "RFC", 3))
			version = 1;
	}
	return version;
}

/*
 * The Message-ID in an archive's URL at s, "https://host/list/<id>/...": it is
 * the part that has an '@', maybe as %40.  NULL if there is none.
 */
static char *url_message_id(const char *s, size_t len)
{
	size_t end = 0, start;
	g_autofree char *url = NULL;
	g_auto(GStrv) parts = NULL;
	char **part;

	while (end < len && !strchr(" \t<>\"'()[],#", s[end]))
		end++;
	url = g_strndup(s, end);
	start = strcspn(url, ":") + strlen("://");
	if (start >= end)
		return NULL;
	parts = g_strsplit(url + start, "/", -1);
	for (part = parts + 1; *parts && *part; part++) {
		char *id = g_uri_unescape_string(*part, NULL);

		if (id && strchr(id, '@') && id[1])
			return id;
		g_free(id);
	}
	return NULL;
}

/*
 * Links to older versions: the line, or the one before it, says which version
 * it is.  A link without one is to something else.
 */
static void find_older(struct body *out, const struct line *line,
		       const struct line *before)
{
	/* few lines have a colon, and looking for one is quicker */
	const char *colon = memchr(line->s, ':', line->len);
	const char *url = colon ? memmem(colon, line->s + line->len - colon,
					 "://", 3) : NULL;
	struct older_version *older;
	unsigned version;
	char *id;

	if (!url)
		return;
	/* back to the beginning of the scheme, "https" or "http" */
	while (url > line->s && g_ascii_isalpha(url[-1]))
		url--;
	version = last_version(line->s, url - line->s);
	if (!version)
		version = last_version(before->s, before->len);
	if (!version ||
	    !(id = url_message_id(url, line->len - (url - line->s))))
		return;
	older = g_new0(struct older_version, 1);
	older->version = version;
	older->message_id = id;
	if (!out->older)
		out->older = g_ptr_array_new_with_free_func(older_version_free);
	g_ptr_array_add(out->older, older);
}

/* What a text says of its other versions, wherever it stands before a diff. */
static void find_versions(struct body *out, const char *text, size_t len)
{
	struct line line, before = { "", 0 };
	size_t pos = out->start;

	while (next_line(text, len, &pos, &line)) {
		if (begins_diff(&line, text, len, pos) ||
		    (out->older && out->older->len >= MAX_OLDER))
			break;
		find_older(out, &line, &before);
		if (!out->change_id && is_header(&line, "change-id")) {
			out->change_id = g_strndup(line.s + 10, line.len - 10);
			g_strstrip(out->change_id);
		}
		if (!is_blank(&line))
			before = line;
	}
}

void body_parse(struct body *out, const char *text, size_t len)
{
	size_t pos, at, text_end = 0, summary_end = 0;
	struct line line;

	memset(out, 0, sizeof(*out));
	pos = read_inbody_headers(out, text, len);
	while (at = pos, next_line(text, len, &pos, &line) && is_blank(&line))
		;
	out->start = pos = at;

	while (at = pos, next_line(text, len, &pos, &line)) {
		if (begins_diff(&line, text, len, pos))
			break;
		if (diffstat_parse_summary(line.s, line.len, &out->diffstat)) {
			out->has_diffstat = TRUE;
			summary_end = pos;
		}
		if (!text_end && ((line.len == 3 && starts_with(&line, "-- ")) ||
				  begins_footer(&line, text, len, pos)))
			text_end = MAX(at, 1);
	}
	if (out->has_diffstat)
		out->end = summary_end;
	else
		out->end = text_end ? MIN(text_end, at) : at;
	out->end = MAX(out->end, out->start);
	while (out->end > out->start && g_ascii_isspace(text[out->end - 1]))
		out->end--;
	find_versions(out, text, len);
}

void body_clear(struct body *body)
{
	g_free(body->from);
	g_free(body->subject);
	g_free(body->change_id);
	if (body->older)
		g_ptr_array_unref(body->older);
	memset(body, 0, sizeof(*body));
}

static void give_path(const char *s, size_t len,
		      void (*fn)(const char *path, void *data), void *data)
{
	g_autofree char *path = g_strndup(s, len);

	fn(path, data);
}

/*
 * The file of a "--- a/path" or "+++ b/path" line; a tab ends it, as diff(1)
 * writes the time after one.
 */
static void give_diff_file(const struct line *line,
			   void (*fn)(const char *path, void *data), void *data)
{
	const char *s = line->s + 4;
	size_t len = line->len - 4;
	const char *tab = memchr(s, '\t', len);

	if (tab)
		len = tab - s;
	if (len == 9 && !memcmp(s, "/dev/null", 9))
		return;
	if (len > 2 && s[1] == '/')	/* "a/", "b/", with mnemonicPrefix "i/" */
		s += 2, len -= 2;
	if (len)
		give_path(s, len, fn, data);
}

/*
 * "diff --git a/path b/path" of a file whose content does not change, or is
 * binary, has no "---" and "+++".  Renames say their names elsewhere.
 */
static gboolean give_git_file(const struct line *line,
			      void (*fn)(const char *path, void *data),
			      void *data)
{
	const char *s = line->s + 11;
	size_t len = line->len - 11, half = len / 2;

	/* "a/X b/X" is twice the same length and a blank */
	if (len < 7 || !(len & 1) || s[half] != ' ' || s[1] != '/' ||
	    memcmp(s + 2, s + half + 3, half - 2))
		return FALSE;
	give_path(s + 2, half - 2, fn, data);
	return TRUE;
}

void body_each_path(const char *text, size_t len,
		    void (*fn)(const char *path, void *data), void *data)
{
	size_t pos = 0;
	struct line line, next;
	gboolean found = FALSE;

	while (next_line(text, len, &pos, &line)) {
		if (starts_with(&line, "--- ") &&
		    peek_line(text, len, pos, &next) &&
		    starts_with(&next, "+++ ")) {
			give_diff_file(&line, fn, data);
			give_diff_file(&next, fn, data);
			found = TRUE;
		} else if (starts_with(&line, "diff --git ")) {
			found |= give_git_file(&line, fn, data);
		} else if (starts_with(&line, "rename from ") ||
			   starts_with(&line, "rename to ")) {
			size_t skip = line.s[7] == 'f' ? 12 : 10;

			give_path(line.s + skip, line.len - skip, fn, data);
			found = TRUE;
		}
	}
	for (pos = 0; !found && next_line(text, len, &pos, &line);) {
		size_t bar = diffstat_bar(line.s, line.len);

		while (bar > 1 && line.s[bar - 1] == ' ')
			bar--;
		if (bar > 1)
			give_path(line.s + 1, bar - 1, fn, data);
	}
}
