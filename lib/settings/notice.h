/*
 * notice: what a reader is told on standard error if the range holds no mail,
 * or if nobody has fetched mail for some days.
 */
#ifndef SETTINGS_NOTICE_H
#define SETTINGS_NOTICE_H

#include "settings/target.h"

/*
 * A sentence about the finished digest of a mirror, which the caller owns; NULL
 * if there is nothing to say.
 *
 * "no mail since 14 Nov 2026; the newest is of 20 Jan 2026: git fetch?"
 */
char *notice_of(const struct digest *digest, const struct target *target,
		const struct options *options);

/*
 * The same of several lists, of which these (char *) have no mail: "no mail on
 * kvm, kvmarm".  NULL if there are none.
 */
char *notice_of_quiet(const GPtrArray *names);

#endif
