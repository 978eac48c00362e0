#include <string.h>
#include <gmime/gmime.h>
#include "mail/mail.h"
#include "mail/utf8.h"

/*
 * A part may hold parts, and so on.  Nobody sends a patch deeper down than
 * this; somebody might send ten thousand levels.
 */
#define MAX_PART_DEPTH 32

/* Lines that may begin a part; a mail with more of them is read up to there. */
#define MAX_KNOWN_MAILBOXES 100

#define MAX_DASH_LINES 1000

/* A thread that is longer than this is still found by its nearest mails. */
#define MAX_REFERENCES 1000

static GMimeParserOptions *options;

/* Bytes of a header that declare no charset: UTF-8, else what old mailers sent. */
static const char *fallback_charsets[] = { "utf-8", "iso-8859-1", NULL };

void message_setup(void)
{
	g_mime_init();
	options = g_mime_parser_options_new();
	g_mime_parser_options_set_fallback_charsets(options, fallback_charsets);
}

void address_clear(struct address *address)
{
	g_clear_pointer(&address->name, g_free);
	g_clear_pointer(&address->email, g_free);
}

static gboolean is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' ||
	       c == '\v' || c == '\f';
}

/* Trim in place and make each run of white space one space. */
static char *collapse_space(char *s)
{
	char *in = s, *out = s;

	while (*in) {
		if (!is_space(*in)) {
			*out++ = *in++;
			continue;
		}
		while (is_space(*in))
			in++;
		if (out != s && *in)
			*out++ = ' ';
	}
	*out = '\0';
	return s;
}

/* Make valid UTF-8 of s, which is freed, and trim it. */
static char *clean_field(char *s)
{
	char *valid = g_utf8_make_valid(s ? s : "", -1);

	g_free(s);
	return collapse_space(valid);
}

/*
 * The encoded word (RFC 2047 §2) "=?charset?B?...?=" at s: returns what follows
 * it and sets *text to the base64 in it; NULL if there is none.
 */
static const char *base64_word(const char *s, const char **text)
{
	const char *p = s + 2 + strcspn(s + 2, "? ");

	if (p[0] != '?' || (p[1] != 'B' && p[1] != 'b') || p[2] != '?')
		return NULL;
	*text = p + 3;
	p = *text + strspn(*text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			   "abcdefghijklmnopqrstuvwxyz0123456789+/=");
	return p[0] == '?' && p[1] == '=' ? p + 2 : NULL;
}

/*
 * Unfold a value, and write its base64 words as quoted-printable ones.  GMime
 * joins neighbours before it decodes them, so that a character may be split
 * over two of them, but the padding of one base64 word ("w6k=") then ends
 * them all.
 */
static char *prepare_words(const char *value)
{
	g_autofree char *unfolded = collapse_space(g_strdup(value));
	const char *s = unfolded;
	GString *out;

	if (!strstr(unfolded, "=?"))
		return g_steal_pointer(&unfolded);
	out = g_string_new(NULL);
	while (*s) {
		const char *text, *end = g_str_has_prefix(s, "=?") ?
					 base64_word(s, &text) : NULL;
		g_autoptr(GString) payload = NULL;
		g_autofree guchar *bytes = NULL;
		gsize i, n;

		if (!end) {
			g_string_append_c(out, *s++);
			continue;
		}
		payload = g_string_new_len(text, end - 2 - text);
		while (payload->len % 4)	/* some leave the padding out */
			g_string_append_c(payload, '=');
		bytes = g_base64_decode(payload->str, &n);
		g_string_append_len(out, s, text - 2 - s);
		g_string_append(out, "Q?");
		for (i = 0; i < n; i++)
			g_string_append_printf(out, "=%02X", bytes[i]);
		g_string_append(out, "?=");
		s = end;
	}
	return g_string_free(out, FALSE);
}

char *field_decode(const char *value)
{
	g_autofree char *words = NULL;
	size_t len = strlen(value);

	/* Most have nothing in them to decode. */
	if (utf8_ascii_length(value, len) == len && !strstr(value, "=?"))
		return collapse_space(g_strdup(value));
	words = prepare_words(value);
	return clean_field(g_mime_utils_header_decode_text(options, words));
}

