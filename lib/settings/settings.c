#include <string.h>
#include "render/short.h"
#include "settings/settings.h"
#include "settings/value.h"

#define AT(field) offsetof(struct settings, field)

/* The settings, and the keys that only say where to look for a YAML file. */
static const struct {
	const char *key;
	size_t offset;
	value_fn *take;
} table[] = {
	[SETTING_FORMAT] = { "digest.format", AT(format), value_format },
	[SETTING_TOP] = { "digest.top", AT(top), value_number },
	[SETTING_SECTIONS] = {
		"digest.sections", AT(sections), value_sections,
	},
	[SETTING_PATCHES] = { "digest.patches", AT(patches), value_patches },
	[SETTING_LINKS] = { "digest.links", AT(links), value_links },
	[SETTING_REVERSE] = { "digest.reverse", AT(reverse), value_boolean },
	[SETTING_SHORT] = { "digest.short", AT(is_short), value_boolean },
	[NR_SETTINGS] = { "digest.config" }, { "digest.list" },
};

static int take_setting(void *into, enum setting setting,
			const struct gitconfig *gitconfig,
			const char *const said[NR_SETTINGS], char **err)
{
	const char *text = said[setting] ? said[setting] :
			   gitconfig_string(gitconfig, table[setting].key);
	g_autofree char *why = NULL;

	if (!text || !table[setting].take(into, text, &why))
		return 0;
	*err = g_strdup_printf("bad value for '%s': %s", table[setting].key,
			       why);
	return -1;
}

static int take_said(struct settings *out, const struct gitconfig *gitconfig,
		     const char *const said[NR_SETTINGS], char **err)
{
	int i, ret = 0;

	for (i = 0; i < NR_SETTINGS && !ret; i++)
		ret = take_setting((char *)out + table[i].offset, i, gitconfig,
				   said, err);
	return ret;
}

int settings_format(const struct format **out,
		    const struct gitconfig *gitconfig,
		    const char *const said[NR_SETTINGS], char **err)
{
	*out = &text_format;
	return take_setting(out, SETTING_FORMAT, gitconfig, said, err);
}

/*
 * The page of --short has sections and a format of its own.  What the command
 * line says of those counts before git config, as everywhere.
 */
static int settle_short(struct settings *out,
			const char *const said[NR_SETTINGS], gboolean of_code,
			char **err)
{
	gboolean is_text = !said[SETTING_FORMAT] ||
			   out->format == &text_format;

	if (out->is_short && said[SETTING_SHORT] &&
	    (said[SETTING_SECTIONS] || !is_text)) {
		*err = g_strdup_printf("options '--short' and '--%s' cannot be "
				       "used together",
				       is_text ? "sections" : "format");
		return -1;
	}
	if (!said[SETTING_SHORT] &&
	    (said[SETTING_SECTIONS] || out->format != &text_format))
		out->is_short = FALSE;
	if (out->is_short) {
		out->format = &short_format;
		sections_of_short(&out->sections, of_code);
	}
	return 0;
}

int settings_settle(struct settings *out, const struct config *config,
		    const struct gitconfig *gitconfig,
		    const char *const said[NR_SETTINGS], enum digest_kind kind,
		    char **err)
{
	gboolean of_code = kind == DIGEST_CODE;
	const char *misfit;

	*out = (struct settings) {
		.format = &text_format,
		.top = config->top,
		.sections = config->sections,
		.patches = config->patches,
		.links = config->links,
	};
	if (take_said(out, gitconfig, said, err) < 0)
		return -1;
	if (settle_short(out, said, of_code, err) < 0)
		return -1;
	out->sections_named = out->sections.nr > 0 && !out->is_short;
	if (!out->sections_named && out->format->says_all)
		out->sections.list[out->sections.nr++] = SECTION_ALL;
	sections_settle(&out->sections, of_code);
	misfit = sections_misfit(&out->sections, of_code);
	if (misfit) {
		*err = g_strdup_printf(of_code ?
			"the section '%s' needs the mirror of a mailing list, "
			"and this is a code repository" :
			"the section '%s' needs a code repository, and this is "
			"the mirror of a mailing list", misfit);
		return -1;
	}
	out->with_replies = !of_code && sections_need_replies(&out->sections);
	/* Messages that are not printed need not be kept in memory. */
	if (!out->format->says_all &&
	    !sections_have(&out->sections, SECTION_MESSAGES))
		out->patches = PATCHES_NONE;
	if (out->links == LINKS_ARCHIVE && !config->archive)
		*err = g_strdup("cannot print links: set list.archive in the "
				"YAML file of the list");
	else if (out->links == LINKS_B4 && of_code)
		*err = g_strdup("cannot print what b4 takes: the commits of a "
				"code repository have no Message-ID");
	return *err ? -1 : 0;
}

static void add_unknown(const char *key, void *data)
{
	GPtrArray *unknown = data;
	size_t i;

	if (!g_str_has_prefix(key, "digest."))
		return;
	for (i = 0; i < G_N_ELEMENTS(table); i++)
		if (!strcmp(key, table[i].key))
			return;
	g_ptr_array_add(unknown, g_strdup(key));
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *settings_unknown(const struct gitconfig *gitconfig)
{
	GPtrArray *unknown = g_ptr_array_new_with_free_func(g_free);

	gitconfig_each_key(gitconfig, add_unknown, unknown);
	g_ptr_array_sort(unknown, compare);
	return unknown;
}
