#include <string.h>
#include <git2.h>
#include "ask-git.h"
#include "checks.h"

/* How many commits before the range tell what is usual. */
#define HISTORY "-100"

/* No one writes shorter ids by hand; what is shorter may be a number. */
#define MIN_ID 7

struct checks {
	git_repository *repo;
	GPtrArray *findings;
	unsigned signed_off, unsigned_off;	/* commits, merges not */
};

const char *check_name(enum check check)
{
	static const char *const names[] = {
		[CHECK_SIGNED_OFF] = "signed-off-by",
		[CHECK_FIXUP] = "fixup",
		[CHECK_WIP] = "wip",
		[CHECK_FIXES] = "fixes",
		[CHECK_PICKED] = "cherry-picked",
		[CHECK_MERGE] = "merge",
		[CHECK_ADDRESS] = "address",
	};

	return names[check];
}

static void finding_free(void *data)
{
	struct finding *finding = data;

	g_free(finding->abbrev);
	g_free(finding->subject);
	g_free(finding->text);
	g_free(finding);
}

struct checks *checks_new(struct git_repository *repo)
{
	struct checks *checks = g_new0(struct checks, 1);

	checks->repo = repo;
	checks->findings = g_ptr_array_new_with_free_func(finding_free);
	return checks;
}

void checks_free(struct checks *checks)
{
	if (!checks)
		return;
	g_ptr_array_unref(checks->findings);
	g_free(checks);
}

static void found(struct checks *checks, const struct patch *patch,
		  enum check check, const char *format, ...)
	G_GNUC_PRINTF(4, 5);

static void found(struct checks *checks, const struct patch *patch,
		  enum check check, const char *format, ...)
{
	struct finding *finding = g_new0(struct finding, 1);
	va_list ap;

	va_start(ap, format);
	finding->text = g_strdup_vprintf(format, ap);
	va_end(ap);
	finding->check = check;
	finding->subject = g_strdup(patch->subject.text);
	memcpy(finding->commit, patch->commit, sizeof(finding->commit));
	g_ptr_array_add(checks->findings, finding);
}

static gboolean has_prefix(const char *s, const char *prefix)
{
	return !g_ascii_strncasecmp(s, prefix, strlen(prefix));
}

/* Wherever it stands: trailers are not always in the last paragraph. */
static gboolean is_signed_off(const char *message)
{
	const char *line;

	for (line = message; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (has_prefix(line, "Signed-off-by:"))
			return TRUE;
	}
	return FALSE;
}

/* "WIP: x", "[wip] x", "(WIP) x", but not "wipe x" */
static gboolean is_wip(const char *subject)
{
	subject += strspn(subject, "[( ");
	return has_prefix(subject, "WIP") && !g_ascii_isalnum(subject[3]);
}

static void check_subject(struct checks *checks, const struct patch *patch)
{
	static const char *const marks[] = { "fixup!", "squash!", "amend!" };
	const char *subject = patch->subject.text;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(marks); i++)
		if (g_str_has_prefix(subject, marks[i]))
			found(checks, patch, CHECK_FIXUP, "is a %s of another "
			      "commit", marks[i]);
	if (is_wip(subject))
		found(checks, patch, CHECK_WIP, "is work in progress");
}

/* Is there a commit whose id begins with id[0..len)? */
static gboolean has_commit(struct checks *checks, const char *id, size_t len)
{
	git_commit *commit = NULL;
	git_oid oid;
	int ret;

	ret = git_oid_fromstrn(&oid, id, len);
	if (!ret)
		ret = git_commit_lookup_prefix(&commit, checks->repo, &oid, len);
	git_commit_free(commit);
	git_error_clear();
	return !ret || ret == GIT_EAMBIGUOUS;
}

/* The id that text begins with, if it is one, must be a commit's. */
static void check_id(struct checks *checks, const struct patch *patch,
		     enum check check, const char *what, const char *text)
{
	size_t len = 0;

	while (g_ascii_isxdigit(text[len]))
		len++;
	/* "Fixes: #12", "Fixes: deadbeef.example.com/1" */
	if (len < MIN_ID || len > HEX_ID_LEN || g_ascii_isalnum(text[len]) ||
	    (text[len] && strchr("-_./:@", text[len])))
		return;
	if (!has_commit(checks, text, len))
		found(checks, patch, check, "%s %.*s, which this repository "
		      "does not have", what, (int)len, text);
}

