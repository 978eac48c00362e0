/*
 * source: what kind of repository a digest is made of, and what it is called.
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include "digest/digest.h"
#include "git/objects.h"
#include "git/repository.h"

/*
 * Is this a mirror of mail (mailcommit.h) or code?  Tell it by the tree of a
 * commit, or of one of those right before it.
 * Returns 0 and sets *out, or -1 if none of the trees can be read.
 */
int source_kind(enum digest_kind *out, struct objects *objects,
		const char *commit);

/*
 * A name for a list whose mails tell none, and for code: that of the folder,
 * "kvm" for .../kvm/git/0.git and .../kvm.git.  The caller owns it.
 */
char *source_folder_name(const struct repository *repository);

#endif
