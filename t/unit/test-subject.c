/* Tests of mail/subject.h: what brackets say, and which mails are patches. */
#include <string.h>
#include "mail/subject.h"

struct expected {
	const char *text;
	gboolean patch;
	int number, total;
	unsigned version;
	const char *prefixes, *title;
};

static const struct expected patches[] = {
	{ "[PATCH] a", TRUE, -1, -1, 1, "", "a" },
	{ "[PATCH 3/7] a: b", TRUE, 3, 7, 1, "", "a: b" },
	{ "[RFC PATCH v2 3/7] a", TRUE, 3, 7, 2, "RFC", "a" },
	{ "[PATCH net-next,v3] a", TRUE, -1, -1, 3, "net-next", "a" },
	{ "[PATCH net-next, v3] a", TRUE, -1, -1, 3, "net-next", "a" },
	{ "[tests PATCH v4 01/11] a", TRUE, 1, 11, 4, "tests", "a" },
	{ "[RFC][PATCH v0] a", TRUE, -1, -1, 0, "RFC", "a" },
	{ "[v2 1/3] a", TRUE, 1, 3, 2, "", "a" },
	{ "[net-next v2] a", TRUE, -1, -1, 2, "net-next", "a" },
	{ "[1/3] a", TRUE, 1, 3, 1, "", "a" },
	{ "[PATCH v6,19/24] a", TRUE, 19, 24, 6, "", "a" },
	{ "[PATCHv2 3/7] a", TRUE, 3, 7, 2, "", "a" },
	{ "[PATCH RFC 00/13] a", TRUE, 0, 13, 1, "RFC", "a" },
	{ "[RESEND PATCH v7 2/7] a", TRUE, 2, 7, 7, "RESEND", "a" },
	{ "[PATCH 5.10 012/345] a", TRUE, 12, 345, 1, "5.10", "a" },
	{ "[PATCH v5.1 10/12] a", TRUE, 10, 12, 5, "", "a" },
	{ "[PATCHSET v29.['x@y.z'] 11/13] a", TRUE, 11, 13, 29, "'x@y.z'",
	  "a" },
	{ "[PATCH]x", TRUE, -1, -1, 1, "", "x" },
	{ "[PATCH 1/3][V2] a", TRUE, 1, 3, 2, "", "a" },
	{ "[PATCH 1/3v4] a", TRUE, 1, 3, 4, "", "a" },
	{ "[PATCH 23/22] a", TRUE, 23, 22, 1, "", "a" },
	{ "[stable/4.14.y PATCH 0/3] a", TRUE, 0, 3, 1, "stable/4.14.y", "a" },
	{ "[[PATCH V2] 2/2] a", TRUE, 2, 2, 2, "", "a" },
	{ "[PATCH[ a: b", TRUE, -1, -1, 1, "", "a: b" },
	{ "PATCH] a", TRUE, -1, -1, 1, "", "a" },
	{ "Subject: [PATCH V7 1/3] a", TRUE, 1, 3, 7, "", "a" },
	{ "[RFC-PATCH 1/2] a", TRUE, 1, 2, 1, "RFC-PATCH", "a" },
	{ "[RFCv2 PATCH 1/2] a", TRUE, 1, 2, 2, "RFC", "a" },
	{ "[RFC/PATCH  1/2] a", TRUE, 1, 2, 1, "RFC/PATCH", "a" },
	{ "[PATCH\302\240V3 0/2] a", TRUE, 0, 2, 3, "", "a" },
	{ "[patch v2] a", TRUE, -1, -1, 2, "", "a" },
	{ "  [PATCH\n v2]\t a  b ", TRUE, -1, -1, 2, "", "a b" },
	{ "[PATCH\343\200\200v2]\343\200\2001/2", TRUE, -1, -1, 2, "", "1/2" },
	{ "[PATCHES v2 1/3] a", TRUE, 1, 3, 2, "", "a" },
	{ "[PATCHESv2] a", TRUE, -1, -1, 2, "", "a" },
	/* "3x" is neither a total nor a total with a version. */
	{ "[PATCH 1/3x] a", TRUE, -1, -1, 1, "1/3x", "a" },
	{ "\v[PATCH\fv2]\va\fb\v", TRUE, -1, -1, 2, "", "a b" },
	{ "[PATCH] [media] a", TRUE, -1, -1, 1, "media", "a" },
	/* Only leading brackets are cut from a title. */
	{ "[PATCH 0/2] remove is_swap_[pte, pmd]()", TRUE, 0, 2, 1, "",
	  "remove is_swap_[pte, pmd]()" },
	/* "rv:" is a mark of replies, but here the name of a subsystem. */
	{ "[PATCH v2 3/4] rv: a", TRUE, 3, 4, 2, "", "rv: a" },
	{ "[PATCH] re-do it", TRUE, -1, -1, 1, "", "re-do it" },
	/* The title is an open bracket, or empty. */
	{ "[PATCH] [a", TRUE, -1, -1, 1, "", "[a" },
	{ "[PATCH]", TRUE, -1, -1, 1, "", "" },
	/* This number has too many digits to be one. */
	{ "[PATCH 1/99999999999999999999] a", TRUE, -1, -1, 1,
	  "1/99999999999999999999", "a" },
};

