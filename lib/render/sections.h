/*
 * sections: the parts of a digest that can be printed, by their names.
 */
#ifndef RENDER_SECTIONS_H
#define RENDER_SECTIONS_H

#include <glib.h>

/* Only a digest of code has those before SECTION_DOMAINS. */
enum section {
	SECTION_SUMMARY,
	SECTION_CHECKS,
	SECTION_DOMAINS,
	SECTION_CONTRIBUTORS,
	SECTION_PATCHES,
	SECTION_MESSAGES,
};

#define NR_SECTIONS (SECTION_MESSAGES + 1)

/* By enum section, up to a NULL. */
extern const char *const sections_names[];

/* The sections to print, in this order. */
struct sections {
	enum section list[NR_SECTIONS];
	unsigned nr;
};

/*
 * Add a section by its name.  Returns 0; or -1 and sets *err, NULL on entry, to
 * a message that the caller frees, if no section has the name, or if it is
 * there already.
 */
int sections_add(struct sections *sections, const char *name, char **err);

/* Make them all that a digest of code, or of a mailing list, can have. */
void sections_all(struct sections *sections, gboolean of_code);

gboolean sections_have(const struct sections *sections, enum section section);

/* The name of one that only a digest of code has, or NULL. */
const char *sections_code_only(const struct sections *sections);

#endif
