/*
 * tally: how many patches each person and each domain has.
 */
#ifndef DIGEST_TALLY_H
#define DIGEST_TALLY_H

#include <glib.h>
#include "mail/mail.h"

/* One line of a tally that is done: of a person or a domain. */
struct tally_line {
	unsigned count;
	struct address person;	/* both members NULL if it is a domain's */
	char *text;		/* "Name <address>", or the domain */
};

struct tally;

struct tally *tally_new(void);
void tally_free(struct tally *tally);

/*
 * Count one patch of author, who is one person with everybody of the same
 * address (case-blind), and of the domain.
 */
void tally_add(struct tally *tally, const struct address *author,
	       const char *domain);

/*
 * All lines, the largest count first, equal counts in descending, case-blind
 * order of the text.  People stand under the name that they used most.  The
 * arrays of struct tally_line are the caller's, to unref.
 */
GArray *tally_domains(const struct tally *tally);
GArray *tally_people(const struct tally *tally);

#endif
