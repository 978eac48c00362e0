/*
 * config: what a list's YAML file says (git-digest-config(5)) -> struct
 * config.  The only user of libyaml.
 *
 * A bad file is an error "<file>:<line>:<column>: <what>" with lines and
 * columns that count from 1; nothing of it is used then.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include "filter.h"
#include "person.h"
#include "series.h"

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

struct config {
	char *name, *id, *address, *archive;	/* of the list; NULL if unset */
	char *mirror;		/* path, NULL if unset */
	unsigned top;
	struct sections sections;	/* nr is 0 if they are not named */
	enum patches_mode patches;
	gboolean links;
	struct filter filter;
	struct people_config people;
};

/* With the values of a file that says nothing. */
void config_init(struct config *config);
void config_clear(struct config *config);

/*
 * Read a file over what *config, fresh from config_init(), holds.  Returns 0,
 * or -1 and sets *err, which the caller frees; *config is then only good for
 * config_clear().
 */
int config_read(struct config *config, const char *path, char **err);

/*
 * The first file (*.yaml, by name) in the folder dir whose list.id is id;
 * with by_name, whose list.name, list.id or file name is id, case-blind.
 * Returns 0 and sets *path, which the caller frees, to the file or to NULL;
 * returns -1 and sets *err if one that has the id in it cannot be read.
 */
int config_find(char **path, const char *dir, const char *id,
		gboolean by_name, char **err);

/*
 * Words of options and of the file.  They return -1 and set *err, which the
 * caller frees, if text is none of them.
 */
int parse_top(const char *text, unsigned *top, char **err);
int parse_patches_mode(const char *text, enum patches_mode *mode, char **err);

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
