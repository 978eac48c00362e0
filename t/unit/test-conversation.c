/*
 * reply, answers, conversation, discussion, threads, reviewers, pulls, reports:
 * what was said on a list, and what became of its patches.
 *
 * A case is a made-up list, the oldest mail first.  Each mail is the text that
 * the real parsers read, and ends with a line "==".  Between two mails,
 * "== 9 days later" lets time pass, and what comes before "== the range begins"
 * is older than the range.  What a case expects is one text; how it is written
 * stands beside the function that writes it.
 */
#include <stdlib.h>
#include <string.h>
#include "digest/builder.h"
#include "digest/conversation.h"
#include "digest/discussion.h"

/* Ann posts, Bob and Eve review, and Tim is the maintainer. */
#define ANN "Ann Bee <ann@x.example>"
#define BOB "Bob Cee <bob@y.example>"
#define EVE "Eve Dee <eve@z.example>"
#define TIM "Tim Eff <tim@w.example>"

#define LKP "kernel test robot <lkp@intel.com>"
#define PW_BOT "patchwork-bot+net@kernel.org"
#define TIP_BOT "tip-bot2 for Ann Bee <tip-bot2@t.example>"

#define MAIL(id, from, subject, more, body) \
	"Message-ID: <" id "@x>\nFrom: " from "\nSubject: " subject "\n" more \
	"\n" body "==\n"
#define TO(id) "In-Reply-To: <" id "@x>\n"
#define RE(id, from, to, body) MAIL(id, from, "Re: f: it", TO(to), body)

#define BARE_DIFF "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n"
#define DIFF "Text.\n\nSigned-off-by: " ANN "\n---\n\n" BARE_DIFF

/* A patch posted alone, and series of two and of three. */
#define LONE MAIL("p", ANN, "[PATCH] f: one", "", DIFF)
#define COVER MAIL("c", ANN, "[PATCH 0/2] f: both", "", "Text.\n")
#define ONE MAIL("1", ANN, "[PATCH 1/2] f: one", TO("c"), DIFF)
#define TWO MAIL("2", ANN, "[PATCH 2/2] f: two", TO("c"), DIFF)
#define PAIR COVER ONE TWO
#define TRIO \
	MAIL("c", ANN, "[PATCH 0/3] f: several", "", "Text.\n") \
	MAIL("1", ANN, "[PATCH 1/3] f: one", TO("c"), DIFF) \
	MAIL("2", ANN, "[PATCH 2/3] f: two", TO("c"), DIFF) \
	MAIL("3", ANN, "[PATCH 3/3] f: three", TO("c"), DIFF)

/* What a later version of the patch that was posted alone looks like. */
#define LONE_V2 MAIL("p2", ANN, "[PATCH v2] f: one", "", DIFF)

#define REVIEW(person) "Fine.\n\nReviewed-by: " person "\n"

struct test_case {
	const char *name, *mails, *want;
	const char *mailmap;
	const char *bots;	/* a glob of people.bots */
	const char *exclude;	/* a regular expression of Subjects */
	const char *path;	/* the only file that counts */
	int stale;		/* in days; 0: the default */
};

/*
 * The states, and what else is said of a series: its state, how many of its
 * patches are reviewed, the replies of people and by whom they are, and those
 * of bots, the tags and the patches that they are said of, what is applied, and
 * who rejected it.
 */
