#include <string.h>
#include <gmime/gmime.h>
#include "mail/field.h"
#include "mail/message.h"
#include "mail/mime.h"

/* A thread that is longer than this is still found by its nearest mails. */
#define MAX_REFERENCES 1000

void message_setup(void)
{
	/* What bytes are that declare no charset: UTF-8, or else Latin 1. */
	static const char *charsets[] = { "utf-8", "iso-8859-1", NULL };

	g_mime_init();
	g_mime_parser_options_set_fallback_charsets(
		g_mime_parser_options_get_default(), charsets);
}

/* The id in s[0..len); NULL if it is empty, or several words. */
static char *read_id(const char *s, gssize len)
{
	g_autofree char *id = field_clean(s, len);

	return *id && !strchr(id, ' ') ? g_steal_pointer(&id) : NULL;
}

/* "https://lore.kernel.org/r/<id>/": the id; "" if there is none. */
static char *url_id(char *url)
{
	size_t len = strlen(url);

	if (url[len - 1] == '/')
		url[len - 1] = '\0';
	return strrchr(url, '/') + 1;
}

/*
 * Add the ids of a Message-ID, In-Reply-To or References value.  Normally each
 * is in angle brackets; the field may also hold a bare id or, in an
 * In-Reply-To, a URL or a phrase ("Your message of ...") around or instead.
 */
static void add_ids(GPtrArray *ids, const char *value)
{
	const char *open = strchr(value, '<'), *close;
	char *id;

	if (!open && (id = read_id(value, -1))) {
		g_autofree char *bare = id;

		if (g_str_has_prefix(bare, "http://") ||
		    g_str_has_prefix(bare, "https://"))
			id = url_id(bare);
		if (*id)
			g_ptr_array_add(ids, g_strdup(id));
	}
	while (open && (close = strchr(open, '>'))) {
		/* A fold in an id is the mailer's, not the id's. */
		if ((id = read_id(open + 1, close - open - 1)))
			g_ptr_array_add(ids, id);
		open = strchr(close, '<');
	}
}

static char *read_message_id(const char *value)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);

	if (value)
		add_ids(ids, value);
	return ids->len ? g_strdup(ids->pdata[0]) : NULL;
}

static GPtrArray *read_references(const struct header *header)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) nearest = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) thread = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	guint i;

	if (header->in_reply_to)
		add_ids(nearest, header->in_reply_to);
	for (i = 0; i < header->references->len; i++)
		add_ids(thread, header->references->pdata[i]);
	for (i = thread->len; i > 0; i--)
		g_ptr_array_add(nearest, g_strdup(thread->pdata[i - 1]));
	for (i = 0; i < nearest->len && out->len < MAX_REFERENCES; i++)
		if (g_hash_table_add(seen, nearest->pdata[i]))
			g_ptr_array_add(out, g_strdup(nearest->pdata[i]));
	return out;
}

static char *read_date(const char *value)
{
	g_autofree char *unfolded = field_clean(value, -1);
	g_autoptr(GDateTime) date = *unfolded ?
		g_mime_utils_header_decode_date(unfolded) : NULL;
	GTimeSpan offset;

	if (!date)
		return NULL;
	offset = g_date_time_get_utc_offset(date);
	return g_date_time_format(date, ABS(offset) > 14 * G_TIME_SPAN_HOUR ?
				  "%Y-%m-%dT%H:%M:%S+00:00" :
				  "%Y-%m-%dT%H:%M:%S%:z");
}

static char *read_list_id(const char *value)
{
	const char *open = value ? strrchr(value, '<') : NULL;
	const char *close = open ? strchr(open, '>') : NULL;
	g_autofree char *id = close ? read_id(open + 1, close - open - 1) :
				      read_id(value, -1);

	return id ? g_ascii_strdown(id, -1) : NULL;
}

char *message_list_id(const char *buf, size_t len)
{
	struct header header;
	char *id;

	header_parse(&header, buf, len, FALSE);
	id = read_list_id(header.list_id);
	header_clear(&header);
	return id;
}

/*
 * A list that must not pass mail on under a foreign address (DMARC) puts its
 * own into From, "Ann via List <list@example.org>", and the sender's elsewhere.
 * Replace *from by that, if it is so.
 */
static void undo_via(struct address *from, const struct header *header)
{
	const char *const elsewhere[] = { header->original_from,
					  header->reply_to };
	const char *via = g_strrstr(from->name, " via ");
	struct address found;
	size_t i;

	for (i = 0; via && i < G_N_ELEMENTS(elsewhere); i++) {
		if (!elsewhere[i] ||
		    address_parse_other(&found, elsewhere[i], from->email) < 0)
			continue;
		/* a Reply-To is often a bare address: the name is in From */
		if (!strcmp(found.name, found.email)) {
			g_free(found.name);
			found.name = g_strndup(from->name, via - from->name);
			g_strstrip(g_strdelimit(found.name, "'\"", ' '));
		}
		address_clear(from);
		*from = found;
		return;
	}
}

static void read_from(struct address *from, const struct header *header)
{
	if (!header->from)
		return;
	if (!address_parse(from, header->from)) {
		undo_via(from, header);
		return;
	}
	/* better a name for an address than nobody at all */
	from->name = field_decode(header->from);
	from->email = g_strdup(from->name);
	if (!from->name[strspn(from->name, " <>()\"@.,;:")])
		address_clear(from);
}

static GPtrArray *read_recipients(const GPtrArray *values)
{
	GPtrArray *emails = g_ptr_array_new_with_free_func(g_free);
	guint i;

	for (i = 0; i < values->len; i++)
		address_add_emails(emails, values->pdata[i]);
	return emails;
}

void message_parse(struct message *mail, const char *buf, size_t len,
		   unsigned wants)
{
	struct header header;

	memset(mail, 0, sizeof(*mail));
	header_parse(&header, buf, len, wants & MESSAGE_RECIPIENTS);
	mail->subject = field_decode(header.subject ? header.subject : "");
	read_from(&mail->from, &header);
	mail->message_id = read_message_id(header.message_id);
	mail->date = read_date(header.date);
	mail->references = read_references(&header);
	mail->may_have_attachments = header.type &&
		!g_ascii_strncasecmp(header.type, "multipart/mixed", 15);
	mail->text = mime_text(&header, buf + header.body, len - header.body,
			       wants & MESSAGE_WHOLE);
	if (wants & MESSAGE_RECIPIENTS) {
		mail->to = read_recipients(header.to);
		mail->cc = read_recipients(header.cc);
	}
	header_clear(&header);
}

void message_clear(struct message *mail)
{
	g_free(mail->subject);
	address_clear(&mail->from);
	g_free(mail->message_id);
	g_free(mail->date);
	g_clear_pointer(&mail->references, g_ptr_array_unref);
	g_clear_pointer(&mail->to, g_ptr_array_unref);
	g_clear_pointer(&mail->cc, g_ptr_array_unref);
	if (mail->text)
		g_string_free(mail->text, TRUE);
	memset(mail, 0, sizeof(*mail));
}
