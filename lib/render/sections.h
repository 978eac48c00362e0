/*
 * sections: the parts of a digest that can be printed, by their names.
 */
#ifndef RENDER_SECTIONS_H
#define RENDER_SECTIONS_H

#include <glib.h>

enum section {
	SECTION_SUMMARY,
	SECTION_CHECKS,		/* only of code */
	SECTION_DOMAINS,
	SECTION_CONTRIBUTORS,
	SECTION_REVIEWERS,
	SECTION_PATCHES,
	SECTION_STATUS,		/* this and what follows only of mail, ... */
	SECTION_DISCUSSED,
	SECTION_UNANSWERED,
	SECTION_PULLS,
	SECTION_REPORTS,
	SECTION_THREADS,
	SECTION_MESSAGES,	/* ... but this */
	SECTION_RANGE_DIFF,	/* only of code */
	SECTION_ALL,		/* stands for all of them */
};

#define NR_SECTIONS SECTION_ALL

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

/*
 * Make of none those that a digest of code, or of a mirror, has by default, and
 * of SECTION_ALL all that it can have.
 */
void sections_settle(struct sections *sections, gboolean of_code);

/* Those that --short shows, in its own form. */
void sections_of_short(struct sections *sections, gboolean of_code);

gboolean sections_have(const struct sections *sections, enum section section);

/* The name of one that such a digest cannot have, or NULL. */
const char *sections_misfit(const struct sections *sections, gboolean of_code);

/* Does a section of mail, or one of several, need the replies? */
gboolean sections_need_reply(enum section section);
gboolean sections_need_replies(const struct sections *sections);

#endif
