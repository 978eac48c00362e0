/*
 * words: every heading, label and sentence that the formats for people print,
 * each of them once.  How they are laid out is for each format to say.
 */
#ifndef RENDER_WORDS_H
#define RENDER_WORDS_H

#include "digest/conversation.h"
#include "digest/digest.h"
#include "mail/tags.h"
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
#define WORDS_ALSO_ON "Also on: "
#define WORDS_LINK "Link: "
#define WORDS_APPLIED "Applied as: "
#define WORDS_B4 "b4 am "
#define WORDS_COMMIT "Commit: "
#define WORDS_DATE "Date: "
#define WORDS_MESSAGE_ID "Message-ID: "

/* Of the summary. */
#define WORDS_MERGE_BASE "Merge base: "
#define WORDS_NOT_SUMMED_UP \
	"What they change in all, and whether they merge, is left out of so " \
	"many commits;\n--sections=summary tells."
#define WORDS_NO_DIFFSTAT "Cannot tell what they change in all: "
#define WORDS_IN " in:"
#define WORDS_BOTH "Both sides change %u %s:\n"
#define WORDS_NO_SIDE "Cannot tell what the other side has done since: "
#define WORDS_TESTS "Tests: %u of %u %s\n"
#define WORDS_SINCE "Since the older version:"
#define WORDS_SIGNATURES "Signatures: "

/* What follows the name: " mailing list update from " */
const char *words_update(enum digest_kind kind);

/*
 * "No patches in 3 mails.", or none that the limit leaves; "All 3 mails are
 * listed above." under another list.  The caller owns it.
 */
char *words_no_patches(const struct digest *digest);

/* "Limited to: --author=ann -- drivers"; there is a limit. */
char *words_limits(const struct digest *digest);

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
 * The same for reviewers, or for the domains of their addresses: "Top 15
 * reviewers (Based on Replies)", or of code "(Based on Trailers)".  The caller
 * owns it.
 */
char *words_top_reviewers(enum digest_kind kind, gboolean domains,
			  unsigned top);

/* "Ann Bee <ab@example.org>, 2 Reviewed-by, 1 Acked-by"; the same. */
char *words_review(const struct review *review);

/* In a section that has nothing to list. */
#define WORDS_NONE "None."

/*
 * What became of a series that was posted in the range: "applied 3 of 7 by Ann
 * Bee", "under review, 4 of 7 reviewed, 5 of 7 here"; or what was said of an
 * older one, where nothing but news counts: "applied by Ann Bee", or NULL if
 * that is none.  The caller owns both.
 */
char *words_state(const struct series *series);
char *words_news(const struct series *series);

/* "3 replies by 2 people", "1 reply by the author"; NULL for none. */
char *words_replies(const struct conversation *conversation);

/* "3 days", "2 hours": the largest unit of which there are two, or seconds. */
char *words_span(gint64 seconds);

/* How many digits of a commit of another repository are shown. */
#define WORDS_FOREIGN_DIGITS 12

/*
 * The first commit that was found for a patch of the series in a repository of
 * code, and for how many: "1234abcd1234, 3 of 7".  NULL if none was; the caller
 * owns it.
 */
char *words_found(const struct series *series);

/* "kvmarm, linux-arch"; NULL for none.  The caller owns it. */
char *words_lists(const GPtrArray *names);

/* In front of the commit of the other side that makes the same change. */
#define WORDS_TWIN "= "

/* What a block of a series says beside that. */
#define WORDS_APPLIED_AS "applied as "
#define WORDS_ALSO "; also on "
#define WORDS_SENT_BY "sent by "
#define WORDS_POSTED "posted "

/* What became of a pull request. */
#define WORDS_MERGED "merged"
#define WORDS_NOT_YET_MERGED "not merged"
#define WORDS_NOT_MERGED "nobody says that it is merged"
#define WORDS_MERGED_AS "merged as "
#define WORDS_MERGED_SAYS "merged, says "

/* The day of a time in seconds since 1970; NULL if there is none. */
char *words_day_of(gint64 seconds);

/* The same with the time, "4 Jan 2026 10:00". */
char *words_minute_of(gint64 seconds);

/*
 * The first line of a mirror's summary: "1 Jan 2026 to 4 Jan 2026; the newest
 * mail is 3 days old", or "4 Jan 2026; ...".  The caller owns it.
 */
char *words_dates(const struct digest *digest);

/*
 * What the page of --short says of the whole, in parts to put commas between:
 * "kvm 1-4 Jan 2026", "12 mails", ...  The caller frees it with g_strfreev().
 */
char **words_brief_summary(const struct digest *digest);

/* ... above a list; of a series: "applied 3 of 7"; and of a time: "3d". */
const char *words_brief_heading(enum section section);
char *words_brief_state(const struct series *series);
char *words_age(gint64 seconds);

/* How a count has changed: " (+3)", " (-3)", " (as before)". */
char *words_change(unsigned long now, unsigned long before);

/* "and 37 more" */
#define WORDS_AND_MORE " and %u more"

/*
 * The label of a new entry that updates a version from before the range,
 * "Update (v5 of 4 Jan 2026):"; NULL if previous is.  The caller owns it.
 */
char *words_update_of(const struct previous *previous);

/*
 * "12 new since 4 Jan 2026 10:00", "nothing new since ...", "no mark".  The
 * caller owns it.
 */
char *words_news_since(gboolean has_mark, unsigned long news, gint64 since);

/*
 * A hint if one full name has two addresses among the first ten contributors:
 * they may be one person.  NULL if none has; the caller owns it.
 */
char *words_hint(const struct digest *digest);

/* "[37 more lines]", where a text was cut.  The caller owns it. */
char *words_more_lines(unsigned nr);

/*
 * A date as "git log --date=iso" has it, of one of RFC 3339; NULL if that is
 * NULL, or none.  The caller owns it.
 */
char *words_date(const char *date);

enum words_unit {
	WORDS_MAILS,
	WORDS_COMMITS,
	WORDS_MERGES,
	WORDS_PEOPLE,
	WORDS_FILES,		/* changed */
	WORDS_PLAIN_FILES,
	WORDS_INSERTIONS,
	WORDS_DELETIONS,
	WORDS_PATCHES,
	WORDS_SERIES,
	WORDS_NEW_VERSIONS,
	WORDS_REPLIES,
	WORDS_NEWCOMERS,
	WORDS_REMOVED,
	WORDS_UNREADABLE,
	WORDS_TAGS,
	WORDS_LISTS,
	WORDS_LINES,
	WORDS_SECONDS,
	WORDS_MINUTES,
	WORDS_HOURS,
	WORDS_DAYS,
};

/* The letter that stands for a kind of tags: "R". */
char words_tag_letter(enum tag_kind kind);

/* "commit" for 1, "commits" for all other numbers. */
const char *words_unit(enum words_unit unit, unsigned long n);

/*
 * What follows the merge base, " of 4 Jan 2026, 37 commits behind"; and how
 * many commits are signed, "3 good, 1 bad, 8 none".  The caller owns both.
 */
char *words_base(const struct merge *merge);
char *words_signatures(const struct signatures *signatures);

/* What stands above the commits in which a check has found something. */
const char *words_check(enum check check);

/* "Merges cleanly into "; NULL where there is no other side. */
const char *words_merge(enum merge_result result);

#endif
