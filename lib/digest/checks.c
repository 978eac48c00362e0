#include <string.h>
#include "digest/checks.h"
#include "digest/reviews.h"
#include "git/changes.h"
#include "git/contents.h"
#include "git/git.h"
#include "git/objects.h"

/* How many commits before the range tell what is usual. */
#define HISTORY 100

/* Nobody writes shorter ids: such digits may be a number. */
#define MIN_ID 7

/* A larger file is worth a word. */
#define LARGE (1024 * 1024)

/* So many findings of one check in one commit are told. */
#define MAX_DETAILS 3

/* So many commits of the other side are searched for what was merged back. */
#define MAX_MAIN "--max-count=10000"

/* If so many of them are merges, that is a habit. */
#define HABIT 5

/* By how many seconds the clocks of committers may differ. */
#define CLOCKS (7 * 24 * 60 * 60)

/* A commit that was added. */
struct checked {
	char *subject;
	char *merged;		/* as in struct patch */
	guint place;
};

/* A finding that is none, depending on what git says of an object. */
struct doubt {
	struct finding *finding;
	gboolean is_size;	/* ... unless it is a large file; otherwise if
				   it is a commit */
};

struct checks {
	const struct repository *repository;
	GPtrArray *findings;	/* struct finding * */
	GArray *doubts;		/* struct doubt */
	GString *names;		/* of objects, a line for each of these */
	GHashTable *commits;	/* id -> struct checked * */
	GPtrArray *order;	/* char *: their ids; borrowed */
	unsigned signed_off, unsigned_off;	/* commits that are no merges */
	unsigned reviewed, unreviewed;	/* the same */
	struct git_process *whitespace;	/* NULL if nobody asks */
	const GPtrArray *paths;
};

