/* Tests of mail/statements.h: what a reply says became of patches. */
#include <string.h>
#include "mail/message.h"
#include "mail/statements.h"

/*
 * "applied", "applied all", "applied 1 2", "rejected", "tracked", "" for
 * nothing; then the items of a list, "1/2 title = commit", who applied them,
 * and who wrote the list.
 */
static const struct {
	const char *what, *text, *says;
} cases[] = {
	{ "applied", "Applied, thanks!\n", "applied" },
	{ "without thanks", "Applied.\n", "applied" },
	{ "alone", "Applied\n", "applied" },
	{ "to a branch", "Applied to for-next, thanks\n", "applied" },
	{ "to a tree and a path", "Applied to powerpc/topic/ppc-kvm.\n",
	  "applied" },
	{ "for a release", "Applied for ppc-5.6\n", "applied" },
	{ "with a change", "Applied with the change I noted\n", "applied" },
	{ "lower case", "applied to iproute2-next\n", "applied" },
	{ "queued", "Queued, thanks.\n", "applied" },
	{ "queued for stable", "Queued for 5.10.y, thanks.\n", "applied" },
	{ "merged", "Merged, thanks.\n", "applied" },
	{ "pulled", "Pulled, thanks!  Sorry for the delay.\n", "applied" },
	{ "I've", "I've applied this to my tree.\n", "applied" },
	{ "I have", "I have applied it. Thanks!\n", "applied" },
	{ "I've queued", "I've queued it up for the next release.\n",
	  "applied" },
	{ "pushed", "I've pushed this to drm-misc-next.\n", "applied" },
	{ "picked up", "I've picked up this patch.\n", "applied" },
	{ "after a greeting and quoted text",
	  "Hi,\n\nOn Monday A wrote:\n> text\n\nApplied, thanks\n", "applied" },
	{ "right below quoted text", "> text\nApplied, thanks\n", "applied" },

	{ "after thanks", "Thanks, applied to my next branch.\n", "applied" },
	{ "after thanks, of a patch", "Thanks, patch applied.\n", "applied" },
	{ "after thanks, of a series",
	  "Thanks, patch series applied to my tree.\n", "applied all" },
	{ "after thanks, of some",
	  "Thanks, patches 3 and 4 of this series applied to my branch.\n",
	  "applied 3 4" },
	{ "after a courtesy", "Looks good to me, applied to next.\n",
	  "applied" },
	{ "after two", "Thanks, much better, I've applied these.\n",
	  "applied" },
	{ "after a clause",
	  "With that assumption, I have applied this whole series to next.\n",
	  "applied all" },
	{ "behind a sentence of thanks",
	  "Thanks for your endless work on this. I have now pulled it\ninto "
	  "the tree.\n", "applied" },
	{ "with a remark", "Queued (finally), thanks (the robot was wrong).\n",
	  "applied" },
	{ "a series and a comma", "Series, applied to next.\n",
	  "applied all" },

	{ "I did", "I applied the two patches. Thanks!\n",
	  "applied, 2 of them" },
	{ "I did, to a tree", "I applied these to for-next\n", "applied" },
	{ "I've taken", "I've taken this through the x86 tree.\n", "applied" },
	{ "and pushed", "Applied and pushed.\n", "applied" },
	{ "a condition behind it",
	  "Queued for 6.9, tell me if you find anything.\n", "applied" },

	/* of what */
	{ "all but one", "I've applied this set, minus #17.\n",
	  "applied all but 17" },
	{ "all but a patch", "Applied all, except patch 3\n",
	  "applied all but 3" },
	{ "all but this", "I've applied all but this patch to next.\n", "" },
	{ "the two of something else",
	  "Applied to next, I fixed the two new remarks\n", "applied" },
	{ "now", "Now queued up, thanks.\n", "applied" },
	{ "all, but with a change", "Applied all, but fixed a typo\n",
	  "applied all" },
	{ "these two", "Applied these two to next.\n", "applied, 2 of them" },
	{ "the first patch", "I've applied the first patch.\n",
	  "applied 1" },
	{ "numbers right behind it", "Queued 1-3 and 5, thanks.\n",
	  "applied 1 2 3 5" },
	{ "a number of patches", "Applied 3 patches, thanks.\n", "applied" },
	{ "a release is no number", "Queued for 5.10.y, 2 days ago\n",
	  "applied" },
	{ "the series", "Series applied, thanks.\n", "applied all" },
	{ "the series at the end", "Applied the series to for-next\n",
	  "applied all" },
	{ "whole series", "The whole series applied to net-next.\n",
	  "applied all" },
	{ "both", "Both applied, thanks!\n", "applied all" },
	{ "applied both", "Applied both, the first to -next\n", "applied all" },
	{ "all", "All applied, thanks.\n", "applied all" },
	{ "one of several", "I have applied patch 2 to the bpf tree. Thanks.\n",
	  "applied 2" },
	{ "some of several", "Patches 1-3 applied, thanks\n",
	  "applied 1 2 3" },
	{ "a list of numbers", "Applied patches 1, 3 and 5 to for-next\n",
	  "applied 1 3 5" },
	{ "n of m", "Applied patch 2/7, thanks\n", "applied 2" },
	{ "the first two", "Applied the first two patches.\n", "applied 2 1" },
	{ "a number that is none", "Applied patch 99999999\n", "applied" },
	{ "a range that goes back", "Applied patches 3-1\n", "applied" },

	/* what sounds like it */
	{ "an aside", "The patch, applied to 6.1, survives a build.\n", "" },
	{ "a participle in a list", "It is masked, queued and kicked.\n", "" },
	{ "only a part is taken",
	  "I've taken the 6.1.y series only and dropped all others.\n", "" },
	{ "no longer", "The patch no longer applied.\n", "" },
	{ "not yet", "The series hasn't applied cleanly.\n", "" },
	{ "on top", "Applied on top of 6.9 it fails.\n", "" },
	{ "which does it", "(1) applied the patch which shares it.\n", "" },
	{ "I did, and saw", "I applied this and the machine hung.\n", "" },
	{ "a sentence without an end", "I have applied this patch,\n> x\n",
	  "" },
	{ "a trial below", "I have applied this patch\nand tested it.\n",
	  "" },
	{ "thanks and something else",
	  "Thanks Ann. This patch is merged through another tree.\n", "" },
	{ "a later sentence", "It works. Applied on top of 6.1 it does not.\n",
	  "" },
	{ "a question", "Great, is this enough for it to be queued?\n", "" },
	{ "later", "I'll apply this next week.\n", "" },
	{ "a wish", "Please apply this.\n", "" },
	{ "a condition", "Once it is applied, the test fails.\n", "" },
	{ "a robot's base", "This series was applied (using b4) to base.\n",
	  "" },
	{ "a robot's advice",
	  "If your patch is applied to a wrong tree, tell us\n", "" },
	{ "a trial", "I've applied this series locally and it works.\n", "" },
	{ "a test", "I have applied your commit and made tests here.\n", "" },
	{ "another object", "I've applied your patch to the latest kernel\n",
	  "" },
	{ "in the middle of a paragraph",
	  "It is good.\nApplied, thanks\n", "" },
	{ "in the middle of a line", "It was good, applied.\n", "" },
	{ "quoted", "> Applied, thanks\n", "" },
	{ "below a signature", "Hm.\n-- \n\nApplied, thanks\n", "" },
	{ "below a diff", "Hm.\ndiff --git a/f b/f\n\nApplied, thanks\n", "" },
	{ "a noun behind it", "Applied mathematics is fun.\n", "" },
	{ "already", "The same patch was already applied to master.\n", "" },
	{ "by mistake", "Patch applied to the wrong tree. Sorry.\n", "" },
	{ "not", "The patch is not applied yet.\n", "" },
	{ "nothing", "", "" },

	/* rejected */
	{ "NAK", "NAK\n", "rejected" },
	{ "NAK and why", "NAK, this breaks everything.\n", "rejected" },
	{ "NACK", "Nack.\n\nNo.\n", "rejected" },
	{ "in a sentence", "I would not NAK it.\n", "" },
	{ "quoted NAK", "> NAK\n", "" },
	{ "pw-bot", "Not like this.\n\npw-bot: reject\n", "rejected" },
	{ "pw-bot, changes", "pw-bot: cr\n", "rejected" },
	{ "pw-bot, in another case", "Pw-Bot: changes-requested\n",
	  "rejected" },
	{ "pw-bot for something else", "pw-bot: under-review\n", "" },

	/* lists */
	{ "b4 ty", "On Mon, 1 Jan 2024, A wrote:\n> text\n\n"
	  "Applied to master, thanks!\n\n"
	  "[1/2] a: one\n      commit: 1234567890ABCDEF\n"
	  "[2/2] a: two\n      (no commit info)\n\n"
	  "Best regards,\n-- \nB\n",
	  "applied; 1/2 a: one = 1234567890abcdef; 2/2 a: two = none" },
	{ "b4 ty with a tree on lines of its own",
	  "Applied to\n\n   https://git.example/x.git for-next\n\nThanks!\n\n"
	  "[1/1] a: one\n      commit: 1234567\n",
	  "applied; 1/1 a: one = 1234567" },
	{ "b4 ty with links", "Applied to net, thanks!\n\n[1/1] a: one\n"
	  "      https://git.example/net/c/12345678\n",
	  "applied; 1/1 a: one = 12345678" },
	{ "patchwork's bot", "Hello:\n\nThis series was applied to net.git\n"
	  "by B <b@x>:\n\nOn Monday you wrote:\n> text\n\n"
	  "Here is the summary with links:\n"
	  "  - [net,v2,1/2] a: one\n    https://git.example/c/1234567\n"
	  "  - [net,v2,2/2] a: two\n    (no matching commit)\n\n"
	  "You are awesome, thank you!\n",
	  "; 1/2 a: one = 1234567; 2/2 a: two = none; B <b@x> patchwork" },
	{ "patchwork's bot, of one patch",
	  "Hello:\n\nThis patch was applied to net.git (main)\n"
	  "by Bee, Ann <b@x>:\n\nHere is the summary with links:\n"
	  "  - [net] a: one\n    https://git.example/c/1234567\n",
	  "; -1/-1 a: one = 1234567; Bee, Ann <b@x> patchwork" },
	{ "somebody is written about", "It was seen\nby Ann <b@x>:\n", "" },
	{ "the bot of the tip tree",
	  "The following commit has been merged into the x86/asm branch of "
	  "tip:\n\nCommit-ID:     EF77e6880be8\n"
	  "Gitweb:        https://git.example/tip/ef77e6880be8\n"
	  "Author:        Ann <a@x>\nCommitter:     B <b@x>\n\n"
	  "x86/asm: Do it\n\n[ B: touched up. ]\n\nAcked-by: C <c@x>\n",
	  "; -1/-1 - = ef77e6880be8; B <b@x> tip" },
	{ "its lines apart from each other",
	  "Commit-ID: ef77e6880be8\nsays it all\n", "" },
	{ "its id, and no Committer",
	  "Commit-ID: ef77e6880be8\nGitweb: x\n",
	  "; -1/-1 - = ef77e6880be8 tip" },
	{ "an id that is none", "Commit-ID: see below\nGitweb: x\n",
	  "; -1/-1 - = none tip" },
	{ "the bot that tracks pull requests",
	  "The pull request you sent on Tue, 2 Nov 2021:\n\n"
	  "> git://git.example/x.git tags/y\n\n"
	  "has been merged into torvalds/linux.git:\n"
	  "https://git.example/torvalds/c/6edb6ba333d3\n\nThank you!\n",
	  "; -1/-1 - = 6edb6ba333d3 pulled" },
	{ "a merge without a link", "has been merged into x\n\nThanks\n",
	  "; -1/-1 - = none pulled" },
	{ "a merge at the end", "has been merged into x\n", "" },
	{ "regzbot", "Hi\n\n#regzbot introduced: v6.1..v6.2\n", "tracked" },
	{ "regzbot, quoted", "> #regzbot introduced: v6.1..v6.2\n", "" },
	{ "regzbot within a line", "see #regzbot\n", "" },
	{ "Nacked", "Nacked, it is too big.\n", "" },
	{ "NACK with a reason", "NACK: it breaks arm\n", "rejected" },
	{ "b4 ty without a tree", "Applied, thanks!\n\n[1/1] a: one\n"
	  "      commit: 12345678\n", "applied; 1/1 a: one = 12345678" },
	{ "a link below", "Applied, thanks!\n\n[1] https://x.example/y\n",
	  "applied" },
	{ "a link right below", "Applied to next, thanks.\n\n"
	  "https://git.example/linux/c/12345678\n", "applied = 12345678" },
	{ "patchwork's bot without brackets",
	  "Here is the summary with links:\n  - a: one\n"
	  "    https://git.example/x.git/commit/?id=1234567\n",
	  "; -1/-1 a: one = 1234567 patchwork" },
	{ "a slash that is no number", "Applied to x\n\n[a/b 3/4] a: one\n",
	  "applied; 3/4 a: one = none" },
	{ "an item without a number",
	  "Here is the summary with links:\n  - [net] a: one\n"
	  "    https://git.example/c/1234567\n",
	  "; -1/-1 a: one = 1234567 patchwork" },
	{ "brackets that are no list", "[1/2] a: one\n[x] y\n", "" },
	{ "no id below an item", "Applied to x\n\n[1/1] a: one\n"
	  "      commit: 12345xy\n", "applied; 1/1 a: one = none" },
};

