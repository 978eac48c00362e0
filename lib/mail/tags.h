/*
 * tags: the lines of a reply in which somebody answers for a patch,
 * "Reviewed-by: Ann Bee <ab@example.org>".
 */
#ifndef MAIL_TAGS_H
#define MAIL_TAGS_H

#include "mail/address.h"

struct tag {
	char *name;		/* "Reviewed-by", whatever case the mail has */
	struct address person;	/* as the tag has it */
};

/* More tags than these are not read. */
#define TAGS_MAX 1000

/*
 * The tags in text[0..len), which is valid UTF-8: struct tag *, in their order,
 * in an array that the caller unrefs.
 *
 * A tag stands on a line of its own, with eight blanks before it at most; so
 * quoted lines have none.  If its address does not fit on the line, the next
 * line has it alone.  Below the line "-- ", and in a diff, there is none.
 * Signed-off-by is no tag: it does not say that anybody looked.  A word that is
 * not known, such as "Reviwed-by", is no tag either.
 */
GPtrArray *tags_parse(const char *text, size_t len, gboolean of_patch);

/* Free a struct tag. */
void tags_free(void *tag);

/* What a tag says of a patch, as far as it is counted. */
enum tag_kind {
	TAG_REVIEWED,
	TAG_ACKED,
	TAG_TESTED,
	TAG_NACKED,
	NR_TAG_KINDS
};

/* Does the name say so?  "Reviewed-and-tested-by" is of two kinds. */
gboolean tags_is_of(const char *name, enum tag_kind kind);

/* Does it say that the patch is good: Reviewed-by or Acked-by? */
gboolean tags_is_review(const struct tag *tag);

#endif
