/*
 * output: where the digest is written to: standard output, or a file that is
 * there whole or not at all.
 *
 * What can fail returns 0; or -1 and sets *err, NULL on entry, to a message
 * that the caller frees, and nothing is left to be closed or removed.
 */
#ifndef SCREEN_OUTPUT_H
#define SCREEN_OUTPUT_H

#include <stdio.h>

struct output {
	FILE *fp;
	char *path;		/* of the file; NULL for standard output */
	char *temporary;	/* the file that is renamed to path at the end;
				   NULL if path is a device or a pipe */
};

/*
 * To be called first of all: a descriptor 0, 1 or 2 that the caller of this
 * process has closed would be given to the next file that is opened.
 */
void output_setup(void);

/* Open the file, or standard output if path is NULL. */
int output_open(struct output *output, const char *path, char **err);

/*
 * Make sure that all has been written, and put the file in its place.  After
 * an error the file is as it was before.
 */
int output_close(struct output *output, char **err);

#endif
