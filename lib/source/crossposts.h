/*
 * crossposts: mails that went to several of the lists in one output.  Each of
 * them is listed once, in the digest of the first list that has it.
 */
#ifndef SOURCE_CROSSPOSTS_H
#define SOURCE_CROSSPOSTS_H

#include "digest/builder.h"
#include "git/objects.h"

struct crossposts;

struct crossposts *crossposts_new(void);
void crossposts_free(struct crossposts *crossposts);

/*
 * Add the mails of a list, which all have been read, its replies too, but not
 * grouped: in the order in which the lists are printed.  The builder and the
 * objects must live as long as the result.
 */
void crossposts_add(struct crossposts *crossposts, struct builder *builder,
		    struct objects *objects);

/*
 * All lists are there: set is_listed and also_on of their mails, and what
 * concerns these of their counts.  A reply to a patch or to a pull request, or
 * to such a reply, is heard in all lists that have or hear what it answers: it
 * becomes a reply there, is_listed.
 */
void crossposts_settle(struct crossposts *crossposts);

/*
 * Leave in a digest, whose conversations are known, what is listed here: a
 * series stays with the patches that are.  An older series goes if the digest
 * of an earlier list has it and there is no other news of it; shown is the set
 * of the Message-IDs (char *, which it owns) of those that the digests have.
 */
void crossposts_leave_out(struct digest *digest, GHashTable *shown);

#endif
