/*
 * text: what GLib does for any UTF-8, quicker for what most of it is: ASCII.
 */
#ifndef TEXT_H
#define TEXT_H

#include <glib.h>

/* How many bytes of s[0..len) are ASCII before the first that is not; or NUL. */
size_t ascii_length(const char *s, size_t len);

/* To be compared case-blind, as g_utf8_casefold(); the caller owns it. */
char *fold_case(const char *s);

#endif
