/*
 * covers, series, versions: which mails were posted together, and which
 * posting is an older version of which.
 *
 * A case lists made-up mails, the oldest first.  What it expects is one text of
 * the groups, "c 1 2 | x", the oldest first, each as series.h orders its
 * mails; and one of what stands for what, "old<new:title", in the same order,
 * where the first mail of a group names it.
 */
#include <string.h>
#include "digest/covers.h"
#include "digest/versions.h"

#define ANN "Ann Author <ann@example.org>"
#define BOB "Bob Builder <bob@example.net>"

#define HOUR 60		/* minutes */
#define DAY (24 * HOUR)

/*
 * One mail.  What a mail does not say has a default: it is of Ann, arrives a
 * minute after the one before it, and has a diff unless its number is 0.
 */
struct mail {
	const char *subject;
	const char *id;		/* its name here, and its Message-ID */
	const char *answers;	/* References: ids, the nearest last */
	const char *from;
	const char *author;	/* in-body From */
	const char *older;	/* ids of links to older versions */
	const char *change_id;
	const char *files;	/* what the diffstat names */
	gboolean nodiff;
	int at;			/* when it arrives, in minutes */
};

struct test_case {
	const char *name;
	struct mail mails[14];
	const char *groups, *versions;
};

static const struct test_case cases[] = {

/* Which mails are patches, and how they group. */

{ "a lone patch is a series of one", {
	{ "[PATCH] one", "1" },
	{ "[PATCH] two", "2" } },
  "1 | 2" },
{ "patches that answer their cover letter", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" } },
  "c 1 2" },
{ "patches that answer one another in a chain", {
	{ "[PATCH 0/3] a", "c" },
	{ "[PATCH 1/3] one", "1", "c" },
	{ "[PATCH 2/3] two", "2", "c 1" },
	{ "[PATCH 3/3] three", "3", "2" } },
  "c 1 2 3" },
{ "patches that answer the first of them", {
	{ "[PATCH 1/3] one", "1" },
	{ "[PATCH 2/3] two", "2", "1" },
	{ "[PATCH 3/3] three", "3", "1" } },
  "1 2 3" },
{ "patches whose cover letter came before the range", {
	{ "[PATCH 1/3] one", "1", "gone" },
	{ "[PATCH 2/3] two", "2", "gone" },
	{ "[PATCH 3/3] three", "3", "gone" } },
  "1 2 3" },
{ "a series stands in order of number, however it arrives", {
	{ "[PATCH 2/3] two", "2", "c" },
	{ "[PATCH 0/3] a", "c" },
	{ "[PATCH 3/3] three", "3", "c" },
	{ "[PATCH 1/3] one", "1", "c" } },
  "c 1 2 3" },
{ "a mail between them changes nothing, and the newest mail is the place", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH] other", "x", .from = BOB },
	{ "[PATCH 2/2] two", "2", "c" } },
  "x | c 1 2" },
{ "one cover letter, patches from another address", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 1/2] one", "1", "c",
	  .from = "Ann Author <ann@work.example>" },
	{ "[PATCH 2/2] two", "2", "c",
	  .from = "Ann Author <ann@work.example>" } },
  "c 1 2" },
{ "brackets of many kinds say that a mail is a patch", {
	{ "[PATCH net-next,v3] a", "1" },
	{ "[kvm-unit-tests PATCH v4 01/11] b", "2" },
	{ "[RFC][PATCH v0] c", "3" },
	{ "[v2 1/3] d", "4" },
	{ "[RFC PATCH v2 3/7] e", "5" },
	{ "Subject: [PATCH] f", "6" } },
  "1 | 2 | 3 | 4 | 5 | 6" },
{ "RFC or RESEND alone is a patch if a diff follows", {
	{ "[RFC] a", "1" },
	{ "[RFC] b", "2", .nodiff = TRUE },
	{ "[RESEND] c", "3" },
	{ "[RESEND] d", "4", .nodiff = TRUE },
	{ "[QUESTION] e", "5" } },
  "1 | 3" },
{ "a reply is no patch, in any language", {
	{ "[PATCH] a", "1" },
	{ "Re: [PATCH] a", "2", "1" },
	{ "RE: [PATCH] a", "3", "1" },
	{ "Fwd: [PATCH] a", "4" },
	{ "AW: [PATCH] a", "5", "1" },
	{ "\345\233\236\345\244\215: [PATCH] a", "6", "1" },
	{ "[PATCH] Re: a", "7", "1" } },
  "1" },
{ "a reply without a diff that its sender's patches answer is no cover", {
	{ "Re: what to do", "q", "gone", .nodiff = TRUE },
	{ "[PATCH 1/2] one", "1", "q" },
	{ "[PATCH 2/2] two", "2", "q" } },
  "1 2" },
{ "pull requests and robots are no patches", {
	{ "[GIT PULL] a", "1", .nodiff = TRUE },
	{ "[PULL 0/2] b", "2" },
	{ "[PULL 1/2] c", "3", "2" },
	{ "[syzbot] [net?] d", "4", .nodiff = TRUE },
	{ "[PULL] e", "5" } },
  "" },
{ "a mail without a Subject is no patch", {
	{ "", "1" },
	{ "", "2", .nodiff = TRUE } },
  "" },

/* Cover letters whose Subject does not say so. */

