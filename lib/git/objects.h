/*
 * objects: what lies in a repository's commits, trees and blobs, by their ids.
 * Ids are HEX_ID_LEN hexadecimal digits, lower case, and a NUL.
 *
 * libgit2 reads packs.  It is not let near loose objects: some versions of it
 * never return from one that was cut short.  Replaced objects
 * (git-replace(1)) are read as they were.
 */
#ifndef GIT_OBJECTS_H
#define GIT_OBJECTS_H

#include <glib.h>
#include "git/repository.h"

/*
 * A handle on a repository's objects.  Each thread needs one of its own;
 * objects_new() is for the main thread.
 */
struct objects;

struct objects *objects_new(const struct repository *repository);
void objects_free(struct objects *objects);

enum object_type {
	OBJECT_COMMIT,
	OBJECT_TREE,
	OBJECT_BLOB,
	OBJECT_TAG,
};

/* Is the text an id, and nothing else? */
gboolean objects_is_id(const char *text);

/* "commit", ... */
const char *objects_type_name(enum object_type type);

struct object {
	enum object_type type;
	const char *data;	/* size bytes */
	size_t size;
	struct git_odb_object *packed;	/* what holds data: this, */
	char *loose;			/* or this */
};

/*
 * Read an object.  Returns 0, with *out for objects_release(), or -1 if it is
 * missing or damaged; *out is then empty.
 */
int objects_read(struct object *out, struct objects *objects, const char *id);
void objects_release(struct object *object);

/*
 * Do the first digits of an id name no other object?  Not if the id itself has
 * fewer digits.
 */
gboolean objects_is_unique(struct objects *objects, const char *id,
			   unsigned digits);

/* The id of what a tag names, or of a tag of a tag; what is no tag stays. */
int objects_peel(struct objects *objects, char *id);

/*
 * What a commit object says: "tree <id>", then a line "parent <id>" each.
 * Returns 0, or -1 if it is missing or no commit.  first_parent is "" if there
 * is none.
 */
int objects_read_commit(struct objects *objects, const char *id, char *tree,
			char *first_parent);

/* An entry of a tree: "100644 name", a NUL and the 20 bytes of an id. */
struct tree_entry {
	const char *name;	/* up to a NUL */
	gboolean is_blob;	/* a file, but no symbolic link */
	gboolean is_tree;
	const unsigned char *id;	/* bytes: objects_hex() */
};

/*
 * Step through a tree: *at is 0 at first.  Returns FALSE at the end, and where
 * the tree makes no sense.
 */
gboolean objects_next_entry(const struct object *tree, size_t *at,
		   struct tree_entry *out);

void objects_hex(char *out, const unsigned char *id);

#endif
