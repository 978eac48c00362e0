#include <fnmatch.h>
#include <string.h>
#include "digest/filter.h"
#include "digest/people.h"

/* A longer Subject is matched up to here. */
#define MAX_SUBJECT 4096

/* Nobody writes a longer expression. */
#define MAX_EXPRESSION 1000

/*
 * How far an expression is tried with one Subject: see LIMIT_MATCH in
 * pcre2pattern(3).  The usual ones need some hundred steps; these take about a
 * millisecond.
 */
#define LIMIT "(*LIMIT_MATCH=50000)"

struct expression {
	GRegex *regex;
	char *text;		/* as the user wrote it */
	guint unmatched;	/* Subjects for which the limit was too low */
};

static void free_expression(void *data)
{
	struct expression *expression = data;

	g_regex_unref(expression->regex);
	g_free(expression->text);
	g_free(expression);
}

void filter_init(struct filter *filter)
{
	int i;

	filter->paths = NULL;
	for (i = 0; i < FILTER_NR; i++) {
		GDestroyNotify free_it = i == FILTER_SUBJECT ? free_expression :
					 g_free;

		filter->include.patterns[i] =
			g_ptr_array_new_with_free_func(free_it);
		filter->exclude.patterns[i] =
			g_ptr_array_new_with_free_func(free_it);
	}
}

void filter_clear(struct filter *filter)
{
	int i;

	for (i = 0; i < FILTER_NR; i++) {
		g_ptr_array_unref(filter->include.patterns[i]);
		g_ptr_array_unref(filter->exclude.patterns[i]);
	}
}

/* "\<" and "\>", which grep(1) knows but GRegex does not, are "\b" there. */
static char *translate(const char *regex)
{
	GString *out = g_string_new(LIMIT);

	for (; *regex; regex++) {
		g_string_append_c(out, *regex);
		if (*regex != '\\' || !regex[1])
			continue;
		regex++;
		g_string_append_c(out, strchr("<>", *regex) ? 'b' : *regex);
	}
	return g_string_free(out, FALSE);
}

int filter_add_subject(struct filter_rules *rules, const char *regex,
		       char **err)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *pattern = NULL;
	struct expression *expression;
	GRegex *compiled;

	if (strlen(regex) > MAX_EXPRESSION) {
		*err = g_strdup_printf("a regular expression of more than %d "
				       "bytes", MAX_EXPRESSION);
		return -1;
	}
	pattern = translate(regex);
	compiled = g_regex_new(pattern, 0, 0, &error);
	if (!compiled) {
		/* "Error while compiling ... at char 3: missing ..." */
		*err = g_strdup_printf("bad regular expression '%s'%s", regex,
				       strrchr(error->message, ':'));
		return -1;
	}
	expression = g_new0(struct expression, 1);
	expression->regex = compiled;
	expression->text = g_strdup(regex);
	g_ptr_array_add(rules->patterns[FILTER_SUBJECT], expression);
	return 0;
}

static void add_failures(GPtrArray *failures, const struct filter_rules *rules)
{
	const GPtrArray *expressions = rules->patterns[FILTER_SUBJECT];
	guint i;

	for (i = 0; i < expressions->len; i++) {
		const struct expression *expression = expressions->pdata[i];
		guint nr = expression->unmatched;

		if (nr)
			g_ptr_array_add(failures, g_strdup_printf(
				"the filter '%s' takes too long with %u "
				"Subject%s, which it does not match",
				expression->text, nr, nr == 1 ? "" : "s"));
	}
}

GPtrArray *filter_failures(const struct filter *filter)
{
	GPtrArray *failures = g_ptr_array_new_with_free_func(g_free);

	add_failures(failures, &filter->include);
	add_failures(failures, &filter->exclude);
	return failures;
}

static gboolean subject_matches(struct expression *expression,
				const char *subject)
{
	size_t len = strnlen(subject, MAX_SUBJECT);
	g_autoptr(GError) error = NULL;
	gboolean does;

	/* no part of a character */
	while (len && (subject[len] & 0xc0) == 0x80)
		len--;
	does = g_regex_match_full(expression->regex, subject, len, 0, 0, NULL,
				  &error);
	expression->unmatched += error != NULL;
	return does;
}

gboolean filter_wants_paths(const struct filter *filter)
{
	return (filter->paths && filter->paths->len) ||
	       filter->include.patterns[FILTER_PATH]->len ||
	       filter->exclude.patterns[FILTER_PATH]->len;
}

char *filter_normalize_path(const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);
	g_autoptr(GPtrArray) kept = g_ptr_array_new();
	char **part;

	for (part = parts; *part; part++)
		if (**part && strcmp(*part, "."))
			g_ptr_array_add(kept, *part);
	if (!kept->len)
		return g_strdup("*");
	g_ptr_array_add(kept, NULL);
	return g_strjoinv("/", (char **)kept->pdata);
}

/* "virt": the file or all below the folder; else a glob. */
static gboolean path_matches(const char *glob, const char *path)
{
	size_t len = strlen(glob);

	if (!strncmp(glob, path, len) && (!path[len] || path[len] == '/'))
		return TRUE;
	return !fnmatch(glob, path, 0);
}

static gboolean matches(enum filter_field field, void *pattern,
			const struct patch *patch)
{
	guint i;

	switch (field) {
	case FILTER_SUBJECT:
		return subject_matches(pattern, patch->subject.text);
	case FILTER_FROM:
		return address_matches(pattern, patch->sender.email) ||
		       address_matches(pattern, patch->author.email);
	case FILTER_PREFIX:
		return subject_has_prefix(&patch->subject, pattern);
	case FILTER_PATH:
		for (i = 0; i < patch->paths->len; i++)
			if (path_matches(pattern, patch->paths->pdata[i]))
				return TRUE;
	}
	return FALSE;
}

static gboolean matches_any(const GPtrArray *patterns, enum filter_field field,
			    const struct patch *patch)
{
	guint i;

	for (i = 0; i < patterns->len; i++)
		if (matches(field, patterns->pdata[i], patch))
			return TRUE;
	return FALSE;
}

/* A rule without patterns says nothing. */
static gboolean fits(const GPtrArray *patterns, enum filter_field field,
		     const struct patch *patch)
{
	return !patterns || !patterns->len ||
	       matches_any(patterns, field, patch);
}

enum filter_verdict filter_patch(const struct filter *filter,
				 const struct patch *patch)
{
	const struct filter_rules *include = &filter->include;
	int i;

	for (i = 0; i < FILTER_NR; i++)
		if (matches_any(filter->exclude.patterns[i], i, patch))
			return FILTER_EXCLUDED;
	for (i = 0; i < FILTER_PATH; i++)
		if (!fits(include->patterns[i], i, patch))
			return FILTER_EXCLUDED;
	if (fits(include->patterns[FILTER_PATH], FILTER_PATH, patch) &&
	    fits(filter->paths, FILTER_PATH, patch))
		return FILTER_COUNTS;
	return patch_is_cover(patch) && !patch->paths->len ?
	       FILTER_WITH_SERIES : FILTER_EXCLUDED;
}
