#include <string.h>
#include "digest/checks.h"
#include "git/repository.h"
#include "git/git.h"

/* How many commits before the range tell what is usual. */
#define HISTORY "-100"

/* No one writes shorter ids by hand; what is shorter may be a number. */
#define MIN_ID 7

struct checks {
	const struct repository *repository;
	GPtrArray *findings;
	GString *names;		/* a line "<id>^{commit}" for each of: */
	GPtrArray *doubtful;	/* struct finding *: none if git knows the id */
	unsigned signed_off, unsigned_off;	/* commits, merges not */
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
		[CHECK_ADDRESS] = "address",
	};

	return names[check];
}

static void finding_free(void *data)
{
	struct finding *finding = data;

	g_free(finding->subject);
	g_free(finding->text);
	g_free(finding);
}

struct checks *checks_new(const struct repository *repository)
{
	struct checks *checks = g_new0(struct checks, 1);

	checks->repository = repository;
	checks->findings = g_ptr_array_new_with_free_func(finding_free);
	checks->names = g_string_new(NULL);
	checks->doubtful = g_ptr_array_new();
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
			found(checks, patch, CHECK_FIXUP, "is %s %s of "
			      "another commit", *marks[i] == 'a' ? "an" : "a",
			      marks[i]);
	if (is_wip(subject))
		found(checks, patch, CHECK_WIP, "is work in progress");
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
	found(checks, patch, check, "%s %.*s, which this repository does not "
	      "have", what, (int)len, text);
	g_ptr_array_add(checks->doubtful, checks->findings->pdata[
						checks->findings->len - 1]);
	g_string_append_printf(checks->names, "%.*s^{commit}\n", (int)len,
			       text);
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
	if (!*patch->author.email)
		found(checks, patch, CHECK_ADDRESS, "has no author's address");
	else if (is_machine(patch->author.email))
		found(checks, patch, CHECK_ADDRESS, "has an author's address "
		      "that looks like a machine's, <%s>", patch->author.email);
}

/*
 * Ask git for the ids that commits name, and add the findings about those that
 * it knows to the set known: "<id> commit ..." and "<name> ambiguous", but not
 * "<name> missing".
 */
static int look_up_names(struct checks *checks, GHashTable *known, char **err)
{
	static const char *const cat_file[] = {
		"cat-file", "--batch-check", NULL,
	};
	struct git_process *process;
	char *line;
	guint i;

	if (!checks->doubtful->len)
		return 0;
	process = git_start_on(checks->repository->folder, cat_file,
			       checks->names, err);
	if (!process)
		return -1;
	for (i = 0; (line = git_line(process, NULL)) &&
	     i < checks->doubtful->len; i++)
		if (g_str_has_suffix(line, " ambiguous") ||
		    strstr(line, " commit "))
			g_hash_table_add(known, checks->doubtful->pdata[i]);
		else if (!g_str_has_suffix(line, " missing"))
			break;
	if (git_finish(process, FALSE, err) < 0)
		return -1;
	if (i == checks->doubtful->len)
		return 0;
	*err = g_strdup("'git cat-file' did not answer for each id");
	return -1;
}

/* Have most of the commits before the range a Signed-off-by? */
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
		/* a newline ends the last record */
		if (strcmp(message, "\n"))
			all++;
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

		if ((finding->check == CHECK_SIGNED_OFF && !usual) ||
		    g_hash_table_contains(known, finding))
			finding_free(finding);
		else
			g_ptr_array_add(*out, finding);
	}
	g_ptr_array_set_free_func(checks->findings, NULL);
	g_ptr_array_set_size(checks->findings, 0);
	return 0;
}