static const struct test_case states[] = {

{ "nobody answers: no answer", LONE,
  "no answer, 0/1 reviewed" },
{ "a bot answers: bots only",
  LONE RE("r", LKP, "p", "It does not build.\n"),
  "bots only, 0/1 reviewed; bots: " LKP " 1" },
{ "a person answers: under review",
  LONE RE("r", BOB, "p", "Why?\n"),
  "under review, 0/1 reviewed; replies 1: " BOB " 1" },
{ "each patch has a review: reviewed",
  LONE RE("r", BOB, "p", REVIEW(BOB)),
  "reviewed, 1/1 reviewed; replies 1: " BOB " 1; Reviewed-by " BOB " on 1" },
{ "a person says NAK: rejected",
  LONE RE("r", BOB, "p", "NAK\n"),
  "rejected, 0/1 reviewed; replies 1: " BOB " 1; rejected by " BOB },
{ "one of two is applied: partly applied",
  PAIR RE("r", TIM, "2", "Applied, thanks!\n"),
  "partly applied, 0/2 reviewed; replies 1: " TIM " 1; 2 applied by " TIM },
{ "a newer version is there: superseded",
  LONE LONE_V2,
  "superseded by p2, 0/1 reviewed\n"
  "no answer, 0/1 reviewed" },
{ "each patch is applied: applied",
  LONE RE("r", TIM, "p", "Applied, thanks!\n"),
  "applied, 0/1 reviewed; replies 1: " TIM " 1; 1 applied by " TIM },

{ "applied comes before superseded",
  LONE RE("r", TIM, "p", "Applied, thanks!\n") LONE_V2,
  "applied, 0/1 reviewed; replies 1: " TIM " 1; 1 applied by " TIM "\n"
  "no answer, 0/1 reviewed" },
{ "superseded comes before partly applied",
  PAIR RE("r", TIM, "2", "Applied, thanks!\n")
  MAIL("d", ANN, "[PATCH v2 0/2] f: both", "", "Text.\n")
  MAIL("3", ANN, "[PATCH v2 1/2] f: one", TO("d"), DIFF)
  MAIL("4", ANN, "[PATCH v2 2/2] f: two", TO("d"), DIFF),
  "superseded by d, 0/2 reviewed; replies 1: " TIM " 1; 2 applied by " TIM "\n"
  "no answer, 0/2 reviewed" },
{ "superseded comes before rejected and reviewed",
  LONE RE("r", BOB, "p", "NAK\n") RE("s", EVE, "p", REVIEW(EVE)) LONE_V2,
  "superseded by p2, 1/1 reviewed; replies 2: " BOB " 1, " EVE " 1; "
  "Reviewed-by " EVE " on 1; rejected by " BOB "\n"
  "no answer, 0/1 reviewed" },
{ "partly applied comes before rejected",
  PAIR RE("r", TIM, "2", "Applied, thanks!\n") RE("s", BOB, "1", "NAK\n"),
  "partly applied, 0/2 reviewed; replies 2: " TIM " 1, " BOB " 1; "
  "2 applied by " TIM "; rejected by " BOB },
{ "rejected comes before reviewed",
  LONE RE("r", BOB, "p", "NAK\n") RE("s", EVE, "p", REVIEW(EVE)),
  "rejected, 1/1 reviewed; replies 2: " BOB " 1, " EVE " 1; "
  "Reviewed-by " EVE " on 1; rejected by " BOB },
{ "under review comes before bots only",
  LONE RE("r", LKP, "p", "It does not build.\n") RE("s", BOB, "p", "Why?\n"),
  "under review, 0/1 reviewed; replies 1: " BOB " 1; bots: " LKP " 1" },

{ "a series of which one patch has a review is under review",
  PAIR RE("r", BOB, "1", REVIEW(BOB)),
  "under review, 1/2 reviewed; replies 1: " BOB " 1; "
  "Reviewed-by " BOB " on 1" },
{ "a review of each patch",
  PAIR RE("r", BOB, "1", REVIEW(BOB)) RE("s", EVE, "2", "Acked-by: " EVE "\n"),
  "reviewed, 2/2 reviewed; replies 2: " BOB " 1, " EVE " 1; "
  "Reviewed-by " BOB " on 1; Acked-by " EVE " on 2" },
{ "a review of the cover letter is one of each patch",
  PAIR RE("r", BOB, "c", REVIEW(BOB)),
  "reviewed, 2/2 reviewed; replies 1: " BOB " 1; Reviewed-by " BOB " on all" },
{ "a patch that is not in the range has no review of its own",
  COVER ONE RE("r", BOB, "1", REVIEW(BOB)),
  "under review, 1/2 reviewed; replies 1: " BOB " 1; "
  "Reviewed-by " BOB " on 1" },
{ "... but the review of the cover letter is one of it",
  COVER ONE RE("r", BOB, "c", REVIEW(BOB)),
  "reviewed, 2/2 reviewed; replies 1: " BOB " 1; Reviewed-by " BOB " on all" },
{ "... also where no patch is in the range",
  COVER RE("r", BOB, "c", REVIEW(BOB)),
  "reviewed, 2/2 reviewed; replies 1: " BOB " 1; Reviewed-by " BOB " on all" },
{ "a lone patch with a number of a larger series",
  MAIL("3", ANN, "[PATCH 3/4] f: three", "", DIFF)
  RE("r", BOB, "3", REVIEW(BOB)),
  "under review, 1/4 reviewed; replies 1: " BOB " 1; "
  "Reviewed-by " BOB " on 3" },
{ "a review in the patch's own text counts",
  MAIL("p", ANN, "[PATCH] f: one", "", "Text.\n\nReviewed-by: " BOB "\n" DIFF),
  "reviewed, 1/1 reviewed" },
{ "... also beside its signature",
  MAIL("p", ANN, "[PATCH] f: one", "", "Text.\n\nReviewed-by: " BOB "\n"
       "Signed-off-by: " ANN "\n---\n\n" BARE_DIFF),
  "reviewed, 1/1 reviewed" },
{ "... also where only bots answer",
  MAIL("p", ANN, "[PATCH] f: one", "", "Text.\n\nAcked-by: " BOB "\n" DIFF)
  RE("r", LKP, "p", "It does not build.\n"),
  "reviewed, 1/1 reviewed; bots: " LKP " 1" },
{ "... and is that patch's only",
  COVER
  MAIL("1", ANN, "[PATCH 1/2] f: one", TO("c"), "Reviewed-by: " BOB "\n" DIFF)
  TWO,
  "no answer, 1/2 reviewed" },
{ "one patch is reviewed in its text, the other in a reply",
  COVER ONE
  MAIL("2", ANN, "[PATCH 2/2] f: two", TO("c"), "Acked-by: " EVE "\n" DIFF)
  RE("r", BOB, "1", REVIEW(BOB)),
  "reviewed, 2/2 reviewed; replies 1: " BOB " 1; Reviewed-by " BOB " on 1" },
{ "Tested-by, Reported-by or a signature in the text is no review",
  MAIL("p", ANN, "[PATCH] f: one", "",
       "Text.\n\nTested-by: " BOB "\nReported-by: " EVE "\n" DIFF),
  "no answer, 0/1 reviewed" },
{ "a review in what the patch adds is none",
  MAIL("p", ANN, "[PATCH] f: one", "", DIFF "+Reviewed-by: " BOB "\n"),
  "no answer, 0/1 reviewed" },
{ "Tested-by in a reply is no review",
  LONE RE("r", BOB, "p", "Tested-by: " BOB "\n"),
  "under review, 0/1 reviewed; replies 1: " BOB " 1; Tested-by " BOB " on 1" },
{ "a review by somebody who did not send it is none",
  LONE RE("r", BOB, "p", "I was told:\n\nReviewed-by: " EVE "\n"),
  "under review, 0/1 reviewed; replies 1: " BOB " 1; "
  "Reviewed-by " EVE " on 1, sent by " BOB },
{ "... and the author, who repeats it, does not answer for it either",
  LONE RE("r", ANN, "p", "Reviewed-by: " EVE "\n"),
  "no answer, 0/1 reviewed; replies 1 (1 the author's): " ANN " 1; "
  "Reviewed-by " EVE " on 1, sent by " ANN },
{ "... and says it later: two lines",
  LONE RE("r", BOB, "p", "Reviewed-by: " EVE "\n")
  RE("s", EVE, "r", "Yes.\n\nReviewed-by: " EVE "\n"),
  "reviewed, 1/1 reviewed; replies 2: " BOB " 1, " EVE " 1; "
  "Reviewed-by " EVE " on 1, sent by " BOB "; Reviewed-by " EVE " on 1" },
{ "a Nacked-by: not reviewed, but not rejected, either",
  LONE RE("r", BOB, "p", REVIEW(BOB)) RE("s", EVE, "p", "Nacked-by: " EVE "\n"),
  "under review, 1/1 reviewed; replies 2: " BOB " 1, " EVE " 1; "
  "Reviewed-by " BOB " on 1; Nacked-by " EVE " on 1" },
{ "... unless somebody else sent it",
  LONE RE("r", BOB, "p", REVIEW(BOB) "Nacked-by: " EVE "\n"),
  "reviewed, 1/1 reviewed; replies 1: " BOB " 1; "
  "Reviewed-by " BOB " on 1; Nacked-by " EVE " on 1, sent by " BOB },
{ "the same tag in several mails is one line",
  TRIO RE("r", BOB, "3", REVIEW(BOB)) RE("s", BOB, "1", REVIEW(BOB))
  RE("t", BOB, "3", REVIEW("Bob C <BOB@y.example>")),
  "under review, 2/3 reviewed; replies 3: " BOB " 3; "
  "Reviewed-by " BOB " on 1 3" },
{ "a tag on the cover letter and on a patch",
  PAIR RE("r", BOB, "c", REVIEW(BOB)) RE("s", BOB, "2", REVIEW(BOB)),
  "reviewed, 2/2 reviewed; replies 2: " BOB " 2; "
  "Reviewed-by " BOB " on all 2" },
{ "a total that no series has",
  MAIL("1", ANN, "[PATCH 1/9999] f: one", "", DIFF),
  "no answer, 0/1000 reviewed" },
{ "a cover letter that does not say that it is one",
  MAIL("c", ANN, "a better f", "", "Text.\n") ONE TWO
  RE("r", BOB, "c", REVIEW(BOB)),
  "reviewed, 2/2 reviewed; replies 1: " BOB " 1; Reviewed-by " BOB " on all" },

{ "who wrote most comes first, and then who wrote first",
  LONE RE("r", BOB, "p", "Why?\n") RE("s", EVE, "p", "Hm.\n")
  RE("t", TIM, "r", "Because.\n") RE("u", EVE, "t", "Ah.\n"),
  "under review, 0/1 reviewed; replies 4: " EVE " 2, " BOB " 1, " TIM " 1" },
{ "the author's own reply is no answer",
  LONE RE("r", ANN, "p", "Ping?\n"),
  "no answer, 0/1 reviewed; replies 1 (1 the author's): " ANN " 1" },
{ "... nor from another address with the same full name",
  LONE RE("r", "Ann Bee <ann@home.example>", "p", "Ping?\n"),
  "no answer, 0/1 reviewed; replies 1 (1 the author's): "
  "Ann Bee <ann@home.example> 1" },
{ "... nor with the address in capitals",
  LONE RE("r", "Ann <ANN@X.Example>", "p", "Ping?\n"),
  "no answer, 0/1 reviewed; replies 1 (1 the author's): "
  "Ann <ANN@X.Example> 1" },
{ "... nor from an address that the mailmap knows",
  LONE RE("r", "A B <ab@old.example>", "p", "Ping?\n"),
  "no answer, 0/1 reviewed; replies 1 (1 the author's): " ANN " 1",
  .mailmap = "Ann Bee <ann@x.example> <ab@old.example>\n" },
{ "but many have the same name of one word",
  MAIL("p", "ann <ann@x.example>", "[PATCH] f: one", "", DIFF)
  RE("r", "ann <ann@else.example>", "p", "Why?\n"),
  "under review, 0/1 reviewed; replies 1: ann <ann@else.example> 1" },
{ "neither the author nor who sent it for her answers",
  MAIL("p", TIM, "[PATCH] f: one", "", "From: " ANN "\n\n" DIFF)
  RE("r", TIM, "p", "Ping?\n") RE("s", ANN, "p", "Ping!\n"),
  "no answer, 0/1 reviewed; replies 2 (1 the author's): "
  TIM " 1, " ANN " 1" },
{ "the author's own reply and a bot's: bots only",
  LONE RE("r", LKP, "p", "It does not build.\n") RE("s", ANN, "r", "Oh.\n"),
  "bots only, 0/1 reviewed; replies 1 (1 the author's): " ANN " 1; "
  "bots: " LKP " 1" },
{ "a bot gives a tag, but reviews nothing",
  LONE RE("r", "Sashiko <sashiko-bot@kernel.org>", "p",
	  "Reviewed-by: Sashiko <sashiko-bot@kernel.org>\n"),
  "bots only, 0/1 reviewed; bots: Sashiko <sashiko-bot@kernel.org> 1; "
  "Reviewed-by Sashiko <sashiko-bot@kernel.org> on 1" },
{ "a bot sends the tags of others",
  LONE RE("r", LKP, "p", "Reviewed-by: " BOB "\n"),
  "bots only, 0/1 reviewed; bots: " LKP " 1" },
{ "a bot that people.bots names",
  LONE RE("r", "CI <ci@build.example>", "p", "NAK\n\nApplied, thanks!\n"),
  "bots only, 0/1 reviewed; bots: CI <ci@build.example> 1",
  .bots = "*@build.example" },
{ "replies to each mail of a series count",
  PAIR RE("r", BOB, "c", "Hm.\n") RE("s", BOB, "1", "Hm.\n")
  RE("t", ANN, "s", "What?\n") RE("u", BOB, "t", "Hm.\n"),
  "under review, 0/2 reviewed; replies 4 (1 the author's): "
  BOB " 3, " ANN " 1" },

{ "a mail that came twice counts once",
  LONE RE("r", BOB, "p", "Why?\n") RE("r", BOB, "p", "Why?\n"),
  "under review, 0/1 reviewed; replies 1: " BOB " 1" },
{ "a newer version that answers the patch is no reply",
  LONE MAIL("p2", ANN, "[PATCH v2] f: one", TO("p"),
	    "Reviewed-by: " BOB "\n" DIFF),
  "superseded by p2, 0/1 reviewed\n"
  "reviewed, 1/1 reviewed" },
{ "what answers the newer version is not said of the older one",
  LONE MAIL("p2", ANN, "[PATCH v2] f: one", TO("p"), DIFF)
  RE("r", BOB, "p2", REVIEW(BOB)),
  "superseded by p2, 0/1 reviewed\n"
  "reviewed, 1/1 reviewed; replies 1: " BOB " 1; Reviewed-by " BOB " on 1" },
{ "an answer without \"Re:\" that quotes the diff is a reply",
  LONE MAIL("r", BOB, "[PATCH] f: one", TO("p"),
	    "> diff --git a/f b/f\n> @@ -1 +1 @@\n\n" REVIEW(BOB)),
  "reviewed, 1/1 reviewed; replies 1: " BOB " 1; Reviewed-by " BOB " on 1" },
{ "a stranger's patch that answers the patch is another series",
  LONE MAIL("q", BOB, "[PATCH] f: better", TO("p"),
	    "Reviewed-by: " EVE "\n" DIFF),
  "no answer, 0/1 reviewed\n"
  "reviewed, 1/1 reviewed" },

{ "an excluded patch has no conversation, and its replies no patch",
  LONE MAIL("q", ANN, "[PATCH] g: other", "", DIFF)
  RE("r", BOB, "q", REVIEW(BOB)),
  "no answer, 0/1 reviewed",
  .exclude = "g:" },
{ "... also where it answers one that counts",
  LONE MAIL("q", BOB, "[PATCH] g: other", TO("p"), DIFF)
  RE("r", EVE, "q", REVIEW(EVE)),
  "no answer, 0/1 reviewed",
  .exclude = "g:" },
{ "a mail of a bot that people.bots names is no patch, but a reply",
  LONE MAIL("q", "CI <ci@build.example>", "[PATCH] f: how about", TO("p"),
	    DIFF),
  "bots only, 0/1 reviewed; bots: CI <ci@build.example> 1",
  .bots = "ci@*" },

{ "news of a patch from before the range",
  LONE "== the range begins\n" RE("r", BOB, "p", REVIEW(BOB)),
  "older: reviewed, 1/1 reviewed; replies 1: " BOB " 1; "
  "Reviewed-by " BOB " on 1" },
{ "... of a series",
  PAIR "== the range begins\n" RE("r", TIM, "2", "Applied, thanks!\n"),
  "older: partly applied, 0/2 reviewed; replies 1: " TIM " 1; "
  "2 applied by " TIM },
{ "... from a bot",
  LONE "== the range begins\n" RE("r", LKP, "p", "It does not build.\n"),
  "older: bots only, 0/1 reviewed; bots: " LKP " 1" },
{ "... with a review in its own text",
  MAIL("p", ANN, "[PATCH] f: one", "", "Acked-by: " EVE "\n" DIFF)
  "== the range begins\n" RE("r", BOB, "p", "Why?\n"),
  "older: reviewed, 1/1 reviewed; replies 1: " BOB " 1" },
{ "... through a reply of the range",
  LONE "== the range begins\n" RE("r", ANN, "p", "Ping?\n")
  RE("s", BOB, "r", "Soon.\n"),
  "older: under review, 0/1 reviewed; replies 2 (1 the author's): "
  ANN " 1, " BOB " 1" },
{ "an older patch that nobody answers is not mentioned",
  LONE "== the range begins\n" MAIL("q", ANN, "[PATCH] g: two", "", DIFF),
  "no answer, 0/1 reviewed" },
{ "an older version of a series of the range is superseded by it",
  LONE "== the range begins\n" LONE_V2 RE("r", BOB, "p", "Why?\n"),
  "no answer, 0/1 reviewed\n"
  "older: superseded by p2, 0/1 reviewed; replies 1: " BOB " 1" },
{ "... but not if it is applied",
  LONE "== the range begins\n" LONE_V2
  RE("r", TIM, "p", "Applied, thanks!\n"),
  "no answer, 0/1 reviewed\n"
  "older: applied, 0/1 reviewed; replies 1: " TIM " 1; 1 applied by " TIM },
{ "an older version of an older patch is superseded by that",
  LONE LONE_V2 "== the range begins\n" RE("r", BOB, "p", "Why?\n")
  RE("s", BOB, "p2", "Fine.\n"),
  "older: superseded by p2, 0/1 reviewed; replies 1: " BOB " 1\n"
  "older: under review, 0/1 reviewed; replies 1: " BOB " 1" },
{ "what is older supersedes nothing of the range",
  LONE_V2 "== the range begins\n" LONE RE("r", BOB, "p2", "Why?\n"),
  "no answer, 0/1 reviewed\n"
  "older: under review, 0/1 reviewed; replies 1: " BOB " 1" },
{ "an older patch that is excluded has no news",
  LONE "== the range begins\n" RE("r", BOB, "p", REVIEW(BOB)),
  "",
  .exclude = "f:" },

};

/* 11,000 characters, 110 in a line. */
#define TEN(x) x x x x x x x x x x
#define LONG_TEXT TEN(TEN("> " TEN("ten bytes ") "seven.\n"))

#define BASE64 "Content-Type: text/plain; charset=utf-8\n" \
	"Content-Transfer-Encoding: base64\n"
#define QUOTED_PRINTABLE "Content-Type: text/plain; charset=utf-8\n" \
	"Content-Transfer-Encoding: quoted-printable\n"
/* "Fine.\n\nReviewed-by: Bob Cee <bob@y.example>\n" */
#define REVIEW64 "RmluZS4KClJldmlld2VkLWJ5OiBCb2IgQ2VlIDxib2JAeS5leGFtcGxl" \
	"Pgo=\n"

