/*
 * git: git commands, run as processes.
 *
 * A git runs in the folder that its caller names.  NULL is the current folder,
 * with the environment as it is: git finds the repository that it would find
 * for any command of the user's.  In another folder, git is not told of the
 * variables that name a repository (GIT_DIR and its kind).
 *
 * No git that is started here fetches objects, takes a lock that it can do
 * without, or prints messages in another language than English.
 *
 * Arrays of strings end with a NULL.  err may be NULL; else *err is NULL on
 * entry, and where a function fails, it is set to a message that the caller
 * frees.  Only the main thread may call these functions.
 */
#ifndef GIT_GIT_H
#define GIT_GIT_H

#include <glib.h>

struct git_process;

/*
 * Start "git <arguments>".  It reads from the descriptor input, which stays the
 * caller's; -1 is /dev/null.  Returns NULL if git cannot be started.
 */
struct git_process *git_start(const char *folder, const char *const *arguments,
			      int input, char **err);

/* The same, for a git that reads this text. */
struct git_process *git_start_on(const char *folder,
				 const char *const *arguments,
				 const GString *text, char **err);

/* The same, with variables, "NAME=value", added to the environment. */
struct git_process *git_start_with(const char *folder,
				   const char *const *arguments, int input,
				   const char *const *variables, char **err);

/*
 * From now on, let each git that is started in this folder also read the
 * objects in other folders (char *).
 */
void git_add_objects(const char *folder, const GPtrArray *folders);

/*
 * Read the output up to the next newline, or up to the next NUL.  Returns what
 * was read without that byte, valid until the next call, and its length in
 * *len, unless len is NULL.  Returns NULL at the end, and where the output
 * cannot be read, which git_finish() reports.
 */
char *git_line(struct git_process *process, size_t *len);
char *git_field(struct git_process *process, size_t *len);

/*
 * Read so many bytes, 1 at least.  NULL if there are fewer, or no memory for
 * them.
 */
char *git_bytes(struct git_process *process, size_t len);

/* The next byte of the output, which stays there; or EOF. */
int git_peek(struct git_process *process);

/*
 * Let git print up to a megabyte before it is read, unless the system allows
 * less.
 */
void git_read_ahead(struct git_process *process);

/* The descriptor of the output, to be the input of another git. */
int git_output(struct git_process *process);

/*
 * Skip the rest of the output, wait for git to end, and free the process.
 * Returns the exit code if it is 0 or an answer, which is the other code that
 * this git may end with.  Returns -1 for any other exit code, with git's own
 * words in *err, and where the output could not be read.
 */
int git_finish(struct git_process *process, int answer, char **err);

/* End git before it is done, and free the process. */
void git_stop(struct git_process *process);

/*
 * Take all of the output but the last newline, and finish.  Returns NULL if git
 * fails; the caller frees the result.
 */
char *git_answer(struct git_process *process, char **err);

/* Start "git <argument> ...", up to a NULL, and take its answer. */
char *git_ask(const char *folder, char **err, const char *argument, ...)
	G_GNUC_NULL_TERMINATED;

/*
 * Build a longer list of arguments: git_arguments() makes an array that owns
 * its strings, for the caller to add more; git_add_paths() adds "--", the
 * pathspecs (char *; paths may be NULL) and the NULL at the end.
 */
GPtrArray *git_arguments(const char *const *arguments);
void git_add_paths(GPtrArray *arguments, const GPtrArray *paths);

#endif
