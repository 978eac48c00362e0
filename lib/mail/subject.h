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
				   maybe after brackets, or within one */
	gboolean is_patch;	/* begins with a bracket that says it is one,
				   and is no reply and no pull request */
	gboolean needs_diff;	/* "[RFC] a": it is a patch if a diff follows */
	gboolean is_set;	/* "[PATCHSET 1/3] a": its numbers count cover
				   letters, not patches */
	gboolean is_versioned;	/* version was given */
};

/* Split a decoded Subject.  The caller ends *out with subject_clear(). */
void subject_parse(struct subject *out, const char *text);
void subject_clear(struct subject *subject);

/*
 * Replace the title by that of another Subject, the in-body one, whose brackets
 * do not count.  Nothing happens if that one has no title.
 */
void subject_take_title(struct subject *subject, const char *text);

/*
 * Of the title of a cover letter without brackets: " ... v6" at its end is its
 * version.  Returns 0 if there is none.
 */
unsigned subject_trailing_version(const char *title);

/*
 * The title to compare by: case, punctuation and a leading "Subject:" aside.
 * The caller owns it.
 */
char *subject_title_key(const char *title);

/*
 * The prefix words, sorted, lower case, a space after each: what patches that
 * were posted together have in common.  The caller owns it.
 */
char *subject_prefix_key(const struct subject *subject);

/*
 * The same of those words that say for what tree a patch is: "net-next",
 * "xfsprogs", "6.1.y".  "" if none does: RFC, RESEND and their kind do not.
 */
char *subject_tree(const struct subject *subject);

/* Does one of the prefix words equal word, case-blind? */
gboolean subject_has_prefix(const struct subject *subject, const char *word);

/*
 * What may a mail be whose Subject may be this text, the commit message in a
 * mirror, which can be empty, folded or undecoded?
 */
enum subject_guess {
	GUESS_REPLY,		/* a reply */
	GUESS_OTHER,		/* neither a reply nor a patch */
	GUESS_UNKNOWN,		/* a patch, or else only the mail can tell */
};
enum subject_guess subject_guess(const char *text);

/* What follows the reply marks that a text begins with: a part of it. */
const char *subject_skip_reply_marks(const char *text);

/* Does it begin with a reply mark, maybe after brackets?  Any text will do. */
gboolean subject_is_reply(const char *text);

#endif