/* Tags: how many patches are reviewed, and the tags of the series. */
static const struct test_case tags[] = {

{ "on a lone patch", LONE RE("r", BOB, "p", REVIEW(BOB)),
  "1/1 reviewed; Reviewed-by " BOB " on 1" },
{ "on one patch of a series", PAIR RE("r", BOB, "2", REVIEW(BOB)),
  "1/2 reviewed; Reviewed-by " BOB " on 2" },
{ "on a cover letter", PAIR RE("r", BOB, "c", "Tested-by: " BOB "\n"),
  "0/2 reviewed; Tested-by " BOB " on all" },
{ "on a reply to a reply to a patch",
  PAIR RE("r", EVE, "2", "Why?\n") RE("s", ANN, "r", "So.\n")
  RE("t", EVE, "s", REVIEW(EVE)),
  "1/2 reviewed; Reviewed-by " EVE " on 2" },
{ "the nearest patch above: a patch that answers a reply",
  COVER ONE RE("r", BOB, "1", "Why?\n")
  MAIL("2", ANN, "[PATCH 2/2] f: two", TO("r") "References: <c@x> <r@x>\n",
       DIFF)
  RE("s", BOB, "2", REVIEW(BOB)),
  "1/2 reviewed; Reviewed-by " BOB " on 2" },
{ "several in one mail",
  LONE RE("r", BOB, "p", "Acked-by: " BOB "\nTested-by: " BOB "\n"
	  "Suggested-by: " EVE "\n"),
  "1/1 reviewed; Acked-by " BOB " on 1; Tested-by " BOB " on 1; "
  "Suggested-by " EVE " on 1, sent by " BOB },
{ "of two words", LONE RE("r", BOB, "p", "Reviewed-and-tested-by: " BOB "\n"),
  "1/1 reviewed; Reviewed-and-tested-by " BOB " on 1" },
{ "in another case", LONE RE("r", BOB, "p", "reviewed-BY: " BOB "\n"),
  "1/1 reviewed; Reviewed-by " BOB " on 1" },
{ "quoted", LONE RE("r", BOB, "p", "> Reviewed-by: " BOB "\n> >Acked-by: " EVE
		    "\n>Acked-by: " BOB "\n | Hm.\n"),
  "0/1 reviewed" },
{ "below quoted text", LONE RE("r", BOB, "p", "> Text.\nAcked-by: " BOB "\n"),
  "1/1 reviewed; Acked-by " BOB " on 1" },
{ "below a signature",
  LONE RE("r", BOB, "p", "No.\n-- \nReviewed-by: " BOB "\n"),
  "0/1 reviewed" },
{ "above a signature",
  LONE RE("r", BOB, "p", "Reviewed-by: " BOB "\n-- \nBob\n"),
  "1/1 reviewed; Reviewed-by " BOB " on 1" },
{ "in a diff",
  LONE RE("r", BOB, "p", "How about:\n\n" BARE_DIFF "Acked-by: " BOB "\n"),
  "0/1 reviewed" },
{ "above a diff",
  LONE RE("r", BOB, "p", "Acked-by: " BOB "\n\nwith:\n\n" BARE_DIFF),
  "1/1 reviewed; Acked-by " BOB " on 1" },
{ "in a mail that itself is a patch, of the next one",
  PAIR MAIL("q", BOB, "[PATCH] f: on top", TO("2"),
	    "Reviewed-by: " BOB "\n" DIFF),
  "0/2 reviewed\n1/1 reviewed" },
{ "in a patch that the reply carries",
  LONE RE("r", BOB, "p", "How about:\n\nSubject: [PATCH] f: better\n\n"
	  "Acked-by: " BOB "\n---\n" BARE_DIFF),
  "0/1 reviewed" },
{ "... below scissors",
  LONE RE("r", BOB, "p", "Tested-by: " BOB "\n\n-- >8 --\nf: better\n\n"
	  "Acked-by: " BOB "\n---\n" BARE_DIFF),
  "0/1 reviewed; Tested-by " BOB " on 1" },
{ "... without a header",
  LONE RE("r", BOB, "p", "Tested-by: " BOB "\n\nf: better\n\n"
	  "Acked-by: " BOB "\nSigned-off-by: " BOB "\n---\n" BARE_DIFF),
  "0/1 reviewed; Tested-by " BOB " on 1" },
{ "in base64",
  LONE MAIL("r", BOB, "Re: f: one", TO("p") BASE64, REVIEW64),
  "1/1 reviewed; Reviewed-by " BOB " on 1" },
{ "in base64, in a part of the mail",
  LONE MAIL("r", BOB, "Re: f: one", TO("p")
	    "Content-Type: multipart/alternative; boundary=b\n",
	    "--b\n" BASE64 "\n" REVIEW64 "--b\nContent-Type: text/html\n\n"
	    "<p>Fine.</p>\n--b--\n"),
  "1/1 reviewed; Reviewed-by " BOB " on 1" },
{ "in a signed mail",
  LONE MAIL("r", BOB, "Re: f: one", TO("p")
	    "Content-Type: multipart/signed; boundary=b\n",
	    "--b\nContent-Type: text/plain\n\n" REVIEW(BOB) "--b\n"
	    "Content-Type: application/pgp-signature\n\nx\n--b--\n"),
  "1/1 reviewed; Reviewed-by " BOB " on 1" },
{ "in quoted-printable",
  LONE MAIL("r", BOB, "Re: f: one", TO("p") QUOTED_PRINTABLE,
	    "Reviewed-by: Bob Cee =3Cbob@y.example=3E\n"),
  "1/1 reviewed; Reviewed-by " BOB " on 1" },
{ "in quoted-printable, with a soft line end in it",
  LONE MAIL("r", BOB, "Re: f: one", TO("p") QUOTED_PRINTABLE,
	    "Reviewed-by: Bob =\nCee <bob@y.exam=\nple>\n"),
  "1/1 reviewed; Reviewed-by " BOB " on 1" },
{ "with line ends of another system",
  LONE RE("r", BOB, "p", "Fine.\r\n\r\nReviewed-by: " BOB "\r\n"),
  "1/1 reviewed; Reviewed-by " BOB " on 1" },
{ "11,000 characters down",
  LONE RE("r", BOB, "p", LONG_TEXT "\nReviewed-by: " BOB "\n"),
  "1/1 reviewed; Reviewed-by " BOB " on 1" },
{ "misspelt",
  LONE RE("r", BOB, "p", "Reviwed-by: " BOB "\nReview-by: " BOB "\n"
	  "Reviewed by: " BOB "\nAcked: " BOB "\n"),
  "0/1 reviewed" },
{ "trailing blanks", LONE RE("r", BOB, "p", "Acked-by: " BOB " \t \n"),
  "1/1 reviewed; Acked-by " BOB " on 1" },
{ "a remark behind it", LONE RE("r", BOB, "p", "Acked-by: " BOB " # arm\n"),
  "1/1 reviewed; Acked-by " BOB " on 1" },
{ "a flowed signature of another behind it",
  LONE RE("r", BOB, "p", "Acked-by: " BOB " > Signed-off-by: " ANN "\n"),
  "1/1 reviewed; Acked-by " BOB " on 1" },
{ "the address alone on the next line",
  LONE RE("r", BOB, "p", "Reviewed-by: Bob Cee\n<bob@y.example>\n"),
  "1/1 reviewed; Reviewed-by " BOB " on 1" },
{ "no address at all", LONE RE("r", BOB, "p", "Reviewed-by: Bob Cee\n"),
  "0/1 reviewed" },
{ "brackets in the name",
  LONE RE("r", "\"Bob Cee [Y]\" <bob@y.example>", "p",
	  "Acked-by: Bob Cee [Y] <bob@y.example>\n"),
  "1/1 reviewed; Acked-by Bob Cee [Y] <bob@y.example> on 1" },
{ "a comma in the name",
  LONE RE("r", BOB, "p", "Acked-by: Cee, Bob <bob@y.example>\n"),
  "1/1 reviewed; Acked-by Cee, Bob <bob@y.example> on 1" },
{ "a name in quotes",
  LONE RE("r", BOB, "p", "Acked-by: \"Cee, Bob\" <bob@y.example>\n"),
  "1/1 reviewed; Acked-by Cee, Bob <bob@y.example> on 1" },
{ "an address without a name",
  LONE RE("r", BOB, "p", "Acked-by: bob@y.example\n"),
  "1/1 reviewed; Acked-by bob@y.example <bob@y.example> on 1" },
{ "eight blanks before it", LONE RE("r", BOB, "p", "        Acked-by: " BOB
				    "\n"),
  "1/1 reviewed; Acked-by " BOB " on 1" },
{ "nine blanks before it", LONE RE("r", BOB, "p", "         Acked-by: " BOB
				   "\n"),
  "0/1 reviewed" },
{ "what is no tag",
  LONE RE("r", BOB, "p", "Signed-off-by: " BOB "\nFixes: 1234567 (\"f\")\n"
	  "Cc: " BOB "\nLink: <bob@y.example>\n"),
  "0/1 reviewed" },
{ "in the middle of a line",
  LONE RE("r", BOB, "p", "You have my Reviewed-by: " BOB "\n"),
  "0/1 reviewed" },
{ "names with numbers, as a shortlog has them",
  LONE RE("r", BOB, "p", "Bob Cee (2):\n      f: one\n      f: two\n\n"
	  "Reviewed-by (3):\n      f: three <bob@y.example>\n"),
  "0/1 reviewed" },
{ "in order of time, not of the patches",
  PAIR RE("r", EVE, "2", REVIEW(EVE)) RE("s", BOB, "1", REVIEW(BOB)),
  "2/2 reviewed; Reviewed-by " EVE " on 2; Reviewed-by " BOB " on 1" },

};

/* The texts of those who apply many patches. */
#define B4_TY(items) "On Mon, 1 Jan 2024, Ann Bee wrote:\n> Text.\n\n" \
	"Applied to for-next, thanks!\n\n" items "\nBest regards,\n-- \nTim\n"
#define PATCHWORK(items) "Hello:\n\nThis series was applied to net.git (main)" \
	"\nby " TIM ":\n\nOn Mon, 1 Jan 2024 you wrote:\n> Text.\n\n" \
	"Here is the summary with links:\n" items \
	"\nYou are awesome, thank you!\n-- \nI am a bot.\n"
#define TIP "The following commit has been merged into the x86/asm branch of " \
	"tip:\n\nCommit-ID:     1234567890ab\n" \
	"Gitweb:        https://git.example/tip/1234567890ab\n" \
	"Author:        " ANN "\nCommitter:     " TIM "\n\n" \
	"f: one\n\nText.\n\nReviewed-by: " BOB "\n---\n\n" BARE_DIFF
#define TRACKER "pr-tracker-bot@kernel.org"
#define TRACKED "The pull request you sent on Mon, 1 Jan 2024:\n\n" \
	"> git://git.example/x.git tags/y\n\n" \
	"has been merged into torvalds/linux.git:\n" \
	"https://git.example/torvalds/c/3333333\n\nThank you!\n"

/*
 * Applied or rejected: the state; which patches are applied, as which commits,
 * by whom, and in what list that stands; and who rejected it.
 */
