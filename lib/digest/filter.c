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

static void rules_init(struct filter_rules *rules)
{
	rules->subject = g_ptr_array_new_with_free_func(free_regex);
	rules->from = g_ptr_array_new_with_free_func(g_free);
	rules->prefix = g_ptr_array_new_with_free_func(g_free);
	rules->path = g_ptr_array_new_with_free_func(g_free);
}

static void rules_clear(struct filter_rules *rules)
{
	g_ptr_array_unref(rules->subject);
	g_ptr_array_unref(rules->from);
	g_ptr_array_unref(rules->prefix);
	g_ptr_array_unref(rules->path);
}

void filter_init(struct filter *filter)
{
	rules_init(&filter->include);
	rules_init(&filter->exclude);
}

void filter_clear(struct filter *filter)
{
	rules_clear(&filter->include);
	rules_clear(&filter->exclude);
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
	g_ptr_array_add(rules->subject, compiled);
	return 0;
}

void filter_add_from(struct filter_rules *rules, const char *glob)
{
	g_ptr_array_add(rules->from, g_strdup(glob));
}

void filter_add_prefix(struct filter_rules *rules, const char *word)
{
	g_ptr_array_add(rules->prefix, g_strdup(word));
}

void filter_add_path(struct filter_rules *rules, const char *glob)
{
	g_ptr_array_add(rules->path, g_strdup(glob));
}

gboolean filter_wants_paths(const struct filter *filter)
{
	return filter->include.path->len || filter->exclude.path->len;
}

static gboolean match_subject(const struct filter_rules *rules,
			      const struct patch *patch)
{
	guint i;

	for (i = 0; i < rules->subject->len; i++)
		if (!regexec(rules->subject->pdata[i], patch->subject.text,
			     0, NULL, 0))
			return TRUE;
	return FALSE;
}

static gboolean match_from(const struct filter_rules *rules,
			   const struct patch *patch)
{
	guint i;

	for (i = 0; i < rules->from->len; i++)
		if (address_matches(rules->from->pdata[i],
				    patch->sender.email) ||
		    address_matches(rules->from->pdata[i],
				    patch->author.email))
			return TRUE;
	return FALSE;
}

static gboolean match_prefix(const struct filter_rules *rules,
			     const struct patch *patch)
{
	guint i;

	for (i = 0; i < rules->prefix->len; i++)
		if (subject_has_prefix(&patch->subject, rules->prefix->pdata[i]))
			return TRUE;
	return FALSE;
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

static gboolean match_path(const struct filter_rules *rules,
			   const struct patch *patch)
{
	guint i, k;

	for (i = 0; i < rules->path->len; i++)
		for (k = 0; k < patch->paths->len; k++)
			if (path_matches(rules->path->pdata[i],
					 patch->paths->pdata[k]))
				return TRUE;
	return FALSE;
}

enum filter_verdict filter_patch(const struct filter *filter,
				 const struct patch *patch)
{
	const struct filter_rules *in = &filter->include, *ex = &filter->exclude;

	if (match_subject(ex, patch) || match_from(ex, patch) ||
	    match_prefix(ex, patch) ||
	    (ex->path->len && match_path(ex, patch)))
		return FILTER_EXCLUDED;
	if ((in->subject->len && !match_subject(in, patch)) ||
	    (in->from->len && !match_from(in, patch)) ||
	    (in->prefix->len && !match_prefix(in, patch)))
		return FILTER_EXCLUDED;
	if (!in->path->len || match_path(in, patch))
		return FILTER_COUNTS;
	if (patch_is_cover(patch) && !patch->paths->len)
		return FILTER_WITH_SERIES;
	return FILTER_EXCLUDED;
}