/* b4-ty and its kind need no name: most cases are of them. */
static const char *const writers[] = {
	[LIST_NONE] = "",
	[LIST_B4_TY] = "",
	[LIST_PATCHWORK] = " patchwork",
	[LIST_TIP] = " tip",
	[LIST_PULLED] = " pulled",
};

static void test_case(const void *data)
{
	const char *const *row = data;
	struct statements got;
	g_autoptr(GString) says = g_string_new(NULL);
	guint i;

	statements_parse(&got, row[1], strlen(row[1]));
	if (got.applied)
		g_string_append(says, "applied");
	if (got.of_all)
		g_string_append(says, " all");
	for (i = 0; got.numbers && i < got.numbers->len; i++)
		g_string_append_printf(says, " %d",
				       g_array_index(got.numbers, int, i));
	if (got.but)
		g_string_append_printf(says, " but %d", got.but);
	if (got.count)
		g_string_append_printf(says, ", %d of them", got.count);
	if (got.commit)
		g_string_append_printf(says, " = %s", got.commit);
	if (got.rejected)
		g_string_append(says, "rejected");
	if (got.tracked)
		g_string_append(says, "tracked");
	for (i = 0; got.items && i < got.items->len; i++) {
		const struct applied_item *item = got.items->pdata[i];

		g_string_append_printf(says, "; %d/%d %s = %s", item->number,
				       item->total,
				       item->title ? item->title : "-",
				       item->commit ? item->commit : "none");
	}
	if (got.by.email)
		g_string_append_printf(says, "; %s <%s>", got.by.name,
				       got.by.email);
	g_string_append(says, writers[got.writer]);
	g_assert_cmpstr(says->str, ==, row[2]);
	statements_clear(&got);
}

static void test_many(void)
{
	g_autoptr(GString) text = g_string_new("Applied to x\n\n");
	struct statements got;
	guint i;

	for (i = 0; i < 2 * STATEMENTS_MAX; i++)
		g_string_append(text, "[1/1] a\n\nApplied patches 1-999\n\n");
	statements_parse(&got, text->str, text->len);
	g_assert_cmpuint(got.items->len, ==, STATEMENTS_MAX);
	g_assert_cmpuint(got.numbers->len, ==, STATEMENTS_MAX);
	statements_clear(&got);
}

int main(int argc, char **argv)
{
	size_t i;

	g_test_init(&argc, &argv, NULL);
	message_setup();
	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_strdup_printf("/statements/%zu %s", i,
							cases[i].what);

		g_test_add_data_func(path, &cases[i], test_case);
	}
	g_test_add_func("/statements/no more than are read", test_many);
	return g_test_run();
}
