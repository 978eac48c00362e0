/*
 * output: where a digest is written to: standard output, or a file that is
 * there whole or not at all.
 */
#ifndef SCREEN_OUTPUT_H
#define SCREEN_OUTPUT_H

#include <stdio.h>

struct output {
	FILE *fp;
	char *path;		/* of the file; NULL for standard output */
	char *temporary;	/* what is written until it is complete; NULL if
				   path is a device or a pipe */
};

/*
 * Open path for writing, or standard output if it is NULL.  Returns 0, or -1
 * and sets *err, which the caller frees.
 */
int output_open(struct output *output, const char *path, char **err);

/*
 * All is written: make sure that it arrived, and put the file in its place.
 * Returns 0, or -1 and sets *err; the file then is as it was before.
 */
int output_close(struct output *output, char **err);

#endif
