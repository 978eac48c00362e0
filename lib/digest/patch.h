/*
 * patch: one patch of a digest: a mail whose Subject says it is one, cover
 * letters included, or a commit of a code repository.  What filters, series and counts work on, and what is
 * printed of it.
 */
#ifndef DIGEST_PATCH_H
#define DIGEST_PATCH_H

#include "mail/body.h"
#include "mail/mail.h"
#include "mail/subject.h"

#define HEX_ID_LEN 40

/* A message that is longer is cut at the end of a line. */
#define PATCH_MAX_BODY (1024 * 1024)

struct patch {
	char commit[HEX_ID_LEN + 1];
	gint64 arrived;		/* of the commit: when it came to the list */
	char *message_id;	/* NULL if the mail has none */
	char *date;		/* as in struct message */
	GPtrArray *references;	/* as in struct message */
	struct subject subject;
	struct address author;	/* who wrote it: the in-body From, else sender */
	struct address sender;	/* who posted it: the header's From; or the
				   committer */
	char *body;		/* what an entry prints, PATCH_MAX_BODY at most; body_len bytes, maybe
				   with NUL, and one NUL more; NULL once it is
				   known that there will be no entry */
	size_t body_len;
	gboolean has_diffstat;
	struct diffstat diffstat;
	char *change_id;	/* as in struct body */
	GPtrArray *older;
	GPtrArray *paths;	/* char *: files that it changes; NULL unless
				   they were asked for */
	gboolean is_merge;	/* a commit of several parents */
};

/*
 * Make a patch of a mail; what it needs of *mail is moved out of it.  NULL if
 * the mail is none: a reply, a pull request, a Subject without a bracket.
 * The caller owns it; commit and arrived are for the caller to fill.
 */
struct patch *patch_from_mail(struct message *mail, gboolean with_paths);
void patch_free(struct patch *patch);

gboolean patch_is_cover(const struct patch *patch);

/* Have they the same author's address, case-blind? */
gboolean patch_same_author(const struct patch *a, const struct patch *b);

/* A patch without a number: one posted alone. */
gboolean patch_is_lone(const struct patch *patch);

#endif
