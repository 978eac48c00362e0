#include <gmime/gmime.h>
#include "mail/field.h"
#include "mail/mime.h"
#include "mail/span.h"

/*
 * Parts hold parts.  Nobody sends a patch deeper down than this; somebody might
 * send ten thousand levels.
 */
#define MAX_PART_DEPTH 32

/* A body is read up to this many lines that may begin a part. */
#define MAX_DASH_LINES 1000

/* Most text is, and the compiler makes this many times as fast as GLib's. */
static gboolean is_ascii(const char *s, size_t len)
{
	char bits = 0;
	size_t i;

	for (i = 0; i < len; i++)
		bits |= s[i];
	return !(bits & 0x80);
}

/* Append s[0..len) with U+FFFD for what is not UTF-8; NUL bytes stay. */
static void append_utf8(GString *out, const char *s, size_t len)
{
	const char *end = s + len;

	/* g_utf8_validate() takes no NUL for text */
	if (is_ascii(s, len) || g_utf8_validate(s, len, NULL)) {
		g_string_append_len(out, s, len);
		return;
	}
	while (s < end) {
		size_t n = strnlen(s, end - s);
		g_autofree char *valid = g_utf8_make_valid(s, n);

		g_string_append(out, valid);
		s += n;
		if (s < end)
			g_string_append_c(out, *s++);
	}
}

/* Append s[0..len), which is in the charset of cd, as UTF-8. */
static void append_converted(GString *out, iconv_t cd, const char *s,
			     size_t len)
{
	char *in = (char *)s, buf[4096];
	size_t left = len;
	gboolean at_end;

	do {
		char *to = buf;
		size_t room = sizeof(buf), n;

		/* The last call asks what a stateful charset still owes. */
		at_end = !left;
		n = g_mime_iconv(cd, at_end ? NULL : &in, &left, &to, &room);
		append_utf8(out, buf, to - buf);
		if (at_end || n != (size_t)-1 || room < sizeof(buf) / 2)
			continue;
		/* EILSEQ or EINVAL: this byte is not text. */
		g_string_append(out, "\357\277\275");
		in++;
		left--;
		g_mime_iconv(cd, NULL, NULL, NULL, NULL);
	} while (!at_end);
}

/* Is it UTF-8 with at least one character that is not ASCII? */
static gboolean is_multibyte_utf8(const char *s, size_t len)
{
	return g_utf8_validate(s, len, NULL) &&
	       (size_t)g_utf8_strlen(s, len) < len;
}

/* Append s[0..len), which says it is in a charset or, with NULL, in none. */
static void append_text(GString *out, const char *s, size_t len,
			const char *charset)
{
	iconv_t cd = (iconv_t)-1;

	/*
	 * Mailers put "iso-8859-1" over UTF-8, and "us-ascii" over anything.
	 * Text in an 8-bit charset that is valid UTF-8 by chance is rarer
	 * than a lie by far.
	 */
	if (charset && g_ascii_strcasecmp(charset, "utf-8") &&
	    g_ascii_strcasecmp(charset, "us-ascii") &&
	    !is_multibyte_utf8(s, len))
		cd = g_mime_iconv_open("utf-8", charset);
	if (cd == (iconv_t)-1) {	/* or "y", "yes", "unknown-8bit" */
		append_utf8(out, s, len);
		return;
	}
	append_converted(out, cd, s, len);
	g_mime_iconv_close(cd);
}

static void crlf_to_lf(GString *text)
{
	size_t in, out = 0;

	if (!memchr(text->str, '\r', text->len))
		return;
	for (in = 0; in < text->len; in++)
		if (text->str[in] != '\r' || in + 1 >= text->len ||
		    text->str[in + 1] != '\n')
			text->str[out++] = text->str[in];
	g_string_truncate(text, out);
}

/* How many ">" a line begins with. */
static size_t quote_depth(struct span line)
{
	size_t depth = 0;

	while (depth < line.len && line.s[depth] == '>')
		depth++;
	return depth;
}

/*
 * Undo "format=flowed" (RFC 3676 §4.2 to §4.5): a line that ends in a blank
 * goes on in the next one if that is quoted as deep, and a blank that begins a
 * line is not its own.  The line "-- " before a signature is as it is.
 */