{ "a cover letter without brackets, with its version at the end", {
	{ "switch to a v6", "c", .nodiff = TRUE },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" } },
  "c 1 2" },
{ "a cover letter without brackets takes the version of its patches", {
	{ "[PATCH 0/2] a better b", "c1" },
	{ "[PATCH 1/2] one", "1", "c1" },
	{ "a better b", "c2", .nodiff = TRUE, .at = 3 * DAY },
	{ "[PATCH v2 1/2] uno", "3", "c2" },
	{ "[PATCH v2 2/2] due", "4", "c2" } },
  "c1 1 | c2 3 4", "c1<c2:title" },
{ "a cover letter marked as a patch, but without a diff or number", {
	{ "[PATCH v3] a", "c", .nodiff = TRUE },
	{ "[PATCH v3 1/2] one", "1", "c" },
	{ "[PATCH v3 2/2] two", "2", "c" } },
  "c 1 2" },
{ "a cover letter marked RFC only", {
	{ "[RFC] a", "c", .nodiff = TRUE },
	{ "[RFC PATCH 1/2] one", "1", "c" },
	{ "[RFC PATCH 2/2] two", "2", "c" } },
  "c 1 2" },
{ "a patch with a diff is no cover letter of what answers it", {
	{ "[PATCH] a", "p" },
	{ "[PATCH 1/2] one", "1", "p" },
	{ "[PATCH 2/2] two", "2", "p" } },
  "p | 1 2" },
{ "a mail with a diff and without brackets is no cover letter", {
	{ "how about this", "p" },
	{ "[PATCH 1/2] one", "1", "p" },
	{ "[PATCH 2/2] two", "2", "p" } },
  "1 2" },
{ "a lone patch makes no cover letter of what it answers", {
	{ "it is broken", "q", .nodiff = TRUE },
	{ "[PATCH] mend it", "1", "q" } },
  "1" },
{ "a mail that a stranger's patch answers is no cover letter", {
	{ "it is broken", "q", .nodiff = TRUE },
	{ "[PATCH 1/2] mend it", "1", "q", .from = BOB },
	{ "[PATCH 2/2] test it", "2", "q", .from = BOB } },
  "1 2" },
{ "a stranger's patch is the first to answer the cover letter", {
	{ "it does not work", "c", .nodiff = TRUE },
	{ "[PATCH 1/1] how about this", "x", "c", BOB },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" } },
  "x | c 1 2" },
{ "a patch answers a reply to the mail: no cover letter", {
	{ "it is broken", "q", .nodiff = TRUE },
	{ "Re: it is broken", "r", "q", .nodiff = TRUE },
	{ "[PATCH 1/1] mend it", "1", "q r" } },
  "1" },
{ "a PATCHSET is the cover letter of what answers it", {
	{ "[PATCHSET] a", "c", .nodiff = TRUE },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" } },
  "c 1 2" },
{ "the numbers of a PATCHSET count cover letters", {
	{ "[PATCHSET v2 1/3] a", "a", .nodiff = TRUE },
	{ "[PATCHSET v2 2/3] b", "b", .nodiff = TRUE },
	{ "[PATCHSET v2 3/3] d", "d", .nodiff = TRUE },
	{ "[PATCH 1/2] one", "a1", "a" },
	{ "[PATCH 2/2] two", "a2", "a" },
	{ "[PATCH 1/1] one", "b1", "b" },
	{ "[PATCH 1/2] uno", "d1", "d" },
	{ "[PATCH 2/2] due", "d2", "d" } },
  "a a1 a2 | b b1 | d d1 d2" },
{ "a PATCHSET may have a version of its own", {
	{ "[PATCHSET 1/3] a", "a", .nodiff = TRUE },
	{ "[PATCH 1/1] one", "a1", "a" },
	{ "[PATCHSET v2 1/2] a", "b", .nodiff = TRUE, .at = DAY },
	{ "[PATCH 1/1] one", "b1", "b" } },
  "a a1 | b b1", "a<b:title" },
{ "a PATCHBOMB", {
	{ "[PATCHBOMB 0/2] a", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" } },
  "c 1 2" },
{ "a GIT PULL that numbered patches answer", {
	{ "[GIT PULL] a", "c", .nodiff = TRUE },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" } },
  "c 1 2" },
{ "a pull request that numbers its patches", {
	{ "[pull request][net-next 0/2] a", "c" },
	{ "[net-next 1/2] one", "1", "c" },
	{ "[net-next 2/2] two", "2", "c" } },
  "c 1 2" },

/* Cover letters that are miscounted, misplaced, or sent twice. */

{ "a cover letter of five, six patches", {
	{ "[PATCH 0/5] a", "c" },
	{ "[PATCH 1/6] one", "1", "c" },
	{ "[PATCH 2/6] two", "2", "c" },
	{ "[PATCH 3/6] three", "3", "c" },
	{ "[PATCH 4/6] four", "4", "c" },
	{ "[PATCH 5/6] five", "5", "c" },
	{ "[PATCH 6/6] six", "6", "c" } },
  "c 1 2 3 4 5 6" },
{ "a cover letter of two, three patches in a chain", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 1/3] one", "1", "c" },
	{ "[PATCH 2/3] two", "2", "c 1" },
	{ "[PATCH 3/3] three", "3", "c 1 2" } },
  "c 1 2 3" },
{ "a cover letter without a version, patches of v5", {
	{ "[PATCH 0/3] a", "c" },
	{ "[PATCH v5 1/3] one", "1", "c" },
	{ "[PATCH v5 2/3] two", "2", "c" },
	{ "[PATCH v5 3/3] three", "3", "c" } },
  "c 1 2 3" },
{ "a cover letter v24.0, patches without a version, and one of v24.2", {
	{ "[PATCH v24.0 00/14] a", "c" },
	{ "[PATCH 01/14] one", "1", "c" },
	{ "[PATCH 02/14] two", "2", "c" },
	{ "[PATCH 12/14] twelve", "12", "c" },
	{ "[PATCH v24.2 12/14] twelve", "12b", "c 12",
	  .at = 2 * HOUR } },
  "c 1 2 12b 12" },
{ "... also if that one answers the cover letter itself", {
	{ "[PATCH v24.0 00/14] a", "c" },
	{ "[PATCH 01/14] one", "1", "c" },
	{ "[PATCH v24.2 12/14] twelve", "12", "c", .at = 2 * HOUR } },
  "c 1 12" },
{ "one patch of three lacks the version", {
	{ "[PATCH v2 0/3] a", "c" },
	{ "[PATCH v2 1/3] one", "1", "c" },
	{ "[PATCH 2/3] two", "2", "c" },
	{ "[PATCH v2 3/3] three", "3", "c" } },
  "c 1 2 3" },
{ "a cover letter whose patches answer the same older mail as it does", {
	{ "[PATCH v2 0/2] a", "c", "old" },
	{ "[PATCH v2 1/2] one", "1", "old" },
	{ "[PATCH v2 2/2] two", "2", "old" } },
  "c 1 2" },
{ "... also if that is an older version", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH v2 0/2] b", "d", "c", .at = 9 * DAY },
	{ "[PATCH v2 1/2] one", "3", "c" },
	{ "[PATCH v2 2/2] two", "4", "c" } },
  "c 1 2 | d 3 4", "c<d:patches" },
{ "a cover letter that answers its own first patch", {
	{ "[PATCH 1/2] one", "1" },
	{ "[PATCH 2/2] two", "2", "1" },
	{ "[PATCH 0/2] a", "c", "1" } },
  "c 1 2" },
{ "... but not a stranger's first patch", {
	{ "[PATCH 1/2] one", "1", .from = BOB },
	{ "[PATCH 2/2] two", "2", "1", .from = BOB },
	{ "[PATCH 0/2] a", "c", "1" } },
  "1 2 | c" },
{ "a cover letter that no patch answers joins them within a day", {
	{ "[PATCH v2 0/2] a", "c" },
	{ "[PATCH v2 1/2] one", "1", "lost", .at = 20 * HOUR },
	{ "[PATCH v2 2/2] two", "2", "lost" } },
  "c 1 2" },
{ "a cover letter that no patch answers, with its address in capitals", {
	{ "[PATCH v2 0/2] a", "c", .from = "Ann Author <Ann@Example.org>" },
	{ "[PATCH v2 1/2] one", "1", "lost" },
	{ "[PATCH v2 2/2] two", "2", "lost" } },
  "c 1 2" },
{ "... also if it comes last", {
	{ "[PATCH v2 1/2] one", "1", "lost" },
	{ "[PATCH v2 2/2] two", "2", "lost" },
	{ "[PATCH v2 0/2] a", "c", .at = 20 * HOUR } },
  "c 1 2" },
{ "... but not after two days", {
	{ "[PATCH v2 0/2] a", "c" },
	{ "[PATCH v2 1/2] one", "1", "lost", .at = 2 * DAY },
	{ "[PATCH v2 2/2] two", "2", "lost" } },
  "c | 1 2" },
{ "... nor those of another version", {
	{ "[PATCH v3 0/2] a", "c" },
	{ "[PATCH v2 1/2] one", "1", "lost" },
	{ "[PATCH v2 2/2] two", "2", "lost" } },
  "c | 1 2" },
{ "... nor those of another total", {
	{ "[PATCH v2 0/3] a", "c" },
	{ "[PATCH v2 1/2] one", "1", "lost" },
	{ "[PATCH v2 2/2] two", "2", "lost" } },
  "c | 1 2" },
{ "... nor those of another sender", {
	{ "[PATCH v2 0/2] a", "c", .from = BOB },
	{ "[PATCH v2 1/2] one", "1", "lost" },
	{ "[PATCH v2 2/2] two", "2", "lost" } },
  "c | 1 2" },
{ "... nor those that have a cover letter", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 0/2] b", "d" },
	{ "[PATCH 1/2] one", "1", "d" },
	{ "[PATCH 2/2] two", "2", "d" } },
  "c | d 1 2" },
{ "two cover letters that no patch answers join the nearest patches", {
	{ "[PATCH 0/2] a", "a" },
	{ "[PATCH 1/2] one", "a1", "lost" },
	{ "[PATCH 2/2] two", "a2", "lost" },
	{ "[PATCH 0/2] b", "b", .at = HOUR },
	{ "[PATCH 1/2] uno", "b1", "gone" },
	{ "[PATCH 2/2] due", "b2", "gone" } },
  "a a1 a2 | b b1 b2" },
{ "a cover letter that came by two routes", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 2/2] two", "2", "c" } },
  "c c 1 2" },
{ "a cover letter sent twice, the second answers the first", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH 0/2] a", "d", "c" } },
  "d c 1 2" },
{ "a cover letter sent twice without a thread", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 0/2] a", "d" },
	{ "[PATCH 1/2] one", "1", "d" },
	{ "[PATCH 2/2] two", "2", "d" } },
  "c | d 1 2", "c<d:title" },
{ "two cover letters of one thread stay two", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH 0/2] what else there is", "d", "c" } },
  "c 1 2 | d" },
{ "a stable tree in a bracket of its own", {
	{ "[PATCH v3 0/2] [v4.9.y] a", "c" },
	{ "[PATCH v3 1/2][v4.9.y] one", "1", "c" },
	{ "[PATCH v3 2/2][v4.9.y] two", "2", "c" } },
  "c 1 2" },
{ "patches of v2 that answer the cover letter of v1", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH v2 1/2] one", "3", "c", .at = DAY },
	{ "[PATCH v2 2/2] two", "4", "c" } },
  "c 1 2 | 3 4", "c<3:patches" },
{ "one patch sent again into the series", {
	{ "[PATCH v5 0/2] a", "c" },
	{ "[PATCH v5 1/2] one", "1", "c" },
	{ "[PATCH v5 2/2] two", "2", "c" },
	{ "[PATCH v5.1 1/2] one", "1b", "1" } },
  "c 1b 1 2" },
{ "a lone patch that answers a series is not of it", {
	{ "[PATCH 0/1] a", "c" },
	{ "[PATCH 1/1] one", "1", "c" },
	{ "[PATCH] more", "2", "c" } },
  "c 1 | 2" },

