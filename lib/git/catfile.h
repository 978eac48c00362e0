/*
 * catfile: a git-cat-file(1) that is asked for one object after the other.  A
 * few objects come from it before libgit2 (packs.h) would be loaded.
 */
#ifndef GIT_CATFILE_H
#define GIT_CATFILE_H

#include "git/objects.h"

struct catfile;

/* Start it in a folder (see git.h).  catfile_free() takes NULL. */
struct catfile *catfile_new(const char *folder);
void catfile_free(struct catfile *catfile);

enum catfile_answer {
	CATFILE_FOUND,
	CATFILE_TOO_LARGE,	/* more than max bytes */
	CATFILE_AMBIGUOUS,	/* several objects have such an id */
	CATFILE_MISSING,	/* or damaged, or git cannot tell */
};

/*
 * Ask for an object by its id, or by the first digits of one; replaced objects
 * (git-replace(1)) are read as they were.  *out, for objects_release(), is
 * filled where it is found, and empty on entry.
 */
enum catfile_answer catfile_read(struct object *out, struct catfile *catfile,
				 const char *id, size_t max);

#endif
