/*
 * contents: what each of several commits does to files, as far as somebody
 * wants to know who decides on a merge.
 */
#ifndef GIT_CONTENTS_H
#define GIT_CONTENTS_H

#include "git/repository.h"

/* A file that a commit changes; a merge has none. */
struct content {
	char *path;		/* UTF-8, quoted as in a diffstat */
	char status;		/* 'A', 'D', 'M', 'T': renames are not looked
				   for */
	unsigned old_mode, new_mode;
	char blob[HEX_ID_LEN + 1];	/* the new content */
	gboolean is_binary;
	gboolean adds_key;	/* lines that look like a private key */
};

struct contents;

/*
 * Start to read the commits, whose ids are lines of the text, in their order.
 * paths (char *), which may be NULL, limit the files.  NULL sets *err, NULL on
 * entry, to a message that the caller frees.
 */
struct contents *contents_start(const struct repository *repository,
				const GString *ids, const GPtrArray *paths,
				char **err);

/*
 * The next commit that changes files: returns its id, and in *files the array
 * of struct content * that it changes; both are valid until the next call.
 * NULL at the end.
 */
const char *contents_next(struct contents *contents, const GPtrArray **files);

/* Returns 0, or -1 and sets *err if git failed; contents is freed. */
int contents_finish(struct contents *contents, char **err);
void contents_stop(struct contents *contents);

#endif
