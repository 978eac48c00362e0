/*
 * series: which patches were posted together.
 *
 * The patches of a series, and of the arrays here, are borrowed: they must
 * live as long as the series.
 */
#ifndef DIGEST_SERIES_H
#define DIGEST_SERIES_H

#include "digest/patch.h"

/* No series has more patches; a larger total is a mistake, or a trick. */
#define SERIES_MAX_TOTAL 1000

struct conversation;

/* An older version that came before the range. */
struct previous {
	char commit[HEX_ID_LEN + 1];
	unsigned version;
	char *date;		/* as in struct message */
};

/* One posting: a cover letter and/or numbered patches, or a lone patch. */
struct series {
	GPtrArray *patches;	/* struct patch *: the cover letter first, then
				   by number; of one number, the newest first */
	struct patch *head;	/* the first of them, which names the series */
	guint order;		/* its place in the walk; 0 is the newest */
	struct series *superseded_by;	/* the version or repost that stands
					   for this one, or NULL */
	const char *why;	/* ... a word for programs: see versions.h */
	GPtrArray *supersedes;	/* struct series *: those that it stands for,
				   newest first */
	struct previous *previous;	/* see lookback.h; or NULL */
	gboolean is_left_out;	/* see digest_leave_out() */
	struct conversation *conversation;	/* see conversation.h; NULL if
						   nobody asked for it */
};

/*
 * Group patches, which are in the order of the walk (newest first), into
 * series: by their threads; and where they do not thread by sender, prefix,
 * version, total and time.  The result has the order of the walk, too: a
 * series stands where its newest mail stands.  A cover letter whose Subject
 * names no version or tree takes its patches'.  The caller unrefs the array,
 * which owns the struct series * in it.
 */
GPtrArray *series_group(GPtrArray *patches);

/* Free a struct series that was taken out of that array. */
void series_free(void *series);

/*
 * The commit that was found for the first of its patches for which one was, and
 * for how many patches one was, see applied_as; NULL for none.
 */
const char *series_found(const struct series *series, unsigned *nr);

/* Is it printed by itself: does no other that is printed stand for it? */
gboolean series_stands(const struct series *series);

#endif
