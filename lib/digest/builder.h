/*
 * builder: fills a digest, patch by patch, in the order of the walk (newest
 * first).  The sources give it patches; it decides which of them count, and
 * when the last has come it finds series, versions, entries and tallies.
 */
#ifndef DIGEST_BUILDER_H
#define DIGEST_BUILDER_H

#include "digest/digest.h"
#include "digest/filter.h"
#include "digest/limit.h"
#include "digest/people.h"

struct builder {
	struct digest *digest;	/* as far as it is filled; the caller and the
				   sources set its list, ends, counts, warnings
				   and what is of code only */

	/* The rules, which must live as long as the builder. */
	const struct filter *filter;
	const struct limit *limit;	/* NULL if all is wanted */
	struct people *people;
	struct checks *checks;	/* see each patch before its body is dropped;
				   NULL: no check is made */
	enum patches_mode mode;	/* which patches will be entries */
	unsigned max_lines;	/* of the body of an entry; 0 is no limit */
	gboolean with_merges;	/* merges are patches */
	gboolean reverse;	/* the oldest series comes first */

	GHashTable *undecided;	/* patches that are FILTER_WITH_SERIES */
};

/* Begin a digest of that kind; the caller fills in the rules. */
void builder_init(struct builder *builder, enum digest_kind kind);

/*
 * Take over a patch, and free it if it does not count.  The body of a patch
 * that will be no entry is freed.  A mail that may be a cover letter may come
 * later than its place.
 */
void builder_add(struct builder *builder, struct patch *patch);

/*
 * Would a patch count?  Its author becomes the person that it stands for.  What
 * the filter leaves to the rest of its series counts.
 */
gboolean builder_counts(const struct builder *builder, struct patch *patch);

/*
 * Take over a reply.  The digest must have an array for them; then patches that
 * do not count become replies, too.
 */
void builder_add_reply(struct builder *builder, struct reply *reply);

/* Forget all that was added: the walk begins anew. */
void builder_forget(struct builder *builder);

/* What the patches that it takes must have, and the messages of these. */
unsigned builder_patch_wants(const struct builder *builder);
unsigned builder_message_wants(const struct builder *builder);

/* All patches are there: find their series. */
void builder_group(struct builder *builder);

/*
 * All is said of the series, and what nobody wants is left out: find the
 * entries, and count.  Returns the digest, which is the caller's and does not
 * change any more, and ends the builder.
 */
const struct digest *builder_finish(struct builder *builder);

#endif
