/*
 * series: patches -> series and their versions; which of them are entries of
 * the digest, and which entries only repeat another one.
 */
#ifndef SERIES_H
#define SERIES_H

#include "patch.h"

/* One posting: a cover letter and/or numbered patches, or a lone patch. */
struct series {
	GPtrArray *patches;	/* struct patch *, borrowed; the cover letter
				   first, then by number, the newest first */
	struct patch *head;	/* the first of them: it names the series */
	guint order;		/* its place in the walk; 0 is the newest */
	struct series *superseded_by;	/* the version or repost that stands
					   for this one, or NULL */
};

/* Which patches are printed whole. */
enum patches_mode {
	PATCHES_FIRST,		/* cover letters, first and lone patches */
	PATCHES_ALL,
	PATCHES_NONE,
};

struct entry {
	struct patch *patch;
	struct series *series;
	struct entry *exist;	/* the entry that stands for this one, which
				   then is not printed; NULL for a new one */
	const struct patch *elsewhere;	/* as exist, a commit that is not in the
					   digest */
};

/* The patch that stands for the entry; NULL for a new one. */
const struct patch *entry_exists_as(const struct entry *entry);

/*
 * Put patches, which are in the order of the walk (newest first), together to
 * series: by threads, and where they do not thread by sender, prefix,
 * version, total and time.  The result has the order of the walk too, each
 * series standing where its newest mail stands.  The caller unrefs it; the
 * patches stay the caller's.
 */
GPtrArray *series_group(GPtrArray *patches);

/*
 * Find the series that another one of this array stands for: the same
 * author's with the same title or the same change-id, or one that names mails
 * of this one as an older version.  The highest version stands; of equal
 * versions, and where only one is an RFC, the newest.
 */
void series_link_versions(GPtrArray *series);

/* Is the patch printed whole in this mode? */
gboolean patch_is_entry(const struct patch *patch, enum patches_mode mode);

/* The entries of the series, in their order; the caller unrefs them. */
GPtrArray *series_entries(GPtrArray *series, enum patches_mode mode);

/*
 * Find the entries that only repeat another one: of an older version (to be
 * called after series_link_versions()), or of the same author and title.
 */
void series_skip_repeats(GPtrArray *entries);

#endif
