#include "mail/header.h"
#include "mail/span.h"

/* More fields of one name than this are not kept. */
#define MAX_FIELDS 1000

#define FIELD(name, member) \
	{ name, sizeof(name) - 1, offsetof(struct header, member) }

static const struct {
	const char *name;
	size_t len, offset;
} known_fields[] = {
	FIELD("Subject", subject),
	FIELD("From", from),
	FIELD("Reply-To", reply_to),
	FIELD("X-Original-From", original_from),
	FIELD("Date", date),
	FIELD("Message-ID", message_id),
	FIELD("In-Reply-To", in_reply_to),
	FIELD("List-Id", list_id),
	FIELD("Content-Type", type),
	FIELD("Content-Transfer-Encoding", encoding),
};

/* Where the value of the field of this name is kept; NULL if nowhere. */
static char **find_member(struct header *header, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(known_fields); i++)
		if (len == known_fields[i].len &&
		    !g_ascii_strncasecmp(name, known_fields[i].name, len))
			return &G_STRUCT_MEMBER(char *, header,
						known_fields[i].offset);
	return NULL;
}

static char *read_value(const char *s, size_t len)
{
	GString *value = g_string_sized_new(len);
	size_t i;

	for (i = 0; i < len; i++)
		if (s[i])
			g_string_append_c(value, s[i]);
		else
			g_string_append(value, "\357\277\275");
	return g_strstrip(g_string_free(value, FALSE));
}

static gboolean is_named(const char *name, size_t len, const char *as)
{
	return len == strlen(as) && !g_ascii_strncasecmp(name, as, len);
}

static void add_value(GPtrArray *values, const char *s, size_t len)
{
	if (values && values->len < MAX_FIELDS)
		g_ptr_array_add(values, read_value(s, len));
}

/* Keep a field, "Name: value\n", if it is a known one. */
static void take_field(struct header *header, struct span field)
{
	const char *name = field.s, *end = field.s + field.len;
	const char *value = memchr(name, ':', field.len);
	size_t len, max;
	char **member;

	if (!value)
		return;
	len = value - name;
	while (len && (name[len - 1] == ' ' || name[len - 1] == '\t'))
		len--;
	value++;
	max = MIN(end - value, HEADER_MAX_FIELD);

	if (len > 8 && !g_ascii_strncasecmp(name, "Content-", 8)) {
		if (header->content->len + field.len > HEADER_MAX_FIELD)
			return;
		g_string_append_len(header->content, name, field.len);
	}
	member = find_member(header, name, len);
	if (member && !*member)
		*member = read_value(value, max);
	else if (member == &header->type || member == &header->encoding)
		header->ambiguous = TRUE;
	else if (is_named(name, len, "References"))
		add_value(header->references, end - max, max);
	else if (is_named(name, len, "To"))
		add_value(header->to, value, max);
	else if (is_named(name, len, "Cc"))
		add_value(header->cc, value, max);
}

/*
 * Does the span begin with a field, "Name: value" (RFC 5322 §2.2), maybe with
 * a blank before the colon, or with an mbox separator that got in between?
 */
static gboolean is_field(struct span span)
{
	const char *s = span.s, *p = s, *end = s + span.len;

	if (span_starts(span, "From ") || span_starts(span, ">From"))
		return TRUE;
	while (p < end && *p > ' ' && *p < 127 && *p != ':')
		p++;
	while (p > s && p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p > s && p < end && *p == ':';
}

/* Take one field off rest: a line and those that continue it (§2.2.3). */
static struct span next_field(struct span *rest)
{
	struct span field = *rest, line;

	do
		span_line(rest, &line);
	while (span_starts(*rest, " ") || span_starts(*rest, "\t"));
	field.len = rest->s - field.s;
	return field;
}

void header_parse(struct header *header, const char *buf, size_t len,
		  gboolean with_recipients)
{
	struct span rest = { buf, len }, separator;

	memset(header, 0, sizeof(*header));
	header->references = g_ptr_array_new_with_free_func(g_free);
	header->content = g_string_new(NULL);
	if (with_recipients) {
		header->to = g_ptr_array_new_with_free_func(g_free);
		header->cc = g_ptr_array_new_with_free_func(g_free);
	}

	/* What no mail begins with: blank lines, an mbox separator. */
	while (span_skip(&rest, "\n") || span_skip(&rest, "\r"))
		;
	if (span_starts(rest, "From "))
		span_line(&rest, &separator);

	while (is_field(rest))
		take_field(header, next_field(&rest));
	/*
	 * A blank line ends the header, or, as for git-mailinfo(1), one that is
	 * no field: then the blank line is lost.
	 */
	if (!span_skip(&rest, "\r\n"))
		span_skip(&rest, "\n");
	header->body = rest.s - buf;
}

void header_clear(struct header *header)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(known_fields); i++)
		g_free(G_STRUCT_MEMBER(char *, header, known_fields[i].offset));
	g_string_free(header->content, TRUE);
	g_ptr_array_unref(header->references);
	g_clear_pointer(&header->to, g_ptr_array_unref);
	g_clear_pointer(&header->cc, g_ptr_array_unref);
}