/* Patches without a thread. */

{ "patches that do not thread and come within hours", {
	{ "[PATCH 0/3] a", "c" },
	{ "[PATCH 1/3] one", "1", .at = HOUR },
	{ "[PATCH 2/3] two", "2", .at = 5 * HOUR },
	{ "[PATCH 3/3] three", "3", .at = 9 * HOUR } },
  "c 1 2 3" },
{ "... also without a cover letter", {
	{ "[PATCH 1/3] one", "1" },
	{ "[PATCH 2/3] two", "2", .at = 5 * HOUR },
	{ "[PATCH 3/3] three", "3", .at = 9 * HOUR } },
  "1 2 3" },
{ "... but not those of another day", {
	{ "[PATCH 1/2] one", "1" },
	{ "[PATCH 2/2] two", "2", .at = DAY } },
  "1 | 2" },
{ "... nor of another sender", {
	{ "[PATCH 1/2] one", "1" },
	{ "[PATCH 2/2] two", "2", .from = BOB } },
  "1 | 2" },
{ "... nor of another version", {
	{ "[PATCH 1/2] one", "1" },
	{ "[PATCH v2 2/2] two", "2" } },
  "1 | 2" },
{ "... nor of another total", {
	{ "[PATCH 1/2] one", "1" },
	{ "[PATCH 2/3] two", "2" } },
  "1 | 2" },
{ "... nor for another tree", {
	{ "[PATCH net 1/2] one", "1" },
	{ "[PATCH 2/2] two", "2" } },
  "1 | 2" },
{ "two postings without a thread, one after the other", {
	{ "[PATCH 1/2] one", "a1" },
	{ "[PATCH 2/2] two", "a2" },
	{ "[PATCH 1/2] uno", "b1", .at = HOUR },
	{ "[PATCH 2/2] due", "b2" } },
  "a1 a2 | b1 b2" },
{ "two postings without a thread, all in one minute", {
	{ "[PATCH 1/3] one", "a1", .at = 5 },
	{ "[PATCH 2/3] two", "a2", .at = 5 },
	{ "[PATCH 3/3] three", "a3", .at = 5 },
	{ "[PATCH 1/3] uno", "b1", .at = 5 },
	{ "[PATCH 2/3] due", "b2", .at = 5 },
	{ "[PATCH 3/3] tre", "b3", .at = 5 } },
  "a1 a2 a3 | b1 b2 b3" },
{ "two postings without a thread, mixed, for two trees", {
	{ "[PATCH net 1/2] one", "a1" },
	{ "[PATCH net-next 1/2] uno", "b1" },
	{ "[PATCH net 2/2] two", "a2" },
	{ "[PATCH net-next 2/2] due", "b2" } },
  "a1 a2 | b1 b2" },
{ "one patch without a thread joins those that have one", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2" } },
  "c 1 2" },
{ "patches that all have one Message-ID", {
	{ "[PATCH 1/2] one", "x" },
	{ "[PATCH 2/2] two", "x" } },
  "x x" },
{ "references that go round", {
	{ "[PATCH 1/2] one", "1", "2" },
	{ "[PATCH 2/2] two", "2", "1" } },
  "1 2" },

/* Versions, rule 1: equal titles. */

