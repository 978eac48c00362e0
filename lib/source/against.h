/*
 * against: which patches of a mirror are commits of a code repository already,
 * told by what they change, whatever anybody says.
 */
#ifndef SOURCE_AGAINST_H
#define SOURCE_AGAINST_H

#include "digest/digest.h"
#include "git/objects.h"
#include "screen/progress.h"

/*
 * Find the repository that the text names, "<folder>[:<branch>]", and set
 * against and against_tip of the digest; a leading "~/" is the home directory.
 * Returns 0; or -1 and sets *err, which is NULL on entry.
 */
int against_open(struct digest *digest, const char *text, char **err);

/*
 * Set applied_as of the digest's patches of which the history of against_tip
 * has a commit that is no older than the oldest of them, or but a few days.  It
 * makes the same change by its patch-id; or its title is the patch's, and the
 * lines that it adds and removes are the same among other lines.
 *
 * The mails are read again from objects.  processes is how many gits may run
 * at once, and progress, which may be NULL, counts the commits.  Returns 0, or
 * -1 and sets *err if git cannot tell.
 */
int against_find(struct digest *digest, struct objects *objects,
		 unsigned processes, struct progress *progress, char **err);

#endif
