#include <string.h>
#include "render/sections.h"

const char *const sections_names[] = {
	[SECTION_SUMMARY] = "summary",
	[SECTION_CHECKS] = "checks",
	[SECTION_DOMAINS] = "domains",
	[SECTION_CONTRIBUTORS] = "contributors",
	[SECTION_PATCHES] = "patches",
	[SECTION_MESSAGES] = "messages",
	NULL
};

int sections_add(struct sections *sections, const char *name, char **err)
{
	g_autofree char *all = g_strjoinv(", ", (char **)sections_names);
	unsigned i;

	for (i = 0; i < NR_SECTIONS && strcmp(name, sections_names[i]); i++)
		;
	if (i < NR_SECTIONS && !sections_have(sections, i)) {
		sections->list[sections->nr++] = i;
		return 0;
	}
	*err = i == NR_SECTIONS ?
	       g_strdup_printf("unknown section '%s'; there are: %s", name,
			       all) :
	       g_strdup_printf("section '%s' is named twice", name);
	return -1;
}

void sections_all(struct sections *sections, gboolean of_code)
{
	unsigned i;

	sections->nr = 0;
	for (i = of_code ? 0 : SECTION_DOMAINS; i < NR_SECTIONS; i++)
		sections->list[sections->nr++] = i;
}

gboolean sections_have(const struct sections *sections, enum section section)
{
	unsigned i;

	for (i = 0; i < sections->nr; i++)
		if (sections->list[i] == section)
			return TRUE;
	return FALSE;
}

const char *sections_code_only(const struct sections *sections)
{
	unsigned i;

	for (i = 0; i < sections->nr; i++)
		if (sections->list[i] < SECTION_DOMAINS)
			return sections_names[sections->list[i]];
	return NULL;
}