/*
 * An address that GMime takes no address from: what is in angle brackets,
 * also without an '@' ("Name <name at example.org>"), or else what stands
 * around the first '@', and the rest is the name.
 */
static int parse_loose_mailbox(struct address *out, const char *value)
{
	const char *start = strchr(value, '<'), *end;
	GString *name;

	if (start && start[1] != '>' && strchr(start, '>')) {
		start++;
		end = strchr(start, '>');
	} else {
		const char *at = strchr(value, '@');

		if (!at)
			return -1;
		for (start = at; start > value && !is_space(start[-1]) &&
		     !strchr("<(\"", start[-1]); start--)
			;
		end = at + strcspn(at, " \t\r\n>)\"");
		if (start == at || end == at + 1)
			return -1;
	}
	out->email = clean_field(g_strndup(start, end - start));
	name = g_string_new_len(value, start - value);
	g_string_append(name, end);
	g_strdelimit(name->str, "<>()\"", ' ');
	out->name = field_decode(name->str);
	g_string_free(name, TRUE);
	return 0;
}

/*
 * "Bee, Ann (Acme) <ab@example.org>": to RFC 5322 what is in parentheses is a
 * comment, and a comma ends an address.  To git, which writes an in-body From
 * like this, and to people it is all a name.  Put what is around a single
 * address into quotes, so that it stays.
 */
static char *quote_name(char *value)
{
	char *open = strchr(value, '<');
	char *close = open ? strchr(open, '>') : NULL;
	GString *out;

	if (!close || !strpbrk(value, "(),;:[]") ||
	    strpbrk(value, "\"\\") || strchr(close, '<') ||
	    memchr(value, '@', open - value) || strchr(close, '@'))
		return value;
	/* "group: A <a@example.org>;" */
	if (memchr(value, ':', open - value) && strchr(close, ';'))
		return value;
	out = g_string_new("\"");
	g_string_append_len(out, value, open - value);
	g_string_append(out, close + 1);
	g_string_append(out, "\" ");
	g_string_append_len(out, open, close + 1 - open);
	g_free(value);
	return g_string_free(out, FALSE);
}

/*
 * The first address of a list, also inside a group (RFC 5322 §3.4), that has
 * another address than but, which may be NULL.
 */
static InternetAddressMailbox *first_mailbox(InternetAddressList *list,
					     const char *but, int depth)
{
	int i, nr = list ? internet_address_list_length(list) : 0;

	for (i = 0; i < nr; i++) {
		InternetAddress *ia = internet_address_list_get_address(list, i);
		InternetAddressMailbox *found = NULL;

		if (INTERNET_ADDRESS_IS_MAILBOX(ia))
			found = INTERNET_ADDRESS_MAILBOX(ia);
		else if (INTERNET_ADDRESS_IS_GROUP(ia) && depth < MAX_PART_DEPTH)
			found = first_mailbox(internet_address_group_get_members(
					INTERNET_ADDRESS_GROUP(ia)), but,
				depth + 1);
		if (found && found->addr && strchr(found->addr, '@') &&
		    (!but || g_ascii_strcasecmp(found->addr, but)))
			return found;
	}
	return NULL;
}

/* address_parse() for the first address that is not that of but. */
static int parse_mailbox(struct address *out, const char *value,
			 const char *but)
{
	g_autofree char *start = g_strndup(value, MAIL_MAX_ADDRESSES);
	g_autofree char *words = quote_name(prepare_words(start));
	InternetAddressList *list = internet_address_list_parse(options, words);
	InternetAddressMailbox *found = first_mailbox(list, but, 0);
	int ret = 0;

	out->name = out->email = NULL;
	if (found) {
		const char *name =
			internet_address_get_name(INTERNET_ADDRESS(found));

		out->email = clean_field(g_strdup(found->addr));
		out->name = clean_field(g_strdup(name));
	} else {
		ret = but ? -1 : parse_loose_mailbox(out, words);
	}
	if (out->email && !*out->email) {		/* "< >" */
		address_clear(out);
		ret = -1;
	}
	if (out->name && !*out->name) {
		g_free(out->name);
		out->name = g_strdup(out->email);
	}
	g_clear_object(&list);
	return ret;
}

static void free_mailbox(void *data)
{
	address_clear(data);
	g_free(data);
}

/*
 * Field -> struct address, for each thread: few people send most mails of a
 * list, and GMime takes a fifteenth of all time to parse their addresses.
 */