static const struct test_case ends[] = {

{ "of a patch whose number nobody believes",
  MAIL("1", ANN, "[PATCH 5000/99999] f: one", "", DIFF)
  RE("r", TIM, "1", "Series applied, thanks.\n"),
  "applied; 5000 applied by " TIM },
{ "all but one",
  TRIO RE("r", TIM, "c", "Applied all, except patch 2.\n"),
  "partly applied; 1 applied by " TIM "; 3 applied by " TIM },
{ "a list that names no commit at all",
  TRIO RE("r", TIM, "c", B4_TY("[1/3] f: one\n      (no commit info)\n"
			       "[3/3] f: three\n      (no commit info)\n")),
  "partly applied; 1 applied by " TIM " (b4); "
  "3 applied by " TIM " (b4)" },
{ "numbers above a list that misses one",
  TRIO RE("r", TIM, "c", "Patches 1-2 applied to for-next.\n\n"
	  "[1/3] f: one\n      commit: 1234567\n"
	  "[2/3] f: two, said better\n      commit: 2345678\n"),
  "partly applied; 1 applied as 1234567 by " TIM " (b4); "
  "2 applied by " TIM },
{ "a list of b4-ty",
  PAIR RE("r", TIM, "c", B4_TY("[1/2] f: one\n      commit: 1234567890ABCDEF\n"
			       "[2/2] f: two\n      commit: 2345678\n")),
  "applied; 1 applied as 1234567890abcdef by " TIM " (b4); "
  "2 applied as 2345678 by " TIM " (b4)" },
{ "a list of b4-ty, of some",
  PAIR RE("r", TIM, "c", B4_TY("[2/2] f: two\n      commit: 2345678\n")),
  "partly applied; 2 applied as 2345678 by " TIM " (b4)" },
{ "a list of b4-ty, with links",
  LONE RE("r", TIM, "p", B4_TY("[1/1] f: one\n"
			       "      https://git.example/c/1234567\n")),
  "applied; 1 applied as 1234567 by " TIM " (b4)" },
{ "a list of b4-ty, with the tree on a line of its own",
  LONE RE("r", TIM, "p", "Applied to\n\n   https://git.example/x.git next\n\n"
	  "Thanks!\n\n[1/1] f: one\n      commit: 1234567\n"),
  "applied; 1 applied as 1234567 by " TIM " (b4)" },
{ "a list of b4-ty that answers a patch of the series",
  PAIR RE("r", TIM, "1", B4_TY("[1/2] f: one\n      commit: 1234567\n"
			       "[2/2] f: two\n      commit: 2345678\n")),
  "applied; 1 applied as 1234567 by " TIM " (b4); "
  "2 applied as 2345678 by " TIM " (b4)" },
{ "b4-ty names no tree unless it is told to",
  PAIR RE("r", TIM, "c", "Applied, thanks!\n\n"
	  "[2/2] f: two\n      commit: 2345678\n\nBest regards,\n"),
  "partly applied; 2 applied as 2345678 by " TIM " (b4)" },
{ "an item of b4-ty without an id is not certain",
  PAIR RE("r", TIM, "c", B4_TY("[1/2] f: one\n      commit: 1234567\n"
			       "[2/2] f: two\n      (no commit info)\n")),
  "partly applied; 1 applied as 1234567 by " TIM " (b4)" },
{ "a list of other titles",
  PAIR RE("r", TIM, "c", B4_TY("[1/2] g: one\n      commit: 1234567\n"
			       "[2/2] g: two\n      commit: 2345678\n")),
  "under review" },
{ "a list with another title on a lone patch, of which the sentence is said",
  LONE RE("r", TIM, "p", B4_TY("[1/1] f: One thing\n"
			       "      commit: 1234567\n")),
  "applied; 1 applied as 1234567 by " TIM " (b4)" },
{ "a list with one other title",
  PAIR RE("r", TIM, "c", B4_TY("[1/2] g: one\n      commit: 1234567\n"
			       "[2/2] f: two\n      commit: 2345678\n")),
  "partly applied; 2 applied as 2345678 by " TIM " (b4)" },
{ "the title tells which patch it is, not the number",
  PAIR RE("r", TIM, "c", B4_TY("[1/1] f: two\n      commit: 2345678\n")),
  "partly applied; 2 applied as 2345678 by " TIM " (b4)" },
{ "two patches with the same title",
  COVER MAIL("1", ANN, "[PATCH 1/2] f: mend it", TO("c"), DIFF)
  MAIL("2", ANN, "[PATCH 2/2] f: mend it", TO("c"), DIFF)
  RE("r", TIM, "c", B4_TY("[1/2] f: mend it\n      commit: 1234567\n"
			  "[2/2] f: mend it\n      commit: 2345678\n")),
  "applied; 1 applied as 1234567 by " TIM " (b4); "
  "2 applied as 2345678 by " TIM " (b4)" },
{ "numbers of patches that are not in the range, where a title fits",
  COVER ONE RE("r", TIM, "c", B4_TY("[1/2] f: one\n      commit: 1234567\n"
				    "[2/2] f: two\n      commit: 2345678\n")),
  "applied; 1 applied as 1234567 by " TIM " (b4); "
  "2 applied as 2345678 by " TIM " (b4)" },
{ "... but not those of a series of another length",
  COVER ONE RE("r", TIM, "c", B4_TY("[1/3] f: one\n      commit: 1234567\n"
				    "[2/3] f: two\n      commit: 2345678\n")),
  "partly applied; 1 applied as 1234567 by " TIM " (b4)" },
{ "... nor any where no title fits",
  COVER ONE RE("r", TIM, "c", B4_TY("[1/2] g: one\n      commit: 1234567\n"
				    "[2/2] g: two\n      commit: 2345678\n")),
  "under review" },
{ "a quoted list",
  LONE RE("r", BOB, "p", "> Applied to for-next, thanks!\n>\n> [1/1] f: one\n"
	  ">       commit: 1234567\n\nGreat.\n"),
  "under review" },
{ "a note below a sentence is no list",
  LONE RE("r", TIM, "p", "Applied to for-next, thanks!\n\n"
	  "[1] https://git.example/x.git\n"),
  "applied; 1 applied by " TIM },

{ "a summary of patchwork's bot",
  PAIR RE("r", PW_BOT, "c",
	  PATCHWORK("  - [net,v2,1/2] f: one\n    https://git.example/c/1234567"
		    "\n  - [net,v2,2/2] f: two\n"
		    "    https://git.example/c/2345678\n")),
  "applied; 1 applied as 1234567 by " TIM " (patchwork); "
  "2 applied as 2345678 by " TIM " (patchwork)" },
{ "an item of patchwork's bot without an id is not certain",
  PAIR RE("r", PW_BOT, "c",
	  PATCHWORK("  - [net,v2,1/2] f: one\n    https://git.example/c/1234567"
		    "\n  - [net,v2,2/2] f: two\n    (no matching commit)\n")),
  "partly applied; 1 applied as 1234567 by " TIM " (patchwork)" },
{ "a summary of patchwork's bot, of a lone patch",
  LONE RE("r", PW_BOT, "p", PATCHWORK("  - f: none\n  - [net] f: one\n"
				      "    https://git.example/c/1234567\n")),
  "applied; 1 applied as 1234567 by " TIM " (patchwork)" },
{ "a summary of patchwork's bot, of other titles",
  LONE RE("r", PW_BOT, "p", PATCHWORK("  - [net] g: one\n"
				      "    https://git.example/c/1234567\n")),
  "bots only" },
{ "a summary of patchwork's bot, quoted by a person",
  LONE RE("r", BOB, "p", "> Here is the summary with links:\n"
	  ">   - [net] f: one\n>     https://git.example/c/1234567\n\nOh.\n"),
  "under review" },

{ "a mail of the tip tree's bot",
  LONE MAIL("r", TIP_BOT, "[tip: x86/asm] f: one", TO("p"), TIP),
  "applied; 1 applied as 1234567890ab by " TIM " (tip)" },
{ "a mail of the tip tree's bot, of one of two",
  PAIR MAIL("r", TIP_BOT, "[tip: x86/asm] f: one", TO("1"), TIP),
  "partly applied; 1 applied as 1234567890ab by " TIM " (tip)" },
{ "a mail of the tip tree's bot that answers another patch",
  PAIR MAIL("r", TIP_BOT, "[tip: x86/asm] f: one", TO("2"), TIP),
  "partly applied; 1 applied as 1234567890ab by " TIM " (tip)" },
{ "a mail of the tip tree's bot, of another title",
  LONE MAIL("r", TIP_BOT, "[tip: x86/asm] g: one", TO("p"), TIP),
  "bots only" },
{ "the same text from a person",
  LONE MAIL("r", EVE, "[tip: x86/asm] f: one", TO("p"), TIP),
  "under review" },
{ "a bot that tracks pull requests applies no patch",
  LONE MAIL("r", TRACKER, "Re: [PATCH] f: one", TO("p"), TRACKED),
  "bots only" },

{ "a sentence on a lone patch",
  LONE RE("r", TIM, "p", "Applied, thanks!\n"),
  "applied; 1 applied by " TIM },
{ "a sentence on patch 2 of 3",
  TRIO RE("r", TIM, "2", "Applied, thanks!\n"),
  "partly applied; 2 applied by " TIM },
{ "a sentence on each patch",
  PAIR RE("r", TIM, "1", "Applied, thanks!\n") RE("s", EVE, "2", "Applied.\n"),
  "applied; 1 applied by " TIM "; 2 applied by " EVE },
{ "a sentence on a cover letter",
  PAIR RE("r", TIM, "c", "Applied, thanks!\n"),
  "applied; 1 applied by " TIM "; 2 applied by " TIM },
{ "a sentence on a cover letter, of which one patch is in the range",
  COVER TWO RE("r", TIM, "c", "Applied, thanks!\n"),
  "applied; 2 applied by " TIM },
{ "a sentence on a cover letter, of which no patch is in the range",
  COVER RE("r", TIM, "c", "Applied, thanks!\n"),
  "applied; 0 applied by " TIM },
{ "a sentence with numbers on a cover letter",
  TRIO RE("r", TIM, "c", "Patches 1-2 applied, thanks.\n"),
  "partly applied; 1 applied by " TIM "; 2 applied by " TIM },
{ "a sentence with all numbers",
  PAIR RE("r", TIM, "1", "Applied patches 1 and 2, thanks.\n"),
  "applied; 1 applied by " TIM "; 2 applied by " TIM },
{ "a number that the series does not have",
  PAIR RE("r", TIM, "1", "Applied patch 3, thanks.\n"),
  "under review" },
{ "a sentence of the series on patch 2",
  PAIR RE("r", TIM, "2", "Series applied, thanks.\n"),
  "applied; 1 applied by " TIM "; 2 applied by " TIM },
{ "a sentence on a reply is said of the patch above",
  TRIO RE("r", BOB, "2", REVIEW(BOB)) RE("s", TIM, "r", "Applied, thanks!\n"),
  "partly applied; 2 applied by " TIM },
{ "the author says it",
  LONE RE("r", ANN, "p", "Applied to for-next.\n"),
  "applied; 1 applied by " ANN },
{ "a bot says it",
  LONE RE("r", LKP, "p", "Applied to for-next.\n"),
  "bots only" },
{ "who says it first has applied it",
  LONE RE("r", TIM, "p", "Applied, thanks!\n")
  RE("s", EVE, "p", "Applied, thanks!\n"),
  "applied; 1 applied by " TIM },
{ "a sentence, and a list that has the id",
  LONE RE("r", TIM, "p", "Applied, thanks!\n")
  RE("s", PW_BOT, "p", PATCHWORK("  - [net] f: one\n"
				 "    https://git.example/c/1234567\n")),
  "applied; 1 applied as 1234567 by " TIM },
{ "the older version is applied, not the newer one",
  LONE MAIL("p2", ANN, "[PATCH v2] f: one", TO("p"), DIFF)
  RE("r", TIM, "p2", "Applied, thanks!\n"),
  "superseded by p2\napplied; 1 applied by " TIM },

{ "a person rejects a patch of the series",
  PAIR RE("r", BOB, "2", "Sorry.\n\nNACK, it breaks arm.\n"),
  "rejected; rejected by " BOB },
{ "who rejects it last",
  LONE RE("r", BOB, "p", "NAK\n") RE("s", EVE, "p", "NAK\n"),
  "rejected; rejected by " EVE },
{ "a line for patchwork's bot",
  LONE RE("r", TIM, "p", "Not like this.\npw-bot: cr\n"),
  "rejected; rejected by " TIM },
{ "the author says NAK", LONE RE("r", ANN, "p", "NAK\n"), "no answer" },
{ "the author has a line for patchwork's bot",
  LONE RE("r", ANN, "p", "I will send v2.\n\npw-bot: cr\n"), "no answer" },
{ "who sent it for the author says NAK",
  MAIL("p", TIM, "[PATCH] f: one", "", "From: " ANN "\n\n" DIFF)
  RE("r", TIM, "p", "NAK\n"), "no answer" },
{ "a bot says NAK", LONE RE("r", LKP, "p", "NAK\n"), "bots only" },

};

/*
 * What a person writes, and which patches of three are applied by it if it
 * answers patch 2, and if it answers the cover letter.
 */
static const struct {
	const char *text, *on_patch, *on_cover;
} wordings[] = {
	{ "Applied", "2", "1 2 3" },
	{ "Applied.", "2", "1 2 3" },
	{ "Applied, thanks", "2", "1 2 3" },
	{ "Applied, thanks!", "2", "1 2 3" },
	{ "applied, thank you.", "2", "1 2 3" },
	{ "Applied to for-next", "2", "1 2 3" },
	{ "Applied to for-next, thanks!", "2", "1 2 3" },
	{ "Applied to x.git/for-6.9.", "2", "1 2 3" },
	{ "Applied for 6.9, thanks.", "2", "1 2 3" },
	{ "Applied, thanks! It is good.", "2", "1 2 3" },
	{ "Hi Ann,\n\nApplied, thanks!", "2", "1 2 3" },
	{ "> Text.\n> More.\nApplied, thanks!", "2", "1 2 3" },
	{ "> Text.\n\nApplied, thanks!\n\nTim", "2", "1 2 3" },
	{ "Applied both, thanks.", "1 2 3", "1 2 3" },
	{ "Applied all, thanks.", "1 2 3", "1 2 3" },
	{ "Applied the series to for-next.", "1 2 3", "1 2 3" },
	{ "Applied patch 3, thanks.", "3", "3" },
	{ "Applied patches 1 and 3 to for-next.", "1 3", "1 3" },
	{ "Applied patch 1/3, thanks.", "1", "1" },
	{ "Applied the first two patches.", "1 2", "1 2" },
	{ "Applied patch 1 of the series.", "1", "1" },
	{ "Applied 1-2, thanks.", "1 2", "1 2" },
	{ "The series applied, thanks.", "1 2 3", "1 2 3" },
	{ "Series applied to for-next, thanks!", "1 2 3", "1 2 3" },
	{ "The whole series applied, thanks.", "1 2 3", "1 2 3" },
	{ "Both applied, thanks.", "1 2 3", "1 2 3" },
	{ "Both patches applied.", "1 2 3", "1 2 3" },
	{ "All applied, thanks.", "1 2 3", "1 2 3" },
	{ "All three applied.", "1 2 3", "1 2 3" },
	{ "Patch 3 applied, thanks.", "3", "3" },
	{ "Patches 1-2 applied.", "1 2", "1 2" },
	{ "Patches 2-3 queued, thanks.", "2 3", "2 3" },
	{ "Patches 1, 2 and 3 applied, thanks.", "1 2 3", "1 2 3" },
	{ "Queued, thanks!", "2", "1 2 3" },
	{ "Queued up for 6.9.", "2", "1 2 3" },
	{ "Queued for 5.10.y and 6.1.y.", "2", "1 2 3" },
	{ "Queued, and it goes out with the next fixes.", "2", "1 2 3" },
	{ "Queued all of it.", "1 2 3", "1 2 3" },
	{ "I've applied it to for-next.", "2", "1 2 3" },
	{ "I've applied this, thanks.", "2", "1 2 3" },
	{ "I've applied this patch.", "2", "1 2 3" },
	{ "I've applied the series.", "1 2 3", "1 2 3" },
	{ "I've applied patch 1.", "1", "1" },
	{ "I've applied patches 1 and 2 to for-next.", "1 2", "1 2" },
	{ "I've queued this for 6.9.", "2", "1 2 3" },
	{ "I've queued it up.", "2", "1 2 3" },
	{ "I've picked it up for 6.9.", "2", "1 2 3" },
	{ "I've picked up this patch.", "2", "1 2 3" },
	{ "I've picked the series.", "1 2 3", "1 2 3" },
	{ "I've pushed this to for-next.", "2", "1 2 3" },
	{ "I've pulled this, thanks.", "2", "1 2 3" },
	{ "I have applied this.", "2", "1 2 3" },
	{ "Merged, thanks", "2", "1 2 3" },
	{ "Merged, thanks!", "2", "1 2 3" },
	{ "Pulled, thanks", "2", "1 2 3" },
	{ "Pulled, thanks!  Sorry for the delay.", "2", "1 2 3" },

	/* with a courtesy before it */
	{ "Thanks, applied.", "2", "1 2 3" },
	{ "Thanks, both applied to for-next.", "1 2 3", "1 2 3" },
	{ "Looks good to me, I've applied patch 1.", "1", "1" },
	{ "Thanks for this. Applied to for-next.", "2", "1 2 3" },

	/* traps */
	{ "I'll apply this next week.", "", "" },
	{ "I'll queue the series.", "", "" },
	{ "I will apply it.", "", "" },
	{ "Please apply this.", "", "" },
	{ "Please apply.", "", "" },
	{ "Could you please apply the series?", "", "" },
	{ "This series was applied (using b4) to base:\n Base: x", "", "" },
	{ "The series was applied (using b4) to base x.", "", "" },
	{ "If your patch is applied to the wrong git tree, kindly tell us.",
	  "", "" },
	{ "[If your patch is applied to the wrong git tree, tell us.]",
	  "", "" },
	{ "if your patch is applied", "", "" },
	{ "Once the series is applied, f fails.", "", "" },
	{ "The series is not applied yet.", "", "" },
	{ "The patches were applied to the wrong tree.", "", "" },
	{ "The patch no longer applied.", "", "" },
	{ "The patch hasn't applied cleanly for weeks.", "", "" },
	{ "The patches I applied last week break f.", "", "" },
	{ "I've applied this locally and it works.", "", "" },
	{ "It was applied.", "", "" },
	{ "Not applied.", "", "" },
	{ "It needs work.\nApplied, thanks!", "", "" },
	{ "> Applied, thanks!", "", "" },
	{ "> Applied, thanks!\nWhere?", "", "" },
	{ "Good.\n-- \nApplied, thanks!", "", "" },
	{ "Good:\n\n" BARE_DIFF "\nApplied, thanks!", "", "" },
};

