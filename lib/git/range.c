#include <string.h>
#include "git/git.h"
#include "git/range.h"

#define END_OF_OPTIONS "--end-of-options"

static int fail(char **err, const char *format, ...) G_GNUC_PRINTF(2, 3);

static int fail(char **err, const char *format, ...)
{
	va_list ap;

	g_free(*err);
	va_start(ap, format);
	*err = g_strdup_vprintf(format, ap);
	va_end(ap);
	return -1;
}

int range_use_upstream(struct range_words *words,
		       const struct repository *repository, char **err)
{
	const char *folder = repository->folder;
	g_autofree char *branch = NULL;
	g_autofree char *upstream = git_ask(folder, NULL, "rev-parse",
					    "--verify", "-q", "@{upstream}",
					    NULL);

	if (upstream) {
		g_ptr_array_add(words->words, g_strdup("@{upstream}..HEAD"));
		return 0;
	}
	branch = git_ask(folder, NULL, "symbolic-ref", "--short", "-q", "HEAD",
			 NULL);
	if (!branch)
		return fail(err, "HEAD is detached and has no upstream to "
			    "compare it with; give a range like HEAD~10..HEAD");
	return fail(err, "branch '%s' has no upstream to compare it with; give "
		    "a range like HEAD~10..HEAD, or name an upstream with "
		    "'git branch --set-upstream-to'", branch);
}

/* How many words, from the first on, may be options. */
static guint count_options(const GPtrArray *words)
{
	guint i, nr = 0;

	for (i = 0; i < words->len; i++) {
		const char *word = words->pdata[i];

		if (!strcmp(word, END_OF_OPTIONS))
			break;
		if (*word == '-')
			nr = i + 1;
	}
	return nr;
}

/* "--all --end-of-options A..B": the words, in an array that owns them. */
static GPtrArray *make_arguments(const GPtrArray *words)
{
	GPtrArray *argv = g_ptr_array_new_with_free_func(g_free);
	guint i, options = count_options(words);

	for (i = 0; i <= words->len; i++) {
		if (i == options)
			g_ptr_array_add(argv, g_strdup(END_OF_OPTIONS));
		if (i < words->len && strcmp(words->pdata[i], END_OF_OPTIONS))
			g_ptr_array_add(argv, g_strdup(words->pdata[i]));
	}
	if (!words->len)
		g_ptr_array_add(argv, g_strdup("HEAD"));
	return argv;
}

/* From which word on are these lines the words?  A path may have newlines. */
static guint find_last_words(const GPtrArray *words, const char *lines)
{
	g_autoptr(GString) last = g_string_new(NULL);
	guint first;

	for (first = words->len; first > 0; first--) {
		if (last->len)
			g_string_prepend_c(last, '\n');
		g_string_prepend(last, words->pdata[first - 1]);
		if (!strcmp(last->str, lines))
			return first - 1;
	}
	return words->len;
}

/*
 * "git rev-parse" prints those words that are paths, and fails as "git log"
 * does if one is nothing at all.
 */
int range_split_paths(struct range_words *words, GPtrArray *paths,
		      const struct repository *repository, char **err)
{
	g_autoptr(GPtrArray) argv = make_arguments(words->words);
	g_autofree char *answer = NULL;
	struct git_process *process;
	guint first, i;

	g_ptr_array_insert(argv, 0, g_strdup("--no-flags"));
	g_ptr_array_insert(argv, 0, g_strdup("--no-revs"));
	g_ptr_array_insert(argv, 0, g_strdup("rev-parse"));
	g_ptr_array_add(argv, NULL);
	process = git_start(repository->folder,
			    (const char *const *)argv->pdata, -1, err);
	answer = process ? git_answer(process, err) : NULL;
	if (!answer)
		return -1;
	first = find_last_words(words->words, answer);
	for (i = first; i < words->words->len; i++)
		g_ptr_array_add(paths, g_strdup(words->words->pdata[i]));
	g_ptr_array_set_size(words->words, first);
	return paths->len;
}

int range_check_files(const struct range_words *words,
		      const struct repository *repository, char **err)
{
	guint i;

	if (repository->folder || !repository->in_work_tree)
		return 0;
	for (i = 0; i < words->words->len; i++) {
		const char *word = words->words->pdata[i];

		word += *word == '^';
		/* as for git log, "A..B" is no file where both are commits */
		if (*word != '-' && !strstr(word, "..") &&
		    g_file_test(word, G_FILE_TEST_EXISTS))
			return fail(err, "ambiguous argument '%s': both "
				    "revision and filename; put '--' between "
				    "revisions and paths", word);
	}
	return 0;
}

/*
 * "rev-parse --revs-only --since=... --all --end-of-options A..B --": the last
 * word makes an unknown revision an error instead of a file.
 */
