/*
 * file: files and folders whose names somebody chose, read whole or not at all.
 *
 * What is not there is no error for file_stat() and file_names(), but what
 * cannot be looked at is one.  Where a function returns -1 or NULL, it sets
 * *err, NULL on entry, to a message that names the file, and that the caller
 * frees.
 */
#ifndef GIT_FILE_H
#define GIT_FILE_H

#include <glib.h>
#include <sys/stat.h>

/*
 * Read a file of at most max bytes into *buf, which the caller frees, with a
 * NUL behind it.  Only a regular file is read, or a device like /dev/null, but
 * no pipe, whose writer may never come.  Returns 0 or -1.
 */
int file_read(char **buf, size_t *len, const char *path, size_t max,
	      char **err);

/*
 * Look at a file; if it is a symbolic link, at what it names.  Returns 1 with
 * *out filled, 0 if there is none, or -1.
 */
int file_stat(struct stat *out, const char *path, char **err);

/* The same, but a link is looked at itself. */
int file_stat_link(struct stat *out, const char *path, char **err);

/*
 * The names in a folder that end with a suffix and do not begin with '.': char
 * *, sorted, in an array that owns them; an empty one if there is no such
 * folder.
 */
GPtrArray *file_names(const char *folder, const char *suffix, char **err);

#endif
