/*
 * loose: objects that lie in files of their own: <folder>/12/3456..., "<type>
 * <size>", a NUL and the bytes, in zlib's format (gitrepository-layout(5)).
 */
#ifndef GIT_LOOSE_H
#define GIT_LOOSE_H

#include "git/objects.h"

/*
 * Read the object of that id in one of these folders, char *.  Returns 0, with
 * *out for objects_release(), or -1 if no folder has it whole.
 */
int loose_read(struct object *out, const GPtrArray *folders, const char *id);

#endif
