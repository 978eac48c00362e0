/*
 * sides: what the side that a branch is to be merged into has done since the
 * branch left it.
 */
#ifndef GIT_SIDES_H
#define GIT_SIDES_H

#include <glib.h>
#include "git/repository.h"

struct commit;

/* A commit of the other side, no merge. */
struct side_commit {
	char id[HEX_ID_LEN + 1];
	char *subject;		/* its summary, UTF-8 */
};

struct sides {
	char base[HEX_ID_LEN + 1];	/* the merge base; "" if the walk does
					   not tell */
	gint64 base_time;	/* in seconds since 1970; -1 if unknown */
	char into_tree[HEX_ID_LEN + 1];	/* of both ends; "" of one that both */
	char tip_tree[HEX_ID_LEN + 1];	/* sides have */
	unsigned long behind;	/* commits that only the other side has */
	GPtrArray *theirs;	/* struct side_commit *: those of them that are
				   no merges, newest first */

	/* until sides_settle(): */
	GHashTable *ours;	/* a set of ids: what only the branch has */
	GHashTable *parents;	/* a set of ids: theirs */
	GHashTable *times;	/* id -> char *: of each COMMIT_BOUNDARY */
};

/*
 * Collect the commits of a walk from both ends (history.h), in its order; then
 * find out what they tell.  sides_free() takes NULL.
 */
struct sides *sides_new(void);
void sides_add(struct sides *sides, const struct commit *commit);
void sides_settle(struct sides *sides);
void sides_free(struct sides *sides);

/* Which files the commits of both sides change. */
struct sides_files;

/*
 * Start to look at the files of the branch's commits, whose ids are lines of
 * ours, and of those of the other side: struct side_commit *, each for what
 * struct sides has.  If base is not NULL, also at what the other side, into,
 * has changed in all since that.  theirs must live until sides_found_clear().
 * NULL sets *err, NULL on entry, to a message that the caller frees.
 */
struct sides_files *sides_files_start(const struct repository *repository,
				      const char *base, const char *into,
				      const GString *ours,
				      const GPtrArray *theirs, char **err);

/* What was found. */
struct sides_found {
	/* commits of both sides that change the same files: */
	GString *ours;		/* ids, a line each */
	GPtrArray *theirs;	/* struct side_commit *, borrowed */
	GHashTable *changed;	/* a set of char *: the files that the other
				   side has changed in all; NULL without a
				   base */
};

/*
 * End the process.  Returns 0, with *out for sides_found_clear(), or -1 and
 * sets *err, and *out is empty.
 */
int sides_files_finish(struct sides_found *out, struct sides_files *files,
		       char **err);
void sides_found_clear(struct sides_found *found);

void sides_files_stop(struct sides_files *files);

#endif
