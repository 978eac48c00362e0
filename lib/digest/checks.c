#include <string.h>
#include "digest/checks.h"
#include "digest/reviews.h"
#include "git/repository.h"
#include "git/git.h"

/* How many commits before the range tell what is usual. */
#define HISTORY "-100"

/* Nobody writes shorter ids: such digits may be a number. */
#define MIN_ID 7

struct checks {
	const struct repository *repository;
	GPtrArray *findings;	/* struct finding * */
	GPtrArray *doubtful;	/* those of them that are none if git knows
				   the id; borrowed */
	GString *names;		/* "<id>^{commit}", a line for each of these */
	unsigned signed_off, unsigned_off;	/* commits that are no merges */
	unsigned reviewed, unreviewed;	/* the same */
};

const char *checks_name(enum check check)
{
	static const char *const names[] = {
		[CHECK_SIGNED_OFF] = "signed-off-by",
		[CHECK_FIXUP] = "fixup",
		[CHECK_WIP] = "wip",
		[CHECK_FIXES] = "fixes",
		[CHECK_PICKED] = "cherry-picked",
		[CHECK_MERGE] = "merge",
		[CHECK_REVIEW] = "review",
		[CHECK_ADDRESS] = "address",
	};

	return names[check];
}

static void finding_free(void *data)
{
	struct finding *finding = data;

	if (!finding)
		return;
	g_free(finding->subject);
	g_free(finding->text);
	g_free(finding);
}

struct checks *checks_new(const struct repository *repository)
{
	struct checks *checks = g_new0(struct checks, 1);

	checks->repository = repository;
	checks->findings = g_ptr_array_new_with_free_func(finding_free);
	checks->doubtful = g_ptr_array_new();
	checks->names = g_string_new(NULL);
	return checks;
}

void checks_free(struct checks *checks)
{
	if (!checks)
		return;
	g_ptr_array_unref(checks->findings);
	g_ptr_array_unref(checks->doubtful);
	g_string_free(checks->names, TRUE);
	g_free(checks);
}

/* Add a finding, which takes the text over. */
static struct finding *found(struct checks *checks, const struct patch *patch,
			     enum check check, char *text)
{
	struct finding *finding = g_new0(struct finding, 1);

	finding->check = check;
	memcpy(finding->commit, patch->commit, sizeof(finding->commit));
	finding->subject = g_strdup(patch->subject.text);
	finding->text = text;
	g_ptr_array_add(checks->findings, finding);
	return finding;
}

/* What follows the prefix, in any case; NULL if the text has another one. */
static const char *skip_prefix(const char *text, const char *prefix)
{
	size_t len = strlen(prefix);

	return g_ascii_strncasecmp(text, prefix, len) ? NULL : text + len;
}

static const char *next_line(const char *line)
{
	const char *nl = strchr(line, '\n');

	return nl ? nl + 1 : NULL;
}

/* Any line counts: trailers are not always in the last paragraph. */
static gboolean is_signed_off(const char *line)
{
	for (; line; line = next_line(line))
		if (skip_prefix(line, "Signed-off-by:"))
			return TRUE;
	return FALSE;
}

static void check_subject(struct checks *checks, const struct patch *patch)
{
	static const char *const marks[] = {
		"a fixup!", "a squash!", "an amend!",
	};
	const char *subject = patch->subject.text, *rest;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(marks); i++)
		if (g_str_has_prefix(subject, strchr(marks[i], ' ') + 1))
			found(checks, patch, CHECK_FIXUP, g_strdup_printf(
				"is %s of another commit", marks[i]));
	/* "WIP: x", "[wip] x", "(WIP) x", but not "wipe x" */
	rest = skip_prefix(subject + strspn(subject, "[( "), "WIP");
	if (rest && !g_ascii_isalnum(*rest))
		found(checks, patch, CHECK_WIP,
		      g_strdup("is work in progress"));
}

/* "0123abc", "commit 0123abc": if this is an id, it must be a commit's. */
static void check_id(struct checks *checks, const struct patch *patch,
		     enum check check, const char *what, const char *text)
{
	const char *rest;
	int len = 0;

	text += strspn(text, " \t");
	rest = skip_prefix(text, "commit ");
	if (rest)
		text = rest + strspn(rest, " \t");
	while (g_ascii_isxdigit(text[len]))
		len++;
	/* "Fixes: #12", "Fixes: deadbeef.example.com/1" */
	if (len < MIN_ID || len > HEX_ID_LEN || g_ascii_isalnum(text[len]) ||
	    (text[len] && strchr("-_./:@", text[len])))
		return;
	g_ptr_array_add(checks->doubtful, found(checks, patch, check,
			g_strdup_printf("%s %.*s, which this repository does "
					"not have", what, len, text)));
	g_string_append_printf(checks->names, "%.*s^{commit}\n", len, text);
}

static void check_ids(struct checks *checks, const struct patch *patch)
{
	static const struct {
		const char *prefix;
		enum check check;
		const char *what;
	} lines[] = {
		{ "Fixes:", CHECK_FIXES, "fixes" },
		{ "cherry picked from ", CHECK_PICKED, "was picked from" },
		{ "(cherry picked from ", CHECK_PICKED, "was picked from" },
	};
	const char *line, *rest;
	size_t i;

	for (line = patch->body; line; line = next_line(line))
		for (i = 0; i < G_N_ELEMENTS(lines); i++)
			if ((rest = skip_prefix(line, lines[i].prefix)))
				check_id(checks, patch, lines[i].check,
					 lines[i].what, rest);
}

