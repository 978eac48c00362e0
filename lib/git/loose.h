/*
 * loose: objects that lie in files of their own, <folder>/12/3456...: deflated
 * (RFC 1950), the text "<type> <size>", a NUL and the data.  The id is the
 * SHA-1 of all of this.
 */
#ifndef GIT_LOOSE_H
#define GIT_LOOSE_H

#include "git/objects.h"

/*
 * Read an object from the first of these folders (char *) that has it whole.
 * Returns 0, with *out for objects_release(); 1 if it has more than max bytes;
 * or -1 if no folder has it.  *out is empty on entry.
 */
int loose_read(struct object *out, const GPtrArray *folders, const char *id,
	       size_t max);

/*
 * Write an object into a folder; id gets its id.  Returns 0, or -1 with errno
 * set.
 */
int loose_write(char *id, const char *folder, enum object_type type,
		const char *data, size_t size);

#endif
