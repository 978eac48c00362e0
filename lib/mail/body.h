/*
 * body: the text of a patch mail -> in-body headers, message, diffstat.
 *
 * A patch mail is what git-format-patch(1) writes and git-mailinfo(1) reads:
 * in-body headers, a message, "---", notes and a diffstat, a diff, "-- " and
 * a signature.  Any of them may be missing.
 */
#ifndef MAIL_BODY_H
#define MAIL_BODY_H

#include <glib.h>
#include "mail/diffstat.h"
#include "mail/span.h"

struct body {
	char *from, *subject;	/* the raw values of the in-body headers, with
				   their folds; NULL where there is none */
	size_t start, end;	/* what a digest prints of the text, as offsets:
				   without in-body headers and the blank lines
				   around it, up to the summary of the last
				   diffstat before the diff; or else up to the
				   diff, the signature or the list's footer */
	gboolean has_diff;	/* a diff begins after end */
	gboolean quotes_diff;	/* ... and before it, one with ">" in front */
	gboolean has_diffstat;
	struct diffstat diffstat;	/* what that summary says */
	char *change_id;	/* of a "change-id:" line, as b4(5) writes it
				   into cover letters; NULL if there is none */
	GPtrArray *older;	/* struct older_version *: the links to what it
				   says are its older versions; NULL if none */
	GPtrArray *files;	/* char *: what its diffstats name, at most
				   BODY_MAX_FILES; NULL if none */
};

#define BODY_MAX_FILES 1000

/* "Link to v1: https://lore.kernel.org/r/<message_id>" in a changelog. */
struct older_version {
	unsigned version;
	char *message_id;
};

/*
 * Find the parts of text[0..len), which stays the caller's and has LF line
 * ends.  Any bytes will do.  The caller ends *out with body_clear().
 */
void body_parse(struct body *out, const char *text, size_t len);
void body_clear(struct body *body);

/*
 * Does a diff begin at this line, which rest follows?  As git-mailinfo(1)
 * tells, but that a "---" alone is none.
 */
gboolean body_begins_diff(struct span line, struct span rest);

/* Does a signature, "-- ", or a list's footer begin there? */
gboolean body_begins_signature(struct span line, struct span rest);

/*
 * Call fn for each file that the diffs in text[0..len) change, old and new
 * name; where there is no diff, for each that the diffstats name.  A file may
 * come more than once.
 */
void body_each_path(const char *text, size_t len,
		    void (*fn)(const char *path, void *data), void *data);

#endif
