/*
 * config: what a list's YAML file says (git-digest-config(5)) -> struct
 * config.  The only user of libyaml.
 *
 * A bad file is an error "<file>:<line>:<column>: <what>" with lines and
 * columns that count from 1; nothing of it is used then.
 */
#ifndef SETTINGS_CONFIG_H
#define SETTINGS_CONFIG_H

#include "digest/filter.h"
#include "digest/people.h"
#include "digest/entries.h"
#include "render/sections.h"

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

#endif
