/*
 * spool: texts that are kept for long and would fill the memory: they lie in a
 * temporary file without a name, which is mapped.
 */
#ifndef SPOOL_H
#define SPOOL_H

#include <stddef.h>

struct spool;

struct spool *spool_new(void);

/* What spool_keep() gave is gone then. */
void spool_free(struct spool *spool);

/*
 * Keep a copy of text[0..len) and one NUL more.  Returns where it is, or NULL
 * if there is no room for a temporary file.
 */
char *spool_keep(struct spool *spool, const char *text, size_t len);

/* Take what was written or read out of the memory, until it is read again. */
void spool_release(struct spool *spool);

#endif
