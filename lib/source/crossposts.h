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
 * concerns these of their counts.  A reply that another list has, and that the
 * list of a patch, or of a pull request, does not, is heard in both: it becomes
 * a reply there, is_listed.
 */
void crossposts_settle(struct crossposts *crossposts);

/*
 * Leave in a digest, whose conversations are known, what is listed here: a
 * series stays with the patches that are, and an older series if there is news
 * of it.
 */
void crossposts_leave_out(struct digest *digest);

#endif