/*
 * "me@laptop", "me@laptop.(none)" (what git makes up), "me@host.localdomain":
 * names that no mail reaches from outside (RFC 6761, RFC 6762 appendix G).
 */
static gboolean is_machine(const char *address)
{
	static const char *const local[] = {
		"(none)", "corp", "home", "internal", "intranet", "invalid",
		"lan", "local", "localdomain", "localhost", "private", NULL
	};
	const char *at = strrchr(address, '@');
	const char *dot = at ? strrchr(at, '.') : NULL;
	g_autofree char *top = dot ? g_ascii_strdown(dot + 1, -1) : NULL;

	/* "root@10.0.0.1": no top level domain is a number */
	return !top || g_strv_contains(local, top) ||
	       strspn(top, "0123456789]") == strlen(top);
}

static void check_review(struct checks *checks, const struct patch *patch)
{
	if (reviews_has_any(patch)) {
		checks->reviewed++;
		return;
	}
	checks->unreviewed++;
	found(checks, patch, CHECK_REVIEW,
	      g_strdup("has no Reviewed-by, Acked-by or Tested-by"));
}

/* Is it a finding, now that all commits are known? */
static gboolean is_usual(const struct checks *checks,
			 const struct finding *finding, gboolean signs_off)
{
	if (finding->check == CHECK_SIGNED_OFF)
		return signs_off;
	if (finding->check == CHECK_REVIEW)
		return checks->reviewed > checks->unreviewed;
	return TRUE;
}

void checks_add(struct checks *checks, const struct patch *patch)
{
	const char *address = patch->author.email;

	if (patch->is_merge) {
		found(checks, patch, CHECK_MERGE, g_strdup("is a merge"));
	} else if (is_signed_off(patch->body)) {
		checks->signed_off++;
	} else {
		checks->unsigned_off++;
		found(checks, patch, CHECK_SIGNED_OFF,
		      g_strdup("has no Signed-off-by"));
	}
	if (!patch->is_merge)
		check_review(checks, patch);
	check_subject(checks, patch);
	check_ids(checks, patch);
	if (is_machine(address))
		found(checks, patch, CHECK_ADDRESS, !*address ?
		      g_strdup("has no author's address") :
		      g_strdup_printf("has an author's address that looks "
				      "like a machine's, <%s>", address));
}

/*
 * Ask git for the ids that commits name, and add the findings about those that
 * it knows to the set known: "<id> commit ..." and "<name> ambiguous", but not
 * "<name> missing".
 */
static int look_up_names(struct checks *checks, GHashTable *known, char **err)
{
	const char *const cat_file[] = { "cat-file", "--batch-check", NULL };
	struct git_process *process;
	g_autofree char *answer = NULL;
	g_auto(GStrv) lines = NULL;
	guint i, nr = checks->doubtful->len;

	if (!nr)
		return 0;
	process = git_start_on(checks->repository->folder, cat_file,
			       checks->names, err);
	answer = process ? git_answer(process, err) : NULL;
	if (!answer)
		return -1;
	lines = g_strsplit(answer, "\n", -1);
	for (i = 0; i < nr && lines[i]; i++)
		if (g_str_has_suffix(lines[i], " ambiguous") ||
		    strstr(lines[i], " commit "))
			g_hash_table_add(known, checks->doubtful->pdata[i]);
		else if (!g_str_has_suffix(lines[i], " missing"))
			break;
	if (i < nr)
		*err = g_strdup("'git cat-file' did not answer for each id");
	return i < nr ? -1 : 0;
}

/* Do most of the commits before the range have a Signed-off-by? */
static int history_signs_off(struct checks *checks, const char *below,
			     gboolean *usual, char **err)
{
	const char *const log[] = {
		"rev-list", HISTORY, "--no-merges", "--no-commit-header",
		"--encoding=UTF-8", "--format=%B%x00", below, "--", NULL,
	};
	struct git_process *process = git_start(checks->repository->folder, log,
						-1, err);
	unsigned all = 0, with = 0;
	char *message;

	if (!process)
		return -1;
	while ((message = git_field(process, NULL))) {
		/* The newline behind the last NUL is no message. */
		all += strcmp(message, "\n") != 0;
		with += is_signed_off(message);
	}
	*usual = with > all - with;
	return git_finish(process, FALSE, err);
}

int checks_finish(struct checks *checks, const char *below, GPtrArray **out,
		  char **err)
{
	g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
	gboolean usual = checks->signed_off > checks->unsigned_off;
	guint i;

	if (look_up_names(checks, known, err) < 0)
		return -1;
	if (!usual && checks->unsigned_off && below &&
	    history_signs_off(checks, below, &usual, err) < 0)
		return -1;
	*out = g_ptr_array_new_with_free_func(finding_free);
	for (i = 0; i < checks->findings->len; i++) {
		struct finding *finding = checks->findings->pdata[i];

		if (!is_usual(checks, finding, usual) ||
		    g_hash_table_contains(known, finding))
			continue;
		g_ptr_array_add(*out, finding);
		checks->findings->pdata[i] = NULL;
	}
	return 0;
}