/* What a person writes, and whether it rejects the patch. */
static const struct {
	const char *text;
	gboolean rejects;
} rejections[] = {
	{ "NAK", TRUE },
	{ "NAK.", TRUE },
	{ "NAK, it breaks arm.", TRUE },
	{ "nak", TRUE },
	{ "NACK", TRUE },
	{ "Nack: it breaks arm.", TRUE },
	{ "NACK to all of this.", TRUE },
	{ "Hi Ann,\n\nNAK", TRUE },
	{ "> Text.\nNAK", TRUE },
	{ "pw-bot: reject", TRUE },
	{ "pw-bot: rej", TRUE },
	{ "pw-bot: changes-requested", TRUE },
	{ "Not like this.\npw-bot: cr", TRUE },
	{ "Pw-Bot: CR", TRUE },
	{ "Is that a NAK?", FALSE },
	{ "I would not NAK it.", FALSE },
	{ "Hm.\nNAK", FALSE },
	{ "Nakamura said so.", FALSE },
	{ "> NAK", FALSE },
	{ "> pw-bot: cr", FALSE },
	{ "> Text.\n-- \nNAK", FALSE },
	{ "No.\n-- \npw-bot: cr", FALSE },
	{ "This must not go in.", FALSE },
};

/* Does a tag match the mail that has it? */
static const struct {
	const char *name, *tag, *from;
	gboolean matches;
	const char *mailmap;
	const char *alias;	/* an address that stands for Bob */
} matches[] = {
	{ "the same", BOB, BOB, TRUE },
	{ "the same address, another name", "Bobby <bob@y.example>", BOB,
	  TRUE },
	{ "no name", "bob@y.example", BOB, TRUE },
	{ "the address in capitals", "B <BOB@Y.Example>", BOB, TRUE },
	{ "an extension in the mail", BOB, "B <bob+list@y.example>", TRUE },
	{ "an extension in the tag", "B <bob+list@y.example>", BOB, TRUE },
	{ "two extensions", "B <bob+a@y.example>", "C <bob+b@y.example>",
	  TRUE },
	{ "an extension is all of it", "B <+a@y.example>", BOB, FALSE },
	{ "a label more in the mail", BOB, "B <bob@mail.y.example>", TRUE },
	{ "a label more in the tag", "B <bob@mail.y.example>", BOB, TRUE },
	{ "two labels more", "B <bob@a.mail.y.example>", BOB, FALSE },
	{ "another label", "B <bob@a.y.example>", "C <bob@b.y.example>",
	  FALSE },
	{ "a longer label", "B <bob@my.example>", BOB, FALSE },
	{ "nothing but the top of the domain", "B <bob@com>", "C <bob@y.com>",
	  FALSE },
	{ "nothing but the top in the mail", "B <bob@y.com>", "C <bob@com>",
	  FALSE },
	{ "another domain", "B <bob@z.example>", BOB, FALSE },
	{ "another address at the domain", "B <rob@y.example>", BOB, FALSE },
	{ "the beginning of the address", "B <bo@y.example>", BOB, FALSE },
	{ "the same name", "Bob Cee <rob@else.example>", BOB, TRUE },
	{ "the words of the name in another order",
	  "Cee, Bob <rob@else.example>", BOB, TRUE },
	{ "the name in capitals", "Bob CEE <rob@else.example>", BOB, TRUE },
	{ "a name that is encoded in the mail",
	  "J\303\266rg C\303\251 <j@else.example>",
	  "=?utf-8?q?J=C3=B6rg_C=C3=A9?= <jc@y.example>", TRUE },
	{ "a word more in the name", "Bob X. Cee <rob@else.example>", BOB,
	  FALSE },
	{ "one word of the name", "Bob <rob@else.example>", BOB, FALSE },
	{ "another name", EVE, BOB, FALSE },
	{ "two that have no letter in their names", "-- <a@else.example>",
	  "!! <b@y.example>", FALSE },
	{ "sent by way of a list", BOB, "Bob Cee via F <f@lists.example>\n"
	  "Reply-To: bob@y.example", TRUE },
	{ "the mailmap knows the tag", "B <rob@else.example>", BOB, TRUE,
	  .mailmap = "Bob Cee <bob@y.example> <rob@else.example>\n" },
	{ "the mailmap knows the mail", BOB, "B <rob@else.example>", TRUE,
	  .mailmap = "Bob Cee <bob@y.example> <rob@else.example>\n" },
	{ "the mailmap knows both", "B <b@a.example>", "C <c@b.example>", TRUE,
	  .mailmap = "<bob@y.example> <b@a.example>\n"
		     "<bob@y.example> <c@b.example>\n" },
	{ "the mailmap knows another", "B <rob@else.example>", BOB, FALSE,
	  .mailmap = "Bob Cee <bob@y.example> <rob@more.example>\n" },
	{ "an alias in the tag", "B <rob@else.example>", BOB, TRUE,
	  .alias = "rob@else.example" },
	{ "an alias in the mail", BOB, "B <rob@else.example>", TRUE,
	  .alias = "rob@else.example" },
};

/* Whose reply is a bot's? */
static const struct {
	const char *from;
	gboolean is_bot;
} senders[] = {
	{ "lkp@intel.com", TRUE },
	{ "kernel test robot <lkp@intel.com>", TRUE },
	{ "LKP <LKP@Intel.com>", TRUE },
	{ "oliver.sang@intel.com", TRUE },
	{ "rong.a.chen@intel.com", TRUE },
	{ "syzbot <syzbot+0123456789abcdef@a.example>", TRUE },
	{ "pr-tracker-bot@kernel.org", TRUE },
	{ "patchwork-bot+netdevbpf@kernel.org", TRUE },
	{ "bugbot@kernel.org", TRUE },
	{ "sashiko-bot@kernel.org", TRUE },
	{ "tip-bot2@a.example", TRUE },
	{ "bugzilla-daemon@a.example", TRUE },
	{ "kernelci@a.example", TRUE },
	{ "kernelci-results@a.example", TRUE },
	{ "bot+bpf-ci@kernel.org", TRUE },
	{ "no-reply@a.example", TRUE },
	{ "build-bot@a.example", TRUE },
	{ "abbot@x.example", FALSE },
	{ "Bob Abbot <bot@x.example>", FALSE },
	{ "robot@x.example", FALSE },
	{ "bugbot@x.example", FALSE },
	{ "bot+bpf-ci@x.example", FALSE },
	{ "lkp@x.example", FALSE },
	{ "oliver@intel.com", FALSE },
	{ "syzbotten@x.example", FALSE },
	{ "the-bot.smith@x.example", FALSE },
	{ "kernel test robot <ktr@x.example>", FALSE },
};

/*
 * Which patch is above each mail that is no patch, the oldest mail first: "r:p
 * q:-".
 */
static const struct test_case parents[] = {

{ "a reply to a patch", LONE RE("r", BOB, "p", "x\n"), "r:p" },
{ "a chain of replies",
  LONE RE("r", BOB, "p", "x\n") RE("s", ANN, "r", "x\n")
  RE("t", BOB, "s", "x\n"), "r:p s:p t:p" },
{ "a reply to a patch is none to its cover letter",
  PAIR RE("r", BOB, "2", "x\n") RE("s", BOB, "c", "x\n"), "r:2 s:c" },
{ "a mail that answers nothing", MAIL("q", BOB, "Hello", "", "x\n"), "q:-" },
{ "a mail that answers what is not known", RE("r", BOB, "gone", "x\n"),
  "r:-" },
{ "the first of several in In-Reply-To",
  PAIR MAIL("r", BOB, "Re: x", "In-Reply-To: <2@x> <1@x>\n", "x\n"), "r:2" },
{ "the first in In-Reply-To that is known",
  PAIR MAIL("r", BOB, "Re: x", "In-Reply-To: <gone@x> <2@x> <1@x>\n", "x\n"),
  "r:2" },
{ "In-Reply-To goes before References",
  PAIR MAIL("r", BOB, "Re: x", TO("1") "References: <c@x> <1@x> <2@x>\n",
	    "x\n"), "r:1" },
{ "the last of References if In-Reply-To is not known",
  PAIR MAIL("r", BOB, "Re: x", TO("gone") "References: <c@x> <1@x> <2@x>\n",
	    "x\n"), "r:2" },
{ "the last of References that is known",
  PAIR MAIL("r", BOB, "Re: x", "References: <c@x> <1@x> <gone@x> <lost@x>\n",
	    "x\n"), "r:1" },
{ "References that name a reply to another patch last",
  PAIR RE("q", EVE, "2", "x\n")
  MAIL("r", BOB, "Re: x", TO("gone") "References: <1@x> <q@x> <lost@x>\n",
       "x\n"), "q:2 r:2" },
{ "a reply that comes before what it answers",
  RE("s", BOB, "r", "x\n") RE("r", EVE, "p", "x\n") LONE, "s:p r:p" },
{ "a reply without a Message-ID",
  LONE "From: " BOB "\nSubject: Re: x\n" TO("p") "\nx\n==\n", "?:p" },
{ "two replies without a Message-ID",
  LONE "From: " BOB "\nSubject: Re: x\n" TO("p") "\nx\n==\n"
  "From: " BOB "\nSubject: Re: x\n" TO("p") "\nx\n==\n", "?:p ?:p" },
{ "a mail that answers itself", LONE RE("r", BOB, "r", "x\n"), "r:-" },
{ "a mail that answers itself, and a patch",
  LONE MAIL("r", BOB, "Re: x", TO("r") "References: <p@x> <r@x>\n", "x\n"),
  "r:p" },
{ "two mails that answer each other",
  LONE RE("a", BOB, "b", "x\n") RE("b", EVE, "a", "x\n"), "a:- b:-" },
{ "a circle of three, and a mail that answers one of them",
  LONE RE("a", BOB, "b", "x\n") RE("b", EVE, "d", "x\n")
  RE("d", TIM, "a", "x\n") RE("e", BOB, "b", "x\n"), "a:- b:- d:- e:-" },
{ "a mail that came twice",
  LONE RE("r", BOB, "p", "x\n") RE("q", EVE, "r", "x\n")
  RE("r", BOB, "p", "x\n"), "q:p r:p" },
{ "a patch that answers a reply begins anew",
  LONE RE("r", BOB, "p", "x\n")
  MAIL("p2", ANN, "[PATCH v2] f: one", TO("r"), DIFF)
  RE("s", BOB, "p2", "x\n"), "r:p s:p2" },
{ "a patch that answers a discussion",
  MAIL("q", BOB, "It is broken", "", "x\n")
  MAIL("p", ANN, "[PATCH] f: one", TO("q"), DIFF) RE("r", BOB, "p", "x\n")
  RE("s", BOB, "q", "x\n"), "q:- r:p s:-" },
{ "what answers an excluded patch is about none",
  LONE MAIL("q", BOB, "[PATCH] g: other", TO("p"), DIFF)
  RE("r", EVE, "q", "x\n") RE("s", EVE, "r", "x\n") RE("t", EVE, "p", "x\n"),
  "q:- r:- s:- t:p",
  .exclude = "g:" },
{ "what answers a series that touches no file that counts is about none",
  LONE RE("r", EVE, "p", "x\n")
  MAIL("c", BOB, "[PATCH 0/1] g: all", "", "x\n")
  MAIL("1", BOB, "[PATCH 1/1] g: one", TO("c"), "--- a/g\n+++ b/g\n")
  RE("s", EVE, "c", "x\n") RE("t", EVE, "1", "x\n"),
  "r:p c:- 1:- s:- t:-",
  .path = "f" },
{ "a patch from before the range",
  LONE "== the range begins\n" RE("r", BOB, "p", "x\n")
  RE("s", EVE, "r", "x\n"), "r:p s:p" },
{ "a cover letter that does not say so is no reply",
  MAIL("c", ANN, "a better f", "", "x\n") ONE TWO RE("r", BOB, "c", "x\n"),
  "r:c" },

};

