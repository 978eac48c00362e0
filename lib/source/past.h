/*
 * past: what the commits before the range of a mirror tell about the mails in
 * it.  One walk reads their messages and authors.
 */
#ifndef SOURCE_PAST_H
#define SOURCE_PAST_H

#include "digest/builder.h"
#include "git/range.h"

/* How many commits are searched for older versions if nobody says. */
#define PAST_LOOK_BACK 20000

/* A commit that adds a patch, by its message. */
struct past_patch {
	char commit[HEX_ID_LEN + 1], tree[HEX_ID_LEN + 1];
	gint64 time;		/* the author's, in seconds since 1970 */
	char *zone;		/* the author's: "+0100" */
	char *email;		/* the author's */
	struct subject subject;
	char *title_key;	/* subject_title_key() */
};

struct past;

/*
 * Start to read the commits that lead to this one: the patches of so many, and
 * of all of them the addresses, if those are wanted.  Where there may be two
 * threads, one of them does so while the caller reads the range.  Returns NULL
 * and sets *err, NULL on entry, to a message that the caller frees, if git
 * cannot be started.
 */
struct past *past_start(const struct repository *repository, const char *from,
			long look_back, gboolean with_addresses,
			unsigned threads, char **err);

/* Does it read what leads to this commit? */
gboolean past_is_of(const struct past *past, const char *from);

/* Let it read on to its end, and free it; NULL is fine. */
void past_free(struct past *past);

/*
 * Read to the end.  Tell from the past of a digest whose series are known: the
 * previous version of each (lookback.h); and if the digest has replies, which
 * older patches they answer (older.h): *older is set to those patches, an array
 * that the caller unrefs.  past is NULL where nothing is before the range, or
 * nothing wanted.  Returns 0, or -1 and sets *err if git cannot tell.
 */
int past_finish(struct past *past, const struct builder *builder,
		struct objects *objects, GPtrArray **older, char **err);

/* After that, say which people of a summary are no newcomers. */
void past_tell_people(const struct past *past, struct summary *summary);

#endif
