/*
 * abbrev: commit ids as short as "git rev-parse --short" makes them.
 *
 * Functions that return -1 or NULL set *err, which is NULL on entry, to a
 * message that the caller frees.
 */
#ifndef GIT_ABBREV_H
#define GIT_ABBREV_H

#include <glib.h>

struct objects;
struct repository;
struct gitconfig;

/* All digits; as many as git prints in a repository of this size. */
#define ABBREV_FULL 40
#define ABBREV_AUTO 0

/* Read --abbrev=<n> as git log does: less than 4 is 4, more than 40 is 40. */
int abbrev_parse_option(const char *text, int *digits, char **err);

/*
 * Read core.abbrev: a number from 4 to 40, "auto", or "no" for all digits.
 * *digits stays as it is if that is unset.
 */
int abbrev_from_config(struct gitconfig *config, int *digits, char **err);

struct abbrev;

/*
 * Prepare to shorten ids to so many digits or, where those are ambiguous, more.
 * The repository and its objects must live as long as the result.
 */
struct abbrev *abbrev_new(const struct repository *repository,
			  struct objects *objects, int digits, char **err);
void abbrev_free(struct abbrev *abbrev);

/*
 * Shorten an id of 40 hexadecimal digits.  The text lives as long as *abbrev,
 * which looks up each id only once.
 */
const char *abbrev_of(struct abbrev *abbrev, const char *id);

#endif