/*
 * The threads: the commit and the Subject of each, how many mails it has, of
 * how many people, and whether it is about a patch.
 */
static const struct test_case threads[] = {

{ "a discussion",
  MAIL("q", ANN, "How?", "", "x\n") MAIL("r", BOB, "Re: How?", TO("q"), "x\n")
  MAIL("s", ANN, "Re: How?", TO("r"), "x\n"),
  "q \"How?\" 3 of 2" },
{ "one mail is no thread", MAIL("q", ANN, "How?", "", "x\n") LONE, "" },
{ "a patch and what answers it",
  LONE RE("r", BOB, "p", "x\n") RE("s", ANN, "r", "x\n"),
  "p \"[PATCH] f: one\" 3 of 2, a patch" },
{ "a series is one thread",
  PAIR RE("r", BOB, "2", "x\n") RE("s", EVE, "c", "x\n"),
  "c \"[PATCH 0/2] f: both\" 5 of 3, a patch" },
{ "those about no patch come first, and then the largest",
  LONE RE("p1", BOB, "p", "x\n") RE("p2", BOB, "p", "x\n")
  MAIL("q", ANN, "How?", "", "x\n") MAIL("q1", BOB, "Re: How?", TO("q"), "x\n")
  MAIL("s", ANN, "Why?", "", "x\n") MAIL("s1", BOB, "Re: Why?", TO("s"), "x\n")
  MAIL("s2", EVE, "Re: Why?", TO("s"), "x\n"),
  "s \"Why?\" 3 of 3\nq \"How?\" 2 of 2\np \"[PATCH] f: one\" 3 of 2, a patch"
},
{ "of equal ones the newest comes first",
  MAIL("q", ANN, "How?", "", "x\n") MAIL("s", ANN, "Why?", "", "x\n")
  MAIL("q1", BOB, "Re: How?", TO("q"), "x\n")
  MAIL("s1", BOB, "Re: Why?", TO("s"), "x\n"),
  "s \"Why?\" 2 of 2\nq \"How?\" 2 of 2" },
{ "bots write mails, but are no people",
  MAIL("q", ANN, "How?", "", "x\n") MAIL("r", LKP, "Re: How?", TO("q"), "x\n"),
  "q \"How?\" 2 of 1" },
{ "... also if they post patches",
  MAIL("p", LKP, "[PATCH] f: one", "", DIFF) RE("r", BOB, "p", "x\n"),
  "p \"[PATCH] f: one\" 2 of 1, a patch" },
{ "what answers the same older mail is one thread",
  MAIL("r", BOB, "Re: How?", "References: <old@x> <gone@x>\n", "x\n")
  MAIL("s", EVE, "Re: How?", "References: <old@x>\n", "x\n"),
  "r \"How?\" 2 of 2" },
{ "what answers an older patch that is not known is about a patch",
  MAIL("r", BOB, "Re: [PATCH] f: one", TO("p"), "x\n")
  MAIL("s", EVE, "Re: [PATCH] f: one", TO("p"), "x\n"),
  "r \"[PATCH] f: one\" 2 of 2, a patch" },
{ "what answers an older patch",
  LONE "== the range begins\n" RE("r", BOB, "p", "x\n")
  RE("s", EVE, "r", "x\n"),
  "p \"[PATCH] f: one\" 2 of 2, a patch" },
{ "an excluded patch has no thread",
  LONE RE("r", BOB, "p", "x\n") RE("s", EVE, "r", "x\n"), "",
  .exclude = "f:" },
{ "a circle",
  MAIL("a", BOB, "Re: x", TO("b"), "x\n")
  MAIL("b", EVE, "Re: x", TO("a"), "x\n"),
  "a \"x\" 2 of 2" },

};

/* Who reviewed: the person, of how many patches, and with how many tags. */
static const struct test_case reviewers[] = {

{ "a person who answers a patch", LONE RE("r", BOB, "p", "x\n"),
  BOB " 1 patches, 0 tags" },
{ "several replies to one patch, with tags",
  LONE RE("r", BOB, "p", "x\n")
  RE("s", BOB, "r", "Acked-by: " BOB "\nTested-by: " BOB "\n"),
  BOB " 1 patches, 2 tags" },
{ "replies to each mail of a series",
  PAIR RE("r", BOB, "c", "x\n") RE("s", BOB, "1", "x\n")
  RE("t", BOB, "2", REVIEW(BOB)) RE("u", EVE, "2", REVIEW(EVE)),
  BOB " 3 patches, 1 tags\n" EVE " 1 patches, 1 tags" },
{ "a tag that somebody else sent", LONE RE("r", BOB, "p", REVIEW(EVE)),
  BOB " 1 patches, 0 tags" },
{ "the author is none", LONE RE("r", ANN, "p", REVIEW(ANN)), "" },
{ "who sent it for the author is none",
  MAIL("p", TIM, "[PATCH] f: one", "", "From: " ANN "\n\n" DIFF)
  RE("r", TIM, "p", "x\n"), "" },
{ "a bot is none", LONE RE("r", LKP, "p", "Acked-by: " LKP "\n"), "" },
{ "a person called abbot is one", LONE RE("r", "A Bot <abbot@x.example>", "p",
					  "x\n"),
  "A Bot <abbot@x.example> 1 patches, 0 tags" },
{ "who answers no patch is none",
  MAIL("q", ANN, "How?", "", "x\n") RE("r", BOB, "q", REVIEW(BOB)), "" },
{ "who answers an older patch is one",
  LONE "== the range begins\n" RE("r", BOB, "p", REVIEW(BOB)),
  BOB " 1 patches, 1 tags" },
{ "two addresses of one person",
  LONE RE("r", BOB, "p", "x\n")
  RE("s", "B <rob@else.example>", "p", "Acked-by: " BOB "\n"),
  BOB " 1 patches, 1 tags",
  .mailmap = "Bob Cee <bob@y.example> <rob@else.example>\n" },

};

#define PULL_TEXT "The following changes since commit 1111111:\n\n  x\n\n" \
	"are available in the Git repository at:\n\n" \
	"  git://git.example/x.git tags/y\n\n" \
	"for you to fetch changes up to 2222222:\n\n  z\n"
#define PULL MAIL("q", ANN, "[GIT PULL] f for 6.9", "", PULL_TEXT)

/* The pull requests: who says that they are merged, and as what. */
static const struct test_case pulls[] = {

{ "not merged", PULL, "q" },
{ "not merged, but answered", PULL RE("r", TIM, "q", "Why?\n"), "q" },
{ "the bot that tracks them", PULL RE("r", TRACKER, "q", TRACKED),
  "q merged by r as 3333333" },
{ "a person who pulls", PULL RE("r", TIM, "q", "Pulled, thanks!\n"),
  "q merged by r" },
{ "a person who merges", PULL RE("r", TIM, "q", "Merged, thanks\n"),
  "q merged by r" },
{ "a person first, and then the bot",
  PULL RE("r", TIM, "q", "Pulled, thanks.\n") RE("s", TRACKER, "q", TRACKED),
  "q merged by s as 3333333" },
{ "the bot first, and then a person",
  PULL RE("r", TRACKER, "q", TRACKED) RE("s", TIM, "q", "Pulled, thanks.\n"),
  "q merged by r as 3333333" },
{ "a reply to a reply",
  PULL RE("r", ANN, "q", "Ping?\n") RE("s", TIM, "r", "Pulled, thanks.\n"),
  "q merged by s" },
{ "the bot's text from a person", PULL RE("r", BOB, "q", TRACKED), "q" },
{ "a bot's thanks", PULL RE("r", LKP, "q", "Pulled, thanks!\n"), "q" },
{ "a reply to it is none",
  PULL MAIL("r", BOB, "Re: [GIT PULL] f for 6.9", TO("q"), PULL_TEXT), "q" },
{ "the first mail of patches to pull",
  MAIL("q", ANN, "[PULL 00/12] f queue", "", PULL_TEXT)
  MAIL("q3", ANN, "[PULL 03/12] f: three", TO("q"), DIFF), "q" },
{ "a patch to pull is none",
  MAIL("q3", ANN, "[PULL 3/12] f: three", "", DIFF), "" },
{ "two of them",
  PULL MAIL("s", BOB, "[GIT PULL] g", "", PULL_TEXT)
  RE("r", TIM, "s", "Pulled, thanks.\n"),
  "q\ns merged by r" },
{ "an older one that the range does not have",
  RE("r", TIM, "q", "Pulled, thanks.\n"), "" },

};

/* The reports, and of what kind each is. */
static const struct test_case reports[] = {

{ "syzbot", MAIL("q", "syzbot <syzbot+0123@a.example>",
		 "[syzbot] [net?] WARNING in f", "", "Hello,\n"),
  "q syzbot" },
{ "what syzbot answers is none",
  MAIL("q", "syzbot <syzbot+0123@a.example>", "Re: WARNING in f", TO("r"),
       "This bug is marked as fixed.\n"), "" },
{ "the test robot", MAIL("q", LKP, "[x:next] f.c:1: error", "", "Hi.\n"),
  "q test robot" },
{ "the test robot answers a patch",
  LONE MAIL("r", LKP, "Re: [PATCH] f: one", TO("p"), "Hi.\n"),
  "r test robot" },
{ "the test robot of the other addresses",
  MAIL("q", "oliver.sang@intel.com", "[x] f: slower", "", "Hi.\n")
  MAIL("r", "rong.a.chen@intel.com", "[x] g: slower", "", "Hi.\n"),
  "q test robot\nr test robot" },
{ "nothing is wrong",
  MAIL("q", LKP, "[x:next] BUILD SUCCESS 1234567", "", "Hi.\n"), "" },
{ "something is wrong",
  MAIL("q", LKP, "[x:next] BUILD REGRESSION 1234567", "", "Hi.\n"),
  "q test robot" },
{ "a regression",
  MAIL("q", BOB, "f is slower", "", "Hi.\n\n#regzbot introduced: v6.1\n"),
  "q regression" },
{ "a regression, quoted",
  RE("r", EVE, "q", "> #regzbot introduced: v6.1\n\nIs it?\n"), "" },
{ "a regression within a line",
  MAIL("q", BOB, "f is slower", "", "Hi, see #regzbot.\n"), "" },
{ "a person's mail", MAIL("q", BOB, "[syzbot] f", "", "Hi.\n"), "" },

};

/* The series that nobody answered. */
static const struct test_case unanswered[] = {

{ "for nine days", LONE "== 9 days later\n" MAIL("q", BOB, "x", "", "x\n"),
  "p" },
{ "for six days", LONE "== 6 days later\n" MAIL("q", BOB, "x", "", "x\n"),
  "" },
{ "for nine days, with 30 allowed",
  LONE "== 9 days later\n" MAIL("q", BOB, "x", "", "x\n"), "",
  .stale = 30 },
{ "for two days, with one allowed",
  LONE "== 2 days later\n" MAIL("q", BOB, "x", "", "x\n"), "p",
  .stale = 1 },
{ "the newest mail is a patch",
  LONE "== 9 days later\n" MAIL("q", BOB, "[PATCH] g: x", "", DIFF), "p" },
{ "but by a bot",
  LONE RE("r", LKP, "p", "x\n") "== 9 days later\n"
  MAIL("q", BOB, "x", "", "x\n"), "p" },
{ "but by its author, after nine days",
  LONE "== 9 days later\n" RE("r", ANN, "p", "Ping?\n"), "p" },
{ "but somebody did",
  LONE "== 9 days later\n" RE("r", BOB, "p", "Why?\n"), "" },
{ "but it is superseded", LONE "== 9 days later\n" LONE_V2, "" },
{ "but it is reviewed in its text",
  MAIL("p", ANN, "[PATCH] f: one", "", "Acked-by: " EVE "\n" DIFF)
  "== 9 days later\n" MAIL("q", BOB, "x", "", "x\n"), "" },
{ "a series, and a patch",
  PAIR MAIL("p", BOB, "[PATCH] g: x", "", DIFF) "== 9 days later\n"
  MAIL("q", BOB, "x", "", "x\n"), "c\np" },
{ "one from before the range",
  LONE "== the range begins\n== 9 days later\n" RE("r", LKP, "p", "x\n"), "" },

};

