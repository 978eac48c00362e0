/*
 * mailcommit: what one commit of a mirror did: it added a mail, or removed one
 * (public-inbox-v2-format(5)).
 */
#ifndef SOURCE_MAILCOMMIT_H
#define SOURCE_MAILCOMMIT_H

#include "git/objects.h"
#include "mail/message.h"

/* A larger mail is not parsed: the largest real ones have 1.5 MB. */
#define MAILCOMMIT_MAX_MAIL (16 * 1024 * 1024)

enum mailcommit {
	MAILCOMMIT_ADDED,	/* it added the file "m" */
	MAILCOMMIT_REMOVED,	/* it added "d", before 2018 also "D", "_/D" */
	MAILCOMMIT_NONE,	/* neither */
	MAILCOMMIT_UNREADABLE,	/* its tree is missing or damaged */
};

/* Read its tree, and set blob to the mail if it added or removed one. */
enum mailcommit mailcommit_read(struct objects *objects, const char *tree,
				char *blob);

/*
 * Read the mail that a commit with this tree added; wants is a sum of enum
 * message_wants.  Returns 0, with *out for message_clear(); or -1 if it added
 * none, or one that cannot be read or is too large.
 */
int mailcommit_message(struct message *out, struct objects *objects,
		       const char *tree, unsigned wants);

#endif
