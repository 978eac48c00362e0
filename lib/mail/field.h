/*
 * field: the value of one header field: unfold it, decode it, clean it.
 *
 * A value is what follows the colon of a field, as raw bytes with its folds
 * (RFC 5322 §2.2.3) and its encoded words (RFC 2047).  No function here fails,
 * whatever the bytes are.  Every char * that is returned belongs to the caller.
 */
#ifndef MAIL_FIELD_H
#define MAIL_FIELD_H

#include <glib.h>

/* White space in a value. */
#define FIELD_SPACE " \t\n\v\f\r"

/*
 * Decode the value of an unstructured field, a Subject: unfolded, encoded words
 * decoded, one space for each run of white space, valid UTF-8.
 */
char *field_decode(const char *value);

/*
 * For the value of a structured field, before it is split into its parts.
 */

/*
 * Unfold a value, and write its base64 words as quoted-printable ones, for
 * GMime to decode: it joins neighbouring words first, so that a character may
 * be split over two of them, but then the padding of one base64 word ("w6k=")
 * would end them all.
 */
char *field_prepare(const char *value);

/*
 * Make valid UTF-8 of s[0..len), trimmed, with one space for each run of white
 * space.  len is -1 where a NUL ends s; s may be NULL, which gives "".
 */
char *field_clean(const char *s, gssize len);

/* Make s comparable case-blind, as g_utf8_casefold() does, but quicker. */
char *field_fold_case(const char *s);

#endif
