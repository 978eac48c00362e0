/*
 * rangediff: what has changed between two versions of a branch, as
 * git-range-diff(1) says.
 */
#ifndef GIT_RANGEDIFF_H
#define GIT_RANGEDIFF_H

#include "git/repository.h"

struct git_process;

/* A line for each commit of both versions. */
struct rangediff_line {
	char status;		/* '=' the same, '!' changed, '<' only in the
				   older, '>' only in the newer version */
	char *text;		/* the line, UTF-8: "1:  0123abc ! 1:  4567def
				   title" */
};

struct rangediff {
	GPtrArray *lines;	/* struct rangediff_line * */
	char *text;		/* all that git prints, UTF-8 */
};

/*
 * Start to compare previous, which is the tip of the older version or a range
 * "A..B", with upstream..tip.  NULL sets *err, NULL on entry, to a message that
 * the caller frees.
 */
struct git_process *rangediff_start(const struct repository *repository,
				    const char *previous, const char *upstream,
				    const char *tip, char **err);

/*
 * Take the answer, and end the process.  The result is for rangediff_free();
 * NULL sets *err.
 */
struct rangediff *rangediff_finish(struct git_process *process, char **err);
void rangediff_free(struct rangediff *rangediff);

#endif
