/*
 * digest: what happened in a range, as plain data.  A builder fills it
 * (builder.h), and the formats print it (render/format.h); nothing changes it
 * in between.  What is said here of mails also holds for the commits of a code
 * repository, unless it is said otherwise.
 */
#ifndef DIGEST_DIGEST_H
#define DIGEST_DIGEST_H

#include "digest/checks.h"
#include "digest/entries.h"
#include "digest/patch.h"
#include "digest/pulls.h"
#include "digest/reply.h"
#include "digest/reports.h"
#include "digest/reviews.h"
#include "digest/series.h"
#include "digest/summary.h"
#include "digest/tally.h"
#include "digest/threads.h"
#include "git/merge.h"
#include "git/rangediff.h"

enum digest_kind {
	DIGEST_INBOX,		/* of the mirror of a mailing list */
	DIGEST_CODE,		/* of the commits of a code repository */
};

/* What became of the commits of the range. */
struct digest_counts {
	unsigned long messages, replies, removed, unreadable;
	unsigned long listed;	/* mails that another list of the same output
				   has before; they are not counted above */
	unsigned long merges;	/* of code: those that are not patches */
};

/* What git-log(1) says of the signature of a commit, with "%G?". */
enum signature {
	SIGNATURE_GOOD,		/* G, U */
	SIGNATURE_BAD,		/* B, X, Y, R */
	SIGNATURE_UNKNOWN,	/* E: it cannot be checked */
	SIGNATURE_NONE,		/* N */
	NR_SIGNATURES
};

struct signatures {
	unsigned nr[NR_SIGNATURES];	/* all 0 if nobody has looked */
};

struct digest {
	enum digest_kind kind;
	char *name;		/* of the list, or of the repository */
	char *list_id, *address;	/* of the list; NULL if unknown */
	char *archive;		/* the URL that a Message-ID is appended to;
				   NULL if unknown */
	char from[HEX_ID_LEN + 1];	/* the commit that the range begins
					   after; "" at the first of all */
	char to[HEX_ID_LEN + 1];	/* the newest commit of the range */
	char *from_date, *to_date;	/* when both were committed: RFC 3339;
					   NULL if unknown or not wanted */
	struct digest_counts counts;
	gint64 oldest, newest;	/* when the first and the last mail of the range
				   arrived, in seconds since 1970; -1 if none
				   did, and of code */

	GPtrArray *patches;	/* struct patch *, newest first, owned */
	GPtrArray *series;	/* struct series *, in the order to print */
	GPtrArray *entries;	/* struct entry *, in the order of the series */
	GPtrArray *domains;	/* struct tally_line *, the largest first */
	GPtrArray *people;	/* the same, of people */
	GPtrArray *warnings;	/* char *: what could not be read, and why */

	/* What digest_leave_out() took away, owned. */
	GPtrArray *left_out_patches, *left_out_series, *left_out_replies;
	GPtrArray *limits;	/* char *: by what, as the command line says it;
				   empty if nothing is left out */

	/* Of a mirror only; all are NULL unless the replies were read. */
	GPtrArray *replies;	/* struct reply *, newest first, owned */
	GPtrArray *older;	/* struct patch *, owned: from before the range,
				   what replies may answer */
	GPtrArray *older_series;	/* struct series * of those, owned */
	GPtrArray *discussed;	/* ... of which replies answer one; borrowed */
	GPtrArray *unanswered;	/* struct series * of the range that nobody
				   answered, and that are stale; borrowed */
	GPtrArray *reviewers;	/* as people, by the patches that they answered;
				   "more" counts their tags */
	GPtrArray *reviewer_domains;	/* the same */
	GPtrArray *threads;	/* see threads.h */
	GPtrArray *pulls;	/* see pulls.h */
	GPtrArray *reports;	/* see reports.h */
	struct summary *summary;

	char *against, *against_tip;	/* the code repository, and the commit
					   of it, where the patches' applied_as
					   was looked for; both may be NULL */

	/* Of code only. */
	GPtrArray *reviews;	/* struct review *; NULL if nobody asked */
	GPtrArray *findings;	/* struct finding *; NULL without checks, or if
				   they failed */
	char *refs;		/* the range as it was typed; NULL if it was
				   not */
	gboolean has_merge;	/* Is merge filled? */
	struct merge merge;
	struct rangediff *rangediff;	/* with an older version; NULL if nobody
					   asked, or if git cannot tell */
	unsigned tests;		/* files of merge.changes that are tests */
	struct signatures signatures;	/* of its commits, merges too */
	GHashTable *twins;	/* what cherry_find() found: the entries that
				   the other side has already; or NULL */
};

struct digest *digest_new(enum digest_kind kind);
void digest_free(struct digest *digest);

/* Is it of a mirror, and had the range no mail? */
gboolean digest_is_empty(const struct digest *digest);

/* The commit of the other side that makes the same change; or NULL. */
const struct cherry_twin *digest_twin(const struct digest *digest,
				      const char *commit);

/* Add a line to the warnings. */
void digest_warn(struct digest *digest, const char *format, ...)
	G_GNUC_PRINTF(2, 3);

/*
 * Take away series, patches and replies that are left out.  They are kept, as
 * others may refer to them.
 */
void digest_leave_out(struct digest *digest);

/*
 * The place of a mail in the list's archive, as public-inbox links it.  NULL
 * if the list has no archive or the mail no Message-ID.  The caller owns it.
 */
char *digest_link(const struct digest *digest, const char *message_id);

#endif
