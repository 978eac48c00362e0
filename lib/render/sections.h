/*
 * sections: the parts of a digest that can be printed, by their names.
 */
#ifndef RENDER_SECTIONS_H
#define RENDER_SECTIONS_H

#include <glib.h>

enum section {
	SECTION_SUMMARY,	/* of code only */
	SECTION_CHECKS,		/* of code only */
	SECTION_DOMAINS,
	SECTION_CONTRIBUTORS,
	SECTION_PATCHES,
	SECTION_MESSAGES,
};

#define NR_SECTIONS 6

/* The sections to print, in the order that they were named in. */
struct sections {
	enum section list[NR_SECTIONS];
	unsigned nr;
};

/* Add one section; -1 also if it is there already. */
int sections_add(struct sections *sections, const char *text, char **err);

gboolean sections_have(const struct sections *sections, enum section section);

/*
 * All sections, of code or of a mailing list; and the name of a section that
 * a mailing list does not have, NULL if there is none of those.
 */
void sections_all(struct sections *sections, gboolean of_code);
const char *sections_code_only(const struct sections *sections);

#endif