static void unflow(GString *text, gboolean delete_space)
{
	g_autoptr(GString) flowed = g_string_new_len(text->str, text->len);
	struct span rest = { flowed->str, flowed->len }, line;
	gboolean goes_on = FALSE;

	g_string_truncate(text, 0);
	while (span_line(&rest, &line)) {
		gboolean fixed = line.len == 3 && span_starts(line, "-- ");
		size_t depth = quote_depth(line);

		if (goes_on) {		/* without the ">" */
			line.s += depth;
			line.len -= depth;
		}
		if (!fixed && (goes_on || !depth))
			span_skip(&line, " ");
		goes_on = !fixed && line.len && line.s[line.len - 1] == ' ' &&
			  rest.len && quote_depth(rest) == depth;
		if (goes_on)
			g_string_append_len(text, line.s, delete_space ?
					    line.len - 1 : line.len);
		else
			g_string_append_len(text, line.s, rest.s - line.s);
	}
}

/* Free a text that is blank; returns NULL for it, and any other text. */
static GString *unless_blank(GString *text)
{
	if (strspn(text->str, FIELD_SPACE) < text->len)
		return text;
	g_string_free(text, TRUE);
	return NULL;
}

static const char *parameter(GMimePart *part, const char *name)
{
	return g_mime_object_get_content_type_parameter(GMIME_OBJECT(part),
							name);
}

static gboolean is_word(const char *value, const char *word)
{
	return value && !g_ascii_strcasecmp(value, word);
}

/* The text of a part; NULL if it is blank. */
static GString *part_text(GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GString *text = g_string_new(NULL);
	GMimeStream *mem;
	GByteArray *bytes;

	if (content) {
		mem = g_mime_stream_mem_new();
		g_mime_data_wrapper_write_to_stream(content, mem);
		bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(mem));
		if (bytes->len)		/* of no bytes there is no data */
			append_text(text, (const char *)bytes->data, bytes->len,
				    parameter(part, "charset"));
		g_object_unref(mem);
	}
	crlf_to_lf(text);
	if (is_word(parameter(part, "format"), "flowed"))
		unflow(text, is_word(parameter(part, "delsp"), "yes"));
	return unless_blank(text);
}

/*
 * Is it a part that may be the mail's text?  If not plain, also what says it is
 * an attachment, or is text of another kind than HTML ("text/x-patch"), or the
 * whole of a mail, whatever it is called: better than no text at all.
 */
static gboolean is_text(GMimeObject *object, gboolean plain, int depth)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);

	if (plain)
		return g_mime_content_type_is_type(type, "text", "plain") &&
		       !is_word(g_mime_object_get_disposition(object),
				"attachment");
	return (g_mime_content_type_is_type(type, "text", "*") || !depth) &&
	       !g_mime_content_type_is_type(type, "text", "html");
}

/* The first text below object that is not blank; NULL if there is none. */
static GString *find_text(GMimeObject *object, gboolean plain, int depth)
{
	GString *text = NULL;

	if (GMIME_IS_MULTIPART(object) && depth < MAX_PART_DEPTH) {
		GMimeMultipart *parts = GMIME_MULTIPART(object);
		int i, nr = g_mime_multipart_get_count(parts);

		for (i = 0; i < nr && !text; i++)
			text = find_text(g_mime_multipart_get_part(parts, i),
					 plain, depth + 1);
	} else if (GMIME_IS_PART(object) && is_text(object, plain, depth)) {
		text = part_text(GMIME_PART(object));
	}
	return text;
}

/*
 * Find a word, in any case, in a part of a GString, and replace it by another
 * one of its length, unless that is NULL.  Returns how often it is there.
 */
static size_t replace_word(struct span span, const char *word, const char *by)
{
	size_t n = strlen(word), nr = 0;

	for (; span.len >= n; span.s++, span.len--) {
		if (g_ascii_strncasecmp(span.s, word, n))
			continue;
		nr++;
		if (by)
			memcpy((char *)span.s, by, n);
	}
	return nr;
}

/*
 * Make an entity one that GMime reads in a time and a memory of its own size:
 * without attached mails, whose headers GMime would parse to the last address
 * and whose text is not wanted; and cut after MAX_DASH_LINES lines that may be
 * boundaries.  Only the Content-Type of what may be a part is changed: up to
 * its parameters, "message/rfc822" and "multipart/digest", whose parts are
 * mails by default, get other names.  Where the first header_len bytes name no
 * multipart, nothing behind them is touched.
 */
