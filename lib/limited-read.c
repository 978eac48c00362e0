#include <stdlib.h>
#include <string.h>
#include <git2.h>
#include <git2/sys/alloc.h>
#include "limited-read.h"

/* What an object needs beside its bytes. */
#define SLACK 4096

/* The most that libgit2 gets at once in this thread; 0 is no limit. */
static _Thread_local size_t limit;

static int is_over(size_t size)
{
	return limit && size > limit;
}

static void *limited_malloc(size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return is_over(size) ? NULL : malloc(size);
}

static void *limited_realloc(void *ptr, size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return is_over(size) ? NULL : realloc(ptr, size);
}

#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 7

static void *limited_calloc(size_t nr, size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return size && is_over(nr * size) ? NULL : calloc(nr, size);
}

static void *limited_reallocarray(void *ptr, size_t nr, size_t size,
				  const char *file, int line)
{
	(void)file, (void)line;
	return is_over(nr * size) ? NULL : reallocarray(ptr, nr, size);
}

static void *limited_mallocarray(size_t nr, size_t size, const char *file,
				 int line)
{
	return limited_reallocarray(NULL, nr, size, file, line);
}

static char *plain_substrdup(const char *s, size_t len, const char *file,
			     int line)
{
	char *copy = len < len + 1 ? malloc(len + 1) : NULL;

	(void)file, (void)line;
	if (copy) {
		memcpy(copy, s, len);
		copy[len] = '\0';
	}
	return copy;
}

static char *plain_strndup(const char *s, size_t max, const char *file, int line)
{
	return plain_substrdup(s, strnlen(s, max), file, line);
}

static char *plain_strdup(const char *s, const char *file, int line)
{
	return plain_substrdup(s, strlen(s), file, line);
}

#endif

/* git2/sys/alloc.h; what libgit2 has allocated before may be freed by these. */
static git_allocator allocator = {
	.gmalloc = limited_malloc,
	.grealloc = limited_realloc,
	.gfree = free,
#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 7
	.gcalloc = limited_calloc,
	.greallocarray = limited_reallocarray,
	.gmallocarray = limited_mallocarray,
	.gstrdup = plain_strdup,
	.gstrndup = plain_strndup,
	.gsubstrdup = plain_substrdup,
#endif
};

void limited_read_setup(void)
{
	git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &allocator);
}

int limited_read(struct git_odb_object **out, struct git_odb *odb,
		 const struct git_oid *oid, size_t max)
{
	git_object_t type;
	size_t size;
	int ret;

	limit = max + SLACK;
	ret = git_odb_read(out, odb, oid);
	limit = 0;
	if (!ret && git_odb_object_size(*out) > max) {
		git_odb_object_free(*out);
		return 1;
	}
	if (!ret)
		return 0;
	if (!git_odb_read_header(&size, &type, odb, oid) && size > max)
		return 1;
	/* It is lost; or what it is a delta of is large. */
	return git_odb_read(out, odb, oid);
}
