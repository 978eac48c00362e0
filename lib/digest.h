/*
 * digest: the model: what happened in a range, complete.  The sources fill
 * it, the renderers read it.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include "filter.h"
#include "patch.h"
#include "person.h"
#include "series.h"
#include "tally.h"

/* One end of a range. */
struct digest_end {
	char commit[HEX_ID_LEN + 1];	/* "" if there is no lower end */
	char *abbrev;
};

/* How many there are of what a range can have. */
struct digest_counts {
	unsigned long messages, replies, removed, unreadable;
};

struct digest {
	char *name;		/* of the list */
	char *list_id, *address;	/* of the list; NULL if unknown */
	char *archive;		/* URL that a Message-ID is appended to; NULL
				   if unknown */
	struct digest_counts counts;
	struct digest_end from, to;

	GPtrArray *patches;	/* struct patch *, newest first, owned */
	GPtrArray *series;	/* struct series * */
	GPtrArray *entries;	/* struct entry *, in the order of series */
	GArray *domains;	/* struct tally_line */
	GArray *people;		/* struct tally_line */

	GHashTable *undecided;	/* of patches, those FILTER_WITH_SERIES */
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