{ "a higher version with the same title stands", {
	{ "[PATCH] x: do a", "old" },
	{ "[PATCH v2] x: do a", "new" } },
  "old | new", "old<new:title" },
{ "the highest version stands for all", {
	{ "[PATCH] x: do a", "1" },
	{ "[PATCH v3] x: do a", "3" },
	{ "[PATCH v10] x: do a", "10" } },
  "1 | 3 | 10", "1<10:title 3<10:title" },
{ "the highest version stands, even if a lower one comes later", {
	{ "[PATCH v10] x: do a", "10" },
	{ "[PATCH v9] x: do a", "9" } },
  "10 | 9", "9<10:title" },
{ "a cover letter lacks the version that its patches have", {
	{ "[PATCH v4 0/2] a", "c" },
	{ "[PATCH v4 1/2] one", "1", "c" },
	{ "[PATCH 0/2] a", "d", .at = DAY },
	{ "[PATCH v5 1/2] one", "3", "d" },
	{ "[PATCH v5 2/2] two", "4", "d" } },
  "c 1 | d 3 4", "c<d:title" },
{ "v0 is below v1", {
	{ "[RFC][PATCH v0] x: do a", "0" },
	{ "[RFC][PATCH] x: do a", "1" } },
  "0 | 1", "0<1:title" },
{ "of equal versions the newest stands", {
	{ "[PATCH v2] x: do a", "a" },
	{ "[PATCH RESEND v2] x: do a", "b" },
	{ "[REPOST PATCH v2] x: do a", "c" } },
  "a | b | c", "a<c:title b<c:title" },
{ "titles are equal but for case and punctuation", {
	{ "[PATCH] x: Do \"a\", not b.", "1" },
	{ "[PATCH v2] X - do a (not b)", "2" } },
  "1 | 2", "1<2:title" },
{ "titles are equal but for a leading Subject", {
	{ "[PATCH] Subject: x: do a", "1" },
	{ "[PATCH v2] x: do a", "2" } },
  "1 | 2", "1<2:title" },
{ "a title that is part of another one is not equal", {
	{ "[PATCH] x: do a", "1" },
	{ "[PATCH v2] x: do a, and the rest", "2" } },
  "1 | 2" },
{ "empty titles are not equal", {
	{ "[PATCH]", "1" },
	{ "[PATCH v2]", "2" } },
  "1 | 2" },
{ "titles that are punctuation only are not equal", {
	{ "[PATCH] ...", "1" },
	{ "[PATCH v2] ???", "2" } },
  "1 | 2" },
{ "the same title by a stranger", {
	{ "[PATCH] x: do a", "1" },
	{ "[PATCH v2] x: do a", "2", .from = BOB } },
  "1 | 2" },
{ "addresses are equal but for case", {
	{ "[PATCH] x: do a", "1" },
	{ "[PATCH v2] x: do a", "2", .from = "A <Ann@Example.ORG>" } },
  "1 | 2", "1<2:title" },
{ "one full name with two addresses", {
	{ "[PATCH] x: do a", "1", .from = "Ann Author <ann@work.example>" },
	{ "[PATCH v2] x: do a", "2", .from = "ann author <me@home.example>" } },
  "1 | 2", "1<2:title" },
{ "one first name is not one person", {
	{ "[PATCH] x: do a", "1", .from = "Ann <ann@work.example>" },
	{ "[PATCH v2] x: do a", "2", .from = "Ann <me@home.example>" } },
  "1 | 2" },
{ "one name instead of an address", {
	{ "[PATCH] x: do a", "1", .from = "Ann Author" },
	{ "[PATCH v2] x: do a", "2", .from = "Ann Author" } },
  "1 | 2", "1<2:title" },
{ "somebody sends the author's patch", {
	{ "[PATCH] x: do a", "1", .from = BOB, .author = ANN },
	{ "[PATCH v2] x: do a", "2" } },
  "1 | 2", "1<2:title" },
{ "... and sends it again after the author", {
	{ "[PATCH] x: do a", "1" },
	{ "[PATCH v2] x: do a", "2", .from = BOB, .author = ANN } },
  "1 | 2", "1<2:title" },
{ "one sender, two authors", {
	{ "[PATCH] x: do a", "1", .from = BOB, .author = ANN },
	{ "[PATCH v2] x: do a", "2", .from = BOB, .author = "C <c@c.org>" } },
  "1 | 2", "1<2:title" },
{ "one sender with two addresses, and two authors", {
	{ "[PATCH] x: do a", "a", .from = "Ann Author <ann@work.example>",
	  .author = "C <c@c.org>" },
	{ "[PATCH v2] x: do a", "b", .author = "D <d@d.org>" } },
  "a | b", "a<b:title" },
{ "two senders and two authors, who are four", {
	{ "[PATCH] x: do a", "1", .from = BOB, .author = ANN },
	{ "[PATCH v2] x: do a", "2", .from = "D <d@d.org>",
	  .author = "C <c@c.org>" } },
  "1 | 2" },
{ "a lone patch that became the second of a series", {
	{ "[PATCH] x: do a", "p" },
	{ "[PATCH 0/2] x: do more", "c", .at = DAY },
	{ "[PATCH 1/2] x: prepare", "1", "c" },
	{ "[PATCH 2/2] x: do a", "2", "c" } },
  "p | c 1 2", "p<c:title" },
{ "a lone patch has the title of the cover letter that it replaces", {
	{ "[PATCH 0/2] x: do a", "c" },
	{ "[PATCH 1/2] x: prepare", "1", "c" },
	{ "[PATCH 2/2] x: finish", "2", "c" },
	{ "[PATCH v2] x: do a", "p" } },
  "c 1 2 | p", "c<p:title" },
{ "a lone patch has the title of a cover letter and its only patch", {
	{ "[PATCH 0/1] x: do a", "c" },
	{ "[PATCH 1/1] x: do a", "1", "c" },
	{ "[PATCH v2] x: do a", "p" } },
  "c 1 | p", "c<p:title" },
{ "one patch rerolled stands for nothing of the series", {
	{ "[PATCH 0/9] a", "c" },
	{ "[PATCH 1/9] one", "1", "c" },
	{ "[PATCH 3/9] three", "3", "c" },
	{ "[PATCH v2 3/9] three", "3b", "3", .at = DAY } },
  "c 1 3 | 3b" },
{ "... also the first patch of a series without a cover letter", {
	{ "[PATCH 1/9] one", "1" },
	{ "[PATCH 2/9] two", "2", "1" },
	{ "[PATCH v2 1/9] one", "1b", "1", .at = DAY } },
  "1 2 | 1b" },
{ "one patch of a series rerolled as a lone patch", {
	{ "[PATCH 1/9] one", "1" },
	{ "[PATCH 2/9] two", "2", "1" },
	{ "[PATCH v2] two", "2b", "2", .at = DAY } },
  "1 2 | 2b" },
{ "one patch rerolled twice stands for the first time", {
	{ "[PATCH 0/9] a", "c" },
	{ "[PATCH 3/9] three", "3", "c" },
	{ "[PATCH v2 3/9] three", "3b", "3", .at = DAY },
	{ "[PATCH v3 3/9] three", "3c", "3", .at = 2 * DAY } },
  "c 3 | 3b | 3c", "3b<3c:title" },

/* Trees. */

