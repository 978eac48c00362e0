/*
 * scrub: text that strangers wrote -> text that no terminal takes for commands.
 */
#ifndef SCREEN_SCRUB_H
#define SCREEN_SCRUB_H

#include <stdio.h>

/*
 * Write s[0..len), valid UTF-8, so that no terminal takes it for a command:
 * control characters but tab and newline, and DEL, as "^[", C1 and the
 * bidirectional embeddings, overrides and isolates (U+202A to U+202E, U+2066
 * to U+2069) as "<U+202E>".  Write errors are left to ferror().
 */
void scrub_write(FILE *out, const char *s, size_t len);
void scrub_string(FILE *out, const char *s);

#endif
