/*
 * mailcommit: what one commit of a mirror did: it added a mail, or removed one.
 *
 * In an epoch, a commit's tree has only the mail that it is about
 * (public-inbox-v2-format(5)).  In the older public-inbox-v1-format(5) the tree
 * has all mails, "xx/<38 digits>" by their Message-IDs, and only the tree of
 * the parent tells which of them is new, or gone; there may be several.
 */
#ifndef SOURCE_MAILCOMMIT_H
#define SOURCE_MAILCOMMIT_H

#include "git/objects.h"
#include "mail/message.h"

/* A larger mail is not parsed: the largest real ones have 1.5 MB. */
#define MAILCOMMIT_MAX_MAIL (16 * 1024 * 1024)

/*
 * May this be, in a v1 mirror, an entry of the top tree (level 0), which is a
 * folder of mails; or one of such a folder (level 1), which is a mail?
 */
gboolean mailcommit_is_v1(const struct tree_entry *entry, unsigned level);

enum mailcommit {
	MAILCOMMIT_ADDED,	/* it added the file "m" */
	MAILCOMMIT_REMOVED,	/* it added "d", before 2018 also "D", "_/D" */
	MAILCOMMIT_NONE,	/* neither */
	MAILCOMMIT_UNREADABLE,	/* a tree that tells is missing or damaged */
};

/*
 * blob is the mail that was added or removed; "" of the other two.  is_alone:
 * the commit did nothing else.
 */
typedef void mailcommit_fn(enum mailcommit did, const char *blob,
			   gboolean is_alone, void *data);

/*
 * Call each() with what a commit, which has this tree, did: once, or once for
 * each mail.  A mail that only gets another name stays what it is.
 */
void mailcommit_read(struct objects *objects, const char *commit,
		     const char *tree, mailcommit_fn *each, void *data);

/*
 * Read a mail; wants is a sum of enum message_wants.  Returns 0, with *out for
 * message_clear(); or -1 if the mail cannot be read or is too large.
 */
int mailcommit_parse(struct message *out, struct objects *objects,
		     const char *blob, unsigned wants);

/* The same of the first mail that a commit, which has this tree, added. */
int mailcommit_message(struct message *out, struct objects *objects,
		       const char *commit, const char *tree, unsigned wants);

#endif