/* Who wrote: how many people, and the first-time posters, newest first. */
static const struct test_case people[] = {

{ "who posts and who answers", LONE RE("r", BOB, "p", "x\n"),
  "2: " BOB ", " ANN },
{ "a bot is no first-time poster",
  LONE RE("r", LKP, "p", "x\n")
  MAIL("q", "syzbot <syzbot+01@a.example>", "[syzbot] f", "", "x\n"),
  "1: " ANN },
{ "a bot that posts a patch is none",
  MAIL("p", "B <build-bot@x.example>", "[PATCH] f: one", "", DIFF), "0:" },
{ "a person called abbot is one",
  MAIL("q", "A Bot <abbot@x.example>", "f", "", "x\n"),
  "1: A Bot <abbot@x.example>" },
{ "two addresses of one person",
  MAIL("q", BOB, "f", "", "x\n")
  MAIL("r", "B <rob@else.example>", "g", "", "x\n"),
  "1: B <rob@else.example>, " BOB,
  .mailmap = "Bob Cee <bob@y.example> <rob@else.example>\n" },
{ "who posts what is excluded is none", LONE, "0:", .exclude = "f:" },

};

/* One mail of a list. */
struct mail {
	char *text;
	gint64 arrived;
	gboolean is_older;	/* than the range */
};

/* A list, read as lib/source/ reads it. */
struct list {
	struct people_config config;
	struct people *people;
	struct filter filter;
	struct builder builder;
	struct digest *digest;
};

static void mail_free(void *data)
{
	struct mail *mail = data;

	g_free(mail->text);
	g_free(mail);
}

/* Take a mail, which ends here, unless there is no text. */
static void end_mail(GPtrArray *mails, GString *text, gint64 arrived)
{
	struct mail *mail;

	if (!text->len)
		return;
	mail = g_new0(struct mail, 1);
	mail->text = g_strdup(text->str);
	mail->arrived = arrived;
	g_ptr_array_add(mails, mail);
	g_string_truncate(text, 0);
}

/* Split a list into its mails, which arrive a minute after each other. */
static GPtrArray *split_mails(const char *list)
{
	GPtrArray *mails = g_ptr_array_new_with_free_func(mail_free);
	g_autoptr(GString) text = g_string_new(NULL);
	gint64 now = 1700000000;
	const char *end;
	guint i;

	for (; (end = strchr(list, '\n')); list = end + 1) {
		if (!g_str_has_prefix(list, "==")) {
			g_string_append_len(text, list, end + 1 - list);
			continue;
		}
		end_mail(mails, text, now);
		now += 60;
		if (g_str_has_prefix(list, "== ") && g_ascii_isdigit(list[3]))
			now += atoi(list + 3) * 24 * 60 * 60;
		else if (g_str_has_prefix(list, "== the range begins"))
			for (i = 0; i < mails->len; i++)
				((struct mail *)mails->pdata[i])->is_older =
					TRUE;
	}
	g_assert_cmpuint(text->len, ==, 0);
	return mails;
}

/* The part of a Message-ID before the '@' is a mail's name, and its commit. */
static void name_commit(char *commit, const char *message_id)
{
	const char *id = message_id ? message_id : "?";

	g_strlcpy(commit, id, MIN(strcspn(id, "@"), HEX_ID_LEN) + 1);
}

static struct patch *read_patch(const struct mail *mail,
				const struct filter *filter)
{
	unsigned wants = PATCH_TAGS |
			 (filter_wants_paths(filter) ? PATCH_PATHS : 0);
	struct message message;
	struct patch *patch;

	message_parse(&message, mail->text, strlen(mail->text),
		      wants & PATCH_PATHS);
	patch = patch_from_message(&message, wants);
	message_clear(&message);
	if (patch) {
		name_commit(patch->commit, patch->message_id);
		patch->arrived = mail->arrived;
	}
	return patch;
}

static struct reply *read_reply(const struct mail *mail)
{
	struct message message;
	struct reply *reply;

	message_parse(&message, mail->text, strlen(mail->text), FALSE);
	reply = reply_from_message(&message);
	message_clear(&message);
	name_commit(reply->commit, reply->message_id);
	reply->arrived = mail->arrived;
	return reply;
}

/* What may be a cover letter is given as a reply, too. */
static void add_mail(struct builder *builder, const struct mail *mail,
		     guint place)
{
	struct patch *patch = read_patch(mail, builder->filter);
	struct reply *reply = !patch || patch->may_be_cover ?
			      read_reply(mail) : NULL;

	if (patch) {
		patch->place = place;
		builder_add(builder, patch);
	}
	if (reply) {
		reply->place = place;
		builder_add_reply(builder, reply);
	}
}

/* Before the range only the patches matter that say so. */
static void add_older(GPtrArray *older, const struct builder *builder,
		      const struct mail *mail)
{
	struct patch *patch = read_patch(mail, builder->filter);

	if (patch && !patch->may_be_cover && builder_counts(builder, patch)) {
		patch->place = older->len;
		g_ptr_array_add(older, patch);
	} else {
		patch_free(patch);
	}
}

/* The older mails of the array, newest first. */
static GPtrArray *read_older(const struct list *list, const GPtrArray *mails)
{
	GPtrArray *older = g_ptr_array_new_with_free_func(
						(GDestroyNotify)patch_free);
	guint i;

	for (i = mails->len; i > 0; i--) {
		const struct mail *mail = mails->pdata[i - 1];

		if (mail->is_older)
			add_older(older, &list->builder, mail);
	}
	return older;
}

static void list_init(struct list *list, const struct test_case *test)
{
	char *err = NULL;

	memset(list, 0, sizeof(*list));
	people_config_init(&list->config);
	if (test->bots)
		g_ptr_array_add(list->config.bots, g_strdup(test->bots));
	list->people = people_new(&list->config);
	if (test->mailmap)
		people_add_mailmap(list->people, test->mailmap,
				   strlen(test->mailmap));
	filter_init(&list->filter);
	if (test->exclude)
		g_assert_cmpint(filter_add_subject(&list->filter.exclude,
						   test->exclude, &err), ==, 0);
	if (test->path)
		g_ptr_array_add(list->filter.include.patterns[FILTER_PATH],
				g_strdup(test->path));
	builder_init(&list->builder, DIGEST_INBOX);
	list->digest = list->builder.digest;
	list->builder.filter = &list->filter;
	list->builder.people = list->people;
	list->digest->replies = g_ptr_array_new_with_free_func(
						(GDestroyNotify)reply_free);
}

static void list_clear(struct list *list)
{
	digest_free(list->digest);
	filter_clear(&list->filter);
	people_free(list->people);
	people_config_clear(&list->config);
}

/* Read the mails of a list that list_init() began, newest first. */
static void read_list(struct list *list, const struct test_case *test)
{
	g_autoptr(GPtrArray) mails = split_mails(test->mails);
	struct digest *digest = list->digest;
	guint i;

	for (i = mails->len; i > 0; i--) {
		const struct mail *mail = mails->pdata[i - 1];

		if (mail->is_older)
			continue;
		add_mail(&list->builder, mail, mails->len - i);
		digest->newest = MAX(digest->newest, mail->arrived);
	}
	builder_group(&list->builder);
	discussion_link(digest);
	discussion_sum_up(digest, list->people);
	summary_finish(digest->summary);
	discussion_read(digest, read_older(list, mails), list->people);
	discussion_fill(digest, list->people,
			test->stale ? test->stale * 24 * 60 * 60 :
			DISCUSSION_STALE);
}

/* Begin a line, but not the first one. */
static void begin_line(GString *out)
{
	if (out->len)
		g_string_append_c(out, '\n');
}

static void add_person(GString *out, const char *before,
		       const struct address *person)
{
	g_string_append_printf(out, "%s%s <%s>", before, person->name,
			       person->email);
}

static void add_repliers(GString *out, const GPtrArray *repliers)
{
	guint i;

	for (i = 0; i < repliers->len; i++) {
		const struct replier *replier = repliers->pdata[i];

		add_person(out, i ? ", " : ": ", &replier->person);
		g_string_append_printf(out, " %u", replier->count);
	}
}

/* "; replies 2 (1 the author's): Bob <b@x> 1, Ann <a@x> 1; bots: lkp@x 1" */
static void add_replies(GString *out, const struct conversation *said)
{
	if (said->replies)
		g_string_append_printf(out, "; replies %u", said->replies);
	if (said->by_author)
		g_string_append_printf(out, " (%u the author's)",
				       said->by_author);
	add_repliers(out, said->repliers);
	if (said->bots->len)
		g_string_append(out, "; bots");
	add_repliers(out, said->bots);
}

/* "; Acked-by Bob <b@x> on all 2, sent by Eve <e@x>" */
static void add_tags(GString *out, const struct conversation *said)
{
	guint i, k;

	for (i = 0; i < said->tags->len; i++) {
		const struct series_tag *tag = said->tags->pdata[i];

		g_string_append_printf(out, "; %s", tag->name);
		add_person(out, " ", &tag->person);
		g_string_append(out, tag->of.all ? " on all" : " on");
		for (k = 0; k < tag->of.list->len; k++)
			g_string_append_printf(out, " %d",
				g_array_index(tag->of.list, int, k));
		if (!tag->matches)
			add_person(out, ", sent by ", tag->sent_by);
	}
}

/* "; 2 applied as 1234567 by Tim <t@x> (b4); rejected by Bob <b@x>" */
static void add_ends(GString *out, const struct conversation *said)
{
	static const char *const how[] = {
		[LIST_NONE] = "",
		[LIST_B4_TY] = " (b4)",
		[LIST_PATCHWORK] = " (patchwork)",
		[LIST_TIP] = " (tip)",
		[LIST_PULLED] = " (pulled)",
	};
	guint i;

	for (i = 0; i < said->applied->len; i++) {
		const struct application *applied = said->applied->pdata[i];

		g_string_append_printf(out, "; %d applied", applied->number);
		if (applied->commit)
			g_string_append_printf(out, " as %s", applied->commit);
		add_person(out, " by ", applied->by);
		g_string_append(out, how[applied->how]);
	}
	if (said->rejected_by)
		add_person(out, "; rejected by ", said->rejected_by);
}

/* "superseded by p2" */
static void add_state(GString *out, const struct series *series)
{
	enum series_state state = series->conversation->state;

	g_string_append(out, conversation_state_name(state));
	if (state == STATE_SUPERSEDED)
		g_string_append_printf(out, " by %s",
				       series->superseded_by->head->commit);
}

static void add_reviewed(GString *out, const struct conversation *said)
{
	g_string_append_printf(out, "%d/%d reviewed", said->reviewed,
			       said->total);
}

static void add_series(GString *out, const struct series *series)
{
	add_state(out, series);
	g_string_append(out, ", ");
	add_reviewed(out, series->conversation);
	add_replies(out, series->conversation);
	add_tags(out, series->conversation);
	add_ends(out, series->conversation);
}

/* A line for each series, the oldest first, and then for each older one. */
static void show_states(GString *out, const struct digest *digest)
{
	guint i;

	for (i = digest->series->len; i > 0; i--) {
		begin_line(out);
		add_series(out, digest->series->pdata[i - 1]);
	}
	for (i = digest->discussed->len; i > 0; i--) {
		begin_line(out);
		g_string_append(out, "older: ");
		add_series(out, digest->discussed->pdata[i - 1]);
	}
}

static void show_tags(GString *out, const struct digest *digest)
{
	guint i;

	for (i = digest->series->len; i > 0; i--) {
		const struct series *series = digest->series->pdata[i - 1];

		begin_line(out);
		add_reviewed(out, series->conversation);
		add_tags(out, series->conversation);
	}
}

static void show_ends(GString *out, const struct digest *digest)
{
	guint i;

	for (i = digest->series->len; i > 0; i--) {
		const struct series *series = digest->series->pdata[i - 1];

		begin_line(out);
		add_state(out, series);
		add_ends(out, series->conversation);
	}
}

static void show_parents(GString *out, const struct digest *digest)
{
	guint i;

	for (i = digest->replies->len; i > 0; i--) {
		const struct reply *reply = digest->replies->pdata[i - 1];

		g_string_append_printf(out, "%s%s:%s", out->len ? " " : "",
				       reply->commit, reply->patch ?
				       reply->patch->commit : "-");
	}
}

