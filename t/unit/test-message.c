/* Tests of mail/message.h and mail/header.h: fields, charsets and parts. */
#include <string.h>
#include "mail/header.h"
#include "mail/message.h"

static struct message parse_bytes(const char *buf, size_t len)
{
	/* In a copy of just this size a sanitizer sees what reads past it. */
	g_autofree char *copy = g_memdup2(buf, MAX(len, 1));
	struct message mail;

	message_parse(&mail, copy, len, TRUE);
	return mail;
}

static struct message parse(const char *buf)
{
	return parse_bytes(buf, strlen(buf));
}

static void check_subject(const char *field, const char *want)
{
	g_autofree char *buf = g_strdup_printf("Subject:%s\n\n", field);
	struct message mail = parse(buf);

	g_assert_cmpstr(mail.subject, ==, want);
	message_clear(&mail);
}

static void test_subject(void)
{
	struct message mail;

	check_subject(" [PATCH] a", "[PATCH] a");
	check_subject("[PATCH] a", "[PATCH] a");
	check_subject(" [PATCH] a\n b", "[PATCH] a b");
	check_subject(" [PATCH] a\r\n\t b", "[PATCH] a b");
	check_subject("\n [PATCH] a", "[PATCH] a");
	check_subject(" =?UTF-8?q?[PATCH]_caf=C3=A9?=", "[PATCH] caf\303\251");
	check_subject(" =?utf-8?B?w6k=?= =?utf-8?B?w6k=?=", "\303\251\303\251");
	check_subject(" =?utf-8?B?YWI?= x", "ab x");
	check_subject(" =?iso-8859-1?Q?=E9?= x", "\303\251 x");
	/* The two bytes of a character are in two encoded words. */
	check_subject(" =?gb2312?B?u9g=?= =?gb2312?B?uA==?= =?gb2312?B?tA==?=",
		      "\345\233\236\345\244\215");
	/* The first line is empty, and the words differ in their encoding. */
	check_subject("\n =?utf-8?B?5Zue5aSN77ya?=\n =?utf-8?Q?=5BPATCH=5D?="
		      "\n =?utf-8?B?IGE=?=",
		      "\345\233\236\345\244\215\357\274\232[PATCH] a");
	/* The charset is unknown, and the text has a no-break space. */
	check_subject(" =?y?q?=5BPATCH=C2=A0V3=5D_a?=", "[PATCH\302\240V3] a");
	/* Bytes without a charset are valid UTF-8, or else Latin 1. */
	check_subject(" caf\303\251", "caf\303\251");
	check_subject(" caf\351", "caf\303\251");
	/* A newline in an encoded word must not begin a line of the digest. */
	check_subject(" =?utf-8?q?b=0ANew:=20c?=", "b New: c");
	/* A vertical tab and a form feed are white space. */
	check_subject(" [PATCH]\va\fb", "[PATCH] a b");
	check_subject("", "");

	/* The mail ends in the middle of the field. */
	mail = parse("Subject: ab");
	g_assert_cmpstr(mail.subject, ==, "ab");
	message_clear(&mail);
}

static void test_fields(void)
{
	struct message mail = parse(
		"From nobody Mon Sep 17 00:00:00 2001\n"
		"Received: from x\n"
		"from: A <a@b.c>\n"
		"From: Other <o@b.c>\n"
		"MESSAGE-ID:\n <1@x>\n"
		"Message-ID: <2@x>\n"
		"References: <r1@x>\n\t<r2@x>\n"
		"In-Reply-To: <r3@x>\n"
		"References: <r1@x>\n"
		"\n"
		"text\n");

	g_assert_cmpstr(mail.from.name, ==, "A");
	g_assert_cmpstr(mail.message_id, ==, "1@x");
	g_assert_cmpuint(mail.references->len, ==, 3);
	g_assert_cmpstr(mail.references->pdata[0], ==, "r3@x");
	g_assert_cmpstr(mail.references->pdata[1], ==, "r1@x");
	g_assert_cmpstr(mail.references->pdata[2], ==, "r2@x");
	g_assert_cmpstr(mail.text->str, ==, "text\n");
	message_clear(&mail);
}

