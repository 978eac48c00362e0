/*
 * render: a digest that is complete -> what a person or a program reads.
 */
#ifndef RENDER_H
#define RENDER_H

#include <stdio.h>
#include "config.h"
#include "digest.h"
#include "term.h"

struct render_options {
	unsigned top;		/* lines of a tally */
	struct sections sections;
	gboolean links;		/* each entry's place in the list's archive */
	const struct palette *palette;
};

/*
 * The text of the samples (design.md, section 3).  What came from a mail is
 * scrubbed (term_scrub()), whatever out is.  Errors are left to ferror(out).
 */
void render_text(const struct digest *digest,
		 const struct render_options *options, FILE *out);

#endif
