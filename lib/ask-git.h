/*
 * ask-git: what only git itself knows: its dates, colors, pager, the revisions
 * that libgit2 does not understand, and its diffstats, whose renames libgit2
 * finds otherwise.  A process is started, so in a mirror git is asked for
 * nothing that every run needs.
 */
#ifndef ASK_GIT_H
#define ASK_GIT_H

#include <stdio.h>
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
 * Arguments for git_start(), in an array that owns them: those up to the NULL;
 * and "--", the pathspecs (char *) and the NULL that ends all.
 */
GPtrArray *git_arguments(const char *const *arguments);
void git_add_paths(GPtrArray *arguments, const GPtrArray *paths);

/*
 * A file without a name that holds text, to be read from its start: what
 * git_start() may give to git as its standard input.  Returns NULL and sets
 * *err, which the caller frees, if it cannot be written.
 */
FILE *git_input(const GString *text, char **err);

/* A git that runs. */
struct git_process;

/*
 * Start "git <arguments>", a NULL-terminated array, in the repository and in
 * the current folder.  It reads its standard input from the descriptor input,
 * which stays the caller's; -1 is none.  Returns NULL and sets *err, which the
 * caller frees, if it cannot be started.
 */
struct git_process *git_start(struct git_repository *repo,
			      const char *const *arguments, int input,
			      char **err);

/* What it prints, to be read to the end before git_finish(). */
FILE *git_output(struct git_process *process);

/*
 * Wait for its end, and free it.  Returns 0, or -1 and sets *err, to what git
 * said, if it failed.
 */
int git_finish(struct git_process *process, char **err);

/* Stop it where it is, and free it. */
void git_stop(struct git_process *process);

/*
 * A date as --since takes it -> seconds since 1970, by git's "approxidate".
 * Returns 0, or -1 and sets *err, which the caller frees.
 */
int parse_date(struct git_repository *repo, const char *text, gint64 *out,
	       char **err);

#endif
