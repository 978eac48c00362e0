/*
 * older: the patches from before the range that the replies of a digest answer.
 * They are found by their Subjects in the messages of commits; their mails are
 * read, and only their Message-IDs tell in the end which reply is whose.
 */
#ifndef SOURCE_OLDER_H
#define SOURCE_OLDER_H

#include "digest/builder.h"
#include "source/past.h"

struct older;

/* What the replies of the digest, which are linked, answer. */
struct older *older_new(const struct digest *digest);
void older_free(struct older *older);

/* Look at a patch from before the range; the newest must come first. */
void older_take(struct older *older, const struct past_patch *past);

/*
 * Read the patches that may be answered, and those that were posted with them:
 * struct patch *, the newest first, in an array that owns them.  A patch that
 * the builder would not count is left out, and so is a mail that cannot be
 * read.
 */
GPtrArray *older_read(struct older *older, const struct builder *builder,
		      struct objects *objects);

#endif