{ "a repost for another tree stands beside", {
	{ "[PATCH net] x: do a", "a" },
	{ "[PATCH net-next v2] x: do a", "b" } },
  "a | b" },
{ "the same title to two trees, of one version", {
	{ "[PATCH 0/2] [xfsprogs] a", "c" },
	{ "[PATCH 1/2] [xfsprogs] one", "1", "c" },
	{ "[PATCH 0/2] [xfstests] a", "d" },
	{ "[PATCH 1/2] [xfstests] one", "2", "d" } },
  "c 1 | d 2" },
{ "a posting that names no tree fits any", {
	{ "[PATCH] x: do a", "a" },
	{ "[PATCH net-next v2] x: do a", "b" },
	{ "[PATCH v3] x: do a", "c" } },
  "a | b | c", "a<c:title b<c:title" },
{ "what names no tree does not join two trees", {
	{ "[PATCH net] x: do a", "a" },
	{ "[PATCH v2] x: do a", "b" },
	{ "[PATCH net-next v3] x: do a", "c" } },
  "a | b | c", "b<c:title" },
{ "trees are equal but for case and order", {
	{ "[PATCH bpf Net-Next] x: do a", "a" },
	{ "[PATCH net-next BPF v2] x: do a", "b" } },
  "a | b", "a<b:title" },
{ "a tree in a bracket after PATCH", {
	{ "[PATCH][VFIO] x: do a", "a" },
	{ "[PATCH v2] [KVM] x: do a", "b" } },
  "a | b" },
{ "words that name no tree", {
	{ "[WIP PATCH] x: do a", "1" },
	{ "[DRAFT PATCH v2] x: do a", "2" },
	{ "[TEST PATCH v3] x: do a", "3" },
	{ "[EXTERNAL] [PATCH v4] x: do a", "4" },
	{ "[PATCH REPOST net v5] x: do a", "5" } },
  "1 | 2 | 3 | 4 | 5",
  "1<5:title 2<5:title 3<5:title 4<5:title" },
{ "a stable patch does not stand for the patch", {
	{ "[PATCH] x: do a", "a" },
	{ "[PATCH 6.1.y v2] x: do a", "b" },
	{ "[PATCH v4.9.y] x: do a", "c" } },
  "a | b | c" },
{ "a stable patch and its v2", {
	{ "[PATCH 6.1.y] x: do a", "a" },
	{ "[PATCH 6.1.y v2] x: do a", "b" } },
  "a | b", "a<b:title" },
{ "a cover letter names no tree, its patches do", {
	{ "[PATCH 0/2] x: do a", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "x: do a", "d", .nodiff = TRUE, .at = DAY },
	{ "[PATCH 6.1.y 1/2] one", "3", "d" },
	{ "[PATCH 6.1.y 2/2] two", "4", "d" } },
  "c 1 2 | d 3 4" },
{ "one AUTOSEL patch for two kernels", {
	{ "[PATCH AUTOSEL 6.1 1/2] x: do a", "a" },
	{ "[PATCH AUTOSEL 6.1 2/2] y: do b", "b", "a" },
	{ "[PATCH AUTOSEL 5.15 1/2] x: do a", "c" },
	{ "[PATCH AUTOSEL 5.15 2/2] y: do b", "d", "c" },
	{ "[PATCH] x: do a", "e" } },
  "a b | c d | e" },

/* RFC. */

{ "an RFC is below a later posting without RFC", {
	{ "[RFC PATCH v3] x: do a", "a" },
	{ "[PATCH] x: do a", "b" } },
  "a | b", "a<b:title" },
{ "... also one that says it after PATCH, or in a bracket of its own", {
	{ "[PATCH RFC v3] x: do a", "a" },
	{ "[RFC] [PATCH v4] x: do a", "b" },
	{ "[PATCH] x: do a", "c" } },
  "a | b | c", "a<c:title b<c:title" },
{ "an RFC that is glued to PATCH", {
	{ "[RFC/PATCH v3] x: do a", "a" },
	{ "[PATCH] x: do a", "b" } },
  "a | b", "a<b:title" },
{ "a later RFC of a higher version stands", {
	{ "[PATCH v2] x: do a", "a" },
	{ "[RFC PATCH v3] x: do a", "b" } },
  "a | b", "a<b:title" },
{ "a later RFC of a lower version does not", {
	{ "[PATCH v2] x: do a", "a" },
	{ "[RFC PATCH] x: do a", "b" } },
  "a | b", "b<a:title" },
{ "what follows an RFC is higher, of whatever version", {
	{ "[RFC PATCH v2 0/2] a first idea", "c" },
	{ "[RFC PATCH v2 1/2] one", "1", "c" },
	{ "[RFC PATCH v2 2/2] two", "2", "c" },
	{ "[PATCH 0/2] an implementation", "d", .at = DAY },
	{ "[PATCH 1/2] one", "3", "d" },
	{ "[PATCH 2/2] two", "4", "d" } },
  "c 1 2 | d 3 4", "c<d:patches" },
{ "ranks that go round by an RFC: the newest stands", {
	{ "[RFC PATCH v3] x: do a", "a" },
	{ "[PATCH] x: do a", "b" },
	{ "[RFC PATCH v2] x: do a", "c" } },
  "a | b | c", "a<c:title b<c:title" },

/* Files. */

{ "one title, but other files", {
	{ "[PATCH] mend a typo", "a", .files = "mm/slab.c" },
	{ "[PATCH v2] mend a typo", "b", .files = "fs/inode.c" } },
  "a | b" },
{ "one file of five is a fifth", {
	{ "[PATCH] mend", "a", .files = "a/1.c a/2.c a/3.c a/4.c a/5.c" },
	{ "[PATCH v2] mend", "b",
	  .files = "a/1.c b/2.c b/3.c b/4.c b/5.c b/6.c" } },
  "a | b", "a<b:title" },
{ "one file of six is less than a fifth", {
	{ "[PATCH] mend", "a",
	  .files = "a/1.c a/2.c a/3.c a/4.c a/5.c a/6.c" },
	{ "[PATCH v2] mend", "b",
	  .files = "a/1.c b/2.c b/3.c b/4.c b/5.c b/6.c" } },
  "a | b" },
{ "of the smaller set: one file that is among many", {
	{ "[PATCH] mend", "a", .files = "a/1.c" },
	{ "[PATCH v2] mend", "b",
	  .files = "a/1.c b/2.c b/3.c b/4.c b/5.c b/6.c b/7.c" } },
  "a | b", "a<b:title" },
{ "the end of a path is another file", {
	{ "[PATCH] mend", "a", .files = "fs/xfs/libxfs/x.c" },
	{ "[PATCH v2] mend", "b", .files = "libxfs/x.c" } },
  "a | b" },
{ "where only one names files, nothing can be compared", {
	{ "[PATCH] mend", "a", .files = "fs/inode.c" },
	{ "[PATCH v2] mend", "b" } },
  "a | b", "a<b:title" },
{ "a path that is cut names no file", {
	{ "[PATCH] mend", "a", .files = ".../deep/inode.c" },
	{ "[PATCH v2] mend", "b", .files = "fs/inode.c" } },
  "a | b", "a<b:title" },
{ "the files of all patches of a series count", {
	{ "[PATCH 0/2] mend", "c", .files = "a.c b.c" },
	{ "[PATCH v2 0/2] mend", "d" },
	{ "[PATCH v2 1/2] one", "1", "d", .files = "x.c" },
	{ "[PATCH v2 2/2] two", "2", "d", .files = "b.c" } },
  "c | d 1 2", "c<d:title" },

/* Rule 2: patch titles. */

