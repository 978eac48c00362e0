/*
 * options: the command line -> struct options.
 */
#ifndef SETTINGS_OPTIONS_H
#define SETTINGS_OPTIONS_H

#include "git/range.h"
#include "settings/limiting.h"
#include "settings/settings.h"

/*
 * Where the command line says nothing, a number is -1 (but threads that of the
 * processors), a text is NULL, and a gboolean is FALSE.
 */
struct options {
	gboolean show_usage, show_manual, show_version;	/* one at most */
	const char *show_names;	/* for options_print_completion(): the option
				   whose values it shows, or "" */
	gboolean is_unknown;	/* the error is an option that there is not */
	struct range_words range;
	long max_count;
	long look_back;		/* commits before the range to search */
	struct limiting limiting;
	GPtrArray *paths;	/* char *: what follows "--" */
	gboolean has_dashes;	/* the command line has that "--" */
	gboolean compare;
	const char *since_last, *mark;	/* names of marks */
	gboolean exit_code;
	const char *range_diff;	/* an older version of the branch */
	const char *against;	/* "" for list.code of the YAML file */
	const char *stale;	/* an age, as git takes it in dates */
	gboolean ids;
	unsigned max_lines;	/* 0 is no limit */
	const char *said[NR_SETTINGS];	/* see settings_settle() */
	const char *config_file, *output;
	GPtrArray *lists;	/* const char *: names */
	gboolean all_lists, show_lists;
	unsigned threads;	/* threads or processes, at most */
	int kind;		/* enum digest_kind */
	int color;		/* enum color_when */
	int abbrev;		/* digits, or ABBREV_FULL */
	int progress;		/* gboolean */
	gboolean quiet, merges;
};

/*
 * Read the command line, whose texts must live as long as *out; nothing that
 * follows --version and its kind is looked at.  Returns 0; or -1 and sets *err,
 * NULL on entry, to a message that the caller frees.  In either case
 * options_clear() ends *out.
 */
int options_parse(struct options *out, int argc, char **argv, char **err);

/* The list that is named if one is; else NULL. */
const char *options_only_list(const struct options *options);
void options_clear(struct options *options);

void options_print_usage(FILE *out);

/*
 * For the completion of a shell: print the names of all options on one line or,
 * where --git-completion-helper=<option> asks for it, the values that it takes,
 * a line each.
 */
void options_print_completion(const struct options *options, FILE *out);

#endif
