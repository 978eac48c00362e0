#include <string.h>
#include "render/sections.h"

static const char *const section_names[NR_SECTIONS] = {
	[SECTION_SUMMARY] = "summary",
	[SECTION_CHECKS] = "checks",
	[SECTION_DOMAINS] = "domains",
	[SECTION_CONTRIBUTORS] = "contributors",
	[SECTION_PATCHES] = "patches",
	[SECTION_MESSAGES] = "messages",
};

int sections_add(struct sections *sections, const char *text, char **err)
{
	unsigned i;

	for (i = 0; i < NR_SECTIONS; i++)
		if (!strcmp(text, section_names[i]))
			break;
	if (i == NR_SECTIONS) {
		*err = g_strdup_printf("unknown section '%s'; there are: "
			"summary, checks, domains, contributors, patches, "
			"messages", text);
		return -1;
	}
	if (sections_have(sections, i)) {
		*err = g_strdup_printf("section '%s' is named twice", text);
		return -1;
	}
	sections->list[sections->nr++] = i;
	return 0;
}

gboolean sections_have(const struct sections *sections, enum section section)
{
	unsigned i;

	for (i = 0; i < sections->nr; i++)
		if (sections->list[i] == section)
			return TRUE;
	return FALSE;
}

static gboolean is_code_only(enum section section)
{
	return section == SECTION_SUMMARY || section == SECTION_CHECKS;
}

void sections_all(struct sections *sections, gboolean of_code)
{
	unsigned i;

	sections->nr = 0;
	for (i = 0; i < NR_SECTIONS; i++)
		if (of_code || !is_code_only(i))
			sections->list[sections->nr++] = i;
}

const char *sections_code_only(const struct sections *sections)
{
	unsigned i;

	for (i = 0; i < sections->nr; i++)
		if (is_code_only(sections->list[i]))
			return section_names[sections->list[i]];
	return NULL;
}
