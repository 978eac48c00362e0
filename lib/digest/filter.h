/*
 * filter: does this patch count?  The rules are those of a list's
 * configuration (gitdigest-config(5), "filters").
 */
#ifndef DIGEST_FILTER_H
#define DIGEST_FILTER_H

#include "digest/patch.h"

/* What a rule looks at, and what its patterns are. */
enum filter_field {
	FILTER_SUBJECT,		/* regular expressions: filter_add_subject() */
	FILTER_FROM,		/* char *: globs for the address of the sender
				   or the author; so are all that follow */
	FILTER_PREFIX,		/* words in the brackets of the Subject */
	FILTER_PATH,		/* files that the patch changes, folders of such
				   files, or globs whose "*" matches "/" */
};

#define FILTER_NR (FILTER_PATH + 1)

/* One of "include" and "exclude". */
struct filter_rules {
	GPtrArray *patterns[FILTER_NR];	/* any of them may match; an empty
					   rule says nothing */
};

struct filter {
	struct filter_rules include, exclude;
};

void filter_init(struct filter *filter);
void filter_clear(struct filter *filter);

/*
 * Add a regular expression, pcre2pattern(3).  Returns 0; or -1 and sets *err,
 * which is NULL on entry and which the caller frees, if it is bad.
 */
int filter_add_subject(struct filter_rules *rules, const char *regex,
		       char **err);

/*
 * With a Subject that somebody made for it, an expression may take longer than
 * any reader would wait; then it does not match.  Returns a sentence about each
 * expression that met such a Subject: char *, in an array that the caller
 * unrefs.
 */
GPtrArray *filter_failures(const struct filter *filter);

/* A path as FILTER_PATH has it: "./a//b/" is "a/b", and "." matches all. */
char *filter_normalize_path(const char *path);

/* Is it the file, or one in the folder, or does it match the glob? */
gboolean filter_path_matches(const char *glob, const char *path);

/* Must the patches that come have their paths? */
gboolean filter_wants_paths(const struct filter *filter);

enum filter_verdict {
	FILTER_COUNTS,
	FILTER_EXCLUDED,
	FILTER_WITH_SERIES,	/* a cover letter that names no files, where
				   only some files count: it counts if a patch
				   of its series does */
};

/*
 * A patch counts if it matches each rule of "include" that is not empty, and
 * none of "exclude".
 */
enum filter_verdict filter_patch(const struct filter *filter,
				 const struct patch *patch);

#endif
