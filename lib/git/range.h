/*
 * range: revision arguments, as git-rev-list(1) takes them -> the ids of the
 * commits that a walk starts from, and of those that it leaves out.
 *
 * *err is NULL on entry everywhere; a function that returns -1 or NULL sets it
 * to a message that the caller frees.
 */
#ifndef GIT_RANGE_H
#define GIT_RANGE_H

#include "git/objects.h"
#include "git/repository.h"

struct git_process;

/* What the command line says of the range. */
struct range_words {
	GPtrArray *words;	/* char *: "A..B", "^A", "--all", "--not", ...,
				   in their order; after "--end-of-options"
				   there are no options; none: HEAD */
	const char *since, *until;	/* dates as git takes them, or NULL */
};

struct range {
	GPtrArray *tips;	/* char *: ids to start from, one at least */
	GPtrArray *hidden;	/* char *: ids that are left out with all that
				   they reach */
	gboolean symmetric;	/* the range is "A...B", the tips are A and B */
	gint64 since, until;	/* in seconds since 1970; -1 is no limit */
	GPtrArray *walk;	/* char *: arguments that make git walk the
				   range, without the dates */
};

/* "main..topic": the words with blanks between; NULL if there are none. */
char *range_describe(const struct range_words *words);

/* A copy of words or paths (char *), which owns its own. */
GPtrArray *range_copy_texts(const GPtrArray *texts);

/*
 * Where there is no "--", paths begin with the first word that is no revision.
 * Move them to paths (char *).  Returns how many were moved, or -1 if one of
 * them is neither a revision nor a path.
 */
int range_split_paths(struct range_words *words, GPtrArray *paths,
		      const struct repository *repository, char **err);

/*
 * Is one of the words, which are revisions, also a file here, and here a work
 * tree of the repository?  Returns 0, or -1 if so: without "--" nobody can tell
 * what is meant.
 */
int range_check_files(const struct range_words *words,
		      const struct repository *repository, char **err);

/*
 * Add the word "@{upstream}..HEAD".  Returns 0, or -1 if the branch has no
 * upstream.
 */
int range_use_upstream(struct range_words *words,
		       const struct repository *repository, char **err);

/*
 * Ask git what the words mean in a folder (see git.h).  NULL if git cannot be
 * run.
 */
struct git_process *range_ask(const char *folder,
			      const struct range_words *words, char **err);

/*
 * Take the answer, and end the process.  Returns 0, with *out for
 * range_clear(), or -1 if git or we cannot make sense of the words.
 */
int range_resolve(struct range *out, struct git_process *process,
		  const struct repository *repository, struct objects *objects,
		  const struct range_words *words, char **err);
void range_clear(struct range *range);

/* Make the range between two ids, "A..B", for range_clear(). */
void range_between(struct range *out, const char *excluded, const char *tip);

/* The commit that the range ends with: B of "A..B", "A...B", "B C". */
const char *range_tip(const struct range *range);

/*
 * The commit that the range begins after: A of "A..B", "A...B", "^A ^C B"; NULL
 * if it begins with the first of all.
 */
const char *range_excluded(const struct range *range);

/*
 * Make the range to compare a range with: what leads to its bottom; or if it
 * has a lower date, the same time before that.  now is in seconds since 1970.
 * The caller ends it with range_clear().
 */
void range_before(struct range *out, const struct range *range,
		  const char *bottom, gint64 now);

/*
 * How long ago is "7.days", in seconds?  Any repository's folder will do (see
 * git.h).  Returns 0, or -1 if git does not understand the text as an age.
 */
int range_age(gint64 *seconds, const char *folder, const char *text,
	      char **err);

/*
 * The id of the commit that a revision means in a folder (see git.h); NULL if
 * it means none, or git cannot tell.  The caller owns it.
 */
char *range_commit(const char *folder, const char *revision);

/* Is this a revision, or a range "A..B", in a folder? */
gboolean range_is_known(const char *folder, const char *text);

gboolean range_has_dates(const struct range *range);

/* Does it take options like "--all" to walk the range? */
gboolean range_has_options(const struct range *range);

#endif