static void test_ids(void)
{
	struct message mail = parse(
		"Message-ID: bare-id\n"
		"In-Reply-To: https://lore.kernel.org/r/a%25b@x/\n"
		"References: Your message of Monday\n\n");

	g_assert_cmpstr(mail.message_id, ==, "bare-id");
	g_assert_cmpuint(mail.references->len, ==, 1);
	g_assert_cmpstr(mail.references->pdata[0], ==, "a%25b@x");
	message_clear(&mail);

	mail = parse("Message-ID: <>\nReferences: <a b> <c@d\n\n");
	g_assert_cmpstr(mail.message_id, ==, NULL);
	g_assert_cmpuint(mail.references->len, ==, 0);
	message_clear(&mail);

	/* A fold beside an id is dropped, but one within it makes two words. */
	/* Of several ids in In-Reply-To the first is nearest. */
	mail = parse("In-Reply-To: <2@x> <1@x>\n"
		     "References: <4@x> <2@x> <3@x>\n\n");
	g_assert_cmpuint(mail.references->len, ==, 4);
	g_assert_cmpstr(mail.references->pdata[0], ==, "2@x");
	g_assert_cmpstr(mail.references->pdata[1], ==, "1@x");
	g_assert_cmpstr(mail.references->pdata[2], ==, "3@x");
	g_assert_cmpstr(mail.references->pdata[3], ==, "4@x");
	message_clear(&mail);

	mail = parse("Message-ID: <\n 1@x\n\t>\nIn-Reply-To: <2\n @x>\n"
		     "References: <\r\n\t3@x>\n\n");
	g_assert_cmpstr(mail.message_id, ==, "1@x");
	g_assert_cmpuint(mail.references->len, ==, 1);
	g_assert_cmpstr(mail.references->pdata[0], ==, "3@x");
	message_clear(&mail);
}

static void check_date(const char *value, const char *want)
{
	g_autofree char *buf = g_strdup_printf("Date: %s\n\n", value);
	struct message mail = parse(buf);

	g_assert_cmpstr(mail.date, ==, want);
	message_clear(&mail);
}

static void test_date(void)
{
	check_date("Fri, 3 Nov 2023 10:00:00 -0730",
		   "2023-11-03T10:00:00-07:30");
	check_date("3 Nov 2023 10:00:00 GMT", "2023-11-03T10:00:00+00:00");
	check_date("Fri,\n 3 Nov 2023 10:00:00 +0109 (X)",
		   "2023-11-03T10:00:00+01:09");
	check_date("Fri, 21 Feb 20 21:47:38 GMT", "2020-02-21T21:47:38+00:00");
	/* There is no such time zone, so it counts as UTC. */
	check_date("Sun, 31 Dec 2023 16:54:04 +9900",
		   "2023-12-31T16:54:04+00:00");
	check_date("Sun, 31 Dec 2023 16:54:04 +1800",
		   "2023-12-31T16:54:04+00:00");
	check_date("Fri, 3 Nov 2093 10:00:00 +0000",
		   "2093-11-03T10:00:00+00:00");
	check_date("yesterday", NULL);
	check_date("", NULL);
}

static void check_text(const char *buf, const char *want)
{
	struct message mail = parse(buf);

	if (want)
		g_assert_nonnull(mail.text);
	g_assert_cmpstr(mail.text ? mail.text->str : NULL, ==, want);
	message_clear(&mail);
}

