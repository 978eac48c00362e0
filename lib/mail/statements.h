/*
 * statements: what a reply says became of patches: that they are applied, or
 * rejected.
 *
 * They are sentences (sentence.h), and the lists that b4-ty and the bots of
 * patchwork and of the tip tree write.  A sentence counts only where it opens a
 * paragraph, outside of quoted text: "Applied to for-next, thanks!", but not
 * "Once it is applied, ...".
 */
#ifndef MAIL_STATEMENTS_H
#define MAIL_STATEMENTS_H

#include "mail/address.h"

/* Who wrote a list of what was applied. */
enum list_writer {
	LIST_NONE,
	LIST_B4_TY,
	LIST_PATCHWORK,		/* its bot */
	LIST_TIP,		/* the bot of the tip tree: of one patch */
	LIST_PULLED,		/* the bot that tracks pull requests: of one */
};

/* "[2/7] title", with "commit: 1234abcd" or a link below it. */
struct applied_item {
	int number, total;	/* -1 if there are none */
	char *title;		/* without brackets; NULL where it is that of
				   the mail */
	char *commit;		/* digits in lower case; NULL if there are
				   none */
};

struct statements {
	GPtrArray *items;	/* struct applied_item *: of a list; NULL where
				   the mail has none */
	enum list_writer writer;	/* of the list */
	struct address by;	/* whom a bot names as the one who applied it;
				   both members NULL if there is none */
	gboolean applied;	/* a sentence says so ... */
	gboolean of_all;	/* ... of "the series", "both" or "all"; */
	GArray *numbers;	/* ... or int: of "patches 1-3"; NULL: of what
				   the reply answers, ... */
	int count;		/* ... if that is so many: "these two"; or 0 */
	int but;		/* of all but this one; or 0 */
	char *commit;		/* what it became: a link alone below the
				   sentence; or NULL */
	gboolean rejected;	/* "NAK", or a "pw-bot:" that says so */
	gboolean tracked;	/* "#regzbot": it is about a regression */
};

/* More items and numbers than these are not read. */
#define STATEMENTS_MAX 1000

/*
 * Read text[0..len), which is valid UTF-8.  The caller ends *out with
 * statements_clear().
 */
void statements_parse(struct statements *out, const char *text, size_t len);
void statements_clear(struct statements *statements);

#endif
