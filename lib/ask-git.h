/*
 * ask-git: what only git itself knows: its dates, colors, pager, and the
 * revisions that libgit2 does not understand.  A process is started, so it is
 * asked for nothing that every run needs.
 */
#ifndef ASK_GIT_H
#define ASK_GIT_H

#include <glib.h>

struct git_repository;

/*
 * Run "git <arguments>", in the repository if it is not NULL, up to the NULL
 * that ends the arguments.  Returns its output without the last newline, which
 * the caller frees, or NULL if it fails; what it says on standard error is
 * lost.
 */
char *ask_git(struct git_repository *repo, const char *argument, ...)
	G_GNUC_NULL_TERMINATED;

/*
 * A date as --since takes it -> seconds since 1970, by git's "approxidate".
 * Returns 0, or -1 and sets *err, which the caller frees.
 */
int parse_date(struct git_repository *repo, const char *text, gint64 *out,
	       char **err);

#endif
