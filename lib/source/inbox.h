/*
 * inbox: the patches of a public-inbox epoch, in which each commit adds or
 * removes one mail (public-inbox-v2-format(5)).
 */
#ifndef SOURCE_INBOX_H
#define SOURCE_INBOX_H

#include "digest/builder.h"
#include "git/history.h"
#include "screen/progress.h"

/*
 * Read the mails of a history, in so many threads (1 is only the caller's),
 * give the patches to the builder in the order of the history, whatever the
 * number of threads, and fill the digest's counts and warnings.  If the digest
 * has an array of replies, give it those, too.  Mails that a newer commit of
 * the history removes, or that cannot be read, are left out.  progress, which
 * may be NULL, counts the commits.  Returns 0, or -1 and sets *err, NULL on
 * entry, if git cannot tell history.
 */
int inbox_read(struct builder *builder, const struct repository *repository,
	       struct history *history, unsigned threads,
	       struct progress *progress, char **err);

/*
 * The List-Id (message_list_id()) of the newest mail that has one, of the
 * commit and those shortly before it; the caller owns it.  NULL if none has;
 * then *is_unreadable says whether one of them could not be read.
 */
char *inbox_list_id(struct objects *objects, const char *commit,
		    gboolean *is_unreadable);

#endif
