/*
 * limit: which series of a mirror somebody wants to see, as the command line
 * says it.  Unlike the filters of a list, which say what counts at all, a limit
 * takes or leaves whole conversations: a series stays if one of its patches
 * does.
 */
#ifndef DIGEST_LIMIT_H
#define DIGEST_LIMIT_H

#include "digest/conversation.h"
#include "digest/digest.h"
#include "digest/pattern.h"
#include "digest/people.h"

/*
 * Where there are several kinds of conditions, a patch must meet one of each
 * kind; an empty kind says nothing.
 */
struct limit {
	GPtrArray *authors;	/* struct pattern *, for "Name <address>" */
	GPtrArray *greps;	/* struct pattern *, for the lines of the
				   Subject and the text */
	gboolean invert_grep;	/* none of greps may match */
	GPtrArray *to, *cc;	/* char *: globs for an address in that field */
	GPtrArray *involves;	/* char *: the same for author, sender, To, Cc
				   and tags of the patch and its replies */
	GPtrArray *paths;	/* char *: see FILTER_PATH */
	unsigned states;	/* 1 << STATE_APPLIED, ...; 0 says nothing */
};

void limit_init(struct limit *limit);
void limit_clear(struct limit *limit);

/* Does it need the replies, the paths of patches, the recipients? */
gboolean limit_needs_replies(const struct limit *limit);
gboolean limit_needs_paths(const struct limit *limit);
gboolean limit_needs_recipients(const struct limit *limit);

/*
 * Set is_wanted and is_involved of a patch, or of a mail that is none, of which
 * is_reply tells whether it is a reply: that only goes with what it answers.
 * The message is what both were made of; its recipients, and the patch's paths
 * and tags, must have been read if they are needed.  Several threads may do
 * this at once.
 */
void limit_mark_patch(const struct limit *limit, const struct people *people,
		      struct patch *patch, const struct message *message);
void limit_mark_reply(const struct limit *limit, const struct people *people,
		      struct reply *reply, const struct message *message,
		      gboolean is_reply);

/*
 * Leave in the digest what the limit wants.  Its patches and replies are
 * marked, and if replies are needed, conversation_read() has seen all series.
 */
void limit_apply(const struct limit *limit, struct digest *digest);

/* Add to what filter_failures() returns the same of the limit. */
void limit_add_failures(GPtrArray *failures, const struct limit *limit);

#endif
