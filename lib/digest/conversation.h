/*
 * conversation: what was said to a series, and what became of it.
 */
#ifndef DIGEST_CONVERSATION_H
#define DIGEST_CONVERSATION_H

#include "digest/people.h"
#include "digest/reply.h"
#include "digest/series.h"

/* The first of these that holds. */
enum series_state {
	STATE_APPLIED,
	STATE_SUPERSEDED,
	STATE_PARTLY_APPLIED,
	STATE_REJECTED,
	STATE_REVIEWED,		/* each of its patches */
	STATE_UNDER_REVIEW,	/* somebody answered, no bot and not its author
				   or sender */
	STATE_BOTS_ONLY,
	STATE_NO_ANSWER,
};

/* "partly applied" */
const char *conversation_state_name(enum series_state state);

/* Somebody who replied, after mailmap and aliases. */
struct replier {
	struct address person;
	unsigned count;		/* mails */
};

/* Numbers of patches; a patch that was posted alone has the number 1. */
struct patch_numbers {
	gboolean all;		/* it was said of the whole series */
	GArray *list;		/* int, ascending; without those of all */
};

/* One or several mails in which somebody gave the same tag. */
struct series_tag {
	char *name;		/* as in struct tag */
	struct address person;	/* as the tag has it */
	gboolean matches;	/* the person sent it */
	const struct address *sent_by;	/* who did */
	struct patch_numbers of;
};

/* A patch that is applied: somebody says so, or its commit was found. */
struct application {
	int number;		/* see struct patch_numbers */
	char *commit;		/* as in struct applied_item */
	gboolean is_found;	/* the commit is applied_as of the patch */
	const struct address *by;	/* who says so; NULL if nobody does */
	enum list_writer how;	/* LIST_NONE for a sentence */
};

struct conversation {
	enum series_state state;
	int total;		/* how many patches the series has */
	int here;		/* ... of them in what was read */
	int reviewed;		/* ... that have a review */
	unsigned replies;	/* by people */
	unsigned by_author;	/* ... by the author */
	GPtrArray *repliers;	/* struct replier *, most mails first */
	GPtrArray *bots;	/* the same */
	GPtrArray *tags;	/* struct series_tag *, in order of time */
	int nr_applied;		/* how many of its patches are */
	GPtrArray *applied;	/* struct application *, by number; if the
				   series is, of those that were read, or only
				   of the cover letter, 0 */
	const struct address *rejected_by;	/* or NULL */
};

/* More tags of a series are counted as reviews, but not kept. */
#define CONVERSATION_MAX_TAGS 1000

/*
 * Set the conversation of each series, and the series of each reply, which
 * answers_link() has linked.  The replies are in the order of the walk.  What
 * is read of them must live as long as the series.
 */
void conversation_read(const GPtrArray *series, const GPtrArray *replies,
		       const struct people *people);

void conversation_free(struct conversation *conversation);

#endif
