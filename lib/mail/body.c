#include <stdlib.h>
#include "mail/body.h"

/* Nobody posts more versions than this. */
#define MAX_OLDER 100

/* Longer than any in-body header is. */
#define MAX_INBODY 4096

/* Take "From:" off the line, as git-mailinfo(1) has it: no blank before ':'. */
static gboolean skip_header(struct span *line, const char *name)
{
	size_t n = strlen(name);

	if (line->len <= n || line->s[n] != ':' ||
	    g_ascii_strncasecmp(line->s, name, n))
		return FALSE;
	line->s += n + 1;
	line->len -= n + 1;
	return TRUE;
}

/* "[PATCH] x": for git-mailinfo(1) an in-body Subject without its name. */
static gboolean is_bare_subject(struct span line)
{
	return span_skip(&line, "[PATCH]") && line.len &&
	       g_ascii_isspace(*line.s);
}

/*
 * "From <40 hex> Mon Sep 17 00:00:00 2001", which git-format-patch(1) writes
 * first, pasted into the text, with or without mbox's ">".
 */
static gboolean is_format_patch_separator(struct span line)
{
	size_t i;

	span_skip(&line, ">");
	if (!span_skip(&line, "From ") || line.len < 40)
		return FALSE;
	for (i = 0; i < 40; i++)
		if (!g_ascii_isxdigit(line.s[i]))
			return FALSE;
	line.s += 40;
	line.len -= 40;
	return span_starts(line, " Mon Sep 17 00:00:00 2001");
}

/* The in-body headers that are known, and what was read of them. */
struct inbody {
	char *values[5];	/* of From, Subject, Date, To, Cc */
};

enum { FROM, SUBJECT, NR_HEADERS = 5 };

/*
 * Which in-body header does the line begin?  Takes its name off the line.  The
 * first of a name counts; another one is text already, as any other line.
 * Returns NR_HEADERS if it is none.
 */
static int find_header(const struct inbody *inbody, struct span *line)
{
	static const char *const names[NR_HEADERS] = {
		"From", "Subject", "Date", "To", "Cc",
	};
	int i;

	if (!inbody->values[SUBJECT] && is_bare_subject(*line))
		return SUBJECT;
	for (i = 0; i < NR_HEADERS; i++)
		if (!inbody->values[i] && skip_header(line, names[i]))
			break;
	return i;
}

/* Take the in-body headers and the blank lines before them off the text. */
static void read_inbody_headers(struct body *out, struct span *text)
{
	struct inbody inbody = { { NULL } };
	struct span rest = *text, line;
	gboolean any = FALSE, after_subject = FALSE;
	int i;

	for (; span_line(&rest, &line); *text = rest) {
		const char *start = line.s;

		if (span_is_blank(line) && !any)
			continue;
		if (is_format_patch_separator(line)) {
			any = TRUE;
			continue;
		}
		i = find_header(&inbody, &line);
		/* a Subject that is folded without a blank is not all of it */
		if (i == NR_HEADERS && after_subject && !span_is_blank(line))
			g_clear_pointer(&inbody.values[SUBJECT], g_free);
		if (i == NR_HEADERS)
			break;
		any = TRUE;
		after_subject = i == SUBJECT && line.s > start;
		/* the lines that continue it; a bare Subject has none */
		while (line.s > start && (span_starts(rest, " ") ||
					  span_starts(rest, "\t"))) {
			struct span next, after = rest;

			span_line(&after, &next);
			if (span_is_blank(next))
				break;
			line.len = next.s + next.len - line.s;
			rest = after;
		}
		inbody.values[i] = g_strndup(line.s, MIN(line.len, MAX_INBODY));
	}
	out->from = g_steal_pointer(&inbody.values[FROM]);
	out->subject = g_steal_pointer(&inbody.values[SUBJECT]);
	for (i = 0; i < NR_HEADERS; i++)
		g_free(inbody.values[i]);
}

gboolean body_begins_diff(struct span line, struct span rest)
{
	struct span next;

	if (span_starts(line, "diff -") || span_starts(line, "Index: "))
		return TRUE;
	/* Without "diff --git" it takes two lines to be sure. */
	return span_skip(&line, "--- ") && line.len &&
	       !g_ascii_isspace(*line.s) &&
	       span_line(&rest, &next) && span_starts(next, "+++ ");
}

/* "> diff --git a/file b/file", "> > @@ -1,2 +3,4 @@" */
static gboolean quotes_diff(struct span line)
{
	if (!span_starts(line, ">"))
		return FALSE;
	while (span_skip(&line, ">") || span_skip(&line, " "))
		;
	return span_starts(line, "diff --git ") || span_starts(line, "@@ -");
}

