#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <glib.h>
#include "spool.h"

/* The file grows by so much, or by what one text needs. */
#define CHUNK (8 * 1024 * 1024)

/* A part of the file. */
struct chunk {
	char *start;
	size_t size;
};

struct spool {
	FILE *file;		/* NULL before there is one */
	off_t size;
	GArray *chunks;		/* struct chunk */
	size_t used;		/* of the last one */
	gboolean full;		/* it could not grow */
};

struct spool *spool_new(void)
{
	struct spool *spool = g_new0(struct spool, 1);

	spool->chunks = g_array_new(FALSE, FALSE, sizeof(struct chunk));
	return spool;
}

void spool_free(struct spool *spool)
{
	guint i;

	if (!spool)
		return;
	for (i = 0; i < spool->chunks->len; i++) {
		struct chunk *chunk = &g_array_index(spool->chunks,
						     struct chunk, i);

		munmap(chunk->start, chunk->size);
	}
	g_array_unref(spool->chunks);
	if (spool->file)
		fclose(spool->file);
	g_free(spool);
}

static gboolean grow(struct spool *spool, size_t wanted)
{
	size_t page = sysconf(_SC_PAGESIZE);
	struct chunk chunk = { .size = MAX(CHUNK, (wanted + page - 1) /
					   page * page) };

	if (!spool->file)
		spool->file = tmpfile();
	/* The blocks must be there: a page without one would be a SIGBUS. */
	if (!spool->file ||
	    posix_fallocate(fileno(spool->file), spool->size, chunk.size))
		return FALSE;
	chunk.start = mmap(NULL, chunk.size, PROT_READ | PROT_WRITE, MAP_SHARED,
			   fileno(spool->file), spool->size);
	if (chunk.start == MAP_FAILED)
		return FALSE;
	spool_release(spool);
	spool->size += chunk.size;
	spool->used = 0;
	g_array_append_val(spool->chunks, chunk);
	return TRUE;
}

void spool_release(struct spool *spool)
{
	guint i;

	for (i = 0; i < spool->chunks->len; i++) {
		struct chunk *chunk = &g_array_index(spool->chunks,
						     struct chunk, i);

		madvise(chunk->start, chunk->size, MADV_DONTNEED);
	}
}

char *spool_keep(struct spool *spool, const char *text, size_t len)
{
	struct chunk *last = spool->chunks->len ?
		&g_array_index(spool->chunks, struct chunk,
			       spool->chunks->len - 1) : NULL;
	char *copy;

	if (spool->full)
		return NULL;
	if (!last || last->size - spool->used <= len) {
		if (!grow(spool, len + 1)) {
			spool->full = TRUE;
			return NULL;
		}
		last = &g_array_index(spool->chunks, struct chunk,
				      spool->chunks->len - 1);
	}
	copy = last->start + spool->used;
	memcpy(copy, text, len);
	copy[len] = '\0';
	spool->used += len + 1;
	return copy;
}
