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
	unsigned more;		/* see tally_add_more() */
	struct address person;	/* both members NULL for a domain */
	char *text;		/* "Name <address>", or the domain */
	unsigned used;		/* in how many of count under this text */
	char *folded;		/* the text without case, to sort by */
};

struct tally;

struct tally *tally_new(void);
void tally_free(struct tally *tally);

/*
 * Count one thing, a patch, of the domain and of its author or reviewer.
 * Whoever has the same address, case-blind, is the same person.
 */
void tally_add(struct tally *tally, const struct address *person,
	       const char *domain);

/*
 * Count what else there is of the same kind: of an author the series, of a
 * reviewer the tags.  The person and the domain must have been counted.
 */
void tally_add_more(struct tally *tally, const struct address *person,
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
