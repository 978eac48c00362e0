/*
 * lookback: the older versions of a digest's series that came before its range,
 * told by the messages of commits alone, without a look at the mails.
 */
#ifndef SOURCE_LOOKBACK_H
#define SOURCE_LOOKBACK_H

#include "digest/digest.h"

/* How many commits before the range are searched if nobody says. */
#define LOOKBACK_DEFAULT 20000

/*
 * In the digest of a mirror, set previous of each series for which there is
 * one: the newest posting, among so many commits at most before the range, with
 * the same title, the same address of the sender or the author, a tree that
 * fits, and no higher version.  Returns 0; or -1 and sets *err, NULL on entry,
 * to a message that the caller frees, if git cannot tell.
 */
int lookback_find(struct digest *digest, const struct repository *repository,
		  long nr, char **err);

#endif
