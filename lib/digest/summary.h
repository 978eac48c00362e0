/*
 * summary: a range of a mirror in numbers.
 */
#ifndef DIGEST_SUMMARY_H
#define DIGEST_SUMMARY_H

#include "digest/people.h"

/* What is counted, in the order to print. */
enum summary_count {
	SUMMARY_MAILS,
	SUMMARY_PATCHES,
	SUMMARY_SERIES,
	SUMMARY_NEW_VERSIONS,	/* series of version 2 or more */
	SUMMARY_REPLIES,
	SUMMARY_PEOPLE,		/* who sent mails; bots are none */
	SUMMARY_NEWCOMERS,	/* ... whose address is in no older mail */
	SUMMARY_REMOVED,
	SUMMARY_UNREADABLE,
	NR_SUMMARY_COUNTS
};

/* "first_time_posters", a word for programs */
const char *summary_count_name(enum summary_count count);

struct summary {
	unsigned long counts[NR_SUMMARY_COUNTS];
	gint64 age;		/* how long ago the last mail arrived, in
				   seconds, when this was made */
	GPtrArray *newcomers;	/* struct address *, owned, the newest first;
				   until summary_finish() all addresses */
	GHashTable *unknown;	/* lower-case address -> one of those, which no
				   older mail is known to have */
	GHashTable *people;	/* lower-case addresses, after mailmap and
				   aliases */
	struct summary *before;	/* as many mails before the range, or as long a
				   time; NULL if nobody asked */
};

struct summary *summary_new(void);
void summary_free(struct summary *summary);

/* Somebody sent a mail. */
void summary_add(struct summary *summary, const struct people *people,
		 const struct address *sender);

/* Older mails have these addresses: char *, in lower case. */
void summary_know(struct summary *summary, GHashTable *addresses);

/* All mails are known: count people and newcomers. */
void summary_finish(struct summary *summary);

#endif
