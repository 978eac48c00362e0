/*
 * source-inbox: the patches of a public-inbox v2 epoch, one mail a commit
 * (public-inbox-v2-format(5)).
 */
#ifndef SOURCE_INBOX_H
#define SOURCE_INBOX_H

#include "patch.h"

struct git_commit;
struct git_oid;
struct git_repository;

struct inbox;

/* A mail that is larger is not read: the largest real ones have 1.5 MB. */
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

/*
 * The repository must live as long as the inbox.  Returns 0, or -1 and sets
 * *err, which the caller frees.
 */
int inbox_open(struct inbox **out, struct git_repository *repo, char **err);
void inbox_free(struct inbox *inbox);

/*
 * The patch in a commit, or NULL if its mail is none, is removed by a commit
 * that was read before, or cannot be read.  To be called with the commits in
 * the order of the walk: newest first, so that a removal comes before what it
 * removes.  with_paths is for patch_from_mail().  The caller owns the patch.
 */
struct patch *inbox_read(struct inbox *inbox, struct git_commit *commit,
			 gboolean with_paths);

const struct inbox_counts *inbox_counts(const struct inbox *inbox);

/*
 * The List-Id of the newest mail, at the commit tip or near below it, that
 * has one: see mail_list_id().  NULL if there is none.
 */
char *inbox_list_id(struct inbox *inbox, const struct git_oid *tip);

#endif
