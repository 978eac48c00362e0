/*
 * range: revision arguments, as git-rev-list(1) takes them -> the ids of the
 * commits that they start from and leave out.
 */
#ifndef GIT_RANGE_H
#define GIT_RANGE_H

#include "git/objects.h"
#include "git/repository.h"

struct git_process;

struct range_words {
	GPtrArray *words;	/* char *: "A..B", "^A", "--all", "--not", ... in
				   their order; after "--end-of-options" none is
				   an option; if there is none, HEAD */
	const char *since, *until;	/* dates as git takes them, or NULL */
};

struct range {
	GPtrArray *tips;	/* char *: ids of what is included with all
				   before it, one at least */
	GPtrArray *hidden;	/* char *: ids of what is left out with all
				   before it */
	gboolean symmetric;	/* "A...B": the tips are A and B */
	gint64 since, until;	/* in seconds since 1970; -1 is no limit */
	GPtrArray *walk;	/* char *: the arguments that make git walk the
				   range, without its dates */
};

/*
 * Ask git what the words mean in a folder: see run-git.h.  Returns NULL and
 * sets *err, which the caller frees, if git cannot be run.
 */
struct git_process *range_ask(const char *folder,
			      const struct range_words *words, char **err);

/*
 * Take the answer, and end the process.  Returns 0, with *out for
 * range_clear(); or -1 and sets *err to what git says of the words, or what is
 * wrong with what they name.
 */
int range_resolve(struct range *out, struct git_process *process,
		  const struct repository *repository, struct objects *objects,
		  const struct range_words *words, char **err);
void range_clear(struct range *range);

/* The commit that the range ends with: B of "A..B", "A...B", "B C". */
const char *range_tip(const struct range *range);

/*
 * The commit that it begins after: A of "A..B", "A...B", "^A ^C B"; NULL if it
 * begins with the first of all.
 */
const char *range_excluded(const struct range *range);

gboolean range_has_dates(const struct range *range);

#endif
