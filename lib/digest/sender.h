/*
 * sender: is somebody the one who sent a mail?
 */
#ifndef DIGEST_SENDER_H
#define DIGEST_SENDER_H

#include "digest/people.h"
#include "digest/reply.h"

/*
 * Did the other person send the reply?  The address tells, before or after
 * mailmap and aliases, or else the full name.
 */
gboolean sender_is(const struct reply *reply, const struct address *other);

/* Did the author or the sender of the patch send it? */
gboolean sender_is_authors(const struct reply *reply,
			   const struct patch *patch);

/*
 * Do the person of a tag and the sender of a mail match: have they the same
 * address, case, "+extension" and one label of the domain aside, or the same
 * words in their names?
 */
gboolean sender_matches(const struct address *person,
			const struct address *sender);

/* The same of a reply, where mailmap and aliases may make them one, too. */
gboolean sender_gave(const struct reply *reply, const struct address *person,
		     const struct people *people);

#endif