/* Is it the line that Mailman puts before its footer: 47 underscores? */
static gboolean begins_footer(struct span line, struct span rest)
{
	struct span next;
	size_t i;

	if (line.len < 40)
		return FALSE;
	for (i = 0; i < line.len; i++)
		if (line.s[i] != '_')
			return FALSE;
	return span_line(&rest, &next) &&
	       g_strstr_len(next.s, next.len, "mailing list");
}

gboolean body_begins_signature(struct span line, struct span rest)
{
	return (line.len == 3 && span_starts(line, "-- ")) ||
	       begins_footer(line, rest);
}

static void older_version_free(void *data)
{
	struct older_version *older = data;

	g_free(older->message_id);
	g_free(older);
}

/* The last "v<N>" in a line, or a lone "RFC", which is 1; 0 if none. */
static unsigned last_version(struct span line)
{
	const char *s = line.s;
	unsigned version = 0;
	size_t i;

	for (i = 0; i + 1 < line.len; i++) {
		/* "v2" is a version in "[v2]", not in "ipv2" */
		if (i && (g_ascii_isalnum(s[i - 1]) || s[i - 1] == '_'))
			continue;
		if ((s[i] == 'v' || s[i] == 'V') && g_ascii_isdigit(s[i + 1]))
			version = strtoul(s + i + 1, NULL, 10);
		else if (!version && line.len - i >= 3 &&
			 !g_ascii_strncasecmp(s + i, "RFC", 3))
			version = 1;
	}
	return version;
}

/*
 * The Message-ID in an archive's URL, of which s[0..len) is what follows the
 * "https://", "host/list/<id>/...": it is the part that has an '@', maybe as
 * %40.  NULL if there is none.
 */
static char *url_message_id(const char *s, size_t len)
{
	g_autofree char *url = g_strndup(s, len);
	g_auto(GStrv) parts = NULL;
	const char *path;
	char **part;

	url[strcspn(url, " \t<>\"'()[],#")] = '\0';
	path = strchr(url, '/');
	parts = g_strsplit(path ? path + 1 : "", "/", -1);
	for (part = parts; *part; part++) {
		char *id = g_uri_unescape_string(*part, NULL);

		if (id && strchr(id, '@') && id[1])
			return id;
		g_free(id);
	}
	return NULL;
}

/*
 * A link to an older version: the line, or the one before it, says which
 * version it is.  A link without one is to something else.
 */
static void find_older(struct body *out, struct span line, struct span before)
{
	const char *end = line.s + line.len;
	/* few lines have a colon, and looking for one byte is quicker */
	const char *colon = memchr(line.s, ':', line.len);
	const char *url = colon ? memmem(colon, end - colon, "://", 3) : NULL;
	struct older_version *older;
	unsigned version;
	char *id;

	if (!url || (out->older && out->older->len >= MAX_OLDER))
		return;
	line.len = url - line.s;
	version = last_version(line);
	if (!version)
		version = last_version(before);
	if (!version || !(id = url_message_id(url + 3, end - (url + 3))))
		return;
	older = g_new0(struct older_version, 1);
	older->version = version;
	older->message_id = id;
	if (!out->older)
		out->older = g_ptr_array_new_with_free_func(older_version_free);
	g_ptr_array_add(out->older, older);
}

/* " path | 12 ++--"; a path that is cut, ".../file.c", names no file. */
static void add_file(struct body *out, struct span line)
{
	size_t bar = diffstat_bar(line.s, line.len);

	while (bar > 1 && line.s[bar - 1] == ' ')
		bar--;
	if (bar < 2 || span_starts(line, " ..."))
		return;
	if (!out->files)
		out->files = g_ptr_array_new_with_free_func(g_free);
	if (out->files->len < BODY_MAX_FILES)
		g_ptr_array_add(out->files, g_strndup(line.s + 1, bar - 1));
}

/* The end of text[start..end) without the white space there. */
static size_t strip_end(const char *text, size_t start, size_t end)
{
	while (end > start && g_ascii_isspace(text[end - 1]))
		end--;
	return end;
}

