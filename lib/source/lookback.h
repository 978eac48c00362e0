/*
 * lookback: the older versions of a digest's series that came before its range,
 * told by the messages of commits alone, without a look at the mails.
 */
#ifndef SOURCE_LOOKBACK_H
#define SOURCE_LOOKBACK_H

#include "digest/digest.h"
#include "source/past.h"

struct lookback;

/* The digest is finished, and must outlive the result. */
struct lookback *lookback_new(struct digest *digest);
void lookback_free(struct lookback *lookback);

/*
 * Look at a patch from before the range.  The newest must come first: previous
 * of a series becomes the newest posting with the same title, the same address
 * of the sender or the author, a tree that fits, and no higher version.
 */
void lookback_take(struct lookback *lookback, const struct past_patch *past);

#endif