static void test_text(void)
{
	check_text("Subject: a\n\nb\n", "b\n");
	check_text("\nSubject: a\n\nb\n", "b\n");
	check_text("Subject: a\r\n\r\nb\r\nc\rd\r\n", "b\nc\rd\n");
	check_text("Subject: a", NULL);
	/* The blank line after the header is missing. */
	check_text("Subject: a\nb c\nd: e\n", "b c\nd: e\n");
	check_text("Subject : a\n\nb\n", "b\n");
	check_text("no header at all\n", "no header at all\n");
	check_text("Content-Type: text/plain; charset=utf-8\n"
		   "Content-Transfer-Encoding: base64\n\nw6kK\n", "\303\251\n");
	check_text("Content-Type: text/plain; charset=utf-8\n"
		   "Content-Transfer-Encoding: quoted-printable\n\n"
		   "caf=C3=A9 =\nb\n", "caf\303\251 b\n");
}

static void test_charset(void)
{
	check_text("Content-Type: text/plain; charset=iso-8859-1\n\n\351\n",
		   "\303\251\n");
	check_text("Content-Type: text/plain; charset=gb2312\n\n\273\330\n",
		   "\345\233\236\n");
	/* The bytes are no text in the charset that is declared. */
	check_text("Content-Type: text/plain; charset=utf-8\n\na\351b\n",
		   "a\357\277\275b\n");
	check_text("Content-Type: text/plain; charset=utf-16\n\n\001\330",
		   "\357\277\275\357\277\275");
	/* The charset is unknown, or is not that of the text. */
	check_text("Content-Type: text/plain; charset=y\n\n\303\251\n",
		   "\303\251\n");
	check_text("Content-Type: text/plain; charset=us-ascii\n\n\303\251\n",
		   "\303\251\n");
	/* The text is UTF-8, whatever charset is declared. */
	check_text("Content-Type: text/plain; charset=iso-8859-1\n\n\303\251\n",
		   "\303\251\n");
	check_text("Content-Type: text/plain; charset=\"iso-8859-1\n\n\351\n",
		   "\303\251\n");
}

static void test_flowed(void)
{
	check_text("Content-Type: text/plain; format=flowed\n\n"
		   "one \ntwo \nthree\n  f.c | 1 +\n-- \nA \nB\n",
		   "one two three\n f.c | 1 +\n-- \nA B\n");
	check_text("Content-Type: text/plain; format=\"Flowed\"; delsp=yes\n\n"
		   "one \ntwo\n \nlast ", "onetwo\n\nlast ");
	check_text("Content-Type: text/plain; format=fixed\n\none \ntwo\n",
		   "one \ntwo\n");
	/* A line goes on only in one that is quoted as deep (§4.5). */
	check_text("Content-Type: text/plain; format=flowed\n\n"
		   "> one \n> two \n>> three \nfour \n> \nfive \nsix\n",
		   "> one two \n>> three \nfour \n> \nfive six\n");
}

#define MULTIPART(type) "Content-Type: multipart/" type "; boundary=x\n\n" \
	"preamble\n--x\n"
#define PLAIN "Content-Type: text/plain\n\n"

