/*
 * words: every heading, label and sentence that the formats for people print,
 * each of them once.  How they are laid out is for each format to say.
 */
#ifndef RENDER_WORDS_H
#define RENDER_WORDS_H

#include "digest/digest.h"
#include "render/sections.h"

/* "From <A> to <B>", "From the beginning to <B>" */
#define WORDS_FROM "From "
#define WORDS_BEGINNING "the beginning"
#define WORDS_TO " to "

/* Labels of an entry. */
#define WORDS_NEW "New:"
#define WORDS_EXIST "Exist:"
#define WORDS_SKIP " Skip:"
#define WORDS_AUTHOR "Author: "
#define WORDS_LINK "Link: "

/* Of the summary. */
#define WORDS_MERGE_BASE "Merge base: "
#define WORDS_NOT_SUMMED_UP \
	"What they change in all, and whether they merge, is left out of so " \
	"many commits;\n--sections=summary tells."
#define WORDS_NO_DIFFSTAT "Cannot tell what they change in all: "
#define WORDS_IN " in:"

/* What follows the name: " mailing list update from " */
const char *words_update(enum digest_kind kind);

/* "No patches in 3 mails."  The caller owns it. */
char *words_no_patches(const struct digest_counts *counts);

/* A day, "4 Jan 2026".  The caller owns it. */
char *words_day(GDateTime *date);

/* The heading of a section that does not count. */
const char *words_heading(enum section section);

/*
 * The heading of a section that counts, "Top 15 contributors (Based on Email
 * Body)".  The caller owns it.
 */
char *words_top(enum section section, enum digest_kind kind, unsigned top);

/*
 * The label of a new entry that updates a version from before the range,
 * "Update (v5 of 4 Jan 2026):"; NULL if previous is.  The caller owns it.
 */
char *words_update_of(const struct previous *previous);

/*
 * A hint if one full name has two addresses among the first ten contributors:
 * they may be one person.  NULL if none has; the caller owns it.
 */
char *words_hint(const struct digest *digest);

enum words_unit {
	WORDS_MAILS,
	WORDS_COMMITS,
	WORDS_MERGES,
	WORDS_PEOPLE,
	WORDS_FILES,
	WORDS_INSERTIONS,
	WORDS_DELETIONS,
};

/* "commit" for 1, "commits" for all other numbers. */
const char *words_unit(enum words_unit unit, unsigned long n);

/* "Merges cleanly into "; NULL where there is no other side. */
const char *words_merge(enum merge_result result);

#endif