{ "half of the patches have the same title", {
	{ "[PATCH 0/4] the old way", "c" },
	{ "[PATCH 1/4] one", "1", "c" },
	{ "[PATCH 2/4] two", "2", "c" },
	{ "[PATCH 3/4] three", "3", "c" },
	{ "[PATCH 4/4] four", "4", "c" },
	{ "[PATCH v2 0/5] something better", "d" },
	{ "[PATCH v2 1/5] one", "5", "d" },
	{ "[PATCH v2 2/5] two", "6", "d" },
	{ "[PATCH v2 3/5] tre", "7", "d" },
	{ "[PATCH v2 4/5] quattro", "8", "d" },
	{ "[PATCH v2 5/5] cinque", "9", "d" } },
  "c 1 2 3 4 | d 5 6 7 8 9", "c<d:patches" },
{ "less than half of the patches have the same title", {
	{ "[PATCH 1/5] one", "1" },
	{ "[PATCH 2/5] two", "2", "1" },
	{ "[PATCH 3/5] three", "3", "1" },
	{ "[PATCH 4/5] four", "4", "1" },
	{ "[PATCH 5/5] five", "5", "1" },
	{ "[PATCH v2 0/5] something better", "d" },
	{ "[PATCH v2 1/5] one", "6", "d" },
	{ "[PATCH v2 2/5] two", "7", "d" },
	{ "[PATCH v2 3/5] tre", "8", "d" },
	{ "[PATCH v2 4/5] quattro", "9", "d" },
	{ "[PATCH v2 5/5] cinque", "10", "d" } },
  "1 2 3 4 5 | d 6 7 8 9 10" },
{ "half of the smaller one is enough", {
	{ "[PATCH 1/2] one", "1" },
	{ "[PATCH 2/2] two", "2", "1" },
	{ "[PATCH v2 0/4] something better", "d" },
	{ "[PATCH v2 1/4] zero", "3", "d" },
	{ "[PATCH v2 2/4] one", "4", "d" },
	{ "[PATCH v2 3/4] two", "5", "d" },
	{ "[PATCH v2 4/4] three", "6", "d" } },
  "1 2 | d 3 4 5 6", "1<d:patches" },
{ "one patch with the same title is not enough", {
	{ "[PATCH 0/2] the old way", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH v2 0/2] something better", "d" },
	{ "[PATCH v2 1/2] one", "3", "d" },
	{ "[PATCH v2 2/2] due", "4", "d" } },
  "c 1 2 | d 3 4" },
{ "the same patches in a series of the same version", {
	{ "[PATCH 0/2] the old way", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH 0/2] something better", "d" },
	{ "[PATCH 1/2] one", "3", "d" },
	{ "[PATCH 2/2] two", "4", "d" } },
  "c 1 2 | d 3 4" },
{ "a series without a cover letter whose v2 has one", {
	{ "[PATCH 1/2] one", "1" },
	{ "[PATCH 2/2] two", "2", "1" },
	{ "[PATCH v2 0/2] all of it", "d", .at = DAY },
	{ "[PATCH v2 1/2] one", "3", "d" },
	{ "[PATCH v2 2/2] two", "4", "d" } },
  "1 2 | d 3 4", "1<d:patches" },
{ "... and the other way round", {
	{ "[PATCH 0/2] all of it", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH v2 1/2] one", "3", .at = DAY },
	{ "[PATCH v2 2/2] two", "4", "3" } },
  "c 1 2 | 3 4", "c<3:patches" },

/* Rule 3: answers. */

{ "a higher version answers the lower one", {
	{ "[PATCH] x: do a", "a" },
	{ "[PATCH v2] y: something else", "b", "a" } },
  "a | b", "a<b:answer" },
{ "a cover letter answers a patch of the lower version", {
	{ "[PATCH 0/2] the old way", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH v2 0/2] something better", "d", "c 2" },
	{ "[PATCH v2 1/2] uno", "3", "d" },
	{ "[PATCH v2 2/2] due", "4", "d" } },
  "c 1 2 | d 3 4", "c<d:answer" },
{ "a higher version answers a reply to the lower one", {
	{ "[PATCH] x: do a", "a" },
	{ "Re: [PATCH] x: do a", "r", "a", BOB, .nodiff = TRUE },
	{ "[PATCH v2] y: something else", "b", "a r" } },
  "a | b", "a<b:answer" },
{ "an answer of the same version is another patch", {
	{ "[PATCH] x: do a", "a" },
	{ "[PATCH] y: something else", "b", "a" } },
  "a | b" },
{ "an answer of a lower version is another patch", {
	{ "[PATCH v2] x: do a", "a" },
	{ "[PATCH] y: something else", "b", "a" } },
  "a | b" },
{ "an answer by a stranger is another patch", {
	{ "[PATCH] x: do a", "a" },
	{ "[PATCH v2] y: something else", "b", "a", BOB } },
  "a | b" },
{ "an answer for another tree is another patch", {
	{ "[PATCH net] x: do a", "a" },
	{ "[PATCH net-next v2] y: something else", "b", "a" } },
  "a | b" },
{ "an answer about other files is another patch", {
	{ "[PATCH] x: do a", "a", .files = "x.c" },
	{ "[PATCH v2] y: something else", "b", "a", .files = "y.c" } },
  "a | b" },
{ "a v3 that answers v1 stands for it and for v2", {
	{ "[PATCH] x: do a", "1" },
	{ "[PATCH v2] x: do a", "2" },
	{ "[PATCH v3] y: something else", "3", "1 2" } },
  "1 | 2 | 3", "1<3:answer 2<3:answer" },

/* Rule 4: links to older versions. */

{ "a link to what shares a patch title", {
	{ "[PATCH 0/2] the old way", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH v2 0/2] something better", "d", .older = "c" },
	{ "[PATCH v2 1/2] one", "3", "d" },
	{ "[PATCH v2 2/2] due", "4", "d" } },
  "c 1 2 | d 3 4", "c<d:link" },
{ "a link to one of the patches is a link to the series", {
	{ "[PATCH 0/2] the old way", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH v2 0/2] something better", "d", .older = "2" },
	{ "[PATCH v2 1/2] one", "3", "d" },
	{ "[PATCH v2 2/2] due", "4", "d" } },
  "c 1 2 | d 3 4", "c<d:link" },
{ "a link to what has nearly the same title", {
	{ "[PATCH 0/2] x: make the thing work on all", "c" },
	{ "[PATCH v2 0/3] x: make the things work on all", "d",
	  .older = "c" } },
  "c | d", "c<d:link" },
{ "a link to what changes the same files", {
	{ "[PATCH] x: do a", "a", .files = "x.c" },
	{ "[PATCH v2] y: something else", "b", .older = "a",
	  .files = "x.c y.c" } },
  "a | b", "a<b:link" },
{ "a wrong link, to other files", {
	{ "[PATCH] x: do a", "a", .files = "x.c" },
	{ "[PATCH v2] y: something else", "b", .older = "a",
	  .files = "y.c" } },
  "a | b" },
{ "a link without a second witness", {
	{ "[PATCH] x: do a", "a", .files = "x.c" },
	{ "[PATCH v2] y: something else", "b", .older = "a" } },
  "a | b" },
{ "a link to a stranger's mail", {
	{ "[PATCH] x: do a", "a", .from = BOB, .files = "x.c" },
	{ "[PATCH v2] y: something else", "b", .older = "a",
	  .files = "x.c" } },
  "a | b" },
{ "a link to what is for another tree", {
	{ "[PATCH net] x: do a", "a", .files = "x.c" },
	{ "[PATCH bpf v2] y: something else", "b", .older = "a",
	  .files = "x.c" } },
  "a | b" },
{ "one of two links is wrong", {
	{ "[PATCH] x: do a", "a", .files = "x.c" },
	{ "[PATCH] z: do b", "z", .files = "z.c" },
	{ "[PATCH v2] y: something else", "b", .older = "z a",
	  .files = "x.c" } },
  "a | z | b", "a<b:link" },
{ "a link from a posting of the same version", {
	{ "[PATCH] x: do a", "a", .files = "x.c" },
	{ "[PATCH] y: something else", "b", .older = "a",
	  .files = "x.c" } },
  "a | b", "a<b:link" },
{ "mails that name each other as older versions", {
	{ "[PATCH] x: do a", "a", .files = "x.c", .older = "b" },
	{ "[PATCH v2] y: something else", "b", .files = "x.c",
	  .older = "a" } },
  "a | b", "a<b:link" },
{ "... also if the higher version came first", {
	{ "[PATCH v2] x: do a", "a", .files = "x.c", .older = "b" },
	{ "[PATCH] x: do a", "b", .files = "x.c", .older = "a" } },
  "a | b", "b<a:title" },
{ "three that name each other in a circle", {
	{ "[PATCH] x: do a", "a", .older = "b" },
	{ "[PATCH] x: do a", "b", .older = "c" },
	{ "[PATCH] x: do a", "c", .older = "a" } },
  "a | b | c", "a<c:title b<c:title" },
{ "a mail that names itself as its older version", {
	{ "[PATCH] x: do a", "a", .files = "x.c", .older = "a" } },
  "a" },
{ "who counts from 1 again names what came before", {
	{ "[PATCH v5] x: do a", "a", .files = "x.c" },
	{ "[PATCH] y: something else", "b", .files = "x.c", .older = "a" } },
  "a | b", "a<b:link" },
{ "ranks that go round by a link: the newest stands", {
	{ "[PATCH v3] x: do a", "3" },
	{ "[PATCH v2] x: do a", "2" },
	{ "[PATCH] x: do a", "1", .older = "3" } },
  "3 | 2 | 1", "3<1:title 2<1:title" },

