/*
 * text: what GLib does for any UTF-8, quicker for what most of it is: ASCII.
 */
#ifndef MAIL_UTF8_H
#define MAIL_UTF8_H

#include <glib.h>

/* How many bytes of s[0..len) are ASCII before the first that is not; or NUL. */
size_t utf8_ascii_length(const char *s, size_t len);

/* To be compared case-blind, as g_utf8_casefold(); the caller owns it. */
char *utf8_fold_case(const char *s);

#endif