static void test_parts(void)
{
	check_text(MULTIPART("mixed") PLAIN "a\n--x\n" PLAIN "b\n--x--\n", "a");
	check_text(MULTIPART("alternative")
		   "Content-Type: text/html\n\n<p>\n--x\n"
		   PLAIN "a\n--x--\n", "a");
	check_text(MULTIPART("signed") "Content-Type: multipart/mixed; "
		   "boundary=y\n\n--y\n" PLAIN "a\n--y--\n--x\n"
		   "Content-Type: application/pgp-signature\n\ns\n--x--\n",
		   "a");
	/* The encoding of a multipart does not count (RFC 2045 §6.4). */
	check_text("Content-Transfer-Encoding: quoted-printable\n"
		   MULTIPART("signed") PLAIN "a=41\n--x--\n", "a=41");
	/* The text of an attached mail is not the text of this mail. */
	check_text(MULTIPART("mixed") "Content-Type: message/rfc822\n\n"
		   "Subject: s\n\ninner\n--x\n" PLAIN "outer\n--x--\n",
		   "outer");
	/* An attachment is the text only if there is no other part. */
	check_text(MULTIPART("mixed") "Content-Type: text/plain\n"
		   "Content-Disposition: attachment\n\na\n--x\n"
		   PLAIN "b\n--x--\n", "b");
	check_text(MULTIPART("mixed") "Content-Type: text/plain\n"
		   "Content-Disposition: attachment\n\na\n--x--\n", "a");
	check_text("Content-Type: text/html\n\n<p>\n", NULL);
	/* A blank part is skipped. */
	check_text(MULTIPART("mixed") PLAIN "\n \n--x\n" PLAIN "b\n--x--\n",
		   "b");
	/* A part that is not text/plain counts if there is no other one. */
	check_text("Content-Type: text/x-patch\n\na\n", "a\n");
	check_text("Content-Type: text\n\na\n", "a\n");
	check_text("Content-Type: application/octet-stream\n"
		   "Content-Transfer-Encoding: base64\n\nYQo=\n", "a\n");
	check_text(MULTIPART("mixed") "Content-Type: text/html\n\n<p>\n--x\n"
		   "Content-Type: text/x-diff\n\na\n--x--\n", "a");
	/* There is only the closing boundary, or none. */
	check_text("Content-Type: multipart/mixed; boundary=x\n\n--x--\n",
		   NULL);
	check_text("Content-Type: multipart/mixed\n\na\n", NULL);
}

static void test_nul(void)
{
	static const char buf[] = "Subject: a\0b\n\nc\0d\n";
	struct message mail = parse_bytes(buf, sizeof(buf) - 1);

	g_assert_cmpstr(mail.subject, ==, "a\357\277\275b");
	g_assert_cmpmem(mail.text->str, mail.text->len, "c\0d\n", 4);
	message_clear(&mail);
}

static void test_empty(void)
{
	struct message mail = parse("");

	g_assert_cmpstr(mail.subject, ==, "");
	g_assert_null(mail.from.email);
	g_assert_null(mail.message_id);
	g_assert_cmpuint(mail.references->len, ==, 0);
	message_clear(&mail);
}

static void check_sender(const char *header, const char *name,
			 const char *addr)
{
	struct message mail = parse(header);

	g_assert_cmpstr(mail.from.name, ==, name);
	g_assert_cmpstr(mail.from.email, ==, addr);
	message_clear(&mail);
}

/* If a list put its own address into From, the sender's is found elsewhere. */
static void test_via(void)
{
	check_sender("From: Jo Doe via Things\n\t<things@list>\n"
		     "Reply-To: Jo Doe <jo@b>\n\n", "Jo Doe", "jo@b");
	check_sender("From: \"'Jo Doe' via Things\" <things@list>\n"
		     "Reply-To: jo@b\n\n", "Jo Doe", "jo@b");
	check_sender("From: Jo via Things <things@list>\n"
		     "Reply-To: things@list\nX-Original-From: Jo D <jo@b>\n\n",
		     "Jo D", "jo@b");
	check_sender("From: Jo via Things <things@list>\n"
		     "Reply-To: Things@List, Jo <jo@b>\n\n",
		     "Jo", "jo@b");
	/* No other field names the sender. */
	check_sender("From: Jo via Things <things@list>\n\n",
		     "Jo via Things", "things@list");
	check_sender("From: Jo <jo@b>\nReply-To: Else <e@b>\n\n", "Jo", "jo@b");
}