struct git_process *range_ask(const char *folder,
			      const struct range_words *words, char **err)
{
	g_autoptr(GPtrArray) argv = make_arguments(words->words);

	if (words->until)
		g_ptr_array_insert(argv, 0, g_strconcat("--until=",
							words->until, NULL));
	if (words->since)
		g_ptr_array_insert(argv, 0, g_strconcat("--since=",
							words->since, NULL));
	g_ptr_array_insert(argv, 0, g_strdup("--revs-only"));
	g_ptr_array_insert(argv, 0, g_strdup("rev-parse"));
	g_ptr_array_add(argv, g_strdup("--"));
	g_ptr_array_add(argv, NULL);
	return git_start(folder, (const char *const *)argv->pdata, -1, err);
}

/* "<id>", "^<id>", "--max-age=<seconds>", "--min-age=<seconds>" */
static int take_line(struct range *range, const char *line)
{
	gboolean hidden = *line == '^';
	const char *since = "--max-age=", *until = "--min-age=";

	if (g_str_has_prefix(line, since))
		range->since = g_ascii_strtoll(line + strlen(since), NULL, 10);
	else if (g_str_has_prefix(line, until))
		range->until = g_ascii_strtoll(line + strlen(until), NULL, 10);
	else if (objects_is_id(line + hidden))
		g_ptr_array_add(hidden ? range->hidden : range->tips,
				g_strdup(line + hidden));
	else
		return -1;
	return 0;
}

static int read_answer(struct range *range, struct git_process *process,
		       char **err)
{
	g_autofree char *answer = git_answer(process, err);
	char *line, *rest = answer;

	while ((line = strsep(&rest, "\n")))
		if (*line && take_line(range, line))
			return fail(err, "cannot resolve the range: unexpected "
				    "output of 'git rev-parse': '%s'", line);
	return answer ? 0 : -1;
}

/*
 * To "A...B" git answers with B, A and "^" before their merge bases.  Keep the
 * order in which the user named them, as rev-list does.
 */
static void find_symmetric(struct range *range, const GPtrArray *words)
{
	gpointer right;

	if (words->len != 1 || !strstr(words->pdata[0], "...") ||
	    range->tips->len != 2)
		return;
	range->symmetric = TRUE;
	right = range->tips->pdata[0];
	range->tips->pdata[0] = range->tips->pdata[1];
	range->tips->pdata[1] = right;
}

/*
 * Make commits of tags.  "--all" and its kind may meet refs to something else,
 * which then count for nothing; a word that names something else is an error.
 */
static int peel(GPtrArray *ids, struct objects *objects,
		const struct range_words *words, char **err)
{
	gboolean of_refs = count_options(words->words) > 0;
	guint i;

	for (i = 0; i < ids->len;) {
		struct object object;
		enum object_type type;
		char *id = ids->pdata[i];

		if (objects_peel(objects, id) ||
		    objects_read(&object, objects, id))
			return fail(err, "bad object %s", id);
		type = object.type;
		objects_release(&object);
		if (type == OBJECT_COMMIT)
			i++;
		else if (of_refs)
			g_ptr_array_remove_index(ids, i);
		else if (words->words->len == 1)
			return fail(err, "bad revision '%s': it is a %s, not a "
				    "commit", (char *)words->words->pdata[0],
				    objects_type_name(type));
		else
			return fail(err, "bad revision: %s is a %s, not a "
				    "commit", id, objects_type_name(type));
	}
	return 0;
}

/*
 * Walk by ids, so that a ref which moves in the meantime changes nothing.  But
 * only git knows all that "--all" is (also the HEADs of other worktrees), and
 * "A...B" has to stay a word, because its merge bases alone do not say that a
 * commit of both sides is left out.
 */
static GPtrArray *make_walk(const struct range *range,
			    const struct range_words *words)
{
	GPtrArray *walk;
	guint i;

	if (count_options(words->words))
		return make_arguments(words->words);
	walk = g_ptr_array_new_with_free_func(g_free);
	if (range->symmetric) {
		g_ptr_array_add(walk, g_strdup_printf("%s...%s",
					(char *)range->tips->pdata[0],
					(char *)range->tips->pdata[1]));
		return walk;
	}
	for (i = 0; i < range->tips->len; i++)
		g_ptr_array_add(walk, g_strdup(range->tips->pdata[i]));
	for (i = 0; i < range->hidden->len; i++)
		g_ptr_array_add(walk, g_strconcat("^", range->hidden->pdata[i],
						  NULL));
	return walk;
}

static int resolve(struct range *range, struct objects *objects,
		   const struct range_words *words, char **err)
{
	find_symmetric(range, words->words);
	if (peel(range->tips, objects, words, err) < 0 ||
	    peel(range->hidden, objects, words, err) < 0)
		return -1;
	range->walk = make_walk(range, words);
	if (range->tips->len)
		return 0;
	return fail(err, range->hidden->len ?
		    "the range only excludes commits; also name one to start "
		    "from, like HEAD" : "no ref matches the range");
}

/* git complains of a revision HEAD, which nobody named. */
static int explain_head(const struct repository *repository, char **err)
{
	g_autofree char *head = range_commit(repository->folder, "HEAD");

	return head ? -1 : fail(err, "this repository has no commits yet");
}