static const struct expected others[] = {
	{ .text = "" },
	{ .text = "hello" },
	{ .text = "Re: [PATCH] a" },
	{ .text = "RE: [PATCH] a" },
	{ .text = "RE:RE: [PATCH] a" },
	{ .text = "re[2]: [PATCH] a" },
	{ .text = "AW: [PATCH] a" },
	{ .text = "Fwd: [PATCH] a" },
	{ .text = "Fw: [PATCH] a" },
	{ .text = "Odp: [PATCH] a" },
	{ .text = "SV: Re: [PATCH] a" },
	{ .text = "回复: [PATCH] a" },
	{ .text = "回复：[PATCH] a" },
	{ .text = "答复: [PATCH] a" },
	{ .text = "[EXTERNAL] Re: [PATCH] a" },
	{ .text = "[RESEND in plain-test] Re: [PATCH v5 0/9] a" },
	{ .text = "[GIT PULL] a" },
	{ .text = "[GIT PULL v2] a" },
	{ .text = "[tests PULL 1/3] a" },
	{ .text = "[PULL 00/20] a" },
	{ .text = "[syzbot] [kvm?] WARNING in a" },
	{ .text = "[tree-2.6:branch 1/2] a.c:12: warning: b" },
	{ .text = "[tip: x86/urgent] a" },
	{ .text = "[RFC] a" },
	{ .text = "[ANNOUNCE] v5.10-rt1" },
	{ .text = "[dispatch] a" },
	{ .text = "a [PATCH] b" },
};

static void test_patch(const void *data)
{
	const struct expected *want = data;
	struct subject got;
	g_autofree char *prefixes = NULL;

	subject_parse(&got, want->text);
	g_ptr_array_add(got.prefixes, NULL);
	prefixes = g_strjoinv(" ", (char **)got.prefixes->pdata);
	g_assert_true(got.is_patch);
	g_assert_false(got.is_reply);
	g_assert_cmpint(got.number, ==, want->number);
	g_assert_cmpint(got.total, ==, want->total);
	g_assert_cmpuint(got.version, ==, want->version);
	g_assert_cmpstr(prefixes, ==, want->prefixes);
	g_assert_cmpstr(got.title, ==, want->title);
	subject_clear(&got);
	g_assert_false(subject_is_reply(want->text));
}

static void test_other(const void *data)
{
	const struct expected *want = data;
	struct subject got;

	subject_parse(&got, want->text);
	g_assert_false(got.is_patch);
	g_assert_true(got.is_reply == subject_is_reply(want->text));
	subject_clear(&got);
}

static void test_replies(void)
{
	g_assert_cmpstr(subject_skip_reply_marks("Re: RE: [PATCH] a"), ==,
			"[PATCH] a");
	g_assert_cmpstr(subject_skip_reply_marks("回复：a"), ==, "a");
	g_assert_cmpstr(subject_skip_reply_marks("a: Re: b"), ==, "a: Re: b");
	g_assert_cmpstr(subject_skip_reply_marks(""), ==, "");
	g_assert_true(subject_is_reply("Re: a"));
	g_assert_true(subject_is_reply("TR: Re: a"));
	g_assert_true(subject_is_reply("Fw: [PATCH] a"));
	g_assert_true(subject_is_reply("Re: =?utf-8?q?a?="));
	g_assert_true(subject_is_reply("[EXTERNAL] Re: [PATCH] a"));
	/* forwarded, with all of the thread's Subject in brackets */
	g_assert_true(subject_is_reply("[Fwd: Re: [PATCH v2 3/7] a]"));
	g_assert_true(subject_is_reply("[Re: [PATCH 0/3] a]"));
	g_assert_true(subject_is_reply("[ Fw: [PATCH] a ]"));
	g_assert_true(subject_is_reply("[list] [FWD: [PATCH 1/2] a"));
	g_assert_false(subject_is_reply("[Regression: PATCH] a"));
	g_assert_false(subject_is_reply("[rv: PATCH] a"));
	g_assert_false(subject_is_reply("rv: a"));
	g_assert_false(subject_is_reply("Regression: a"));
}

/* What is not decoded, or not there, may be anything. */
static void test_undecoded(void)
{
	g_assert_false(subject_is_reply("=?utf-8?q?=5BPATCH=5D_a?="));
	g_assert_false(subject_is_reply(" \n"));
}

