/*
 * digest: the model: what happened in a range, complete.  The sources fill
 * it, the renderers read it.  What is said of mails holds for the commits of a
 * code repository, unless it is said otherwise.
 */
#ifndef DIGEST_DIGEST_H
#define DIGEST_DIGEST_H

#include "digest/checks.h"
#include "digest/filter.h"
#include "git/merge.h"
#include "digest/patch.h"
#include "digest/people.h"
#include "digest/entries.h"
#include "digest/series.h"
#include "digest/tally.h"

/* How many there are of what a range can have. */
struct digest_counts {
	unsigned long messages, replies, removed, unreadable;
	unsigned long merges;	/* that are no patches */
};

enum digest_kind {
	DIGEST_INBOX,		/* of the mirror of a mailing list */
	DIGEST_CODE,		/* of commits */
};

struct digest {
	enum digest_kind kind;
	char *name;		/* of the list, or of the repository */
	char *list_id, *address;	/* of the list; NULL if unknown */
	char *archive;		/* URL that a Message-ID is appended to; NULL
				   if unknown */
	struct digest_counts counts;
	char from[HEX_ID_LEN + 1], to[HEX_ID_LEN + 1];	/* commits: the ends of
				   what was read; from is "" at the beginning */

	GPtrArray *patches;	/* struct patch *, newest first, owned */
	GPtrArray *series;	/* struct series * */
	GPtrArray *entries;	/* struct entry *, in the order of series */
	GPtrArray *domains;	/* struct tally_line * */
	GPtrArray *people;	/* struct tally_line * */

	GHashTable *undecided;	/* of patches, those FILTER_WITH_SERIES */

	/* Of code only. */
	gboolean with_merges;	/* merges are patches */
	struct checks *checks;	/* what examines the commits; NULL if nothing
				   does */
	GPtrArray *findings;	/* struct finding *; NULL if nothing looked */
	gboolean has_merge;	/* merge is known: */
	struct merge merge;
	GPtrArray *elsewhere;	/* struct patch *: commits of the other side
				   that entries exist as */
};

void digest_init(struct digest *digest);
void digest_clear(struct digest *digest);

/*
 * Take over a patch; to be called in the order of the walk, newest first.
 * One that the filter excludes or a bot sent is freed.  Of one that cannot be
 * an entry in this mode the body is.
 */
void digest_add(struct digest *digest, struct patch *patch,
		struct filter *filter, struct people *people,
		enum patches_mode mode);

/* Forget all that was added. */
void digest_forget(struct digest *digest);

/*
 * All patches are there: fill series, entries, domains and people.  With
 * reverse the oldest series comes first.
 */
void digest_finish(struct digest *digest, const struct people *people,
		   enum patches_mode mode, gboolean reverse);

/*
 * A patch's place in the list's archive, as public-inbox links: the caller
 * owns it.  NULL if there is no archive or no Message-ID.
 */
char *digest_link(const struct digest *digest, const struct patch *patch);

#endif