/* Of a field of any length only HEADER_MAX_FIELD bytes are kept. */
static void test_long_fields(void)
{
	g_autoptr(GString) buf = g_string_new("Subject: [PATCH] ");
	struct message mail;

	for (int i = 0; i < 1000000; i++)
		g_string_append(buf, "=?utf-8?B?w6k=?= ");
	g_string_append(buf, "\nReferences:");
	for (int i = 0; i < 1000000; i++)
		g_string_append_printf(buf, " <%d@x>", i);
	g_string_append(buf, "\n\ntext\n");
	mail = parse_bytes(buf->str, buf->len);
	g_assert_cmpuint(strlen(mail.subject), <=, HEADER_MAX_FIELD);
	g_assert_cmpstr(mail.references->pdata[0], ==, "999999@x");
	g_assert_cmpuint(mail.references->len, ==, 1000);
	g_assert_cmpstr(mail.text->str, ==, "text\n");
	message_clear(&mail);

	g_string_assign(buf, "Subject:");
	for (int i = 0; i < 2 * HEADER_MAX_FIELD; i++)
		g_string_append_c(buf, 'x');
	mail = parse_bytes(buf->str, buf->len);
	g_assert_cmpuint(strlen(mail.subject), ==, HEADER_MAX_FIELD);
	message_clear(&mail);

	/* Of several thousand References fields the first thousand are kept. */
	g_string_truncate(buf, 0);
	for (int i = 0; i < 3000; i++)
		g_string_append_printf(buf, "References: <%d@x>\n", i);
	mail = parse_bytes(buf->str, buf->len);
	g_assert_cmpstr(mail.references->pdata[0], ==, "999@x");
	g_assert_cmpuint(mail.references->len, ==, 1000);
	message_clear(&mail);
}

/* All Content fields together are not longer than the limit of one field. */
static void test_long_content(void)
{
	g_autoptr(GString) buf = g_string_new("Content-Type: text/html\n"
					      "Content-Disposition: ");
	struct header header;
	struct message mail;
	size_t i;

	for (i = 0; i < HEADER_MAX_FIELD; i++)
		g_string_append_c(buf, 'x');
	g_string_append(buf, "\nSubject: a\n\ntext\n");
	header_parse(&header, buf->str, buf->len, FALSE);
	g_assert_cmpstr(header.content->str, ==, "Content-Type: text/html\n");
	g_assert_cmpstr(header.subject, ==, "a");
	header_clear(&header);

	/* A field that just fits is kept; the next one is dropped. */
	g_string_assign(buf, "Content-A: ");
	while (buf->len < HEADER_MAX_FIELD - 1)
		g_string_append_c(buf, 'x');
	g_string_append(buf, "\nContent-Type: text/html\n\ntext\n");
	header_parse(&header, buf->str, buf->len, FALSE);
	g_assert_cmpuint(header.content->len, ==, HEADER_MAX_FIELD);
	header_clear(&header);
	mail = parse_bytes(buf->str, buf->len);
	g_assert_cmpstr(mail.text->str, ==, "text\n");
	message_clear(&mail);
}

/* Of two Content fields of one name, GMime decides which one counts. */
static void test_two_types(void)
{
	check_text("Content-Type: text/html\n"
		   "Content-Type: text/plain; charset=iso-8859-1\n\n\351\n",
		   "\303\251\n");
	check_text("Content-Type: text/plain\n"
		   "Content-Type: text/html\n\n<p>\n", NULL);
	check_text("Content-Transfer-Encoding: 8bit\n"
		   "Content-Transfer-Encoding: base64\n\nYQo=\n", "a\n");
}

/* A line "From " or ">From" of an mbox within a header does not end it. */
static void test_separators(void)
{
	check_text("Subject: a\n>From a@b Mon Sep 17 00:00:00 2001\n"
		   ">From\nFrom the list\nX: y\n\ntext\n", "text\n");
	check_text("Subject: a\n> From: b\n\ntext\n", "> From: b\n\ntext\n");
}

/* The text of a From without an address stands for name and address. */
static void test_from_without_address(void)
{
	struct message mail = parse("From: Somebody\n\n");

	g_assert_cmpstr(mail.from.name, ==, "Somebody");
	g_assert_cmpstr(mail.from.email, ==, "Somebody");
	message_clear(&mail);
	mail = parse("From:\n\n");
	g_assert_null(mail.from.email);
	message_clear(&mail);
	mail = parse("From: <>\n\n");
	g_assert_null(mail.from.email);
	message_clear(&mail);
}

