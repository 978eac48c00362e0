/*
 * statements: what a reply says became of patches: that they are applied, or
 * rejected.
 *
 * The words are those that maintainers of the kernel, git and QEMU use, and the
 * lists that b4-ty and the bot of patchwork write.  Only what opens a paragraph
 * counts, outside of quoted text: "Applied to for-next, thanks!", but not "Once
 * it is applied, ...".
 */
#ifndef MAIL_STATEMENTS_H
#define MAIL_STATEMENTS_H

#include <glib.h>

/* "[2/7] title", with "commit: 1234abcd" or a link below it. */
struct applied_item {
	int number, total;	/* -1 if there are none */
	char *title;		/* without brackets */
	char *commit;		/* digits in lower case; NULL if there are
				   none */
};

struct statements {
	GPtrArray *items;	/* struct applied_item *: of a list; NULL where
				   the mail has none */
	gboolean applied;	/* a sentence says so ... */
	gboolean of_all;	/* ... of "the series", "both" or "all"; */
	GArray *numbers;	/* ... or int: of "patches 1-3"; NULL: of what
				   the reply answers */
	gboolean rejected;	/* "NAK", or a "pw-bot:" that says so */
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
