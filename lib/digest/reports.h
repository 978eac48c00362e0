/*
 * reports: mails that report a bug.
 */
#ifndef DIGEST_REPORTS_H
#define DIGEST_REPORTS_H

#include "digest/reply.h"

enum report_kind {
	REPORT_SYZBOT,		/* found by syzkaller */
	REPORT_ROBOT,		/* ... by the kernel test robot */
	REPORT_REGRESSION,	/* "#regzbot": the mail is about a regression */
};

/* "syzbot", "test robot", "regression" */
const char *reports_kind_name(enum report_kind kind);

struct report {
	enum report_kind kind;
	const struct reply *mail;
};

/*
 * The caller unrefs the array of struct report *, in the order of the replies,
 * from which it borrows.
 */
GPtrArray *reports_find(const GPtrArray *replies);

#endif
