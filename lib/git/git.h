/*
 * run-git: git, run as a process.
 *
 * The folder that these functions take is where git is to look for its
 * repository.  NULL is the caller's folder, with the caller's environment: git
 * then finds what it would find for any command of the user's.  With another
 * folder, what the environment says of a repository does not count.
 *
 * No git that is started here fetches an object, takes a lock that it can do
 * without, or speaks another language than English.  A NULL *err is expected of
 * the caller, who frees what it is set to.
 */
#ifndef GIT_GIT_H
#define GIT_GIT_H

#include <glib.h>

/* A git that runs. */
struct git_process;

/*
 * Start "git <arguments>", up to a NULL.  input is what it reads, a descriptor
 * that stays the caller's; -1 is nothing.  Returns NULL and sets *err if it
 * cannot be started.
 */
struct git_process *git_start(const char *folder, const char *const *arguments,
			      int input, char **err);

/* The same, with a text as what it reads. */
struct git_process *git_start_on(const char *folder,
				 const char *const *arguments,
				 const GString *text, char **err);

/*
 * The same as git_start(), with these variables, "NAME=value" up to a NULL, in
 * its environment.
 */
struct git_process *git_start_with(const char *folder,
				   const char *const *arguments, int input,
				   const char *const *variables, char **err);

/*
 * The next line, or what comes up to the next NUL byte, of its output: without
 * that end, and good until the next call; *len, which may be NULL, is its
 * length.  NULL at the end of the output, and when it cannot be read:
 * git_finish() tells.
 */
char *git_line(struct git_process *process, size_t *len);
char *git_field(struct git_process *process, size_t *len);

/* Does its output go on? */
gboolean git_more(struct git_process *process);

/* The descriptor of its output, to be the input of another git. */
int git_output(struct git_process *process);

/*
 * Read what is left, wait for its end, and free it.  Returns its exit code if
 * that is 0 or, where may_be_one is TRUE, 1.  Otherwise, or if its output
 * could not be read, it returns -1 and sets *err to what went wrong, in git's
 * own words.
 */
int git_finish(struct git_process *process, gboolean may_be_one, char **err);

/* Stop it where it is, and free it. */
void git_stop(struct git_process *process);

/*
 * Wait for its end, and free it.  Returns all that it prints but the last
 * newline, which the caller frees; or NULL if it fails, with *err set if err is
 * not NULL.
 */
char *git_answer(struct git_process *process, char **err);

/* The same of "git <arguments>", up to the NULL that ends them. */
char *git_ask(const char *folder, char **err, const char *argument, ...)
	G_GNUC_NULL_TERMINATED;

/*
 * Arguments in an array that owns them: those up to the NULL; and "--", the
 * pathspecs (char *) and the NULL that ends all.
 */
GPtrArray *git_arguments(const char *const *arguments);
void git_add_paths(GPtrArray *arguments, const GPtrArray *paths);

#endif
