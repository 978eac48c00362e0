/*
 * abbrev: commit ids as short as "git rev-parse --short" makes them.
 */
#ifndef GIT_ABBREV_H
#define GIT_ABBREV_H

#include <glib.h>

struct objects;
struct repository;
struct gitconfig;

/* Show as many digits as there are; let git choose by the repository's size. */
#define ABBREV_FULL 40
#define ABBREV_AUTO 0

/*
 * The value of --abbrev=<n>: as git log, less than 4 is 4 and more than 40 is
 * 40.  Returns 0, or -1 and sets *err if text is no number.
 */
int abbrev_parse_option(const char *text, int *digits, char **err);

/*
 * core.abbrev: a number from 4 to 40, "auto" or "no".  Leaves *digits alone
 * if it is unset; returns -1 and sets *err if it is something else.
 */
int abbrev_from_config(struct gitconfig *config, int *digits, char **err);

struct abbrev;

/*
 * Shorten ids to as many digits at least; ABBREV_AUTO: as git does, to half as
 * many as there are bits in the number of packed objects, and 7 at least.  The
 * repository and its objects must live as long as the result.
 */
struct abbrev *abbrev_new(const struct repository *repository,
			  struct objects *objects, int digits);
void abbrev_free(struct abbrev *abbrev);

/*
 * The id, 40 hexadecimal digits, cut to as few as name only one object in the
 * repository.  Each id is looked up once; the text lives as long as *abbrev.
 */
const char *abbrev_of(struct abbrev *abbrev, const char *id);

#endif
