/*
 * message: the bytes of one mail -> what a digest needs of it.
 *
 * A mail can be anything: no function here fails or prints.  What cannot be
 * read is left out (NULL) or stands as U+FFFD.  All text that comes out is
 * valid UTF-8 with LF line ends.  It is not yet safe for a terminal: see
 * screen/scrub.h.
 */
#ifndef MAIL_MESSAGE_H
#define MAIL_MESSAGE_H

#include "mail/address.h"

struct message {
	char *subject;		/* as by field_decode(); "" if there is none */
	struct address from;	/* the first address of the first From field;
				   or, where a list put its own address there
				   ("X via Y <list@...>"), the sender's from
				   X-Original-From or Reply-To; or the whole
				   field if it holds no address; both members
				   are NULL if there is none, or an empty one */
	char *message_id;	/* without the angle brackets; NULL if none */
	char *date;		/* the Date field in the form of RFC 3339, with
				   the sender's offset; an offset that is none
				   on this Earth (beyond 14 hours) counts as
				   UTC.  NULL if there is no date to be read */
	GPtrArray *references;	/* char *: the Message-IDs that it answers, the
				   nearest first: In-Reply-To, then References
				   from the last to the first; no duplicates */
	GPtrArray *to, *cc;	/* char *: the addresses in these fields; NULL
				   unless they are wanted */
	GString *text;		/* see mime_text(); NULL if there is none */
	gboolean may_have_attachments;	/* it is multipart/mixed */
};

/* To be called once, before anything else in lib/mail/ reads a mail. */
void message_setup(void);

/* What else is wanted of a message, or of several: a sum. */
enum message_wants {
	MESSAGE_WHOLE = 1,	/* else the text may end after the line that
				   begins its diff */
	MESSAGE_RECIPIENTS = 2,
};

/*
 * Read the mail in buf[0..len).  The caller ends *mail with message_clear().
 */
void message_parse(struct message *mail, const char *buf, size_t len,
		   unsigned wants);
void message_clear(struct message *mail);

/*
 * What is in the angle brackets of the List-Id (RFC 2919 §2) of the mail in
 * buf[0..len), lower case; NULL if it has none.  The caller frees it.
 */
char *message_list_id(const char *buf, size_t len);

#endif
