/*
 * pulls: requests to pull, and whether somebody has pulled.
 */
#ifndef DIGEST_PULLS_H
#define DIGEST_PULLS_H

#include "digest/reply.h"

struct pull_request {
	const struct reply *mail;	/* the request */
	const struct reply *merged;	/* says that it is merged; or NULL */
	const char *commit;	/* the merge, if that mail names it; borrowed */
};

/*
 * The mails "[GIT PULL] ..." and "[PULL 0/12] ..." among the replies, but not
 * "[PULL 3/12]", which is a patch of the second kind.  Who has pulled is told
 * by all that is heard: the replies, and what another list has.  answers_link()
 * has seen both.  The caller unrefs the array of struct pull_request *, in the
 * order of the replies, from which it borrows.
 */
GPtrArray *pulls_find(const GPtrArray *replies, const GPtrArray *heard);

#endif
