/*
 * render: a digest that is complete -> what a person or a program reads.
 */
#ifndef RENDER_FORMAT_H
#define RENDER_FORMAT_H

#include <stdio.h>
#include "digest/digest.h"
#include "render/sections.h"
#include "screen/color.h"

struct render_options {
	unsigned top;		/* lines of a tally */
	struct sections sections;
	gboolean links;		/* each entry's place in the list's archive */
	const struct palette *palette;
};

/* Write a digest to out.  Errors are left to ferror(out). */
typedef void render_fn(const struct digest *digest,
		       const struct render_options *options, FILE *out);

/*
 * A page for a person.  What came from a mail is scrubbed (scrub_write()),
 * whatever out is.
 */
render_fn render_text;

/* git-digest-json(5): all there is to say, whatever the options are. */
render_fn render_json;

/*
 * The function for a --format; NULL, with *err set, which the caller frees, if
 * there is none.
 */
render_fn *format_find(const char *format, char **err);

#endif
