/*
 * patch: one patch of a digest.  It is a mail whose Subject says that it is a
 * patch, cover letters included, or a commit of a code repository.
 */
#ifndef DIGEST_PATCH_H
#define DIGEST_PATCH_H

#include "git/repository.h"
#include "mail/body.h"
#include "mail/message.h"
#include "mail/subject.h"

/* A longer body is cut at the end of a line. */
#define PATCH_MAX_BODY (1024 * 1024)

struct patch {
	char commit[HEX_ID_LEN + 1];
	char blob[HEX_ID_LEN + 1];	/* the mail; "" of a commit */
	guint place;		/* in the walk; 0 is the newest */
	gint64 arrived;		/* when it came to the list: the commit's time,
				   in seconds since 1970 */
	char *message_id;	/* NULL if the mail has none */
	char *date;		/* as in struct message */
	GPtrArray *references;	/* as in struct message */
	struct subject subject;
	char *title_key, *tree;	/* subject_title_key(), subject_tree(); NULL of
				   a commit */
	struct address author;	/* who wrote it */
	struct address sender;	/* who posted it; of a commit, the committer */
	char *body;		/* what an entry prints: body_len bytes, which
				   may be NUL, and a NUL at the end; NULL once
				   it is known that there will be no entry */
	size_t body_len;
	unsigned lines_left_out;	/* see patch_cut_body() */
	gboolean has_diff, has_diffstat;
	struct diffstat diffstat;
	char *change_id;	/* as in struct body */
	GPtrArray *older;	/* as in struct body */
	GPtrArray *files;	/* as in struct body */
	gboolean may_be_cover;	/* so says its Subject, which does not say that
				   it is a patch: covers_adopt() tells */
	GPtrArray *paths;	/* char *: the files that it changes; NULL
				   unless they were asked for */
	GPtrArray *contents;	/* struct content *: what a commit does to
				   files; NULL unless that was asked for */
	GPtrArray *tags;	/* struct tag *, in its own text; NULL unless
				   they were asked for, or if it has none */
	char *applied_as;	/* the commit of another repository that makes
				   the same change; NULL if it was not looked
				   for, or not found */
	gboolean is_merge;	/* a commit of several parents */
	char *merged;		/* their ids but the first, with spaces in
				   between; NULL if it is none */
	char signature;		/* what git-log(1) says with "%G?"; '\0' of a
				   mail, and if nobody asked */
	gboolean is_wanted, is_involved;	/* see limit.h: the patch meets
						   its conditions, and the
						   person has to do with it */
	gboolean is_listed;	/* another list has it before, and ... */
	GPtrArray *also_on;	/* char *: the names of others that have it; or
				   NULL: see crossposts.h */
	gboolean is_left_out;	/* see digest_leave_out() */
};

/* What else is wanted of a patch, or of several: a sum. */
enum patch_wants {
	PATCH_PATHS = 1,
	PATCH_TAGS = 2,
};

/*
 * Make a patch of a message, and take what it needs out of the message.  NULL
 * if the message is no patch and may be no cover letter, either.  The author
 * is the in-body From or else the sender, as for git-am(1), but in cover
 * letters, too.  The caller owns the patch and fills in commit, blob and
 * arrived.
 */
struct patch *patch_from_message(struct message *message, unsigned wants);

void patch_free(struct patch *patch);

/* Leave so many lines of the body, one at least, and count the others. */
void patch_cut_body(struct patch *patch, unsigned max_lines);

/* Set the tags to those in a text. */
void patch_read_tags(struct patch *patch, const char *text, size_t len);

/* Does one of them say that the patch is good?  See tags_is_review(). */
gboolean patch_is_reviewed(const struct patch *patch);

gboolean patch_is_cover(const struct patch *patch);

/* Was it posted alone?  Then its Subject has no number. */
gboolean patch_is_lone(const struct patch *patch);

/* Do both authors, or senders, have the same address, case-blind? */
gboolean patch_same_author(const struct patch *a, const struct patch *b);
gboolean patch_same_sender(const struct patch *a, const struct patch *b);

#endif
