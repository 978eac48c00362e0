/*
 * limited-read: an object of a repository, unless it is very large.
 *
 * Its header tells the size of an object; but to read the header libgit2 goes
 * through the whole chain of deltas that the object is the end of, which for a
 * mail costs a tenth of all.  So the object is read first, and its header only
 * if libgit2 wants more memory for it than there is to be had.
 */
#ifndef LIMITED_READ_H
#define LIMITED_READ_H

#include <stddef.h>

struct git_odb;
struct git_odb_object;
struct git_oid;

/* To be called once, before any thread of libgit2's. */
void limited_read_setup(void);

/*
 * Read an object: returns 0, with *out for the caller to free; 1 if it has more
 * than max bytes; or libgit2's error.
 */
int limited_read(struct git_odb_object **out, struct git_odb *odb,
		 const struct git_oid *oid, size_t max);

#endif