static void test_empty_link(void)
{
	static const char text[] = "From: A <a@b>\nSubject: x\n"
				   "Message-ID: http://\n\n";
	struct message mail;

	message_parse(&mail, text, strlen(text), FALSE);
	g_assert_null(mail.message_id);
	message_clear(&mail);
}

static void test_list_id(void)
{
	static const char with[] = "List-Id: <a.b.example>\n\n";
	static const char folded[] = "List-Id: A\n <\n A.b\n >\n\n";
	static const char without[] = "Subject: List-Id: <a>\n\nList-Id: <b>\n";
	g_autofree char *id = message_list_id(with, strlen(with));
	g_autofree char *other = message_list_id(folded, strlen(folded));

	g_assert_cmpstr(id, ==, "a.b.example");
	g_assert_cmpstr(other, ==, "a.b");
	g_assert_null(message_list_id(without, strlen(without)));
}

/* Neither many attached mails nor a huge header of one take long to read. */
static void test_attached_mails(void)
{
	g_autoptr(GString) buf = g_string_new("Subject: a\n"
		MULTIPART("mixed") "Content-Type: Message/RFC822\n\nFrom: ");
	struct message mail;

	for (int i = 0; i < 500000; i++)
		g_string_append(buf, "a b,");
	mail = parse_bytes(buf->str, buf->len);
	g_assert_null(mail.text);
	message_clear(&mail);

	g_string_assign(buf, "Subject: a\n" MULTIPART("digest"));
	for (int i = 0; i < 500000; i++)
		g_string_append(buf, "--x\n\n\n");
	mail = parse_bytes(buf->str, buf->len);
	message_clear(&mail);

	/* A line of the text that looks like the field stays as it is. */
	check_text("Subject: a\n\nContent-Type: message/rfc822\n"
		   "--\nContent-Type: message/rfc822\n",
		   "Content-Type: message/rfc822\n"
		   "--\nContent-Type: message/rfc822\n");
	g_string_assign(buf, "Content-Type: message/rfc822\n\nFrom: ");
	for (int i = 0; i < 500000; i++)
		g_string_append(buf, "a b,");
	mail = parse_bytes(buf->str, buf->len);
	message_clear(&mail);
	check_text(MULTIPART("mixed") "Content-Type:\n message/rfc822\n\n"
		   "Subject: s\n\ninner\n--x\n" PLAIN "message/digest\n--x--\n",
		   "message/digest");
}

/* Thousands of nested parts do not overflow the stack. */
static void test_deep(void)
{
	g_autoptr(GString) buf = g_string_new("Subject: a\n");
	struct message mail;

	for (int i = 0; i < 5000; i++)
		g_string_append_printf(buf, "Content-Type: multipart/mixed; "
				       "boundary=x%d\n\n--x%d\n", i, i);
	mail = parse_bytes(buf->str, buf->len);
	g_assert_cmpstr(mail.subject, ==, "a");
	message_clear(&mail);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	message_setup();
	g_test_add_func("/message/subject", test_subject);
	g_test_add_func("/message/fields", test_fields);
	g_test_add_func("/message/ids", test_ids);
	g_test_add_func("/message/date", test_date);
	g_test_add_func("/message/text", test_text);
	g_test_add_func("/message/charset", test_charset);
	g_test_add_func("/message/flowed", test_flowed);
	g_test_add_func("/message/parts", test_parts);
	g_test_add_func("/message/NUL", test_nul);
	g_test_add_func("/message/empty", test_empty);
	g_test_add_func("/message/From without address",
			test_from_without_address);
	g_test_add_func("/message/via", test_via);
	g_test_add_func("/message/long fields", test_long_fields);
	g_test_add_func("/message/long content fields", test_long_content);
	g_test_add_func("/message/two types", test_two_types);
	g_test_add_func("/message/separators", test_separators);
	g_test_add_func("/message/List-Id", test_list_id);
	g_test_add_func("/message/a link to nothing", test_empty_link);
	g_test_add_func("/message/attached mails", test_attached_mails);
	g_test_add_func("/message/deep", test_deep);
	return g_test_run();
}
