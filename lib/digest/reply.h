/*
 * reply: a mail that is no patch, and what it says of patches.  Most are
 * replies, and give them the name; but the mail that begins a discussion, a
 * pull request and the report of a bug are read and kept in the same way.  The
 * text is not kept.
 */
#ifndef DIGEST_REPLY_H
#define DIGEST_REPLY_H

#include "digest/patch.h"
#include "mail/pull.h"
#include "mail/statements.h"

struct series;

struct reply {
	char commit[HEX_ID_LEN + 1], blob[HEX_ID_LEN + 1];
	guint place;		/* as in struct patch */
	gint64 arrived;		/* as in struct patch */
	char *message_id;	/* these, too; of message.h: */
	char *date;
	GPtrArray *references;
	char *subject;		/* on one line */
	const char *answered;	/* in subject: without the reply marks, and so
				   the Subject of what it answers */
	struct address sender;	/* as the mail says */
	struct address person;	/* ... after mailmap and aliases */
	gboolean is_bot;	/* the sender is */
	gboolean is_excluded;	/* a patch that does not count: of what answers
				   it nothing is said, either */
	GPtrArray *tags;	/* struct tag *; NULL if it has none */
	struct statements says;
	struct pull *pull;	/* what it asks to pull; or NULL */

	/* What answers_link() finds. */
	struct reply *parent;	/* what it answers, if that is no patch */
	struct patch *patch;	/* the nearest patch above it, or NULL */
	struct reply *root;	/* the first of those above it that are no
				   patches; maybe itself */
	gboolean is_passed;	/* its own business */
	struct series *series;	/* the patch's; conversation_read() finds it */

	gboolean is_wanted, is_involved;	/* as in struct patch */
	gboolean is_listed;	/* these, too */
	GPtrArray *also_on;
	gboolean is_left_out;
};

/*
 * Make a reply of a message, and take what it needs out of the message.  The
 * caller owns it and fills in commit, blob, place and arrived.
 */
struct reply *reply_from_message(struct message *message);

/* Make one of a patch that does not count, and free the patch. */
struct reply *reply_from_patch(struct patch *patch);

void reply_free(struct reply *reply);

#endif
