/*
 * subject: "[PATCH net-next v2 3/7] tun: fix a leak" -> prefix words, version,
 * number, total and title.
 *
 * What the brackets may hold is the field's habit, not a standard: see
 * git-format-patch(1), --subject-prefix, --reroll-count and --numbered.  Any
 * text will do; what no rule explains belongs to the title.
 */
#ifndef MAIL_SUBJECT_H
#define MAIL_SUBJECT_H

#include <glib.h>

struct subject {
	char *text;		/* the whole Subject; one space for each run of
				   white space */
	const char *title;	/* in text: what follows the leading brackets */
	GPtrArray *prefixes;	/* char *: the words in the brackets that are no
				   "PATCH", version or number, in their order */
	unsigned version;	/* the N of vN; 1 if none is given */
	int number, total;	/* the 3 and 7 of 3/7; -1 if there is none */
	gboolean is_reply;	/* begins with a reply mark, "Re:", "AW:", ...,
				   maybe after brackets */
	gboolean is_patch;	/* begins with a bracket that says it is one,
				   and is no reply and no pull request */
};

/* Split a decoded Subject.  The caller ends *out with subject_clear(). */
void subject_parse(struct subject *out, const char *text);
void subject_clear(struct subject *subject);

/*
 * Replace the title by that of another Subject, the in-body one, whose brackets
 * do not count.  Nothing happens if that one has no title.
 */
void subject_take_title(struct subject *subject, const char *text);

/* Does one of the prefix words equal word, case-blind? */
gboolean subject_has_prefix(const struct subject *subject, const char *word);

/*
 * What may a mail be whose Subject may be this text, the commit message in a
 * mirror, which can be empty, folded or undecoded?
 */
enum subject_guess {
	GUESS_REPLY,		/* certainly a reply, and so no patch */
	GUESS_OTHER,		/* certainly neither */
	GUESS_UNKNOWN,		/* a patch, or else only the mail can tell */
};
enum subject_guess subject_guess(const char *text);

#endif