static void tame_entity(GString *entity, size_t header_len)
{
	enum { HEADER, TYPE, TEXT } place = HEADER;
	struct span rest = { entity->str, header_len }, line;
	int dashes = 0;

	if (replace_word(rest, "multipart", NULL))
		rest.len = entity->len;
	while (span_line(&rest, &line)) {
		if (span_starts(line, "--")) {
			if (++dashes > MAX_DASH_LINES) {
				g_string_truncate(entity, line.s - entity->str);
				return;
			}
			place = HEADER;
		} else if (!line.len || (line.len == 1 && *line.s == '\r')) {
			place = TEXT;
		} else if (place != TEXT && *line.s != ' ' && *line.s != '\t') {
			place = g_ascii_strncasecmp(line.s, "Content-Type",
						    12) ? HEADER : TYPE;
		}
		if (place == TYPE) {
			const char *end = memchr(line.s, ';', line.len);

			if (end) {
				line.len = end - line.s;
				place = HEADER;
			}
			replace_word(line, "message", "x-mail-");
			replace_word(line, "digest", "mixed-");
		}
	}
}

/* The text of a mail as GMime reads it; NULL if there is none. */
static GString *entity_text(const struct header *header, const char *body,
			    size_t len)
{
	g_autoptr(GString) entity = g_string_sized_new(header->content->len +
						       len + 2);
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeObject *root;
	GString *text = NULL;
	size_t header_len;

	g_string_append_len(entity, header->content->str, header->content->len);
	/* The header of a mail that is cut short may end without a newline. */
	if (entity->len && entity->str[entity->len - 1] != '\n')
		g_string_append_c(entity, '\n');
	g_string_append_c(entity, '\n');
	header_len = entity->len;
	g_string_append_len(entity, body, len);
	tame_entity(entity, header_len);

	stream = g_mime_stream_mem_new_with_buffer(entity->str, entity->len);
	parser = g_mime_parser_new_with_stream(stream);
	root = g_mime_parser_construct_part(parser, NULL);
	if (root) {
		text = find_text(root, TRUE, 0);
		if (!text)
			text = find_text(root, FALSE, 0);
		g_object_unref(root);
	}
	g_object_unref(parser);
	g_object_unref(stream);
	return text;
}

/* Is the body its text byte for byte: text/plain in no encoding? */
static gboolean is_plain(const struct header *header, GMimeContentType *type)
{
	GMimeContentEncoding encoding = g_mime_content_encoding_from_string(
		header->encoding ? header->encoding : "8bit");

	if (header->ambiguous ||
	    (encoding != GMIME_CONTENT_ENCODING_7BIT &&
	     encoding != GMIME_CONTENT_ENCODING_8BIT &&
	     encoding != GMIME_CONTENT_ENCODING_BINARY))
		return FALSE;
	if (!header->type)
		return TRUE;
	return type && g_mime_content_type_is_type(type, "text", "plain") &&
	       !is_word(g_mime_content_type_get_parameter(type, "format"),
			"flowed");
}

/* Up to the end of the line that begins a diff. */
static size_t length_to_diff(const char *body, size_t len)
{
	const char *diff = memmem(body, len, "\ndiff --git ", 12);
	const char *nl = diff ? memchr(diff + 1, '\n',
				       body + len - (diff + 1)) : NULL;

	return nl ? (size_t)(nl + 1 - body) : len;
}

GString *mime_text(const struct header *header, const char *body, size_t len,
		   gboolean whole)
{
	GMimeContentType *type = header->type ?
		g_mime_content_type_parse(NULL, header->type) : NULL;
	GString *text;

	len = MIN(len, MIME_MAX_BODY);
	if (is_plain(header, type)) {
		const char *charset = type ?
			g_mime_content_type_get_parameter(type, "charset") :
			NULL;
		size_t cut = length_to_diff(body, len);

		/*
		 * What comes before the diff is decoded for itself: it must
		 * come out the same whether the whole is wanted or not.
		 */
		text = g_string_sized_new(whole ? len : cut);
		append_text(text, body, cut, charset);
		if (whole)
			append_text(text, body + cut, len - cut, charset);
		crlf_to_lf(text);
		text = unless_blank(text);
	} else {
		text = entity_text(header, body, len);
	}
	g_clear_object(&type);
	return text;
}
