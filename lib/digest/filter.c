#include <fnmatch.h>
#include <regex.h>
#include <string.h>
#include "digest/filter.h"
#include "digest/people.h"

static void free_regex(void *data)
{
	regfree(data);
	g_free(data);
}

void filter_init(struct filter *filter)
{
	int i;

	for (i = 0; i < FILTER_NR; i++) {
		GDestroyNotify free_it = i == FILTER_SUBJECT ? free_regex :
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

int filter_add_subject(struct filter_rules *rules, const char *regex,
		       char **err)
{
	regex_t *compiled = g_new0(regex_t, 1);
	int ret = regcomp(compiled, regex, REG_EXTENDED | REG_NOSUB);
	char why[200];

	if (ret) {
		regerror(ret, compiled, why, sizeof(why));
		*err = g_strdup_printf("bad regular expression '%s': %s",
				       regex, why);
		g_free(compiled);
		return -1;
	}
	g_ptr_array_add(rules->patterns[FILTER_SUBJECT], compiled);
	return 0;
}

gboolean filter_wants_paths(const struct filter *filter)
{
	return filter->include.patterns[FILTER_PATH]->len ||
	       filter->exclude.patterns[FILTER_PATH]->len;
}

/* "virt", "virt/": the file or all below the folder; else a glob. */
static gboolean path_matches(const char *glob, const char *path)
{
	size_t len = strlen(glob);

	if (!strncmp(glob, path, len) &&
	    (!path[len] || path[len] == '/' || g_str_has_suffix(glob, "/")))
		return TRUE;
	return !fnmatch(glob, path, 0);
}

static gboolean matches(enum filter_field field, const void *pattern,
			const struct patch *patch)
{
	guint i;

	switch (field) {
	case FILTER_SUBJECT:
		return !regexec(pattern, patch->subject.text, 0, NULL, 0);
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

static gboolean matches_any(const struct filter_rules *rules,
			    enum filter_field field, const struct patch *patch)
{
	const GPtrArray *patterns = rules->patterns[field];
	guint i;

	for (i = 0; i < patterns->len; i++)
		if (matches(field, patterns->pdata[i], patch))
			return TRUE;
	return FALSE;
}

enum filter_verdict filter_patch(const struct filter *filter,
				 const struct patch *patch)
{
	const struct filter_rules *include = &filter->include;
	int i;

	for (i = 0; i < FILTER_NR; i++)
		if (matches_any(&filter->exclude, i, patch))
			return FILTER_EXCLUDED;
	for (i = 0; i < FILTER_PATH; i++)
		if (include->patterns[i]->len &&
		    !matches_any(include, i, patch))
			return FILTER_EXCLUDED;
	if (!include->patterns[FILTER_PATH]->len ||
	    matches_any(include, FILTER_PATH, patch))
		return FILTER_COUNTS;
	return patch_is_cover(patch) && !patch->paths->len ?
	       FILTER_WITH_SERIES : FILTER_EXCLUDED;
}
