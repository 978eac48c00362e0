/*
 * mailmaps: the files and blobs in which git and a list's file say who is the
 * same person (gitmailmap(5)).
 */
#ifndef SOURCE_MAILMAPS_H
#define SOURCE_MAILMAPS_H

#include "digest/people.h"
#include "git/gitconfig.h"
#include "git/objects.h"

/* A file that is larger is not read. */
#define MAILMAPS_MAX_SIZE (16 * 1024 * 1024)

/*
 * Add to people, in git's order: the .mailmap that a code repository tracks
 * (only if is_code), mailmap.blob and mailmap.file, all unless log.mailmap is
 * false; and last the file of the list, which may be NULL.  A later one wins.
 * Returns 0, or -1 and sets *err if one cannot be read; *err is NULL on entry.
 */
int mailmaps_read(struct people *people, const struct repository *repository,
		  const struct gitconfig *gitconfig, struct objects *objects,
		  gboolean is_code, const char *list_file, char **err);

#endif