/* "[RFC] a" is a patch only where a diff follows. */
static void test_needs_diff(void)
{
	static const char *const texts[] = {
		"[RFC] a", "[RESEND] a", "[RFC net-next] a",
	};
	static const char *const others[] = {
		"[RFC PATCH] a", "[ANNOUNCE] a", "Re: [RFC] a", "[RFC PULL] a",
	};
	struct subject got;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(texts); i++) {
		subject_parse(&got, texts[i]);
		g_assert_true(got.needs_diff && !got.is_patch);
		subject_clear(&got);
	}
	for (i = 0; i < G_N_ELEMENTS(others); i++) {
		subject_parse(&got, others[i]);
		g_assert_false(got.needs_diff);
		subject_clear(&got);
	}
}

static void test_tree(void)
{
	static const struct {
		const char *text, *tree;
	} cases[] = {
		{ "[PATCH v2 1/3] a", "" },
		{ "[RFC PATCH RESEND] a", "" },
		{ "[RFC/PATCH] [WIP] a", "" },
		{ "[PATCH net-next] a", "net-next " },
		{ "[PATCH v20 0/3] [VFIO] a", "vfio " },
		{ "[PATCH 1/2][v4.9.y] a", "v4.9.y " },
		{ "[PATCH 6.1.y] a", "6.1.y " },
		{ "[PATCH AUTOSEL 5.16 2/9] a", "5.16 autosel " },
		{ "[b a PATCH] x", "a b " },
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *tree = NULL;
		struct subject got;

		subject_parse(&got, cases[i].text);
		tree = subject_tree(&got);
		g_assert_cmpstr(tree, ==, cases[i].tree);
		subject_clear(&got);
	}
}

static void check_key(const char *title, const char *want)
{
	g_autofree char *key = subject_title_key(title);

	g_assert_cmpstr(key, ==, want);
}

static void test_title_key(void)
{
	check_key("KVM: x86: Fix it", "kvm x86 fix it");
	check_key("kvm/x86 -- fix it.", "kvm x86 fix it");
	check_key("Subject: a", "a");
	check_key("", "");
	check_key("?!", "");
	check_key("\303\211t\303\251", "\303\251t\303\251");
}

static void test_trailing_version(void)
{
	g_assert_cmpuint(subject_trailing_version("switch to a v6"), ==, 6);
	g_assert_cmpuint(subject_trailing_version("switch to a (V2)"), ==, 2);
	g_assert_cmpuint(subject_trailing_version("switch to ipv6"), ==, 0);
	g_assert_cmpuint(subject_trailing_version("v6"), ==, 0);
	g_assert_cmpuint(subject_trailing_version(""), ==, 0);
}

static void test_take_title(void)
{
	struct subject s;

	subject_parse(&s, "[PATCH v2 1/2] a: b");
	subject_take_title(&s, "[PATCH] c: d\n e");
	g_assert_cmpstr(s.text, ==, "[PATCH v2 1/2] c: d e");
	g_assert_cmpstr(s.title, ==, "c: d e");
	subject_take_title(&s, "[PATCH]");
	g_assert_cmpstr(s.title, ==, "c: d e");
	subject_clear(&s);
}

static void test_prefix(void)
{
	struct subject s;

	subject_parse(&s, "[PATCH Net-Next RFC v2 1/2] a");
	g_assert_true(subject_has_prefix(&s, "net-next"));
	g_assert_true(subject_has_prefix(&s, "rfc"));
	g_assert_false(subject_has_prefix(&s, "net"));
	g_assert_false(subject_has_prefix(&s, "v2"));
	subject_clear(&s);
}

static void add_table(const char *what, const struct expected *table, size_t nr,
		      GTestDataFunc fn)
{
	for (size_t i = 0; i < nr; i++) {
		g_autofree char *name = g_strescape(table[i].text, NULL);
		g_autofree char *path = NULL;

		/* In the path of a GLib test a slash begins a new level. */
		g_strdelimit(name, "/", '|');
		path = g_strdup_printf("/subject/%s/'%s'", what, name);
		g_test_add_data_func(path, &table[i], fn);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add_table("patch", patches, G_N_ELEMENTS(patches), test_patch);
	add_table("other", others, G_N_ELEMENTS(others), test_other);
	g_test_add_func("/subject/replies", test_replies);
	g_test_add_func("/subject/undecoded", test_undecoded);
	g_test_add_func("/subject/needs a diff", test_needs_diff);
	g_test_add_func("/subject/tree", test_tree);
	g_test_add_func("/subject/title key", test_title_key);
	g_test_add_func("/subject/trailing version", test_trailing_version);
	g_test_add_func("/subject/take title", test_take_title);
	g_test_add_func("/subject/prefix", test_prefix);
	return g_test_run();
}
