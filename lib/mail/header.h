/*
 * header: the bytes of a mail -> the raw fields of its header.
 *
 * Only the fields that a digest looks at are kept.  The rest, which is most of
 * a header's bytes (DKIM, ARC, Received), is skipped and never parsed.
 */
#ifndef MAIL_HEADER_H
#define MAIL_HEADER_H

#include <glib.h>

/*
 * A field that is longer than this is cut at its end; but References are cut at
 * their beginning, where the mails are that are farther off.
 */
#define HEADER_MAX_FIELD (64 * 1024)

/*
 * Each char * is the value of the first field of that name, NULL where there is
 * none: with its folds and encoded words, trimmed, NUL bytes made U+FFFD.
 */
struct header {
	char *subject, *from, *reply_to, *original_from;
	char *date, *message_id, *in_reply_to, *list_id;
	char *type, *encoding;	/* Content-Type, Content-Transfer-Encoding */
	gboolean ambiguous;	/* there are several of one of those two */
	GString *content;	/* all Content-* fields, as a block of lines */
	GPtrArray *references;	/* char *: the References, from each of them */
	GPtrArray *to, *cc;	/* the same of To and Cc; NULL unless they are
				   wanted */
	size_t body;		/* offset of the first byte after the header */
};

/*
 * Read the header of the mail in buf[0..len), which may be any bytes.  An mbox
 * "From " line before it is skipped.  Who else gets it is read only if it is
 * wanted, because it is many bytes.  The caller ends it with header_clear().
 */
void header_parse(struct header *header, const char *buf, size_t len,
		  gboolean with_recipients);
void header_clear(struct header *header);

#endif