/* "commit 0123abc", "0123abc" -> "0123abc" */
static const char *skip_commit(const char *text)
{
	text += strspn(text, " \t");
	if (has_prefix(text, "commit ")) {
		text += strlen("commit ");
		text += strspn(text, " \t");
	}
	return text;
}

static void check_ids(struct checks *checks, const struct patch *patch)
{
	static const char picked[] = "cherry picked from ";
	const char *line;

	for (line = patch->body; line; line = strchr(line, '\n')) {
		const char *start;

		line += *line == '\n';
		start = line + (*line == '(');
		if (has_prefix(line, "Fixes:"))
			check_id(checks, patch, CHECK_FIXES, "fixes",
				 skip_commit(line + strlen("Fixes:")));
		else if (has_prefix(start, picked))
			check_id(checks, patch, CHECK_PICKED, "was picked from",
				 skip_commit(start + strlen(picked)));
	}
}

/*
 * "me@laptop", "me@laptop.(none)" (what git makes up), "me@host.localdomain":
 * names that no mail reaches from outside (RFC 6761, RFC 6762 appendix G).
 */
static gboolean is_machine(const char *address)
{
	static const char *const local[] = {
		"(none)", "corp", "home", "internal", "intranet", "invalid",
		"lan", "local", "localdomain", "localhost", "private",
	};
	const char *at = strrchr(address, '@'), *dot;
	size_t i;

	if (!at || !at[1])
		return TRUE;
	dot = strrchr(at, '.');
	if (!dot)
		return TRUE;
	for (i = 0; i < G_N_ELEMENTS(local); i++)
		if (!g_ascii_strcasecmp(dot + 1, local[i]))
			return TRUE;
	/* "root@10.0.0.1": no top level domain is a number */
	return strspn(dot + 1, "0123456789]") == strlen(dot + 1);
}

void checks_add(struct checks *checks, const struct patch *patch)
{
	if (patch->is_merge) {
		found(checks, patch, CHECK_MERGE, "is a merge");
	} else if (is_signed_off(patch->body)) {
		checks->signed_off++;
	} else {
		checks->unsigned_off++;
		found(checks, patch, CHECK_SIGNED_OFF, "has no Signed-off-by");
	}
	check_subject(checks, patch);
	check_ids(checks, patch);
	if (!*patch->author.addr)
		found(checks, patch, CHECK_ADDRESS, "has no author's address");
	else if (is_machine(patch->author.addr))
		found(checks, patch, CHECK_ADDRESS, "has an author's address "
		      "that looks like a machine's, <%s>", patch->author.addr);
}

/* Have most of the commits before the range a Signed-off-by? */
static gboolean history_signs_off(struct checks *checks, const git_oid *below)
{
	g_autofree char *answer = NULL;
	unsigned all = 0, with = 0;
	char *message;

	answer = ask_git(checks->repo, "log", HISTORY, "--no-merges",
			 "--no-show-signature", "--no-patch",
			 "--format=%x01%B", git_oid_tostr_s(below), "--", NULL);
	for (message = answer; message && (message = strchr(message, '\1'));) {
		char *next = strchr(++message, '\1');

		if (next)
			next[-1] = '\0';
		all++;
		with += is_signed_off(message);
		message = next;
	}
	return with > all - with;
}

GPtrArray *checks_finish(struct checks *checks, const struct git_oid *below)
{
	gboolean usual = checks->signed_off > checks->unsigned_off;
	GPtrArray *kept = g_ptr_array_new_with_free_func(finding_free);
	guint i;

	if (!usual && checks->unsigned_off && below)
		usual = history_signs_off(checks, below);
	for (i = 0; i < checks->findings->len; i++) {
		struct finding *finding = checks->findings->pdata[i];

		if (finding->check == CHECK_SIGNED_OFF && !usual)
			finding_free(finding);
		else
			g_ptr_array_add(kept, finding);
	}
	g_ptr_array_set_free_func(checks->findings, NULL);
	g_ptr_array_set_size(checks->findings, 0);
	return kept;
}
