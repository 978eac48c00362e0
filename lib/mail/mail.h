/*
 * mail: the bytes of one mail -> what a digest needs of it.
 *
 * The only user of GMime.  A mail can be anything: nothing in here fails or
 * prints.  What cannot be read is left out (NULL) or stands as U+FFFD.
 *
 * All text that comes out is valid UTF-8 with LF line ends.  It is not safe
 * for a terminal yet: see scrub_write().
 */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include <glib.h>

/* An address with the name that stands around it (RFC 5322 §3.4). */
struct address {
	char *name;		/* decoded and unquoted; the address if none */
	char *email;		/* as written, without the angle brackets */
};

void address_clear(struct address *address);

struct message {
	char *subject;		/* unfolded, decoded, one space where there were
				   several; "" if there is none */
	struct address from;	/* the first address of the first From field,
				   or, where a list put its own address there
				   ("X via Y <list@...>"), the sender's as
				   X-Original-From or Reply-To has it; what the
				   field says if it holds no address; both
				   members NULL if it says nothing */
	char *message_id;	/* without the angle brackets; NULL if none */
	char *date;		/* the Date field in the form of RFC 3339, with
				   the sender's offset; where that is none on
				   this Earth (beyond 14 hours), as if it were
				   UTC.  NULL if there is none to be read */
	GPtrArray *references;	/* char *: the Message-IDs that it answers, the
				   nearest first: In-Reply-To, then References
				   from the last to the first; no duplicates */
	char *list_id;		/* what the List-Id's angle brackets hold
				   (RFC 2919 §2), lower case; NULL if none */
	GString *text;		/* the first text/plain part that is not blank,
				   or else what text there is but HTML; what is
				   signed counts, an attached mail does not; NUL
				   bytes are kept.  NULL if there is none */
};

/*
 * A field that is longer than this is cut: at its end, but References at its
 * beginning, where the mails are that are farther off.
 */
#define MAIL_MAX_FIELD (64 * 1024)

/*
 * So much of what follows the header is read.  What a digest prints stands at
 * its beginning, before the diff; and some of GMime's work grows with the
 * square of what a sender can make of parts, their headers and parameters.
 */
#define MAIL_MAX_BODY (2 * 1024 * 1024)

/* To be called once, before any other function of this file. */
void message_setup(void);

/*
 * Read the mail in buf[0..len).  An mbox "From " line before it is skipped.
 * Unless the whole is wanted, the text may end after the line that begins its
 * diff.  Fills *mail, whatever the bytes are; the caller owns it and ends it
 * with message_clear().
 */
void message_parse(struct message *mail, const char *buf, size_t len,
		gboolean whole);
void message_clear(struct message *mail);

/*
 * Only the List-Id of the mail in buf[0..len), as in struct message; NULL if it
 * has none.  The caller owns it.
 */
char *message_list_id(const char *buf, size_t len);

/*
 * What is longer is no address list that somebody wrote, and GMime calls
 * itself once for each group in it.
 */
#define MAIL_MAX_ADDRESSES 4096

/*
 * Read the value of a From field, as it stands in a header or at the start
 * of a body: raw, folded, with encoded words (RFC 2047) or without.  What is
 * beyond MAIL_MAX_ADDRESSES bytes is not looked at.
 * Returns 0 and fills *out, which the caller ends with address_clear(), or
 * returns -1 and leaves *out empty if there is no address in it.
 */
int address_parse(struct address *out, const char *value);

/*
 * Decode the value of an unstructured field: unfolded, encoded words
 * decoded, runs of white space one space.  The caller owns the result.
 */
char *field_decode(const char *value);

#endif
