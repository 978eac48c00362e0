#include <string.h>
#include "settings/settings.h"

static int set_format(struct settings *settings, const char *text, char **err)
{
	settings->format = format_find(text, err);
	return settings->format ? 0 : -1;
}

static int set_top(struct settings *settings, const char *text, char **err)
{
	return parse_top(text, &settings->top, err);
}

static int set_sections(struct settings *settings, const char *text, char **err)
{
	g_auto(GStrv) words = g_strsplit(text, ",", -1);
	char **word;

	settings->sections.nr = 0;
	for (word = words; *word; word++)
		if (sections_add(&settings->sections, *word, err) < 0)
			return -1;
	if (settings->sections.nr)
		return 0;
	*err = g_strdup("no section is named");
	return -1;
}

static int set_patches(struct settings *settings, const char *text, char **err)
{
	return parse_patches_mode(text, &settings->patches, err);
}

static int set_boolean(gboolean *value, const char *text, char **err)
{
	if (!gitconfig_parse_bool(text, value))
		return 0;
	*err = g_strdup_printf("'%s' is neither true nor false", text);
	return -1;
}

static int set_links(struct settings *settings, const char *text, char **err)
{
	return set_boolean(&settings->links, text, err);
}

static int set_reverse(struct settings *settings, const char *text, char **err)
{
	return set_boolean(&settings->reverse, text, err);
}

static const struct {
	const char *key;
	int (*set)(struct settings *settings, const char *text, char **err);
} table[NR_SETTINGS] = {
	[SETTING_FORMAT] = { "digest.format", set_format },
	[SETTING_TOP] = { "digest.top", set_top },
	[SETTING_SECTIONS] = { "digest.sections", set_sections },
	[SETTING_PATCHES] = { "digest.patches", set_patches },
	[SETTING_LINKS] = { "digest.links", set_links },
	[SETTING_REVERSE] = { "digest.reverse", set_reverse },
};

/* The keys that are no settings of a digest, but say where to look for them. */
static const char *const other_keys[] = { "digest.config", "digest.list" };

int settings_set(struct settings *settings, enum setting setting,
		 const char *text, char **err)
{
	return table[setting].set(settings, text, err);
}

int settings_settle(struct settings *out, const struct config *config,
		    const struct gitconfig *gitconfig,
		    const char *const said[NR_SETTINGS],
		    enum digest_kind kind, char **err)
{
	g_autofree char *why = NULL;
	int i;

	*out = (struct settings) {
		.format = &text_format,
		.top = config->top,
		.sections = config->sections,
		.patches = config->patches,
		.links = config->links,
	};
	for (i = 0; i < NR_SETTINGS; i++) {
		const char *text = said[i] ? said[i] :
				   gitconfig_string(gitconfig, table[i].key);

		if (!text || !table[i].set(out, text, &why))
			continue;
		*err = g_strdup_printf("bad value for '%s': %s", table[i].key,
				       why);
		return -1;
	}
	if (kind == DIGEST_INBOX && sections_code_only(&out->sections)) {
		*err = g_strdup_printf("the section '%s' is one of code repositories; this is the "
		    "mirror of a mailing list",
		    sections_code_only(&out->sections));
		return -1;
	}
	out->sections_named = out->sections.nr > 0;
	if (!out->sections.nr)
		sections_all(&out->sections, kind == DIGEST_CODE);
	/* What is not printed is not kept. */
	if (!out->format->says_all &&
	    !sections_have(&out->sections, SECTION_MESSAGES))
		out->patches = PATCHES_NONE;
	if (out->links && !config->archive) {
		*err = g_strdup("links need to know the list's archive: set list.archive "
		    "in its YAML file");
		return -1;
	}
	return 0;
}

static void add_unknown(const char *key, void *data)
{
	GPtrArray *unknown = data;
	size_t i;

	if (!g_str_has_prefix(key, "digest."))
		return;
	for (i = 0; i < NR_SETTINGS; i++)
		if (!strcmp(key, table[i].key))
			return;
	for (i = 0; i < G_N_ELEMENTS(other_keys); i++)
		if (!strcmp(key, other_keys[i]))
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
