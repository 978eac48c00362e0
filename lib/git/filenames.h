/*
 * filenames: which files each of several commits changes, by git-diff-tree(1).
 */
#ifndef GIT_FILENAMES_H
#define GIT_FILENAMES_H

#include "git/repository.h"

struct filenames;

/*
 * Start to read the commits, whose ids are lines of the text, without a look
 * for renames; of a line with two ids, what differs between these.  merges is
 * how merges are compared: see --diff-merges in git-log(1).  NULL sets *err,
 * NULL on entry, to a message that the caller frees.
 */
struct filenames *filenames_start(const struct repository *repository,
				  const GString *ids, const char *merges,
				  char **err);

/*
 * Read the next commit: its id, and take() gets each path.  Returns FALSE at
 * the end of what git prints.
 */
gboolean filenames_next(char *id, struct filenames *names,
			void (*take)(const char *path, void *data), void *data);

/* Returns 0, or -1 and sets *err if git failed; names are freed. */
int filenames_finish(struct filenames *names, char **err);
void filenames_stop(struct filenames *names);

#endif
