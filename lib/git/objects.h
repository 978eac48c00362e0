/*
 * objects: what a repository's commits, trees and blobs hold, by their ids.
 *
 * Ids are HEX_ID_LEN hexadecimal digits in lower case, and a NUL.  Functions
 * that return -1 did not find an object, or found it damaged or of another
 * type.  A replaced object (git-replace(1)) is read as it was.
 * objects_free() takes NULL.
 *
 * loose.h reads loose objects: some versions of libgit2 never return from one
 * that was cut short.  Others come from packs.h or, where they are few, from
 * catfile.h.
 */
#ifndef GIT_OBJECTS_H
#define GIT_OBJECTS_H

#include <glib.h>
#include "git/repository.h"

struct catfile;

/* A handle on a repository's objects.  Each thread needs one of its own. */
struct objects;

/* The main thread must call this before any other thread does. */
struct objects *objects_new(const struct repository *repository);

/*
 * The same for few objects, and for the main thread only: catfile, which is
 * taken over, or if that is NULL, a git of its own, is asked for each.
 */
struct objects *objects_few(const struct repository *repository,
			    struct catfile *catfile);
void objects_free(struct objects *objects);

/*
 * Close the packs until an object is read again: those of all handles together
 * count for packs_max().
 */
void objects_rest(struct objects *objects);

/*
 * How many threads may read a repository's objects at once.  It is 1 if there
 * are more packs than packs_max(): libgit2 closes one before it opens
 * the next, and two threads that do so may wait for each other for ever.
 */
unsigned objects_max_threads(const struct repository *repository);

/* The numbers are those of a pack (gitformat-pack(5)), and of libgit2. */
enum object_type {
	OBJECT_UNKNOWN,
	OBJECT_COMMIT,
	OBJECT_TREE,
	OBJECT_BLOB,
	OBJECT_TAG,
};

/* "commit", "tree", "blob" or "tag" */
const char *objects_type_name(enum object_type type);
enum object_type objects_type_of(const char *name);

/* Is the text an id, and nothing else? */
gboolean objects_is_id(const char *text);

/* Do the first digits of an id name no other object? */
gboolean objects_is_unique(struct objects *objects, const char *id,
			   unsigned digits);

struct object {
	enum object_type type;
	const char *data;	/* size bytes, in one of: */
	size_t size;
	struct git_odb_object *packed;
	char *copy;
};

/* Read an object, for objects_release().  After -1, *out is empty. */
int objects_read(struct object *out, struct objects *objects, const char *id);

/*
 * The same, but an object of more than max bytes is not read: 1 is returned for
 * it, and *out is empty.  git(1) packs megabytes of one letter into few bytes.
 */
int objects_read_upto(struct object *out, struct objects *objects,
		      const char *id, size_t max);
void objects_release(struct object *object);

/* Replace the id of a tag by that of the object that it names in the end. */
int objects_peel(struct objects *objects, char *id);

/*
 * Read the ids in a commit; first_parent is "" if there is none.  is_merge, has
 * it more parents, may be NULL.
 */
int objects_read_commit(struct objects *objects, const char *id, char *tree,
			char *first_parent, gboolean *is_merge);

/* How many bytes an id has in a tree. */
#define OBJECTS_RAW_ID (HEX_ID_LEN / 2)

/* An entry of a tree: "100644 name", a NUL and the bytes of an id. */
struct tree_entry {
	const char *name;	/* up to a NUL */
	gboolean is_blob;	/* a file, but no symbolic link */
	gboolean is_tree;
	const unsigned char *id;	/* OBJECTS_RAW_ID bytes, for
					   objects_hex() */
};

/*
 * Step through a tree; *at is 0 at first.  Returns FALSE at the end, and where
 * the tree is damaged.
 */
gboolean objects_next_entry(const struct object *tree, size_t *at,
			    struct tree_entry *out);

/* Write the bytes of an id as an id in digits. */
void objects_hex(char *out, const unsigned char *id);

#endif