static GPrivate known_addresses =
	G_PRIVATE_INIT((GDestroyNotify)g_hash_table_unref);

int address_parse(struct address *out, const char *value)
{
	GHashTable *known = g_private_get(&known_addresses);
	const struct address *address;

	if (!known) {
		known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					      free_mailbox);
		g_private_set(&known_addresses, known);
	}
	address = g_hash_table_lookup(known, value);
	if (!address) {
		if (parse_mailbox(out, value, NULL) < 0)
			return -1;
		if (g_hash_table_size(known) == MAX_KNOWN_MAILBOXES)
			g_hash_table_remove_all(known);
		address = g_memdup2(out, sizeof(*out));
		g_hash_table_insert(known, g_strdup(value), (void *)address);
	}
	out->name = g_strdup(address->name);
	out->email = g_strdup(address->email);
	return 0;
}

/*
 * The fields that a digest looks at, as raw values with their folds.  The
 * rest of a header, most of its bytes (DKIM, ARC, Received), is never parsed.
 */
struct fields {
	char *subject, *from, *reply_to, *original_from;
	char *date, *message_id, *in_reply_to, *list_id;
	GPtrArray *references;	/* char *: there may be several such fields */
	GString *content;	/* the Content-* fields, as a header block; */
	char *type, *encoding;	/* of them Content-Type, -Transfer-Encoding; */
	gboolean ambiguous;	/* of which there are several */
	size_t body;		/* offset of the first byte after the header */
};

static void fields_clear(struct fields *f)
{
	g_free(f->subject);
	g_free(f->from);
	g_free(f->reply_to);
	g_free(f->original_from);
	g_free(f->date);
	g_free(f->message_id);
	g_free(f->in_reply_to);
	g_free(f->list_id);
	g_ptr_array_free(f->references, TRUE);
	g_string_free(f->content, TRUE);
	g_free(f->type);
	g_free(f->encoding);
}

/* The value of a field, NUL bytes made U+FFFD. */
static char *field_value(const char *s, size_t len)
{
	GString *value;
	size_t i;

	len = MIN(len, MAIL_MAX_FIELD);
	value = g_string_sized_new(len);
	for (i = 0; i < len; i++) {
		if (s[i])
			g_string_append_c(value, s[i]);
		else
			g_string_append(value, "\357\277\275");
	}
	return g_string_free(value, FALSE);
}

static void add_references(struct fields *f, const char *s, size_t len)
{
	size_t skip = len > MAIL_MAX_FIELD ? len - MAIL_MAX_FIELD : 0;

	if (f->references->len < MAX_REFERENCES)
		g_ptr_array_add(f->references, field_value(s + skip, len - skip));
}

static void take_field(struct fields *f, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len);
	const char *value;
	size_t name_len, value_len;
	char **first = NULL;

	if (!colon)
		return;
	name_len = colon - line;
	while (name_len && (line[name_len - 1] == ' ' ||
			    line[name_len - 1] == '\t'))
		name_len--;
	value = colon + 1;
	value_len = len - (value - line);

#define IS(name) (name_len == strlen(name) && \
		  !g_ascii_strncasecmp(line, name, strlen(name)))
	if (IS("Subject"))
		first = &f->subject;
	else if (IS("From"))
		first = &f->from;
	else if (IS("Reply-To"))
		first = &f->reply_to;
	else if (IS("X-Original-From"))
		first = &f->original_from;
	else if (IS("Date"))
		first = &f->date;
	else if (IS("Message-ID"))
		first = &f->message_id;
	else if (IS("List-Id"))
		first = &f->list_id;
	else if (IS("In-Reply-To"))
		first = &f->in_reply_to;
	else if (IS("References"))
		add_references(f, value, value_len);
	else if (name_len > 8 && !g_ascii_strncasecmp(line, "Content-", 8) &&
		 f->content->len + len <= MAIL_MAX_FIELD) {
		g_string_append_len(f->content, line, len);
		if (IS("Content-Type"))
			first = &f->type;
		else if (IS("Content-Transfer-Encoding"))
			first = &f->encoding;
		f->ambiguous |= first && *first;
	}
#undef IS
	/* A field that is there twice: the first is the sender's. */
	if (first && !*first)
		*first = field_value(value, value_len);
}

