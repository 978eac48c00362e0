/*
 * loose: objects that lie in files of their own: <folder>/12/3456..., "<type>
 * <size>", a NUL and the bytes, in zlib's format (gitrepository-layout(5)).
 */
#ifndef LOOSE_H
#define LOOSE_H

#include "objects.h"

struct loose;

/* folders, char *, stay the caller's and must live. */
struct loose *loose_new(const GPtrArray *folders);
void loose_free(struct loose *loose);

/*
 * Read the object of that id.  Returns 0, with *out for object_clear(), or -1
 * if no folder has it whole.
 */
int loose_read(struct object *out, const struct loose *loose, const char *id);

/* Is there one, other than id, that begins with the same digits, 2 at least? */
gboolean loose_has_other(struct loose *loose, const char *id, unsigned digits);

#endif
