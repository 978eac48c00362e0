#include <string.h>
#include "render/sections.h"

const char *const sections_names[] = {
	[SECTION_SUMMARY] = "summary",
	[SECTION_CHECKS] = "checks",
	[SECTION_DOMAINS] = "domains",
	[SECTION_CONTRIBUTORS] = "contributors",
	[SECTION_REVIEWERS] = "reviewers",
	[SECTION_PATCHES] = "patches",
	[SECTION_STATUS] = "status",
	[SECTION_DISCUSSED] = "discussed",
	[SECTION_UNANSWERED] = "unanswered",
	[SECTION_PULLS] = "pulls",
	[SECTION_REPORTS] = "reports",
	[SECTION_THREADS] = "threads",
	[SECTION_MESSAGES] = "messages",
	[SECTION_RANGE_DIFF] = "range-diff",
	[SECTION_ALL] = "all",
	NULL
};

/* Which digests can have a section, and which have it by default. */
static const struct {
	gboolean of_code, of_mail, of_code_by_default, of_mail_by_default;
} digests[NR_SECTIONS] = {
	[SECTION_SUMMARY] = { TRUE, TRUE, TRUE, FALSE },
	[SECTION_CHECKS] = { TRUE, FALSE, TRUE, FALSE },
	[SECTION_DOMAINS] = { TRUE, TRUE, TRUE, TRUE },
	[SECTION_CONTRIBUTORS] = { TRUE, TRUE, TRUE, TRUE },
	[SECTION_REVIEWERS] = { TRUE, TRUE, TRUE, FALSE },
	[SECTION_PATCHES] = { TRUE, TRUE, TRUE, TRUE },
	[SECTION_STATUS] = { FALSE, TRUE, FALSE, FALSE },
	[SECTION_DISCUSSED] = { FALSE, TRUE, FALSE, FALSE },
	[SECTION_UNANSWERED] = { FALSE, TRUE, FALSE, FALSE },
	[SECTION_PULLS] = { FALSE, TRUE, FALSE, FALSE },
	[SECTION_REPORTS] = { FALSE, TRUE, FALSE, FALSE },
	[SECTION_THREADS] = { FALSE, TRUE, FALSE, FALSE },
	[SECTION_MESSAGES] = { TRUE, TRUE, TRUE, TRUE },
	[SECTION_RANGE_DIFF] = { TRUE, FALSE, FALSE, FALSE },
};

int sections_add(struct sections *sections, const char *name, char **err)
{
	g_autofree char *names = g_strjoinv(", ", (char **)sections_names);
	enum section section = 0;

	while (section <= SECTION_ALL && strcmp(name, sections_names[section]))
		section++;
	if (section > SECTION_ALL)
		*err = g_strdup_printf("unknown section '%s'; there are: %s",
				       name, names);
	else if (sections_have(sections, section))
		*err = g_strdup_printf("section '%s' is named twice", name);
	else if (sections->nr && (section == SECTION_ALL ||
				  sections_have(sections, SECTION_ALL)))
		*err = g_strdup("section 'all' stands for all sections, and "
				"none can be named beside it");
	else
		sections->list[sections->nr++] = section;
	return *err ? -1 : 0;
}

void sections_settle(struct sections *sections, gboolean of_code)
{
	gboolean all = sections_have(sections, SECTION_ALL);
	enum section section;

	if (sections->nr && !all)
		return;
	sections->nr = 0;
	for (section = 0; section < NR_SECTIONS; section++) {
		gboolean can = of_code ? digests[section].of_code :
					 digests[section].of_mail;
		gboolean does = of_code ?
				digests[section].of_code_by_default :
				digests[section].of_mail_by_default;

		if (all ? can : does)
			sections->list[sections->nr++] = section;
	}
}

void sections_of_short(struct sections *sections, gboolean of_code)
{
	static const struct sections code = {
		{ SECTION_SUMMARY, SECTION_CHECKS, SECTION_PATCHES }, 3,
	};
	static const struct sections mail = {
		{ SECTION_SUMMARY, SECTION_STATUS, SECTION_DISCUSSED,
		  SECTION_PULLS, SECTION_UNANSWERED }, 5,
	};

	*sections = of_code ? code : mail;
}

gboolean sections_have(const struct sections *sections, enum section section)
{
	unsigned i;

	for (i = 0; i < sections->nr; i++)
		if (sections->list[i] == section)
			return TRUE;
	return FALSE;
}

const char *sections_misfit(const struct sections *sections, gboolean of_code)
{
	unsigned i;

	for (i = 0; i < sections->nr; i++) {
		enum section section = sections->list[i];

		if (!(of_code ? digests[section].of_code :
				digests[section].of_mail))
			return sections_names[section];
	}
	return NULL;
}

gboolean sections_need_reply(enum section section)
{
	/* what only mail can have, and what says more of mail */
	return !digests[section].of_code || section == SECTION_SUMMARY ||
	       section == SECTION_REVIEWERS;
}

gboolean sections_need_replies(const struct sections *sections)
{
	unsigned i;

	for (i = 0; i < sections->nr; i++)
		if (sections_need_reply(sections->list[i]))
			return TRUE;
	return FALSE;
}
