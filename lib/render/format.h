/*
 * format: the forms that a finished digest can be printed in, behind one
 * table: each is a function over the digest.
 */
#ifndef RENDER_FORMAT_H
#define RENDER_FORMAT_H

#include <stdio.h>
#include "digest/digest.h"
#include "render/sections.h"
#include "screen/color.h"

struct abbrev;

struct format_options {
	unsigned top;		/* how many lines of each count to print */
	struct sections sections;
	gboolean links;		/* print each entry's place in the archive */
	const struct palette *palette;
	struct abbrev *abbrev;	/* what makes commit ids short */
};

struct format {
	gboolean says_all;	/* prints all sections unless some are named,
				   and those that need no replies always */
	/* Write the digest to out.  Write errors are left to ferror(out). */
	void (*print)(const struct digest *digest,
		      const struct format_options *options, FILE *out);
};

/*
 * A page for a person.  What came from a mail or a commit is made safe for a
 * terminal (screen/scrub.h), even where out is none.
 */
extern const struct format text_format;

/* One JSON object for programs: gitdigest-json(5). */
extern const struct format json_format;

/* The names of the formats, up to a NULL. */
extern const char *const format_names[];

/*
 * The format of that name.  NULL if there is none; *err, NULL on entry, is then
 * set to a message that the caller frees.
 */
const struct format *format_find(const char *name, char **err);

#endif
