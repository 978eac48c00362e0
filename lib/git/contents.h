/*
 * contents: what a commit does to files, as far as somebody wants to know who
 * decides on a merge.
 */
#ifndef GIT_CONTENTS_H
#define GIT_CONTENTS_H

#include "git/repository.h"

/* A file that a commit changes; a merge has none. */
struct content {
	char *path;		/* UTF-8, quoted as in a diffstat */
	char status;		/* as in struct change */
	unsigned old_mode, new_mode;
	char blob[HEX_ID_LEN + 1];	/* the new content */
	gboolean is_binary;
	gsize added;		/* bytes in lines that are added, and no more
				   than a line with the path besides */
	gboolean adds_key;	/* lines that look like a private key */
};

/* The options that make git print what is read here, up to a NULL. */
extern const char *const contents_options[];

/* Reads what git prints of one commit. */
struct contents;

struct contents *contents_new(void);

/*
 * Take the next line, of len bytes.  Returns FALSE if it is about something
 * else, like a line of a diffstat.
 */
gboolean contents_take(struct contents *contents, const char *line, size_t len);

/* The files, struct content *, in an array that the caller unrefs. */
GPtrArray *contents_finish(struct contents *contents);

#endif
