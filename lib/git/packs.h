/*
 * packs: objects in packs, which libgit2 reads.
 *
 * libgit2 is loaded when packs are first opened: it brings two dozen libraries
 * along and reads the system's certificates, which takes longer than git needs
 * for a short branch.
 */
#ifndef GIT_PACKS_H
#define GIT_PACKS_H

#include <glib.h>

/* What ids, of HEX_ID_LEN hexadecimal digits, are looked up in. */
struct packs;

/* An object that was read. */
struct git_odb_object;

/*
 * Load libgit2, unless that was done: to be called, by the main thread, before
 * any function below.  While git looks something up, it costs no time.  Without
 * the library the process ends with a message, as it would if the loader of the
 * system missed it.
 */
void packs_ready(void);

/* The numbers of types are those of objects.h. */

/*
 * Open the packs in folders of objects (char *), and, if names are all that is
 * wanted, the loose objects, too.  NULL if libgit2 cannot.  packs_free() takes
 * NULL.
 */
struct packs *packs_open(const GPtrArray *folders, gboolean with_loose);
void packs_free(struct packs *packs);

/*
 * Read an object of at most max bytes.  Returns 0 and what is to be released;
 * 1 if it is larger; -1 if it is not there, or damaged.
 */
int packs_read(struct git_odb_object **out, struct packs *packs, const char *id,
	       size_t max);
int packs_type(const struct git_odb_object *object);
const char *packs_data(const struct git_odb_object *object, size_t *size);
void packs_release(struct git_odb_object *object);

/* Do the first digits of an id name no other object? */
gboolean packs_is_unique(struct packs *packs, const char *id, unsigned digits);

/*
 * How many packs libgit2 keeps open at once, so that descriptors are left for
 * the rest.  Without a limit it opens all that there are.
 */
size_t packs_max(void);

#endif
