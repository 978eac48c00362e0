/*
 * diff: the diffs in the text of a patch, as git-diff(1) would print them.
 */
#ifndef MAIL_DIFF_H
#define MAIL_DIFF_H

#include <glib.h>

/*
 * Append to out the diffs in text[0..len), which may be any bytes.  Each begins
 * with a line "diff --git a/... b/...", also if the mail has it from diff(1) or
 * with other letters before the names.  What is no part of a diff is left out,
 * and of a binary file it is only said that it differs.  A hunk that some
 * mailer has broken ends where its lines make no sense.
 */
void diff_copy(GString *out, const char *text, size_t len);

/*
 * The same, but each file has one hunk: the lines that are removed, and those
 * that are added, sorted and without white space.  So they do not depend on the
 * lines around them, by which git chooses, say, which of two brackets is new.
 */
void diff_copy_bare(GString *out, const char *text, size_t len);

#endif
