/*
 * listing: what --lists prints: the lists that YAML files are about, where
 * their mirrors are, and what is new in them.
 */
#ifndef RENDER_LISTING_H
#define RENDER_LISTING_H

#include "render/format.h"

struct listing {
	char *name;		/* for --list */
	char *id;		/* its List-Id, or NULL */
	char *file;		/* that is about it */
	char *mirror;		/* a path, or NULL */
	char *problem;		/* why what follows is unknown; or NULL */
	gboolean has_mark;	/* these are since that: */
	unsigned long news;	/* commits, nearly all of which are mails */
	gint64 since;		/* seconds since 1970 */
};

/* Free a struct listing. */
void listing_free(void *listing);

/*
 * Print them (struct listing *): a line each, which is made safe for a terminal
 * (screen/scrub.h), or one JSON object, gitdigest-json(5).
 */
void listing_print(const GPtrArray *lists, const struct format_options *options,
		   FILE *out);
void listing_print_json(const GPtrArray *lists,
			const struct format_options *options, FILE *out);

#endif