/*
 * Is it a field, "Name: value" (RFC 5322 §2.2), with a blank before the colon
 * maybe, or an mbox separator that got in between?
 */
static gboolean is_field(const char *line, const char *end)
{
	const char *p = line;

	if (end - line > 5 && (!memcmp(line, "From ", 5) ||
			       !memcmp(line, ">From", 5)))
		return TRUE;
	while (p < end && *p > ' ' && *p < 127 && *p != ':')
		p++;
	while (p > line && p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p > line && p < end && *p == ':';
}

/*
 * Find the fields of the header and where it ends: at a blank line, or, as for
 * git mailinfo, where a line is no field, because the blank one is lost.
 */
static void read_fields(struct fields *f, const char *buf, size_t len)
{
	size_t pos = 0;

	memset(f, 0, sizeof(*f));
	f->references = g_ptr_array_new_with_free_func(g_free);
	f->content = g_string_new(NULL);

	/* What no mail begins with: blank lines, an mbox separator. */
	while (pos < len && (buf[pos] == '\n' || buf[pos] == '\r'))
		pos++;
	if (len - pos > 5 && !memcmp(buf + pos, "From ", 5)) {
		const char *nl = memchr(buf + pos, '\n', len - pos);

		pos = nl ? (size_t)(nl - buf) + 1 : len;
	}

	while (pos < len) {
		size_t start = pos;

		if (buf[pos] == '\n') {
			f->body = pos + 1;
			return;
		}
		if (buf[pos] == '\r' && pos + 1 < len && buf[pos + 1] == '\n') {
			f->body = pos + 2;
			return;
		}
		if (!is_field(buf + pos, buf + len)) {
			f->body = pos;
			return;
		}
		do {	/* a line and those that continue it (§2.2.3) */
			const char *nl = memchr(buf + pos, '\n', len - pos);

			pos = nl ? (size_t)(nl - buf) + 1 : len;
		} while (pos < len && (buf[pos] == ' ' || buf[pos] == '\t'));
		take_field(f, buf + start, pos - start);
	}
	f->body = len;
}

/*
 * The ids of a Message-ID, In-Reply-To or References value.  Normally each is
 * in angle brackets; the field may also hold a bare id or, in an In-Reply-To,
 * a URL or a phrase ("Your message of ...") around or instead of it.
 */
static void add_ids(GPtrArray *ids, const char *value)
{
	const char *p = value, *open;

	if (!strchr(value, '<')) {
		g_autofree char *bare = collapse_space(g_strdup(value));
		size_t len = strlen(bare);

		if (!len || strchr(bare, ' '))
			return;
		/* https://lore.kernel.org/r/<id>/ */
		if (g_str_has_prefix(bare, "http://") ||
		    g_str_has_prefix(bare, "https://")) {
			char *slash;

			if (bare[len - 1] == '/')
				bare[--len] = '\0';
			slash = strrchr(bare, '/');
			if (slash[1])
				g_ptr_array_add(ids, g_utf8_make_valid(
							slash + 1, -1));
			return;
		}
		g_ptr_array_add(ids, g_utf8_make_valid(bare, -1));
		return;
	}
	while ((open = strchr(p, '<'))) {
		const char *close = strchr(open, '>');
		char *id;

		if (!close)
			return;
		/* A fold or a blank inside an id is the mailer's, not the id's. */
		id = g_utf8_make_valid(open + 1, close - open - 1);
		if (*collapse_space(id) && !strchr(id, ' '))
			g_ptr_array_add(ids, id);
		else
			g_free(id);
		p = close + 1;
	}
}

static char *read_message_id(const char *value)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);

	if (!value)
		return NULL;
	add_ids(ids, value);
	return ids->len ? g_strdup(ids->pdata[0]) : NULL;
}

static GPtrArray *read_references(const struct fields *f)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	guint i;

	for (i = 0; i < f->references->len; i++)
		add_ids(ids, f->references->pdata[i]);
	/* In-Reply-To is nearest; several ids there are in no known order. */
	if (f->in_reply_to)
		add_ids(ids, f->in_reply_to);
	for (i = ids->len; i > 0 && out->len < MAX_REFERENCES; i--) {
		char *id = ids->pdata[i - 1];

		if (g_hash_table_add(seen, id))
			g_ptr_array_add(out, g_strdup(id));
	}
	return out;
}

