/*
 * yaml: reads a YAML file by tables of the keys that it may have.  Only this
 * file uses libyaml.
 *
 * A key without a value ("top:", "top: ~") counts as one that is not there.
 *
 * Where these functions return -1, they set *err, NULL on entry, to a message
 * that the caller frees.  What is wrong in a file is told with its place, as
 * "<file>:<line>:<column>: <what>"; lines and columns count from 1.
 */
#ifndef SETTINGS_YAML_H
#define SETTINGS_YAML_H

#include <stddef.h>
#include "settings/value.h"

/* What the value of a key looks like, and what is done with it. */
enum yaml_kind {
	YAML_TEXT,		/* a text; take() is called with it */
	YAML_BARE_TEXT,		/* the same, but it must have no quotes */
	YAML_TEXTS,		/* [a, b]: take() is called with each text */
	YAML_PAIRS,		/* {a: b}, with any keys: all texts are made
				   lower case and go into a GHashTable * */
	YAML_MAPPING,		/* {a: b}: read by the table keys */
	YAML_MAPPINGS,		/* [{a: b}, {a: c}]: each is read by keys */
};

/* A table of keys ends with a row without a name. */
struct yaml_key {
	const char *name;
	size_t offset;		/* added to the "into" of the table */
	enum yaml_kind kind;
	value_fn *take;
	const struct yaml_key *keys;
	int (*done)(void *into, char **err);	/* called after each mapping,
						   unless it is NULL */
};

/*
 * Read the file into what the offsets of the table are offsets in.  After an
 * error, what was read up to there has been stored.
 */
int yaml_read(void *into, const struct yaml_key *keys, const char *path,
	      char **err);

/* The bytes of a file that may be a YAML file: it must not be too large. */
int yaml_get_contents(char **buf, size_t *len, const char *path, char **err);

#endif
