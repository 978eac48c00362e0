/*
 * source-inbox: the patches of a public-inbox v2 epoch, one mail a commit
 * (public-inbox-v2-format(5)).
 */
#ifndef SOURCE_INBOX_H
#define SOURCE_INBOX_H

#include "git/history.h"
#include "digest/patch.h"

struct inbox;

/* A mail that is larger is not parsed: the largest real ones have 1.5 MB. */
#define INBOX_MAX_MAIL (16 * 1024 * 1024)

/* What happened to the mails of the commits that were read. */
struct inbox_counts {
	unsigned long commits;	/* all; each adds a mail, or else is: */
	unsigned long removals;	/* one that removes a mail, or was purged */
	unsigned long foreign;	/* one that holds no mail */
	unsigned long replies;	/* of the mails */
	unsigned long unreadable;	/* mails that may be patches, whose
					   objects are missing or broken */
	unsigned long too_large;	/* mails over INBOX_MAX_MAIL */
};

struct inbox_options {
	gboolean with_paths;	/* fill the patches' paths */
	unsigned threads;	/* that read mails; 1 is none but the caller's */
};

/*
 * Begin to read the mails of a history.  All three must live as long as the
 * inbox.
 */
struct inbox *inbox_new(const struct repository *repository,
			struct history *history,
			const struct inbox_options *options);
void inbox_free(struct inbox *inbox);

/*
 * The next patch, in the order of the history, newest first, whatever the
 * number of threads.  Returns HISTORY_COMMIT and sets *patch, which the caller
 * owns; HISTORY_END; HISTORY_AGAIN if the caller has to forget what was given
 * so far; or -1 and sets *err, which the caller frees, if history cannot be
 * read.  Mails that are no patches, that a newer commit of the range removes,
 * and that cannot be read are left out.
 */
int inbox_next(struct inbox *inbox, struct patch **patch, char **err);

/* Of the commits that came before what inbox_next() gave last. */
const struct inbox_counts *inbox_counts(const struct inbox *inbox);

/*
 * The List-Id of the newest mail, at this commit or near below it, that has
 * one: see message_list_id().  NULL if there is none.
 */
char *inbox_list_id(struct objects *objects, const char *commit);

#endif