static char *read_date(const char *value)
{
	g_autofree char *unfolded = value ? collapse_space(g_strdup(value)) :
				    NULL;
	GDateTime *date = unfolded && *unfolded ?
			  g_mime_utils_header_decode_date(unfolded) : NULL;
	GTimeSpan offset;
	char *out;

	if (!date)
		return NULL;
	offset = g_date_time_get_utc_offset(date);
	out = g_date_time_format(date, ABS(offset) > 14 * G_TIME_SPAN_HOUR ?
				 "%Y-%m-%dT%H:%M:%S+00:00" : "%Y-%m-%dT%H:%M:%S%:z");
	g_date_time_unref(date);
	return out;
}

static char *read_list_id(const char *value)
{
	const char *open = value ? strrchr(value, '<') : NULL;
	const char *close = open ? strchr(open, '>') : NULL;
	char *id;

	if (!value)
		return NULL;
	if (close)
		id = g_utf8_make_valid(open + 1, close - open - 1);
	else
		id = g_utf8_make_valid(value, -1);
	collapse_space(id);
	if (!*id || strchr(id, ' ')) {
		g_free(id);
		return NULL;
	}
	for (char *p = id; *p; p++)
		*p = g_ascii_tolower(*p);
	return id;
}

char *message_list_id(const char *buf, size_t len)
{
	struct fields f;
	char *id;

	read_fields(&f, buf, len);
	id = read_list_id(f.list_id);
	fields_clear(&f);
	return id;
}

/* Append s[0..len) with U+FFFD for each byte that is not UTF-8; keep NUL. */
static void append_utf8(GString *out, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		size_t ascii = utf8_ascii_length(s, end - s);
		const char *stop;

		g_string_append_len(out, s, ascii);
		s += ascii;
		if (g_utf8_validate(s, end - s, &stop)) {
			g_string_append_len(out, s, end - s);
			return;
		}
		g_string_append_len(out, s, stop - s);
		if (*stop)
			g_string_append(out, "\357\277\275");
		else
			g_string_append_c(out, '\0');
		s = stop + 1;
	}
}

/* Is it UTF-8 with at least one character that is not ASCII? */
static gboolean is_multibyte_utf8(const char *s, size_t len)
{
	return utf8_ascii_length(s, len) < len && g_utf8_validate(s, len, NULL);
}

/* Append s[0..len), which is in the charset of cd, as UTF-8. */
static void append_converted(GString *out, iconv_t cd, const char *s,
			     size_t len)
{
	char *in = (char *)s, buf[4096];
	size_t left = len;

	while (left) {
		char *to = buf;
		size_t room = sizeof(buf);
		size_t n = g_mime_iconv(cd, &in, &left, &to, &room);

		append_utf8(out, buf, to - buf);
		if (n != (size_t)-1 || room < sizeof(buf) / 2)
			continue;
		/* EILSEQ or EINVAL: this byte is not text. */
		g_string_append(out, "\357\277\275");
		in++;
		left--;
		g_mime_iconv(cd, NULL, NULL, NULL, NULL);
	}
	/* A stateful charset may owe characters still. */
	{
		char *to = buf;
		size_t room = sizeof(buf);

		g_mime_iconv(cd, NULL, NULL, &to, &room);
		append_utf8(out, buf, to - buf);
	}
}

