/*
 * changes: what differs between two commits, file by file, as git-diff(1) says.
 */
#ifndef GIT_CHANGES_H
#define GIT_CHANGES_H

#include "mail/diffstat.h"
#include "git/repository.h"

struct git_process;

/* The id of a tree without entries, which git knows without an object. */
#define EMPTY_TREE "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

struct change {
	char status;		/* 'A'dded, 'D'eleted, 'M'odified, 'R'enamed,
				   'C'opied, 'T'ype changed: of --raw */
	unsigned old_mode, new_mode;
	char *path;		/* bytes, and what follows, too */
	char *from;		/* of what was renamed or copied; or NULL */
	gboolean is_binary;	/* lines are not counted */
	unsigned insertions, deletions;
};

struct changes {
	GPtrArray *files;	/* struct change *, by their paths */
	char *stat;		/* what --stat and --summary print: UTF-8, with
				   a newline at the end; "" for no change */
	struct diffstat sum;
};

/*
 * Start to compare two commits, or with from NULL nothing and a commit.  paths
 * (char *), which may be NULL, limit what is compared.  NULL sets *err, NULL on
 * entry, to a message that the caller frees.
 */
struct git_process *changes_start(const struct repository *repository,
				  const char *from, const char *to,
				  const GPtrArray *paths, char **err);

/*
 * Take the answer, and end the process.  Returns 0, or -1 and sets *err, and
 * *out is empty.  In either case changes_clear() ends it.
 */
int changes_finish(struct changes *out, struct git_process *process,
		   char **err);
void changes_clear(struct changes *changes);

/*
 * Those paths of the changes that are also in the set, quoted for output: char
 * *, in their order, in an array that owns them.
 */
GPtrArray *changes_among(const struct changes *changes, GHashTable *paths);

/*
 * A path quoted as git does in a diffstat, lest a newline forge a line: valid
 * UTF-8, which the caller owns.
 */
char *changes_quote_path(const char *path);

#endif
