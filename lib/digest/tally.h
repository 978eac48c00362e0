/*
 * tally: how many patches each person and each domain has.
 */
#ifndef DIGEST_TALLY_H
#define DIGEST_TALLY_H

#include <glib.h>
#include "mail/address.h"

/* The line of a person or a domain. */
struct tally_line {
	unsigned count;
	unsigned series;	/* whose head is among them */
	struct address person;	/* both members NULL for a domain */
	char *text;		/* "Name <address>", or the domain */
	unsigned used;		/* in how many of count under this text */
	char *folded;		/* the text without case, to sort by */
};

struct tally;

struct tally *tally_new(void);
void tally_free(struct tally *tally);

/*
 * Count one patch of the domain and of its author.  Whoever has the same
 * address, case-blind, is the same person.
 */
void tally_add(struct tally *tally, const struct address *author,
	       const char *domain);

/*
 * Count one series, by the author of its head, who must have been counted, as
 * must the domain.
 */
void tally_add_series(struct tally *tally, const struct address *author,
		      const char *domain);

/*
 * All lines (struct tally_line *), the largest count first, equal counts in
 * descending, case-blind order of the text.  People stand under the name that
 * they used most, and of equal ones the first.  The caller unrefs the array,
 * which may outlive the tally.
 */
GPtrArray *tally_domains(struct tally *tally);
GPtrArray *tally_people(struct tally *tally);

#endif
