/*
 * options: the command line -> struct options.
 */
#ifndef SETTINGS_OPTIONS_H
#define SETTINGS_OPTIONS_H

#include "digest/digest.h"
#include "git/range.h"
#include "settings/settings.h"

/* What the command line says; -1 or NULL where it says nothing. */
struct options {
	struct range_words range;
	long max_count;
	GPtrArray *paths;	/* char *: what follows "--" */
	int has_dashes;		/* ... which is there */
	const char *said[NR_SETTINGS];
	const char *config_file, *list, *output;
	unsigned threads;	/* or processes, at most */
	int kind;		/* enum digest_kind */
	int color;		/* enum color_when */
	int abbrev;		/* digits, or ABBREV_FULL */
	int progress, quiet, merges;	/* TRUE or FALSE */
};

/* What to do; errors are negative. */
enum options_action {
	OPTIONS_RUN,
	OPTIONS_SHOW_USAGE,
	OPTIONS_SHOW_MANUAL,
	OPTIONS_SHOW_VERSION,
};

/*
 * Read the command line, which *out borrows from.  Returns an action, or -1 and
 * sets *err, which the caller frees.  options_clear() ends *out in each case.
 */
int options_parse(struct options *out, int argc, char **argv, char **err);
void options_clear(struct options *options);

/* Add a word to the range; the options own it. */
void options_add_word(struct options *options, char *word);

void options_print_usage(FILE *out);

#endif