static void show_threads(GString *out, const struct digest *digest)
{
	guint i;

	for (i = 0; i < digest->threads->len; i++) {
		const struct thread *thread = digest->threads->pdata[i];

		begin_line(out);
		g_string_append_printf(out, "%s \"%s\" %u of %u%s",
				       thread->commit, thread->subject,
				       thread->mails, thread->people,
				       thread->of_patch ? ", a patch" : "");
	}
}

static void show_reviewers(GString *out, const struct digest *digest)
{
	guint i;

	for (i = 0; i < digest->reviewers->len; i++) {
		const struct tally_line *line = digest->reviewers->pdata[i];

		begin_line(out);
		g_string_append_printf(out, "%s %u patches, %u tags",
				       line->text, line->count, line->more);
	}
}

/* The oldest first. */
static void show_pulls(GString *out, const struct digest *digest)
{
	guint i;

	for (i = digest->pulls->len; i > 0; i--) {
		const struct pull_request *pull = digest->pulls->pdata[i - 1];

		begin_line(out);
		g_string_append(out, pull->mail->commit);
		if (pull->merged)
			g_string_append_printf(out, " merged by %s",
					       pull->merged->commit);
		if (pull->commit)
			g_string_append_printf(out, " as %s", pull->commit);
	}
}

static void show_reports(GString *out, const struct digest *digest)
{
	guint i;

	for (i = digest->reports->len; i > 0; i--) {
		const struct report *report = digest->reports->pdata[i - 1];

		begin_line(out);
		g_string_append_printf(out, "%s %s", report->mail->commit,
				       reports_kind_name(report->kind));
	}
}

static void show_unanswered(GString *out, const struct digest *digest)
{
	guint i;

	for (i = digest->unanswered->len; i > 0; i--) {
		const struct series *series = digest->unanswered->pdata[i - 1];

		begin_line(out);
		g_string_append(out, series->head->commit);
	}
}

static void show_people(GString *out, const struct digest *digest)
{
	const struct summary *summary = digest->summary;
	guint i;

	g_string_append_printf(out, "%lu:", summary->counts[SUMMARY_PEOPLE]);
	for (i = 0; i < summary->newcomers->len; i++) {
		const struct address *person = summary->newcomers->pdata[i];

		g_string_append_printf(out, "%s %s <%s>", i ? "," : "",
				       person->name, person->email);
	}
	g_assert_cmpuint(summary->counts[SUMMARY_NEWCOMERS], ==, i);
}

/* Cases, and how what came of them is written. */
static const struct suite {
	const char *name;
	const struct test_case *cases;
	size_t nr;
	void (*show)(GString *out, const struct digest *digest);
} suites[] = {
	{ "states", states, G_N_ELEMENTS(states), show_states },
	{ "tags", tags, G_N_ELEMENTS(tags), show_tags },
	{ "ends", ends, G_N_ELEMENTS(ends), show_ends },
	{ "parents", parents, G_N_ELEMENTS(parents), show_parents },
	{ "threads", threads, G_N_ELEMENTS(threads), show_threads },
	{ "reviewers", reviewers, G_N_ELEMENTS(reviewers), show_reviewers },
	{ "pulls", pulls, G_N_ELEMENTS(pulls), show_pulls },
	{ "reports", reports, G_N_ELEMENTS(reports), show_reports },
	{ "unanswered", unanswered, G_N_ELEMENTS(unanswered),
	  show_unanswered },
	{ "people", people, G_N_ELEMENTS(people), show_people },
};

static void run(const void *data)
{
	const struct test_case *test = data;
	g_autoptr(GString) got = g_string_new(NULL);
	const struct suite *suite = suites;
	struct list list;

	while (test < suite->cases || test >= suite->cases + suite->nr)
		suite++;
	list_init(&list, test);
	read_list(&list, test);
	suite->show(got, list.digest);
	g_assert_cmpstr(got->str, ==, test->want);
	list_clear(&list);
}

/* The conversation of the oldest series of a list that is read. */
static const struct conversation *conversation_of(const struct list *list)
{
	const GPtrArray *series = list->digest->series;
	const struct series *oldest = series->pdata[series->len - 1];

	return oldest->conversation;
}

/* Which patches of three somebody has applied who answers one of them. */
static char *read_applied(const char *to, const char *text)
{
	g_autofree char *mails = g_strdup_printf(TRIO MAIL("r", TIM, "Re: f",
						 TO("%s"), "%s\n"), to, text);
	const struct test_case test = { .mails = mails };
	const struct conversation *said;
	GString *out = g_string_new(NULL);
	struct list list;
	guint i;

	list_init(&list, &test);
	read_list(&list, &test);
	said = conversation_of(&list);
	for (i = 0; i < said->applied->len; i++) {
		const struct application *applied = said->applied->pdata[i];

		g_string_append_printf(out, "%s%d", i ? " " : "",
				       applied->number);
	}
	list_clear(&list);
	return g_string_free(out, FALSE);
}

static void test_wording(const void *data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *on_patch = read_applied("2", wordings[i].text);
	g_autofree char *on_cover = read_applied("c", wordings[i].text);

	g_assert_cmpstr(on_patch, ==, wordings[i].on_patch);
	g_assert_cmpstr(on_cover, ==, wordings[i].on_cover);
}

static void test_rejection(const void *data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *mails = g_strdup_printf(LONE RE("r", TIM, "p", "%s\n"),
						 rejections[i].text);
	const struct test_case test = { .mails = mails };
	struct list list;

	list_init(&list, &test);
	read_list(&list, &test);
	g_assert_cmpstr(conversation_state_name(conversation_of(&list)->state),
			==, rejections[i].rejects ? "rejected" :
			"under review");
	list_clear(&list);
}

static void test_match(const void *data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *mails = g_strdup_printf(LONE RE("r", "%s", "p",
						 REVIEW("%s")), matches[i].from,
						 matches[i].tag);
	const struct test_case test = {
		.mails = mails,
		.mailmap = matches[i].mailmap,
	};
	const struct address bob = { (char *)"Bob Cee",
				     (char *)"bob@y.example" };
	const struct conversation *said;
	const struct series_tag *tag;
	struct list list;

	list_init(&list, &test);
	if (matches[i].alias)
		people_config_add_alias(&list.config, matches[i].alias, &bob);
	read_list(&list, &test);
	said = conversation_of(&list);
	g_assert_cmpuint(said->tags->len, ==, 1);
	tag = said->tags->pdata[0];
	g_assert_cmpint(tag->matches, ==, matches[i].matches);
	g_assert_cmpint(said->reviewed, ==, matches[i].matches);
	list_clear(&list);
}

static void test_sender(const void *data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *mails = g_strdup_printf(LONE RE("r", "%s", "p",
						 "Hm.\n"), senders[i].from);
	const struct test_case test = { .mails = mails };
	const struct conversation *said;
	struct list list;

	list_init(&list, &test);
	read_list(&list, &test);
	said = conversation_of(&list);
	g_assert_cmpstr(conversation_state_name(said->state), ==,
			senders[i].is_bot ? "bots only" : "under review");
	g_assert_cmpuint(said->replies, ==, !senders[i].is_bot);
	g_assert_cmpuint(said->repliers->len, ==, !senders[i].is_bot);
	g_assert_cmpuint(said->bots->len, ==, senders[i].is_bot);
	g_assert_cmpuint(list.digest->reviewers->len, ==, !senders[i].is_bot);
	list_clear(&list);
}

/* So many mails must not take a time that grows with their square. */
#define FLOOD 20000

/*
 * Read a patch and FLOOD replies, each of which answers the one that came step
 * mails before it.  Where there is none, it answers the patch; or, in a circle,
 * one at the end.
 */
static void read_flood(struct list *list, int step, gboolean is_circle)
{
	g_autoptr(GString) mails = g_string_new(LONE PULL);
	struct test_case test = { 0 };
	int i;

	for (i = 0; i < FLOOD; i++) {
		int to = is_circle ? (i - step + FLOOD) % FLOOD : i - step;

		g_string_append_printf(mails, "Message-ID: <m%d@x>\n"
			"From: Bob Cee <bob%d@y.example>\nSubject: Re: f\n"
			"In-Reply-To: <", i, i % 1000);
		if (to >= 0)
			g_string_append_printf(mails, "m%d", to);
		else
			g_string_append_c(mails, 'p');
		g_string_append_printf(mails, "@x>\n\nApplied, thanks!\n\n"
			"Reviewed-by: Bob Cee <bob%d@y.example>\n==\n",
			i % 1000);
	}
	test.mails = mails->str;
	list_init(list, &test);
	read_list(list, &test);
	g_assert_cmpuint(list->digest->replies->len, ==, FLOOD + 1);
}

static void check_flood(const struct list *list)
{
	const struct conversation *said = conversation_of(list);
	const struct thread *thread = list->digest->threads->pdata[0];

	g_assert_cmpuint(said->replies, ==, FLOOD);
	g_assert_cmpuint(said->repliers->len, ==, 1000);
	g_assert_cmpuint(said->tags->len, ==, 1000);
	g_assert_cmpstr(conversation_state_name(said->state), ==, "applied");
	g_assert_cmpuint(thread->mails, ==, FLOOD + 1);
}

static void test_many_replies(void)
{
	struct list list;

	read_flood(&list, FLOOD, FALSE);
	check_flood(&list);
	list_clear(&list);
}

static void test_long_chain(void)
{
	struct list list;

	read_flood(&list, 1, FALSE);
	check_flood(&list);
	list_clear(&list);
}

static void check_circle(int step)
{
	const struct thread *thread;
	struct list list;
	guint i;

	read_flood(&list, step, TRUE);
	for (i = 0; i < list.digest->replies->len; i++) {
		const struct reply *reply = list.digest->replies->pdata[i];

		g_assert_null(reply->patch);
	}
	g_assert_cmpuint(conversation_of(&list)->replies, ==, 0);
	thread = list.digest->threads->pdata[0];
	g_assert_cmpuint(thread->mails, ==, FLOOD);
	list_clear(&list);
}

static void test_circle(void)
{
	check_circle(1);
	/* each answers the mail after it, and the newest the oldest */
	check_circle(FLOOD - 1);
}

/* A chain of answers to a pull request, all of which say that it is pulled. */
static void test_long_pull(void)
{
	g_autoptr(GString) mails = g_string_new(MAIL("0", ANN, "[GIT PULL] f",
						     "", PULL_TEXT));
	struct test_case test = { 0 };
	const struct pull_request *pull;
	struct list list;
	int i;

	for (i = 0; i < FLOOD; i++)
		g_string_append_printf(mails, "Message-ID: <%d@x>\n"
			"From: " TIM "\nSubject: Re: f\nIn-Reply-To: <%d@x>"
			"\n\nPulled, thanks!\n==\n", i + 1, i);
	test.mails = mails->str;
	list_init(&list, &test);
	read_list(&list, &test);
	g_assert_cmpuint(list.digest->pulls->len, ==, 1);
	pull = list.digest->pulls->pdata[0];
	g_assert_cmpstr(pull->merged->commit, ==, "1");
	list_clear(&list);
}

/* A name that neither begins a suite nor a comment of TAP. */
static void add_test(const char *suite, const char *name, const void *data,
		     GTestDataFunc test)
{
	g_autofree char *words = g_strdelimit(g_strdup(name), "/#\n\r", ' ');
	g_autofree char *path = g_strdup_printf("/conversation/%s/%s", suite,
						words);

	g_test_add_data_func(path, data, test);
}

static void add_suite(const struct suite *suite)
{
	size_t i;

	for (i = 0; i < suite->nr; i++)
		add_test(suite->name, suite->cases[i].name, &suite->cases[i],
			 run);
}

int main(int argc, char **argv)
{
	size_t i;

	g_test_init(&argc, &argv, NULL);
	message_setup();
	/* One run shows all that is wrong. */
	g_test_set_nonfatal_assertions();
	for (i = 0; i < G_N_ELEMENTS(suites); i++)
		add_suite(&suites[i]);
	for (i = 0; i < G_N_ELEMENTS(wordings); i++)
		add_test("applied", wordings[i].text, GSIZE_TO_POINTER(i),
			 test_wording);
	for (i = 0; i < G_N_ELEMENTS(rejections); i++)
		add_test("rejected", rejections[i].text, GSIZE_TO_POINTER(i),
			 test_rejection);
	for (i = 0; i < G_N_ELEMENTS(matches); i++)
		add_test("matches", matches[i].name, GSIZE_TO_POINTER(i),
			 test_match);
	for (i = 0; i < G_N_ELEMENTS(senders); i++)
		add_test("bots", senders[i].from, GSIZE_TO_POINTER(i),
			 test_sender);
	g_test_add_func("/conversation/many replies", test_many_replies);
	g_test_add_func("/conversation/a long chain", test_long_chain);
	g_test_add_func("/conversation/a large circle", test_circle);
	g_test_add_func("/conversation/a long pull request", test_long_pull);
	return g_test_run();
}
