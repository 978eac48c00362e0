/*
 * entries: which patches of the series are printed whole, and which of those
 * only repeat another one.
 */
#ifndef DIGEST_ENTRIES_H
#define DIGEST_ENTRIES_H

#include "digest/series.h"
#include "git/cherry.h"

/* Which patches are printed whole. */
enum patches_mode {
	PATCHES_FIRST,		/* cover letters, first and lone patches */
	PATCHES_COVER,		/* cover letters and lone patches; a series
				   without a cover letter has an entry of its
				   first patch, without the body */
	PATCHES_ALL,
	PATCHES_NONE,
};

struct entry {
	struct patch *patch;
	struct series *series;
	guint place;		/* in the list of entries */
	struct entry *exist;	/* the entry that stands for this one, which
				   then is not printed; NULL for a new one */
	const struct cherry_twin *elsewhere;	/* like exist, but a commit of
						   the other side; or NULL */
};

/* Is the patch printed whole in this mode? */
gboolean entries_include(const struct patch *patch, enum patches_mode mode);

/* The struct entry * of the series, in their order; the caller unrefs them. */
GPtrArray *entries_list(GPtrArray *series, enum patches_mode mode);

/*
 * Set exist of the entries that only repeat another one: of an older version,
 * which versions_link() has found before, or of the same author and title.
 */
void entries_skip_repeats(GPtrArray *entries);

/* The commit that stands for the entry, NULL for a new one; its Subject. */
const char *entries_exist_commit(const struct entry *entry);
const char *entries_exist_subject(const struct entry *entry);

#endif
