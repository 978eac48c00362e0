#include <fnmatch.h>
#include <string.h>
#include "digest/filter.h"
#include "digest/pattern.h"

void filter_init(struct filter *filter)
{
	int i;

	for (i = 0; i < FILTER_NR; i++) {
		GDestroyNotify free_it = i == FILTER_SUBJECT ? pattern_free :
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
	GString *out = g_string_new(NULL);

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
	g_autofree char *translated = translate(regex);
	struct pattern *pattern = pattern_new(translated, PATTERN_PERL, FALSE,
					      err);

	if (!pattern)
		return -1;
	g_ptr_array_add(rules->patterns[FILTER_SUBJECT], pattern);
	return 0;
}

GPtrArray *filter_failures(const struct filter *filter)
{
	GPtrArray *failures = g_ptr_array_new_with_free_func(g_free);

	pattern_add_failures(failures, filter->include.patterns[FILTER_SUBJECT],
			     "filter", "Subject");
	pattern_add_failures(failures, filter->exclude.patterns[FILTER_SUBJECT],
			     "filter", "Subject");
	return failures;
}

gboolean filter_wants_paths(const struct filter *filter)
{
	return filter->include.patterns[FILTER_PATH]->len ||
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
gboolean filter_path_matches(const char *glob, const char *path)
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
		return pattern_matches(pattern, patch->subject.text,
				       strlen(patch->subject.text));
	case FILTER_FROM:
		return address_matches(pattern, patch->sender.email) ||
		       address_matches(pattern, patch->author.email);
	case FILTER_PREFIX:
		return subject_has_prefix(&patch->subject, pattern);
	case FILTER_PATH:
		for (i = 0; i < patch->paths->len; i++)
			if (filter_path_matches(pattern,
						patch->paths->pdata[i]))
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
	return !patterns->len || matches_any(patterns, field, patch);
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
	if (fits(include->patterns[FILTER_PATH], FILTER_PATH, patch))
		return FILTER_COUNTS;
	return patch_is_cover(patch) && !patch->paths->len ?
	       FILTER_WITH_SERIES : FILTER_EXCLUDED;
}
