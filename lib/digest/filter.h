/*
 * filter: does this patch count?  The rules are those of a list's
 * configuration (git-digest-config(5), "filters").
 */
#ifndef DIGEST_FILTER_H
#define DIGEST_FILTER_H

#include "digest/patch.h"

/* One of "include" and "exclude".  An empty rule says nothing. */
struct filter_rules {
	GPtrArray *subject;	/* compiled POSIX extended regular expressions */
	GPtrArray *from;	/* char *: address globs: sender or author */
	GPtrArray *prefix;	/* char *: words in the brackets of a Subject */
	GPtrArray *path;	/* char *: files that it changes, folders of such
				   files, or globs whose "*" matches "/" */
};

struct filter {
	struct filter_rules include, exclude;
};

enum filter_verdict {
	FILTER_COUNTS,
	FILTER_EXCLUDED,
	/*
	 * A cover letter that passes all rules but names no files, where
	 * only some files count: it counts if a patch of its series does.
	 */
	FILTER_WITH_SERIES,
};

void filter_init(struct filter *filter);
void filter_clear(struct filter *filter);

/*
 * Add a rule.  Return 0, or -1 and set *err, which the caller frees, if the
 * regular expression is bad.
 */
int filter_add_subject(struct filter_rules *rules, const char *regex,
		       char **err);
void filter_add_from(struct filter_rules *rules, const char *glob);
void filter_add_prefix(struct filter_rules *rules, const char *word);
void filter_add_path(struct filter_rules *rules, const char *glob);

/* Must the patches that come have their paths? */
gboolean filter_wants_paths(const struct filter *filter);

/*
 * A patch counts if it matches each rule of "include" that is not empty, and
 * none of "exclude".
 */
enum filter_verdict filter_patch(const struct filter *filter,
				 const struct patch *patch);

#endif
