#include <string.h>
#include "digest/entries.h"
#include "git/gitconfig.h"
#include "render/format.h"
#include "settings/value.h"

#define MAX_NUMBER 1000000

int value_number(void *into, const char *text, char **err)
{
	guint64 n;

	if (g_ascii_string_to_unsigned(text, 10, 1, MAX_NUMBER, &n, NULL)) {
		*(unsigned *)into = n;
		return 0;
	}
	*err = g_strdup_printf("'%s' is not a number from 1 to %d", text,
			       MAX_NUMBER);
	return -1;
}

int value_boolean(void *into, const char *text, char **err)
{
	if (!gitconfig_parse_bool(text, into))
		return 0;
	*err = g_strdup_printf("'%s' is neither true nor false", text);
	return -1;
}

const char *const value_links_words[] = { "b4", NULL };

int value_links(void *into, const char *text, char **err)
{
	enum links_mode *mode = into;
	gboolean on;

	if (!strcmp(text, *value_links_words)) {
		*mode = LINKS_B4;
		return 0;
	}
	if (!gitconfig_parse_bool(text, &on)) {
		*mode = on ? LINKS_ARCHIVE : LINKS_NONE;
		return 0;
	}
	*err = g_strdup_printf("'%s' is none of: true, false, b4", text);
	return -1;
}

const char *const value_patches_words[] = {
	[PATCHES_FIRST] = "first",
	[PATCHES_COVER] = "cover",
	[PATCHES_ALL] = "all",
	[PATCHES_NONE] = "none",
	NULL
};

int value_patches(void *into, const char *text, char **err)
{
	return value_choose(into, text, value_patches_words, err);
}

int value_format(void *into, const char *text, char **err)
{
	const struct format **format = into;

	*format = format_find(text, err);
	return *format ? 0 : -1;
}

int value_section(void *into, const char *text, char **err)
{
	return sections_add(into, text, err);
}

int value_sections(void *into, const char *text, char **err)
{
	struct sections *sections = into;
	g_auto(GStrv) words = g_strsplit(text, ",", -1);
	char **word;

	sections->nr = 0;
	for (word = words; *word; word++)
		if (*g_strstrip(*word) &&
		    sections_add(sections, *word, err) < 0)
			return -1;
	if (sections->nr)
		return 0;
	*err = g_strdup("no section is named");
	return -1;
}

int value_choose(void *into, const char *text, const char *const *words,
		 char **err)
{
	g_autofree char *all = NULL;
	int i;

	for (i = 0; words[i]; i++)
		if (!strcmp(text, words[i])) {
			*(int *)into = i;
			return 0;
		}
	all = g_strjoinv(", ", (char **)words);
	*err = g_strdup_printf("'%s' is none of: %s", text, all);
	return -1;
}
