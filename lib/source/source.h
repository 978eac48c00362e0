/*
 * source: what kind of repository a digest is made of, and what it is called.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "git/objects.h"
#include "git/repository.h"

enum source_kind {
	SOURCE_INBOX_V2,	/* a public-inbox epoch: public-inbox-v2-format(5) */
	SOURCE_INBOX_V1,	/* the older format: public-inbox-v1-format(5) */
	SOURCE_CODE,
};

/*
 * The kind, told by the tree of a commit, or of those right before it.
 * Returns 0, or -1 if none of them can be read.
 */
int source_kind(enum source_kind *out, struct objects *objects,
		const char *commit);

/*
 * The repository of a mirror that a configuration names: path itself, or, if
 * it is an inbox, a folder with epochs in git/, the only one of them.  Returns
 * 0 and sets *epoch, which the caller frees, or -1 and sets *err.
 */
int source_find_epoch(char **epoch, const char *path, char **err);

/*
 * A name for the list of a mirror whose mails tell none: that of its folder,
 * "kvm" for .../kvm/git/0.git and .../kvm.git.  The caller owns it.
 */
char *source_folder_name(const struct repository *repository);

#endif
