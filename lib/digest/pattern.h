/*
 * pattern: a regular expression or a fixed text, as --grep of git-log(1) takes
 * it, to be searched in what strangers wrote.
 */
#ifndef DIGEST_PATTERN_H
#define DIGEST_PATTERN_H

#include <glib.h>

enum pattern_syntax {
	PATTERN_BASIC,		/* regex(7) */
	PATTERN_EXTENDED,
	PATTERN_FIXED,		/* a text that stands for itself */
	PATTERN_PERL,		/* pcre2pattern(3) */
};

struct pattern;

/*
 * Returns NULL and sets *err, NULL on entry, to a message that the caller
 * frees, if the text is no such expression.
 */
struct pattern *pattern_new(const char *text, enum pattern_syntax syntax,
			    gboolean ignore_case, char **err);
void pattern_free(void *pattern);

/*
 * Does a line of s[0..len), which is valid UTF-8, match?  Several threads may
 * ask at once.
 */
gboolean pattern_matches(struct pattern *pattern, const char *s, size_t len);

/*
 * With a line that somebody made for it, an expression in Perl's syntax may
 * take longer than any reader would wait; then the line does not match.
 * Add to failures, which owns its char *, a sentence about each of patterns,
 * struct pattern *, that met such a line.  what and line say what the user
 * calls both: "filter", "Subject".
 */
void pattern_add_failures(GPtrArray *failures, const GPtrArray *patterns,
			  const char *what, const char *line);

#endif