static void decode_charset(GString *out, const char *s, size_t len,
			   const char *charset)
{
	iconv_t cd;

	/*
	 * Mailers put "iso-8859-1" over UTF-8, and "us-ascii" over anything.
	 * Text in an 8-bit charset that is valid UTF-8 by chance is rarer
	 * than a lie by far.
	 */
	if (!charset || !g_ascii_strcasecmp(charset, "utf-8") ||
	    !g_ascii_strcasecmp(charset, "us-ascii") ||
	    is_multibyte_utf8(s, len)) {
		append_utf8(out, s, len);
		return;
	}
	cd = g_mime_iconv_open("utf-8", charset);
	if (cd == (iconv_t)-1) {	/* "y", "yes", "unknown-8bit" */
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

/*
 * Undo "format=flowed" (RFC 3676 §4.2 to §4.4): a line that ends in a blank
 * goes on in the next one, a blank that begins a line was put there.
 */
static void unflow(GString *text, gboolean delete_space)
{
	g_autoptr(GString) out = g_string_sized_new(text->len);
	const char *line = text->str, *end = text->str + text->len;

	while (line < end) {
		const char *nl = memchr(line, '\n', end - line);
		const char *stop = nl ? nl : end;
		const char *next = nl ? nl + 1 : end;

		if (stop - line == 3 && !memcmp(line, "-- ", 3)) {
			g_string_append_len(out, line, next - line);
			line = next;
			continue;
		}
		if (line < stop && *line == ' ')
			line++;
		if (line < stop && stop[-1] == ' ' && next < end)
			g_string_append_len(out, line, stop - line -
					    (delete_space ? 1 : 0));
		else
			g_string_append_len(out, line, next - line);
		line = next;
	}
	g_string_truncate(text, 0);
	g_string_append_len(text, out->str, out->len);
}

/* Is a parameter of the Content-Type this word? */
static gboolean has_parameter(GMimePart *part, const char *name,
			      const char *word)
{
	const char *value = g_mime_object_get_content_type_parameter(
		GMIME_OBJECT(part), name);

	return value && !g_ascii_strcasecmp(value, word);
}

/* The text of bytes that an encoding stood for; charset may be NULL. */
static GString *bytes_text(const char *bytes, size_t len, const char *charset)
{
	GString *text = g_string_sized_new(len);

	decode_charset(text, bytes, len, charset);
	crlf_to_lf(text);
	return text;
}

static GString *part_text(GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	const char *charset = g_mime_object_get_content_type_parameter(
		GMIME_OBJECT(part), "charset");
	GMimeStream *mem;
	GByteArray *bytes;
	GString *text;

	if (!content)
		return g_string_new(NULL);
	mem = g_mime_stream_mem_new();
	g_mime_data_wrapper_write_to_stream(content, mem);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(mem));
	/* of no bytes there is no data */
	text = bytes_text(bytes->len ? (const char *)bytes->data : "",
			  bytes->len, charset);
	g_object_unref(mem);
	if (has_parameter(part, "format", "flowed"))
		unflow(text, has_parameter(part, "delsp", "yes"));
	return text;
}

/*
 * Collect the text parts below object, depth first: text/plain into plain; into
 * other what says it is an attachment, or is text of another kind but HTML,
 * which is better than no text at all.
 */
static void collect_texts(GMimeObject *object, GPtrArray *plain,
			  GPtrArray *other, int depth)
{
	if (GMIME_IS_MULTIPART(object) && depth < MAX_PART_DEPTH) {
		GMimeMultipart *multipart = GMIME_MULTIPART(object);
		int i, nr = g_mime_multipart_get_count(multipart);

		for (i = 0; i < nr; i++)
			collect_texts(g_mime_multipart_get_part(multipart, i),
				      plain, other, depth + 1);
	} else if (GMIME_IS_PART(object)) {
		GMimeContentType *type = g_mime_object_get_content_type(object);
		const char *disposition = g_mime_object_get_disposition(object);

		if (g_mime_content_type_is_type(type, "text", "plain") &&
		    (!disposition ||
		     g_ascii_strcasecmp(disposition, "attachment")))
			g_ptr_array_add(plain, object);
		/* "text/x-patch"; the whole of a mail, whatever it is called */
		else if ((g_mime_content_type_is_type(type, "text", "*") ||
			  !depth) &&
			 !g_mime_content_type_is_type(type, "text", "html"))
			g_ptr_array_add(other, object);
	}
}

static gboolean is_blank_text(const GString *text)
{
	gsize i;

	for (i = 0; i < text->len; i++)
		if (!is_space(text->str[i]))
			return FALSE;
	return TRUE;
}

/* The text of the first of parts that is not blank; NULL if all are. */
static GString *first_text(const GPtrArray *parts)
{
	guint i;

	for (i = 0; i < parts->len; i++) {
		GString *text = part_text(parts->pdata[i]);

		if (!is_blank_text(text))
			return text;
		g_string_free(text, TRUE);
	}
	return NULL;
}

static gboolean find_word(const char *s, size_t len, const char *word)
{
	size_t n = strlen(word), i;

	for (i = 0; i + n <= len; i++)
		if (!g_ascii_strncasecmp(s + i, word, n))
			return TRUE;
	return FALSE;
}

/* Replace word, in any case, by another one of its length. */
static void replace_word(char *s, const char *end, const char *word,
			 const char *by)
{
	size_t n = strlen(word);

	for (; end - s >= (ptrdiff_t)n; s++)
		if (!g_ascii_strncasecmp(s, word, n))
			memcpy(s, by, n);
}

/*
 * Make an entity one that GMime reads in a time and a memory of its own size:
 * without attached mails, whose headers it would parse to the last address and
 * whose text is not wanted; and cut after MAX_DASH_LINES lines that may be
 * boundaries.  Only the Content-Type of what may be a part is changed: up to
 * its parameters, "message/rfc822" and "multipart/digest" get other names.
 * Nothing but the first header_len bytes is touched if they name no multipart.
 */
static void tame_entity(GString *entity, size_t header_len)
{
	gboolean multipart = find_word(entity->str, header_len, "multipart");
	char *line = entity->str;
	char *end = line + (multipart ? entity->len : header_len);
	gboolean in_header = TRUE, in_type = FALSE;
	int dashes = 0;

	while (line < end) {
		char *nl = memchr(line, '\n', end - line);
		char *stop = nl ? nl : end;

		if (stop - line >= 2 && line[0] == '-' && line[1] == '-') {
			if (++dashes > MAX_DASH_LINES) {
				g_string_truncate(entity, line - entity->str);
				return;
			}
			in_header = TRUE;
			in_type = FALSE;
		} else if (stop == line || (stop - line == 1 && *line == '\r')) {
			in_header = in_type = FALSE;
		} else if (in_header) {
			if (*line != ' ' && *line != '\t')
				in_type = stop - line > 12 &&
					!g_ascii_strncasecmp(line,
							"Content-Type", 12);
			if (in_type) {
				char *semicolon = memchr(line, ';', stop - line);
				char *until = semicolon ? semicolon : stop;

				replace_word(line, until, "message", "x-mail-");
				replace_word(line, until, "digest", "mixed-");
				in_type = !semicolon;
			}
		}
		line = nl ? nl + 1 : end;
	}
}

/*
 * Is the body the text, byte for byte: text/plain in no encoding?  Most mails
 * are so, and need none of the objects that GMime makes of an entity.  Sets
 * *type, which the caller unrefs, if so; to NULL where the mail has none.
 */
static gboolean is_plain(const struct fields *f, GMimeContentType **type)
{
	const char *format;

	*type = NULL;
	if (f->ambiguous)
		return FALSE;
	if (f->encoding) {
		g_autofree char *name = g_strstrip(g_strdup(f->encoding));

		switch (g_mime_content_encoding_from_string(name)) {
		case GMIME_CONTENT_ENCODING_7BIT:
		case GMIME_CONTENT_ENCODING_8BIT:
		case GMIME_CONTENT_ENCODING_BINARY:
			break;
		default:
			return FALSE;
		}
	}
	if (!f->type)
		return TRUE;
	*type = g_mime_content_type_parse(options, f->type);
	format = *type ? g_mime_content_type_get_parameter(*type, "format") :
		 NULL;
	if (*type && g_mime_content_type_is_type(*type, "text", "plain") &&
	    (!format || g_ascii_strcasecmp(format, "flowed")))
		return TRUE;
	g_clear_object(type);
	return FALSE;
}

/* Up to the end of the line that begins a diff. */
static size_t length_to_diff(const char *body, size_t len)
{
	const char *diff = memmem(body, len, "\ndiff --git ", 12);
	const char *nl = diff ? memchr(diff + 1, '\n',
				       body + len - (diff + 1)) : NULL;

	return nl ? (size_t)(nl + 1 - body) : len;
}

/* The text of an entity with the mail's Content-* fields; NULL if none. */
static GString *entity_text(const struct fields *f, const char *body, size_t len)
{
	GString *entity = g_string_sized_new(f->content->len + len + 2);
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeObject *root;
	g_autoptr(GPtrArray) plain = g_ptr_array_new();
	g_autoptr(GPtrArray) other = g_ptr_array_new();
	GString *text = NULL;
	size_t header_len;

	g_string_append_len(entity, f->content->str, f->content->len);
	/* The header of a mail that is cut short may end without a newline. */
	if (f->content->len && entity->str[entity->len - 1] != '\n')
		g_string_append_c(entity, '\n');
	g_string_append_c(entity, '\n');
	header_len = entity->len;
	g_string_append_len(entity, body, len);
	tame_entity(entity, header_len);

	stream = g_mime_stream_mem_new_with_buffer(entity->str, entity->len);
	parser = g_mime_parser_new_with_stream(stream);
	root = g_mime_parser_construct_part(parser, options);
	if (root) {
		collect_texts(root, plain, other, 0);
		text = first_text(plain);
		if (!text)
			text = first_text(other);
		g_object_unref(root);
	}
	g_object_unref(parser);
	g_object_unref(stream);
	g_string_free(entity, TRUE);
	return text;
}

/*
 * With the diff or without it, what comes before is decoded for itself: it
 * must not depend on what else is wanted.
 */
static GString *plain_text(GMimeContentType *type, const char *body, size_t len,
			   gboolean whole)
{
	const char *charset = type ? g_mime_content_type_get_parameter(type,
							"charset") : NULL;
	size_t cut = length_to_diff(body, len);
	GString *text = bytes_text(body, cut, charset), *diff;

	if (whole && cut < len) {
		diff = bytes_text(body + cut, len - cut, charset);
		g_string_append_len(text, diff->str, diff->len);
		g_string_free(diff, TRUE);
	}
	if (is_blank_text(text)) {
		g_string_free(text, TRUE);
		text = NULL;
	}
	return text;
}

static GString *read_text(const struct fields *f, const char *body, size_t len,
			  gboolean whole)
{
	GMimeContentType *type;
	GString *text;

	if (!is_plain(f, &type))
		return entity_text(f, body, len);
	text = plain_text(type, body, len, whole);
	g_clear_object(&type);
	return text;
}

/*
 * A list that must not pass mail on under a foreign address (DMARC) puts its
 * own into From, and the sender's elsewhere.  Returns 0 and replaces *from if
 * that is so.
 */
static int undo_via(struct address *from, const struct fields *f)
{
	const char *const elsewhere[] = { f->original_from, f->reply_to };
	size_t i;

	if (!strstr(from->name, " via "))
		return -1;
	for (i = 0; i < G_N_ELEMENTS(elsewhere); i++) {
		struct address found;

		if (!elsewhere[i] ||
		    parse_mailbox(&found, elsewhere[i], from->email) < 0)
			continue;
		/* a Reply-To is often a bare address: the name is in From */
		if (!strcmp(found.name, found.email)) {
			char *via = g_strrstr(from->name, " via ");

			g_free(found.name);
			found.name = g_strndup(from->name, via - from->name);
			g_strstrip(g_strdelimit(found.name, "'\"", ' '));
		}
		address_clear(from);
		*from = found;
		return 0;
	}
	return -1;
}

static void read_from(struct address *from, const struct fields *f)
{
	if (!f->from)
		return;
	if (!address_parse(from, f->from)) {
		undo_via(from, f);
		return;
	}
	/* better a name for an address than nobody at all */
	from->name = field_decode(f->from);
	from->email = g_strdup(from->name);
	if (!from->name[strspn(from->name, " <>()\"@.,;:")])
		address_clear(from);
}

void message_parse(struct message *mail, const char *buf, size_t len,
		gboolean whole)
{
	struct fields f;

	memset(mail, 0, sizeof(*mail));
	read_fields(&f, buf, len);
	mail->subject = field_decode(f.subject ? f.subject : "");
	read_from(&mail->from, &f);
	mail->message_id = read_message_id(f.message_id);
	mail->date = read_date(f.date);
	mail->references = read_references(&f);
	mail->list_id = read_list_id(f.list_id);
	mail->text = read_text(&f, buf + f.body,
			       MIN(len - f.body, MAIL_MAX_BODY), whole);
	fields_clear(&f);
}

void message_clear(struct message *mail)
{
	g_free(mail->subject);
	address_clear(&mail->from);
	g_free(mail->message_id);
	g_free(mail->date);
	g_clear_pointer(&mail->references, g_ptr_array_unref);
	g_free(mail->list_id);
	if (mail->text)
		g_string_free(mail->text, TRUE);
	memset(mail, 0, sizeof(*mail));
}
