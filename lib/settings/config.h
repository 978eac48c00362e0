/*
 * config: the YAML file about a list, gitdigest-config(5) -> struct config.
 */
#ifndef SETTINGS_CONFIG_H
#define SETTINGS_CONFIG_H

#include "digest/entries.h"
#include "digest/filter.h"
#include "digest/people.h"
#include "render/format.h"

struct config {
	char *name, *id, *address, *archive;	/* of the list; NULL if unset */
	char *mirror;		/* path, or NULL */
	char *code;		/* for against_open(), or NULL */
	unsigned top;
	struct sections sections;	/* nr is 0 if the file names none */
	enum patches_mode patches;
	enum links_mode links;
	GPtrArray *tests;	/* char *: globs for the paths of tests, see
				   FILTER_PATH */
	struct filter filter;
	struct people_config people;
};

/* Fill in the values of a file that says nothing. */
void config_init(struct config *config);
void config_clear(struct config *config);

/*
 * Read the file over the values that config has.  What a key of the file says
 * takes the place of what config has; patterns, aliases, domains and bots are
 * added.  Returns 0; or -1 and sets
 * *err, NULL on entry, to a message that the caller frees, and the config is
 * only good for config_clear() then.
 */
int config_read(struct config *config, const char *path, char **err);

#endif