/* Rule 5: titles that are nearly the same. */

{ "a higher version has nearly the same title", {
	{ "[PATCH] x: make the thing work on all", "a" },
	{ "[PATCH v2] x: make the things work on all", "b" } },
  "a | b", "a<b:near-title" },
{ "three of twenty letters are 15 percent", {
	{ "[PATCH] abcdefghijklmnopqrst", "a" },
	{ "[PATCH v2] abcdefghijklmnopqxyz", "b" } },
  "a | b", "a<b:near-title" },
{ "four of twenty letters are more", {
	{ "[PATCH] abcdefghijklmnopqrst", "a" },
	{ "[PATCH v2] abcdefghijklmnopwxyz", "b" } },
  "a | b" },
{ "nearly the same title, but another total", {
	{ "[PATCH 0/2] x: make the thing work on all", "a" },
	{ "[PATCH v2 0/3] x: make the things work on all", "b" } },
  "a | b" },
{ "nearly the same title, of the same version", {
	{ "[PATCH] x: make the thing work on all", "a" },
	{ "[PATCH] x: make the things work on all", "b" } },
  "a | b" },
{ "nearly the same title, by a stranger", {
	{ "[PATCH] x: make the thing work on all", "a" },
	{ "[PATCH v2] x: make the things work on all", "b", .from = BOB } },
  "a | b" },
{ "nearly the same title, but for stable", {
	{ "[PATCH 6.1.y] x: make the thing work on all", "a" },
	{ "[PATCH 6.1.y v2] x: make the things work on all", "b" } },
  "a | b" },
{ "nearly the same title, but of AUTOSEL", {
	{ "[PATCH AUTOSEL 6.1] x: make the thing work on all", "a" },
	{ "[PATCH AUTOSEL 6.1 v2] x: make the things work on all", "b" } },
  "a | b" },
{ "nearly the same title, but other files", {
	{ "[PATCH] x: make the thing work on all", "a", .files = "x.c" },
	{ "[PATCH v2] x: make the things work on all", "b",
	  .files = "y.c" } },
  "a | b" },

/* Change-id. */

{ "one change-id, another title", {
	{ "[PATCH 0/2] the old way", "a", .change_id = "20230101-x" },
	{ "[PATCH v2 0/3] something better", "b",
	  .change_id = "20230101-x" } },
  "a | b", "a<b:change-id" },
{ "one change-id, and nothing else in common", {
	{ "[PATCH net] x: do a", "a", .change_id = "20230101-x",
	  .files = "x.c" },
	{ "[PATCH 6.1.y v2] y: something else", "b", .from = BOB,
	  .change_id = "20230101-x", .files = "y.c" } },
  "a | b", "a<b:change-id" },
{ "two change-ids", {
	{ "[PATCH 0/2] the old way", "a", .change_id = "20230101-x" },
	{ "[PATCH v2 0/2] something better", "b",
	  .change_id = "20230101-y" } },
  "a | b" },
{ "an empty change-id is none", {
	{ "[PATCH] x: do a", "a", .change_id = "" },
	{ "[PATCH v2] y: something else", "b", .change_id = "" } },
  "a | b" },
{ "of one change-id the highest stands", {
	{ "[PATCH v2] b", "b", .change_id = "20230101-x" },
	{ "[PATCH v3] c", "c", .change_id = "20230101-x" },
	{ "[PATCH] a", "a", .change_id = "20230101-x" } },
  "b | c | a", "b<c:change-id a<c:change-id" },

/* Chains. */

{ "a chain that still holds the patch", {
	{ "[PATCH] x: do a", "p" },
	{ "[PATCH 0/2] x: do more", "c", .at = DAY },
	{ "[PATCH 1/2] x: prepare", "1", "c" },
	{ "[PATCH 2/2] x: do a", "2", "c" },
	{ "[PATCH v2 0/2] x: do more", "d", .at = 2 * DAY },
	{ "[PATCH v2 1/2] x: do a", "3", "d" },
	{ "[PATCH v2 2/2] x: and b", "4", "d" } },
  "p | c 1 2 | d 3 4", "p<d:title c<d:title" },
{ "a chain that no longer holds the patch", {
	{ "[PATCH] x: do a", "p" },
	{ "[PATCH 0/2] x: do more", "c", .at = DAY },
	{ "[PATCH 1/2] x: prepare", "1", "c" },
	{ "[PATCH 2/2] x: do a", "2", "c" },
	{ "[PATCH v2 0/2] x: do more", "d", .at = 2 * DAY },
	{ "[PATCH v2 1/2] x: prepare", "3", "d" },
	{ "[PATCH v2 2/2] x: and b", "4", "d" } },
  "p | c 1 2 | d 3 4", "c<d:title" },
{ "three versions, each with another reason", {
	{ "[PATCH 0/2] the old way", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH v2 0/2] something better", "d", .at = DAY },
	{ "[PATCH v2 1/2] one", "3", "d" },
	{ "[PATCH v2 2/2] two", "4", "d" },
	{ "[PATCH v3 0/3] something better", "e", .at = 2 * DAY },
	{ "[PATCH v3 1/3] one", "5", "e" },
	{ "[PATCH v3 2/3] two", "6", "e" },
	{ "[PATCH v3 3/3] three", "7", "e" } },
  "c 1 2 | d 3 4 | e 5 6 7", "c<e:patches d<e:title" },
{ "an RFC that is glued to its version", {
	{ "[RFCv2 PATCH] x: do a", "a" },
	{ "[RFCv3 PATCH] x: do a", "b" } },
  "a | b", "a<b:title" },
{ "the link is in the first patch, the cover letter has none", {
	{ "[PATCH 0/2] the old way", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH v2 0/2] something better", "d" },
	{ "[PATCH v2 1/2] one", "3", "d", .older = "1" },
	{ "[PATCH v2 2/2] due", "4", "d" } },
  "c 1 2 | d 3 4", "c<d:link" },
{ "a patch of the higher version answers the lower one", {
	{ "[PATCH 0/2] the old way", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH v2 0/2] something better", "d" },
	{ "[PATCH v2 1/2] uno", "3", "d 1" },
	{ "[PATCH v2 2/2] due", "4", "d" } },
  "c 1 2 | d 3 4", "c<d:answer" },
{ "two cover letters without answers, all in one minute", {
	{ "[PATCH 0/2] a", "a", .at = 5 },
	{ "[PATCH 1/2] one", "a1", "lost", .at = 5 },
	{ "[PATCH 2/2] two", "a2", "lost", .at = 5 },
	{ "[PATCH 0/2] b", "b", .at = 5 },
	{ "[PATCH 1/2] uno", "b1", "gone", .at = 5 },
	{ "[PATCH 2/2] due", "b2", "gone", .at = 5 } },
  "a a1 a2 | b b1 b2" },

};