int range_resolve(struct range *out, struct git_process *process,
		  const struct repository *repository, struct objects *objects,
		  const struct range_words *words, char **err)
{
	int ret;

	*out = (struct range) {
		.tips = g_ptr_array_new_with_free_func(g_free),
		.hidden = g_ptr_array_new_with_free_func(g_free),
		.since = -1,
		.until = -1,
	};
	ret = read_answer(out, process, err);
	if (ret && !words->words->len)
		ret = explain_head(repository, err);
	if (!ret)
		ret = resolve(out, objects, words, err);
	if (ret)
		range_clear(out);
	return ret;
}

char *range_describe(const struct range_words *words)
{
	GString *out = g_string_new(NULL);
	guint i;

	for (i = 0; i < words->words->len; i++)
		g_string_append_printf(out, "%s%s", i ? " " : "",
				       (char *)words->words->pdata[i]);
	return g_string_free(out, !out->len);
}

void range_clear(struct range *range)
{
	g_clear_pointer(&range->tips, g_ptr_array_unref);
	g_clear_pointer(&range->hidden, g_ptr_array_unref);
	g_clear_pointer(&range->walk, g_ptr_array_unref);
}

GPtrArray *range_copy_texts(const GPtrArray *texts)
{
	GPtrArray *copy = g_ptr_array_new_with_free_func(g_free);
	guint i;

	for (i = 0; i < texts->len; i++)
		g_ptr_array_add(copy, g_strdup(texts->pdata[i]));
	return copy;
}

void range_before(struct range *out, const struct range *range,
		  const char *bottom, gint64 now)
{
	gint64 until = range->until >= 0 ? range->until : now;

	memset(out, 0, sizeof(*out));
	if (range->since >= 0) {
		out->tips = range_copy_texts(range->tips);
		out->hidden = range_copy_texts(range->hidden);
		out->walk = range_copy_texts(range->walk);
		out->since = MAX(range->since - (until - range->since), 0);
		out->until = MAX(range->since - 1, 0);
		return;
	}
	out->tips = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(out->tips, g_strdup(bottom));
	out->walk = range_copy_texts(out->tips);
	out->hidden = g_ptr_array_new_with_free_func(g_free);
	out->since = out->until = -1;
}

void range_between(struct range *out, const char *excluded, const char *tip)
{
	memset(out, 0, sizeof(*out));
	out->since = out->until = -1;
	out->tips = g_ptr_array_new_with_free_func(g_free);
	out->hidden = g_ptr_array_new_with_free_func(g_free);
	out->walk = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(out->tips, g_strdup(tip));
	g_ptr_array_add(out->hidden, g_strdup(excluded));
	g_ptr_array_add(out->walk, g_strdup(tip));
	g_ptr_array_add(out->walk, g_strconcat("^", excluded, NULL));
}

/* git takes a text that it does not understand for the present time. */
int range_age(gint64 *seconds, const char *folder, const char *text,
	      char **err)
{
	g_autofree char *since = g_strconcat("--since=", text, NULL);
	gint64 now = g_get_real_time() / G_USEC_PER_SEC;
	g_autofree char *answer = git_ask(folder, err, "rev-parse", since,
					  NULL);

	if (!answer)
		return -1;
	*seconds = g_str_has_prefix(answer, "--max-age=") ?
		   now - g_ascii_strtoll(answer + strlen("--max-age="), NULL,
					 10) : 0;
	return *seconds > 1 ? 0 : fail(err, "'%s' is not an age, like 7.days",
				       text);
}

gboolean range_is_known(const char *folder, const char *text)
{
	const char *dots = strstr(text, "..");
	g_autofree char *left = dots ? g_strndup(text, dots - text) :
				       g_strdup(text);
	const char *right = dots ? dots + strspn(dots, ".") : "";
	g_autofree char *a = range_commit(folder, *left ? left : "HEAD");
	g_autofree char *b = range_commit(folder, *right ? right : "HEAD");

	return a && b;
}

const char *range_tip(const struct range *range)
{
	return range->tips->pdata[range->symmetric ? 1 : 0];
}

const char *range_excluded(const struct range *range)
{
	if (range->symmetric)
		return range->tips->pdata[0];
	return range->hidden->len ? range->hidden->pdata[0] : NULL;
}

char *range_commit(const char *folder, const char *revision)
{
	g_autofree char *commit = g_strconcat(revision, "^{commit}", NULL);
	g_autofree char *id = git_ask(folder, NULL, "rev-parse", "--verify",
				      "--quiet", "--end-of-options", commit,
				      NULL);

	/* "^main" is the id of none */
	return id && objects_is_id(id) ? g_steal_pointer(&id) : NULL;
}

gboolean range_has_dates(const struct range *range)
{
	return range->since >= 0 || range->until >= 0;
}

gboolean range_has_options(const struct range *range)
{
	return range->walk->len && *(char *)range->walk->pdata[0] == '-';
}
