/*
 * scrub: makes text that strangers wrote safe for a terminal.
 */
#ifndef SCREEN_SCRUB_H
#define SCREEN_SCRUB_H

#include <stdio.h>

/*
 * Look at the character that begins at s, in valid UTF-8 that goes up to end.
 * Returns 0 if it may reach a terminal, and otherwise its length in bytes, with
 * its number in *code.
 */
size_t scrub_unsafe(const char *s, const char *end, unsigned *code);

/* Room for what stands for such a character: "<U+202E>" */
#define SCRUB_MAX 16

/* Write what stands for the character of that number. */
void scrub_show(char *out, unsigned code);

/*
 * Write s[0..len), which is valid UTF-8, so that a terminal takes no part of it
 * for a command:
 *
 *	"^["		control characters other than tab and newline, and DEL
 *	"<U+202E>"	C1 (U+0080 to U+009F), and what changes the direction of
 *			the text (U+202A to U+202E, U+2066 to U+2069)
 *
 * ferror(out) tells whether writing failed.
 */
void scrub_write(FILE *out, const char *s, size_t len);

/* The same for a text up to its NUL byte. */
void scrub_string(FILE *out, const char *s);

#endif