/* What the program does not do yet: run with -m slow. */
static const struct test_case todo[] = {

{ "each patch of v2 answers the one that it replaces", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH 1/2] one", "1", "c" },
	{ "[PATCH 2/2] two", "2", "c" },
	{ "[PATCH v2 1/2] one", "3", "c 1", .at = DAY },
	{ "[PATCH v2 2/2] two", "4", "c 2" } },
  "c 1 2 | 3 4", "c<3:patches" },
{ "a late cover letter with RFC elsewhere, and patches without a thread", {
	{ "[PATCH RFC 1/2] one", "1" },
	{ "[PATCH RFC 2/2] two", "2" },
	{ "[PATCH 0/2] a", "c" } },
  "c 1 2" },
{ "a cover letter without a version belongs to one posting only", {
	{ "[PATCH 0/2] a", "c" },
	{ "[PATCH v5 1/2] one", "1", "c" },
	{ "[PATCH v5 2/2] two", "2", "c" },
	{ "[PATCH v6 2/2] two", "2b", "c", .at = DAY } },
  "c 1 2 | 2b" },

};

/* Add "<before><id>@example.org<after>" for each of the ids. */
static void add_ids(GString *text, const char *ids, const char *before,
		    const char *after)
{
	g_auto(GStrv) words = g_strsplit(ids, " ", -1);
	char **word;

	for (word = words; *word; word++)
		g_string_append_printf(text, "%s%s@example.org%s", before,
				       *word, after);
}

static void add_header(GString *text, const struct mail *mail)
{
	g_string_append_printf(text, "From: %s\nSubject: %s\nMessage-ID: ",
			       mail->from ? mail->from : ANN, mail->subject);
	add_ids(text, mail->id, "<", ">\n");
	if (mail->answers) {
		const char *blank = strrchr(mail->answers, ' ');

		g_string_append(text, "References:");
		add_ids(text, mail->answers, " <", ">");
		g_string_append(text, "\nIn-Reply-To: ");
		add_ids(text, blank ? blank + 1 : mail->answers, "<", ">\n");
	}
	g_string_append_c(text, '\n');
}

static void add_diffstat(GString *text, const char *files)
{
	g_auto(GStrv) words = g_strsplit(files, " ", -1);
	char **word;

	g_string_append(text, "---\n");
	for (word = words; *word; word++)
		g_string_append_printf(text, " %s | 1 +\n", *word);
	g_string_append_printf(text, " %u files changed, %u insertions(+)\n",
			       g_strv_length(words), g_strv_length(words));
}

static void add_body(GString *text, const struct mail *mail, gboolean diff)
{
	if (mail->author)
		g_string_append_printf(text, "From: %s\n\n", mail->author);
	g_string_append(text, "Text.\n\n");
	if (mail->older)
		add_ids(text, mail->older, "Link to v1: https://a.example/r/",
			"\n");
	if (mail->change_id)
		g_string_append_printf(text, "change-id: %s\n",
				       mail->change_id);
	if (mail->files)
		add_diffstat(text, mail->files);
	if (diff)
		g_string_append(text, "\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n"
				"@@ -1 +1 @@\n-a\n+b\n");
}

/* Does the Subject have the number 0? */
static gboolean is_cover(const char *text)
{
	struct subject subject;
	gboolean is;

	subject_parse(&subject, text);
	is = subject.number == 0;
	subject_clear(&subject);
	return is;
}

/* NULL if the mail is neither a patch nor maybe a cover letter. */
static struct patch *read_mail(const struct mail *mail, int minute)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct message message;
	struct patch *patch;

	add_header(text, mail);
	add_body(text, mail, !mail->nodiff && !is_cover(mail->subject));
	message_parse(&message, text->str, text->len, FALSE);
	patch = patch_from_message(&message, FALSE);
	message_clear(&message);
	if (patch) {
		/* the name of a mail is its commit's here */
		g_strlcpy(patch->commit, mail->id, sizeof(patch->commit));
		patch->arrived = 1700000000 + minute * 60;
	}
	return patch;
}

/* The patches of a case, newest first. */
static GPtrArray *read_mails(const struct mail *mails)
{
	GPtrArray *patches = g_ptr_array_new_with_free_func(
						(GDestroyNotify)patch_free);
	int minute = 0;

	for (; mails->subject; mails++) {
		struct patch *patch;

		minute = mails->at ? mails->at : minute + 1;
		patch = read_mail(mails, minute);
		if (patch)
			g_ptr_array_insert(patches, 0, patch);
	}
	return patches;
}

static void check_groups(const GPtrArray *series, const char *want)
{
	g_autoptr(GString) groups = g_string_new(NULL);
	guint i, k;

	for (i = series->len; i > 0; i--) {
		const struct series *s = series->pdata[i - 1];

		g_assert_cmpuint(s->order, ==, i - 1);
		g_assert_true(s->head == s->patches->pdata[0]);
		if (groups->len)
			g_string_append(groups, " |");
		for (k = 0; k < s->patches->len; k++) {
			const struct patch *patch = s->patches->pdata[k];

			g_string_append_printf(groups, "%s%s",
					       groups->len ? " " : "",
					       patch->commit);
		}
	}
	g_assert_cmpstr(groups->str, ==, want);
}

static void check_versions(const GPtrArray *series, const char *want)
{
	g_autoptr(GString) versions = g_string_new(NULL);
	guint i;

	for (i = series->len; i > 0; i--) {
		const struct series *s = series->pdata[i - 1];

		if (!s->superseded_by)
			continue;
		/* what does not stand, stands for nothing */
		g_assert_null(s->superseded_by->superseded_by);
		g_string_append_printf(versions, "%s%s<%s:%s",
				       versions->len ? " " : "",
				       s->head->commit,
				       s->superseded_by->head->commit, s->why);
	}
	g_assert_cmpstr(versions->str, ==, want ? want : "");
}

static void run(const void *data)
{
	const struct test_case *test = data;
	g_autoptr(GPtrArray) patches = read_mails(test->mails);
	g_autoptr(GPtrArray) series = NULL;

	covers_adopt(patches);
	series = series_group(patches);
	versions_link(series);
	check_groups(series, test->groups);
	check_versions(series, test->versions);
}

static void add(const char *suite, const struct test_case *tests, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		g_autofree char *path = g_strdup_printf("/%s/%s", suite,
							tests[i].name);

		/* "/" would begin a suite, and "#" a comment of TAP */
		g_assert_null(strpbrk(tests[i].name, "/#"));
		g_test_add_data_func(path, &tests[i], run);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	message_setup();
	/* One run shows all that is wrong. */
	g_test_set_nonfatal_assertions();
	add("series", cases, G_N_ELEMENTS(cases));
	if (g_test_slow())
		add("todo", todo, G_N_ELEMENTS(todo));
	return g_test_run();
}
