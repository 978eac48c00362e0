/*
 * marks: where a digest of a mirror ended, so that the next one can begin
 * there.  A mark is a file in the folder "digest" of an inbox, or of a mirror
 * that is in none: a line "<epoch> <commit> <seconds since 1970>" for each
 * epoch, of its tip and when that was committed.
 *
 * Functions that return -1 set *err, NULL on entry, to a message that the
 * caller frees.
 */
#ifndef SOURCE_MARKS_H
#define SOURCE_MARKS_H

#include "git/repository.h"

/* What a mark is called if nobody says. */
#define MARKS_DEFAULT "last"

/* May a mark have this name?  It is one of a file. */
int marks_check_name(const char *name, char **err);

/* The end of the newest epoch that a mark has. */
struct mark {
	unsigned epoch;
	char commit[HEX_ID_LEN + 1];
	gint64 time;		/* seconds since 1970 */
};

/* Read a mark.  Returns 1, 0 if there is none of that name, or -1. */
int marks_read(struct mark *out, const struct repository *repository,
	       const char *name, char **err);

/* Is its commit still one of the epoch, or has somebody rewritten that? */
gboolean marks_is_there(const struct mark *mark,
			const struct repository *repository);

/*
 * How many commits came after it?  Returns 0; or -1 and sets *err if git cannot
 * tell, or if its commit is no more one of the epoch.
 */
int marks_count_since(unsigned long *nr, const struct mark *mark,
		      const struct repository *repository, char **err);

/* The file of the mark of that name.  The caller owns it. */
char *marks_path(const struct repository *repository, const char *name);

/* A mark that is to be moved. */
struct marks;

/*
 * Get ready to move a mark, before anything is read: make the folder, and lock
 * the mark, which one process can do at a time.  Returns 0 or -1.
 */
int marks_open(struct marks **out, const struct repository *repository,
	       const char *name, char **err);

/*
 * Write the new mark beside the old one, before anything is printed: the tip of
 * the newest epoch is this commit.  Returns 0; or -1, and marks is freed.
 */
int marks_write(struct marks *marks, const char *tip, char **err);

/*
 * All has been printed: put the new mark in its place.  Returns 0, or -1 and
 * the old one stays; in either case marks is freed.
 */
int marks_move(struct marks *marks, char **err);

#endif