const char *checks_name(enum check check)
{
	static const char *const names[] = {
		[CHECK_KEY] = "private-key",
		[CHECK_MARKER] = "conflict-marker",
		[CHECK_FIXUP] = "fixup",
		[CHECK_WIP] = "wip",
		[CHECK_EMPTY] = "empty",
		[CHECK_SIGNED_OFF] = "signed-off-by",
		[CHECK_REVIEW] = "review",
		[CHECK_FIXES] = "fixes",
		[CHECK_PICKED] = "cherry-picked",
		[CHECK_REVERT] = "revert",
		[CHECK_BACK_MERGE] = "back-merge",
		[CHECK_MERGE] = "merge",
		[CHECK_LARGE] = "large",
		[CHECK_BINARY] = "binary",
		[CHECK_MODE] = "mode",
		[CHECK_WHITESPACE] = "whitespace",
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
	g_free(finding->detail);
	g_free(finding);
}

static void checked_free(void *data)
{
	struct checked *checked = data;

	g_free(checked->subject);
	g_free(checked->merged);
	g_free(checked);
}

struct checks *checks_new(const struct repository *repository)
{
	struct checks *checks = g_new0(struct checks, 1);

	checks->repository = repository;
	checks->findings = g_ptr_array_new_with_free_func(finding_free);
	checks->doubts = g_array_new(FALSE, FALSE, sizeof(struct doubt));
	checks->names = g_string_new(NULL);
	checks->commits = g_hash_table_new_full(g_str_hash, g_str_equal,
						g_free, checked_free);
	checks->order = g_ptr_array_new();
	return checks;
}

void checks_free(struct checks *checks)
{
	if (!checks)
		return;
	if (checks->whitespace)
		git_stop(checks->whitespace);
	g_ptr_array_unref(checks->findings);
	g_array_unref(checks->doubts);
	g_string_free(checks->names, TRUE);
	g_ptr_array_unref(checks->order);
	g_hash_table_unref(checks->commits);
	g_free(checks);
}

int checks_start(struct checks *checks, const char *from, const char *to,
		 const GPtrArray *paths, char **err)
{
	const char *const diff[] = {
		"diff", "--check", "--no-color", "--no-ext-diff",
		from ? from : EMPTY_TREE, to, NULL,
	};
	g_autoptr(GPtrArray) argv = git_arguments(diff);

	checks->paths = paths;
	git_add_paths(argv, paths);
	checks->whitespace = git_start(checks->repository->folder,
				       (const char *const *)argv->pdata, -1,
				       err);
	return checks->whitespace ? 0 : -1;
}

/* Add a finding, which takes the text over, and the detail. */
static struct finding *add_finding(struct checks *checks, enum check check,
				   const char *commit, char *text,
				   char *detail)
{
	const struct checked *checked = g_hash_table_lookup(checks->commits,
							    commit);
	struct finding *finding = g_new0(struct finding, 1);

	finding->check = check;
	g_strlcpy(finding->commit, commit, sizeof(finding->commit));
	finding->subject = g_strdup(checked ? checked->subject : "");
	finding->text = text;
	finding->detail = detail;
	g_ptr_array_add(checks->findings, finding);
	return finding;
}

static struct finding *found(struct checks *checks, const struct patch *patch,
			     enum check check, char *text)
{
	return add_finding(checks, check, patch->commit, text, NULL);
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

/* Does a mark stand at the beginning as a word of its own? */
static gboolean has_mark(const char *subject, const char *mark)
{
	size_t blanks = strspn(subject, "[( ");
	const char *rest = skip_prefix(subject + blanks, mark);

	if (!rest || g_ascii_isalnum(*rest))
		return FALSE;
	/* "[tmp] x", "tmp: x", "TMP x", but not "tmp-objdir: x", "draft it" */
	return blanks || !*rest || *rest == ':' || *rest == '!' ||
	       (*rest == ' ' && g_ascii_isupper(*subject) &&
		g_ascii_isupper(subject[1]));
}

static gboolean is_unfinished(const char *subject)
{
	static const char *const marks[] = {
		"DRAFT", "TMP", "TEMP", "DNM", "do not merge", "don't merge",
		"not for merge", "nomerge",
	};
	const char *rest = skip_prefix(subject + strspn(subject, "[( "), "WIP");
	size_t i;

	/* "WIP: x", "[wip] x", "(WIP) x", but not "wipe x" */
	if (rest && !g_ascii_isalnum(*rest))
		return TRUE;
	for (i = 0; i < G_N_ELEMENTS(marks); i++)
		if (has_mark(subject, marks[i]))
			return TRUE;
	return strstr(subject, "DO NOT MERGE") != NULL;
}

static void check_subject(struct checks *checks, const struct patch *patch)
{
	static const char *const marks[] = {
		"a fixup!", "a squash!", "an amend!",
	};
	const char *subject = patch->subject.text;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(marks); i++)
		if (g_str_has_prefix(subject, strchr(marks[i], ' ') + 1))
			found(checks, patch, CHECK_FIXUP, g_strdup_printf(
				"is %s of another commit", marks[i]));
	if (is_unfinished(subject))
		found(checks, patch, CHECK_WIP,
		      g_strdup("is work in progress"));
}

static void add_doubt(struct checks *checks, struct finding *finding,
		      gboolean is_size)
{
	const struct doubt doubt = { finding, is_size };

	g_array_append_val(checks->doubts, doubt);
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
	/* "Fixes: #12", "Fixes: deadbeef.example.com/1"; but "0123abc." */
	if (len < MIN_ID || len > HEX_ID_LEN || g_ascii_isalnum(text[len]) ||
	    (text[len] && strchr("-_/:@", text[len])) ||
	    (text[len] == '.' && text[len + 1] > ' '))
		return;
	add_doubt(checks, add_finding(checks, check, patch->commit,
			g_strdup_printf("%s %.*s, which this repository does "
					"not have", what, len, text),
			g_strndup(text, len)), FALSE);
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
		{ "This reverts commit ", CHECK_REVERT, "reverts" },
		{ "This reverts ", CHECK_REVERT, "reverts" },
	};
	const char *line, *rest;
	size_t i;

	for (line = patch->body; line; line = next_line(line))
		for (i = 0; i < G_N_ELEMENTS(lines); i++)
			if ((rest = skip_prefix(line, lines[i].prefix))) {
				check_id(checks, patch, lines[i].check,
					 lines[i].what, rest);
				break;
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

static gboolean is_file(unsigned mode)
{
	return (mode & 0170000) == 0100000;
}

/* The commit's finding by the check, among the last ones; or NULL. */
static struct finding *last_finding(const struct checks *checks,
				    enum check check, const char *commit)
{
	guint i;

	for (i = checks->findings->len; i > 0; i--) {
		struct finding *finding = checks->findings->pdata[i - 1];

		if (strcmp(finding->commit, commit))
			break;
		if (finding->check == check)
			return finding;
	}
	return NULL;
}

/* Findings of one check in a commit are one, with several details. */
static void add_detail(struct checks *checks, enum check check,
		       const char *commit, const char *what,
		       const char *detail)
{
	struct finding *finding = last_finding(checks, check, commit);
	char *old;

	if (!finding) {
		finding = add_finding(checks, check, commit,
				      g_strconcat(what, " ", detail, NULL),
				      g_strdup(detail));
		finding->nr_details = 1;
		return;
	}
	if (finding->nr_details++ > MAX_DETAILS)
		return;
	old = finding->detail;
	finding->detail = g_strconcat(old, ", ", finding->nr_details >
				      MAX_DETAILS ? "..." : detail, NULL);
	g_free(old);
	g_free(finding->text);
	finding->text = g_strconcat(what, " ", finding->detail, NULL);
}

static void check_file(struct checks *checks, const char *commit,
		       const struct content *file)
{
	gboolean is_new = file->status == 'A' && is_file(file->new_mode);

	if (file->adds_key)
		add_detail(checks, CHECK_KEY, commit,
			   "adds what looks like a private key to",
			   file->path);
	if (is_new && file->is_binary)
		add_detail(checks, CHECK_BINARY, commit,
			   "adds the binary file", file->path);
	if (file->status == 'M' && is_file(file->old_mode) &&
	    is_file(file->new_mode) && file->old_mode != file->new_mode) {
		g_autofree char *detail = g_strdup_printf("%s %06o => %06o",
				file->path, file->old_mode, file->new_mode);

		add_detail(checks, CHECK_MODE, commit, "changes the mode of",
			   detail);
	}
	if (!is_new || (!file->is_binary && file->added <= LARGE))
		return;
	add_doubt(checks, add_finding(checks, CHECK_LARGE, commit, NULL,
				      g_strdup(file->path)), TRUE);
	g_string_append_printf(checks->names, "%s\n", file->blob);
}

static void check_contents(struct checks *checks, const struct patch *patch)
{
	guint i;

	for (i = 0; i < patch->contents->len; i++)
		check_file(checks, patch->commit, patch->contents->pdata[i]);
	if (!patch->contents->len && !patch->is_merge)
		found(checks, patch, CHECK_EMPTY, g_strdup("changes nothing"));
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

static void remember(struct checks *checks, const struct patch *patch)
{
	struct checked *checked = g_new0(struct checked, 1);
	char *id = g_strdup(patch->commit);

	checked->subject = g_strdup(patch->subject.text);
	checked->merged = g_strdup(patch->merged);
	checked->place = checks->order->len;
	g_hash_table_insert(checks->commits, id, checked);
	g_ptr_array_add(checks->order, id);
}

void checks_add(struct checks *checks, const struct patch *patch)
{
	const char *address = patch->author.email;

	remember(checks, patch);
	if (!patch->is_merge) {
		check_review(checks, patch);
		if (is_signed_off(patch->body)) {
			checks->signed_off++;
		} else {
			checks->unsigned_off++;
			found(checks, patch, CHECK_SIGNED_OFF,
			      g_strdup("has no Signed-off-by"));
		}
	}
	check_subject(checks, patch);
	check_ids(checks, patch);
	if (patch->contents)
		check_contents(checks, patch);
	if (is_machine(address))
		add_finding(checks, CHECK_ADDRESS, patch->commit, !*address ?
			    g_strdup("has no author's address") :
			    g_strdup_printf("has an author's address that "
					    "looks like a machine's, <%s>",
					    address), g_strdup(address));
}

/* "<path>:12: trailing whitespace." -> its path; NULL if it is no such line. */
static char *read_complaint(const char *line, const char **message)
{
	const char *colon = *line == '+' ? NULL : strstr(line, ": ");
	const char *number = colon;

	while (number && number > line && g_ascii_isdigit(number[-1]))
		number--;
	if (!number || number == colon || number == line || number[-1] != ':')
		return NULL;
	*message = colon + 2;
	return g_utf8_make_valid(line, number - 1 - line);
}

/* The files that have errors in the end: a set of char *; NULL if git fails. */
static GHashTable *find_bad_files(struct checks *checks, char **err)
{
	GHashTable *bad = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						NULL);
	char *line;

	while ((line = git_line(checks->whitespace, NULL))) {
		const char *message;
		char *path = read_complaint(line, &message);

		if (path)
			g_hash_table_add(bad, path);
	}
	if (git_finish(g_steal_pointer(&checks->whitespace), 2, err) < 0)
		g_clear_pointer(&bad, g_hash_table_unref);
	return bad;
}

/* Which commits have brought errors that are there in the end? */
static int read_complaints(struct checks *checks, GHashTable *bad, char **err)
{
	static const char *const log[] = {
		"log", "--stdin", "--no-walk=unsorted", "--check", "--root",
		"--format=%x00%H", "--no-color", "--no-ext-diff",
		"--no-show-signature", "--no-follow", NULL,
	};
	g_autoptr(GPtrArray) argv = git_arguments(log);
	GString *ids = g_string_new(NULL);
	g_autofree char *commit = NULL;
	struct git_process *process;
	char *line;
	guint i;

	for (i = 0; i < checks->order->len; i++)
		g_string_append_printf(ids, "%s\n",
				       (char *)checks->order->pdata[i]);
	git_add_paths(argv, checks->paths);
	process = git_start_on(checks->repository->folder,
			       (const char *const *)argv->pdata, ids, err);
	g_string_free(ids, TRUE);
	if (!process)
		return -1;
	while ((line = git_line(process, NULL))) {
		const char *message;
		g_autofree char *path = NULL;

		if (!*line && objects_is_id(line + 1)) {
			g_free(commit);
			commit = g_strdup(line + 1);
			continue;
		}
		path = read_complaint(line, &message);
		if (!path || !commit || !g_hash_table_contains(bad, path))
			continue;
		if (g_str_has_prefix(message, "leftover conflict marker"))
			add_detail(checks, CHECK_MARKER, commit,
				   "leaves a conflict marker in", path);
		else
			add_detail(checks, CHECK_WHITESPACE, commit,
				   "has whitespace errors in", path);
	}
	return git_finish(process, 2, err) < 0 ? -1 : 0;
}

static int check_whitespace(struct checks *checks, char **err)
{
	g_autoptr(GHashTable) bad = find_bad_files(checks, err);

	if (!bad)
		return -1;
	/* Without a commit, "git log" would take HEAD. */
	if (!g_hash_table_size(bad) || !checks->order->len)
		return 0;
	return read_complaints(checks, bad, err);
}

/* Is it nothing after all?  The answer is "<name> <type> <size>". */
static gboolean dispel(const struct doubt *doubt, const char *answer,
		       gboolean *makes_sense)
{
	const char *blob = strstr(answer, " blob ");
	guint64 size = blob ? g_ascii_strtoull(blob + 6, NULL, 10) : 0;
	gboolean is_missing = g_str_has_suffix(answer, " missing");
	gboolean is_commit = g_str_has_suffix(answer, " ambiguous") ||
			     strstr(answer, " commit ");
	struct finding *finding = doubt->finding;
	char *path = finding->detail;

	*makes_sense = is_missing || is_commit || blob;
	if (!doubt->is_size)
		return is_commit;
	if (size <= LARGE)
		return TRUE;
	finding->detail = g_strdup_printf("%s of %.1f MB", path, size / 1e6);
	finding->text = g_strconcat("adds ", finding->detail, NULL);
	g_free(path);
	return FALSE;
}

/*
 * Ask git for the objects that are in doubt, and add the findings that are none
 * to the set.
 */
static int look_up_names(struct checks *checks, GHashTable *dispelled,
			 char **err)
{
	const char *const cat_file[] = { "cat-file", "--batch-check", NULL };
	struct git_process *process;
	g_autofree char *answer = NULL;
	g_auto(GStrv) lines = NULL;
	guint i, nr = checks->doubts->len;

	if (!nr)
		return 0;
	process = git_start_on(checks->repository->folder, cat_file,
			       checks->names, err);
	answer = process ? git_answer(process, err) : NULL;
	if (!answer)
		return -1;
	lines = g_strsplit(answer, "\n", -1);
	for (i = 0; i < nr && lines[i]; i++) {
		const struct doubt *doubt = &g_array_index(checks->doubts,
							   struct doubt, i);
		gboolean makes_sense;

		if (dispel(doubt, lines[i], &makes_sense))
			g_hash_table_add(dispelled, doubt->finding);
		if (!makes_sense)
			break;
	}
	if (i < nr)
		*err = g_strdup("'git cat-file' did not answer for each id");
	return i < nr ? -1 : 0;
}

/* Do most of the commits before the range have a Signed-off-by? */
static int history_signs_off(struct checks *checks, const char *other,
			     gboolean *usual, char **err)
{
	g_autofree char *count = g_strdup_printf("-%d", HISTORY);
	const char *const log[] = {
		"rev-list", count, "--no-merges", "--no-commit-header",
		"--encoding=UTF-8", "--format=%B%x00", other, "--", NULL,
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
	return git_finish(process, 0, err);
}

/* When the oldest of the commits that were merged was committed. */
static int find_oldest(struct checks *checks, gint64 *oldest, char **err)
{
	static const char *const rev_list[] = {
		"rev-list", "--stdin", "--no-walk", "--timestamp", NULL,
	};
	g_autoptr(GString) ids = g_string_new(NULL);
	struct git_process *process;
	const char *line;
	guint i;

	for (i = 0; i < checks->order->len; i++) {
		const struct checked *checked = g_hash_table_lookup(
				checks->commits, checks->order->pdata[i]);

		if (checked->merged)
			g_string_append_printf(ids, "%s\n", checked->merged);
	}
	g_strdelimit(ids->str, " ", '\n');
	process = git_start_on(checks->repository->folder, rev_list, ids, err);
	*oldest = G_MAXINT64;
	while (process && (line = git_line(process, NULL)))
		*oldest = MIN(*oldest, g_ascii_strtoll(line, NULL, 10));
	return process ? git_finish(process, 0, err) : -1;
}

/*
 * The commits that the other side has had as its tip, as far as needed, and
 * whether merges are a habit among them.
 */
static GHashTable *list_main(struct checks *checks, const char *other,
			     gboolean *habit, char **err)
{
	const char *const rev_list[] = {
		"rev-list", "--first-parent", "--parents", "--timestamp",
		MAX_MAIN, other, "--", NULL,
	};
	GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal,
						g_free, NULL);
	struct git_process *process = NULL;
	unsigned nr = 0, merges = 0;
	gint64 oldest;
	char *line;

	if (!find_oldest(checks, &oldest, err))
		process = git_start(checks->repository->folder, rev_list, -1,
				    err);
	/* "<time> <id> <parent> <parent>" */
	while (process && (line = git_line(process, NULL))) {
		g_auto(GStrv) words = g_strsplit(line, " ", -1);
		guint len = g_strv_length(words);

		merges += nr < HISTORY && len > 3;
		if (len > 1)
			g_hash_table_add(ids, g_strdup(words[1]));
		if (++nr < HISTORY ||
		    g_ascii_strtoll(line, NULL, 10) > oldest - CLOCKS)
			continue;
		git_stop(g_steal_pointer(&process));
	}
	*habit = merges >= HABIT;
	if (process)
		git_finish(process, 0, err);
	if (*err)
		g_clear_pointer(&ids, g_hash_table_unref);
	return ids;
}

/*
 * A merge of what the other side has had as its tip takes that back; any other
 * brings commits of another branch, which may well be how a project works.
 */
static int check_merges(struct checks *checks, const char *other, char **err)
{
	g_autoptr(GHashTable) main = NULL;
	gboolean habit = FALSE;
	guint i;

	for (i = 0; other && i < checks->order->len; i++) {
		const char *id = checks->order->pdata[i];
		const struct checked *checked = g_hash_table_lookup(
							checks->commits, id);
		g_auto(GStrv) merged = NULL;
		gboolean is_back = FALSE;
		char **parent;

		if (!checked->merged)
			continue;
		if (!main && !(main = list_main(checks, other, &habit, err)))
			return -1;
		merged = g_strsplit(checked->merged, " ", -1);
		for (parent = merged; *parent; parent++)
			is_back |= g_hash_table_contains(main, *parent);
		if (is_back)
			add_finding(checks, CHECK_BACK_MERGE, id,
				    g_strdup("merges the other side back"),
				    NULL);
		else if (!habit)
			add_finding(checks, CHECK_MERGE, id,
				    g_strdup("is a merge of another branch"),
				    NULL);
	}
	return 0;
}

/* By check, and then in the order of the commits. */
static int compare(const void *a, const void *b, void *data)
{
	const struct finding *x = *(struct finding *const *)a;
	const struct finding *y = *(struct finding *const *)b;
	GHashTable *commits = data;
	const struct checked *of_x = g_hash_table_lookup(commits, x->commit);
	const struct checked *of_y = g_hash_table_lookup(commits, y->commit);

	if (x->check != y->check)
		return x->check < y->check ? -1 : 1;
	return of_x->place < of_y->place ? -1 : of_x->place > of_y->place;
}

int checks_finish(struct checks *checks, const char *other, GPtrArray **out,
		  char **err)
{
	g_autoptr(GHashTable) dispelled = g_hash_table_new(NULL, NULL);
	gboolean usual = checks->signed_off > checks->unsigned_off;
	guint i;

	if (check_merges(checks, other, err) < 0 ||
	    (checks->whitespace && check_whitespace(checks, err) < 0) ||
	    look_up_names(checks, dispelled, err) < 0)
		return -1;
	if (!usual && checks->unsigned_off && other &&
	    history_signs_off(checks, other, &usual, err) < 0)
		return -1;
	*out = g_ptr_array_new_with_free_func(finding_free);
	for (i = 0; i < checks->findings->len; i++) {
		struct finding *finding = checks->findings->pdata[i];

		if (!is_usual(checks, finding, usual) ||
		    g_hash_table_contains(dispelled, finding))
			continue;
		g_ptr_array_add(*out, finding);
		checks->findings->pdata[i] = NULL;
	}
	g_ptr_array_sort_with_data(*out, compare, checks->commits);
	return 0;
}
