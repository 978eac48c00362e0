/*
 * mime: the body of a mail -> its text (MIME, RFC 2045 and RFC 2046).
 *
 * The text is UTF-8 with LF line ends; a byte that is not text in the declared
 * charset becomes U+FFFD, and a NUL byte stays.
 *
 * GMime reads what is encoded, flowed or in parts.  A body that is plain text,
 * as most are, could go through GMime like all others, and would give the same
 * text; it takes a short way of its own for speed alone.  That is worth 19 % of
 * the whole time of a digest.
 */
#ifndef MAIL_MIME_H
#define MAIL_MIME_H

#include "mail/header.h"

/*
 * How much of a body is read.  What a digest prints stands at its beginning,
 * before the diff; and some of GMime's work grows with the square of what a
 * sender can make of parts, their headers and parameters.
 */
#define MIME_MAX_BODY (2 * 1024 * 1024)

/*
 * The text of the mail with this header and the body in body[0..len): that of
 * the first text/plain part that is not blank, or else what text there is that
 * is no HTML.  A signed part counts, an attached mail does not.  NULL if there
 * is none; else the caller frees it.  Unless the whole is wanted, the text may
 * end after the line that begins a diff.
 */
GString *mime_text(const struct header *header, const char *body, size_t len,
		   gboolean whole);

#endif
