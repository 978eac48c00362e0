/*
 * pull: what a pull request asks to pull, as git-request-pull(1) writes it.
 */
#ifndef MAIL_PULL_H
#define MAIL_PULL_H

#include <glib.h>

/* Each is NULL where the mail does not say it. */
struct pull {
	char *url;		/* the repository */
	char *ref;		/* the tag or branch in it */
	char *commit;		/* what its end is: digits in lower case */
};

/*
 * Read text[0..len), which is valid UTF-8.  Returns whether it is a pull
 * request; the caller ends *out with pull_clear() in either case.
 */
gboolean pull_parse(struct pull *out, const char *text, size_t len);
void pull_clear(struct pull *pull);

#endif
