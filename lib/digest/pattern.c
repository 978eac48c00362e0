#include <regex.h>
#include <string.h>
#include "digest/pattern.h"
#include "mail/span.h"

/* Nobody writes a longer expression, and some need much memory. */
#define MAX_PATTERN 1000

/* A longer line is matched up to here. */
#define MAX_LINE 4096

/*
 * How far an expression is tried with one line: see LIMIT_MATCH in
 * pcre2pattern(3).  The usual ones need some hundred steps; these take about a
 * millisecond.
 */
#define LIMIT "(*LIMIT_MATCH=50000)"

struct pattern {
	char *text;
	GRegex *perl;		/* NULL if the syntax is POSIX's */
	regex_t posix;
	gint failures;		/* lines for which the limit was too low */
};

static int compile_posix(struct pattern *pattern, enum pattern_syntax syntax,
			 gboolean ignore_case, char **err)
{
	int flags = REG_NOSUB | (ignore_case ? REG_ICASE : 0) |
		    (syntax == PATTERN_EXTENDED ? REG_EXTENDED : 0);
	int code = regcomp(&pattern->posix, pattern->text, flags);
	char why[200];

	if (!code)
		return 0;
	regerror(code, &pattern->posix, why, sizeof(why));
	*err = g_strdup_printf("bad regular expression '%s': %s",
			       pattern->text, why);
	return -1;
}

static int compile_perl(struct pattern *pattern, enum pattern_syntax syntax,
			gboolean ignore_case, char **err)
{
	g_autofree char *fixed = syntax == PATTERN_FIXED ?
				 g_regex_escape_string(pattern->text, -1) :
				 NULL;
	g_autofree char *regex = g_strconcat(LIMIT, fixed ? fixed :
					     pattern->text, NULL);
	g_autoptr(GError) error = NULL;

	pattern->perl = g_regex_new(regex, ignore_case ? G_REGEX_CASELESS : 0,
				    0, &error);
	if (pattern->perl)
		return 0;
	/* "Error while compiling ... at char 3: missing ..." */
	*err = g_strdup_printf("bad regular expression '%s'%s", pattern->text,
			       strrchr(error->message, ':'));
	return -1;
}

/* What is searched is UTF-8. */
static int check(const char *text, char **err)
{
	g_autofree char *valid = NULL;

	if (strlen(text) > MAX_PATTERN) {
		*err = g_strdup_printf("a regular expression of more than %d "
				       "bytes", MAX_PATTERN);
		return -1;
	}
	if (g_utf8_validate(text, -1, NULL))
		return 0;
	valid = g_utf8_make_valid(text, -1);
	*err = g_strdup_printf("'%s' is not UTF-8", valid);
	return -1;
}

struct pattern *pattern_new(const char *text, enum pattern_syntax syntax,
			    gboolean ignore_case, char **err)
{
	gboolean is_posix = syntax == PATTERN_BASIC ||
			    syntax == PATTERN_EXTENDED;
	struct pattern *pattern;
	int ret;

	if (check(text, err) < 0)
		return NULL;
	pattern = g_new0(struct pattern, 1);
	pattern->text = g_strdup(text);
	ret = is_posix ? compile_posix(pattern, syntax, ignore_case, err) :
			 compile_perl(pattern, syntax, ignore_case, err);
	if (!ret)
		return pattern;
	g_free(pattern->text);
	g_free(pattern);
	return NULL;
}

void pattern_free(void *data)
{
	struct pattern *pattern = data;

	if (pattern->perl)
		g_regex_unref(pattern->perl);
	else
		regfree(&pattern->posix);
	g_free(pattern->text);
	g_free(pattern);
}

static gboolean matches_perl(struct pattern *pattern, struct span line)
{
	g_autoptr(GError) error = NULL;
	gboolean does = g_regex_match_full(pattern->perl, line.s, line.len, 0,
					   0, NULL, &error);

	if (error)
		g_atomic_int_inc(&pattern->failures);
	return does;
}

static gboolean matches_posix(struct pattern *pattern, struct span line)
{
	regmatch_t part = { 0, line.len };

	return !regexec(&pattern->posix, line.s, 0, &part, REG_STARTEND);
}

/* Only so much of a line, and no part of a character. */
static struct span cut_line(struct span line)
{
	if (line.len <= MAX_LINE)
		return line;
	line.len = MAX_LINE;
	while (line.len && (line.s[line.len] & 0xc0) == 0x80)
		line.len--;
	return line;
}

gboolean pattern_matches(struct pattern *pattern, const char *s, size_t len)
{
	struct span rest = { s, len }, line = rest;
	gboolean more = span_line(&rest, &line) || !len;

	/* a text without any line has one that is empty */
	for (; more; more = span_line(&rest, &line)) {
		struct span start = cut_line(line);

		if (pattern->perl ? matches_perl(pattern, start) :
				    matches_posix(pattern, start))
			return TRUE;
	}
	return FALSE;
}

void pattern_add_failures(GPtrArray *failures, const GPtrArray *patterns,
			  const char *what, const char *line)
{
	guint i;

	for (i = 0; i < patterns->len; i++) {
		const struct pattern *pattern = patterns->pdata[i];
		int nr = g_atomic_int_get(&pattern->failures);

		if (nr)
			g_ptr_array_add(failures, g_strdup_printf(
				"the %s '%s' takes too long with %d %s%s, "
				"which it does not match", what, pattern->text,
				nr, line, nr == 1 ? "" : "s"));
	}
}