void body_parse(struct body *out, const char *text, size_t len)
{
	struct span rest = { text, len }, line, before = { "", 0 };
	size_t text_end = 0, summary_end = 0;

	memset(out, 0, sizeof(*out));
	read_inbody_headers(out, &rest);
	out->start = out->end = rest.s - text;
	for (; span_line(&rest, &line); out->end = rest.s - text) {
		if (span_is_blank(line)) {
			if (out->start == out->end)
				out->start = rest.s - text;
			continue;
		}
		out->has_diff = body_begins_diff(line, rest);
		if (out->has_diff)
			break;
		out->quotes_diff |= quotes_diff(line);
		add_file(out, line);
		if (diffstat_parse_summary(line.s, line.len, &out->diffstat)) {
			out->has_diffstat = TRUE;
			summary_end = rest.s - text;
		}
		if (!text_end && body_begins_signature(line, rest))
			text_end = MAX(out->end, 1);
		find_older(out, line, before);
		before = line;
		if (!out->change_id && skip_header(&line, "change-id"))
			out->change_id = g_strstrip(g_strndup(line.s,
							      line.len));
	}
	if (out->has_diffstat)
		out->end = summary_end;
	else if (text_end)
		out->end = text_end;
	out->end = strip_end(text, out->start, MAX(out->end, out->start));
	/* "---" with nothing after it, no notes and no diffstat */
	if (out->end >= out->start + 4 &&
	    !memcmp(text + out->end - 4, "\n---", 4))
		out->end = strip_end(text, out->start, out->end - 4);
}

void body_clear(struct body *body)
{
	g_free(body->from);
	g_free(body->subject);
	g_free(body->change_id);
	g_clear_pointer(&body->older, g_ptr_array_unref);
	g_clear_pointer(&body->files, g_ptr_array_unref);
	memset(body, 0, sizeof(*body));
}

/* Whom body_each_path() calls. */
struct taker {
	void (*fn)(const char *path, void *data);
	void *data;
};

static void give_path(const struct taker *to, const char *s, size_t len)
{
	g_autofree char *path = g_strndup(s, len);

	to->fn(path, to->data);
}

/* A name that git quotes as in C, "\"o\303\251\"": the name itself, or NULL. */
static char *unquote(const char *s, size_t len)
{
	g_autofree char *inside = NULL;

	if (len < 2 || *s != '"' || s[len - 1] != '"')
		return NULL;
	inside = g_strndup(s + 1, len - 2);
	return g_strcompress(inside);
}

/* Give a name of a diff or a diffstat; skip is the length of "a/". */
static void give_name(const struct taker *to, const char *s, size_t len,
		      size_t skip)
{
	g_autofree char *name = unquote(s, len);

	if (!name)
		give_path(to, s + skip, len - skip);
	else if (strlen(name) > skip)
		to->fn(name + skip, to->data);
}

/*
 * The file of a "--- a/path" or "+++ b/path" line; a tab ends it, as diff(1)
 * writes the time after one.
 */
static void give_diff_file(const struct taker *to, struct span line)
{
	const char *s = line.s + 4;
	const char *tab = memchr(s, '\t', line.len - 4);
	size_t len = tab ? (size_t)(tab - s) : line.len - 4;
	size_t quote = len && *s == '"';
	/* "a/", "b/", and with diff.mnemonicPrefix "i/", "w/" */
	size_t skip = len > 2 + quote && s[1 + quote] == '/' ? 2 : 0;

	if (len && (len != 9 || memcmp(s, "/dev/null", 9)))
		give_name(to, s, len, skip);
}

/*
 * "diff --git a/path b/path" of a file whose content does not change, or is
 * binary, has no "---" and "+++".  Renames say their names elsewhere.
 */
static gboolean give_git_file(const struct taker *to, struct span names)
{
	size_t half = names.len / 2;

	/* "a/X b/X" is twice the same length and a blank */
	if (names.len < 7 || !(names.len & 1) || names.s[half] != ' ' ||
	    names.s[1] != '/' ||
	    memcmp(names.s + 2, names.s + half + 3, half - 2))
		return FALSE;
	give_path(to, names.s + 2, half - 2);
	return TRUE;
}

void body_each_path(const char *text, size_t len,
		    void (*fn)(const char *path, void *data), void *data)
{
	const struct taker to = { fn, data };
	struct span rest = { text, len }, line, next, after;
	gboolean found = FALSE;

	while (span_line(&rest, &line)) {
		after = rest;
		if (span_starts(line, "--- ") && span_line(&after, &next) &&
		    span_starts(next, "+++ ")) {
			give_diff_file(&to, line);
			give_diff_file(&to, next);
			found = TRUE;
		} else if (span_skip(&line, "diff --git ")) {
			found |= give_git_file(&to, line);
		} else if (span_skip(&line, "rename from ") ||
			   span_skip(&line, "rename to ")) {
			give_name(&to, line.s, line.len, 0);
			found = TRUE;
		}
	}
	rest = (struct span){ text, len };
	while (!found && span_line(&rest, &line)) {
		size_t bar = diffstat_bar(line.s, line.len);

		while (bar > 1 && line.s[bar - 1] == ' ')
			bar--;
		if (bar > 1)
			give_name(&to, line.s + 1, bar - 1, 0);
	}
}
