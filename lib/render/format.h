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

/* What each message has, for a reader who wants to act on it. */
enum links_mode {
	LINKS_NONE,
	LINKS_ARCHIVE,		/* its place in the archive of the list */
	LINKS_B4,		/* "b4 am <Message-ID>" */
};

struct format_options {
	unsigned top;		/* how many lines of each count to print */
	struct sections sections;
	enum patches_mode patches;
	enum links_mode links;
	gboolean ids;		/* print each entry's commit and Message-ID */
	unsigned columns;	/* of the terminal that shows the text; 0 if
				   none does */
	const struct palette *palette;
	struct abbrev *abbrev;	/* what makes commit ids short */
};

/* The digest of one of several lists, or all that there is. */
struct format_part {
	const struct digest *digest;
	struct format_options options;
};

struct format {
	gboolean says_all;	/* prints all sections unless some are named,
				   and those that need no replies always */
	/* Write the parts to out.  Write errors are left to ferror(out). */
	void (*print)(const struct format_part *parts, unsigned nr, FILE *out);
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
