#include <fcntl.h>
#include <string.h>
#include "git/git.h"
#include "source/commits.h"

/*
 * Commits go to the processes in blocks, in turn: neighbours have bases of
 * deltas in common, and work that is dear does not all fall to one.
 */
#define BLOCK 16

/* What is longer is cut. */
#define MAX_FIELD PATCH_MAX_BODY

/* One git that prints some of the commits. */
struct worker {
	struct git_process *git;	/* NULL at the end */
	char *field;		/* what was read last, without its end */
	size_t len;
	gboolean begun, more;	/* something was read; something follows it */
};

struct commits {
	const struct repository *repository;
	const struct commits_options *options;
	GPtrArray *commits;	/* char *: ids, in the order of the walk */
	GByteArray *merges;	/* of each, is it a merge? */
	struct worker *workers;
	unsigned nr_workers;
	guint first;		/* the commit that the workers began with */
	guint next;		/* the commit that commits_next() gives */
	gboolean with_diffstat;
	char *unknown;		/* why diffstats are left out from first on */
	struct git_process *paths;	/* git that prints them; NULL if they are
					   not asked for */
	gboolean paths_begun;	/* its next field is a path, no id */
};

/* So much a git may print before it is read. */
#define PIPE_SIZE (1024 * 1024)

/*
 * Cut lines out of the middle of a field: trailers, and the sum of a diffstat,
 * stand at its end.
 */
static void cut_middle(struct worker *reader)
{
	static const char mark[] = "\n[...]";
	const size_t tail_max = MAX_FIELD / 4, head_max = MAX_FIELD - tail_max -
		sizeof(mark);
	char *head_end = memrchr(reader->field, '\n', head_max);
	char *tail = reader->field + reader->len - tail_max;
	char *nl = memchr(tail, '\n', tail_max);

	if (!head_end)
		head_end = reader->field + head_max;
	if (nl)
		tail = nl;
	memcpy(head_end, mark, strlen(mark));
	memmove(head_end + strlen(mark), tail, reader->field + reader->len -
		tail);
	reader->len -= tail - head_end - strlen(mark);
}

/*
 * Read up to a NUL byte, or up to the end.  What is longer than MAX_FIELD is
 * cut.  Returns FALSE if there was nothing more to read.
 */
static gboolean read_field(struct worker *reader)
{
	reader->field = reader->git ? git_field(reader->git, &reader->len) :
			NULL;
	reader->more = reader->field && git_more(reader->git);
	if (!reader->field)
		return FALSE;
	if (reader->len > MAX_FIELD)
		cut_middle(reader);
	reader->field[reader->len] = '\0';
	return TRUE;
}

/* What git log is asked for, before the diffstat; each ends with a NUL. */
enum field {
	FIELD_ID,
	FIELD_AUTHOR,
	FIELD_AUTHOR_EMAIL,
	FIELD_DATE,
	FIELD_COMMITTER,
	FIELD_COMMITTER_EMAIL,
	FIELD_SUMMARY,
	FIELD_BODY,
	NR_FIELDS,
};

#define LOG_FORMAT "--format=%x00%H%x00%an%x00%ae%x00%aI%x00%cn%x00" \
		   "%ce%x00%s%x00%b%x00"

/* The next field as text, which the caller owns; NULL if there is none. */
static char *read_text(struct worker *reader)
{
	return read_field(reader) ?
	       g_utf8_make_valid(reader->field, reader->len) : NULL;
}

/* An author who left the name out is known by the address. */
static void set_mailbox(struct address *address, char *name, char *addr)
{
	address->email = addr;
	address->name = *name ? g_strdup(name) : g_strdup(addr);
	g_free(name);
}

/* The summary as it is; only the words in its brackets are taken from it. */
static void set_subject(struct subject *subject, char *summary)
{
	subject_parse(subject, summary);
	g_free(subject->text);
	subject->text = summary;
	subject->title = summary;
	subject->number = subject->total = -1;
	subject->version = 1;
	subject->is_patch = TRUE;
	subject->is_reply = FALSE;
}

static void strip_newlines(char *text)
{
	size_t len = strlen(text);

	while (len && text[len - 1] == '\n')
		len--;
	text[len] = '\0';
}

/* What follows the message: newlines, the lines of the diffstat, a newline. */
static void set_body(struct patch *patch, char *message, char *stat)
{
	const char *lines = stat + strspn(stat, "\n"), *summary;

	strip_newlines(message);
	strip_newlines(stat);
	if (*lines) {
		summary = strrchr(lines, '\n');
		summary = summary ? summary + 1 : lines;
		patch->has_diffstat = diffstat_parse_summary(summary,
				strlen(summary), &patch->diffstat);
		patch->body = g_strconcat(message, *message ? "\n" : "",
					  "---\n", lines, NULL);
	} else {
		patch->body = g_strdup(message);
	}
	patch->body_len = strlen(patch->body);
}

/*
 * One record of LOG_FORMAT and its diffstat.  Returns NULL, with *err set, if
 * it is not whole, or if git failed right behind it.
 */
static struct patch *read_record(struct worker *reader, char **err)
{
	char *fields[NR_FIELDS];
	g_autofree char *stat = NULL;
	struct patch *patch;
	int i;

	/* Before the first record; afterwards it ends the diffstat. */
	if (!reader->begun)
		read_field(reader);
	reader->begun = TRUE;
	for (i = 0; i < NR_FIELDS; i++) {
		fields[i] = read_text(reader);
		if (!fields[i])
			break;
		/* what was cut in the middle stays one line */
		if (i != FIELD_BODY)
			g_strdelimit(fields[i], "\n", ' ');
	}
	if (i == NR_FIELDS)
		stat = read_text(reader);
	if (!reader->more && reader->git)
		git_finish(g_steal_pointer(&reader->git), FALSE, err);
	if (i < NR_FIELDS || *err) {
		while (i > 0)
			g_free(fields[--i]);
		if (!*err)
			*err = g_strdup("'git log' did not print all commits");
		return NULL;
	}
	patch = g_new0(struct patch, 1);
	g_strlcpy(patch->commit, fields[FIELD_ID], sizeof(patch->commit));
	if (*fields[FIELD_DATE])
		patch->date = g_steal_pointer(&fields[FIELD_DATE]);
	patch->references = g_ptr_array_new();
	set_mailbox(&patch->author, fields[FIELD_AUTHOR],
		    fields[FIELD_AUTHOR_EMAIL]);
	set_mailbox(&patch->sender, fields[FIELD_COMMITTER],
		    fields[FIELD_COMMITTER_EMAIL]);
	set_subject(&patch->subject, fields[FIELD_SUMMARY]);
	set_body(patch, fields[FIELD_BODY], stat ? stat : (char[1]) { "" });
	g_free(fields[FIELD_ID]);
	g_free(fields[FIELD_DATE]);
	g_free(fields[FIELD_BODY]);
	return patch;
}

/* The worker that a commit is given to, in blocks and in turn. */
static unsigned worker_of(const struct commits *code, guint i)
{
	return (i - code->first) / BLOCK % code->nr_workers;
}

/* The ids of those commits that a worker has, a line each; -1: of all. */
static GString *list_ids(const struct commits *code, int worker)
{
	GString *ids = g_string_new(NULL);
	guint i;

	for (i = code->first; i < code->commits->len; i++)
		if (worker < 0 || worker_of(code, i) == (unsigned)worker)
			g_string_append_printf(ids, "%s\n",
					       (char *)code->commits->pdata[i]);
	return ids;
}

static int start_worker(struct commits *code, unsigned number, char **err)
{
	static const char *const log[] = {
		/* --sparse: what was listed is not simplified away again */
		"log", "--stdin", "--no-walk=unsorted", "--sparse", LOG_FORMAT,
		"--encoding=UTF-8", "--no-color", "--no-show-signature",
		"--no-follow", NULL,
	};
	struct worker *worker = &code->workers[number];
	g_autoptr(GPtrArray) argv = git_arguments(log);
	g_autoptr(GString) ids = list_ids(code, number);

	g_ptr_array_add(argv, g_strdup(code->with_diffstat ? "--stat" :
				       "--no-patch"));
	git_add_paths(argv, code->options->paths);
	worker->git = git_start_on(code->repository->folder,
				   (const char *const *)argv->pdata, ids, err);
	if (!worker->git)
		return -1;
	fcntl(git_output(worker->git), F_SETPIPE_SZ, PIPE_SIZE);
	worker->more = TRUE;
	return 0;
}

static void stop_workers(struct commits *code)
{
	unsigned i;

	for (i = 0; i < code->nr_workers; i++)
		if (code->workers[i].git)
			git_stop(code->workers[i].git);
	g_clear_pointer(&code->workers, g_free);
	code->nr_workers = 0;
}

/* Begin to read all commits from the next one on. */
static int start_workers(struct commits *code, char **err)
{
	guint blocks, i;

	stop_workers(code);
	code->first = code->next;
	blocks = (code->commits->len - code->first + BLOCK - 1) / BLOCK;
	code->nr_workers = MIN(blocks, code->options->processes);
	code->workers = g_new0(struct worker, code->nr_workers);
	for (i = 0; i < code->nr_workers; i++)
		if (start_worker(code, i, err) < 0)
			return -1;
	return 0;
}

static struct commits *commits_new(const struct repository *repository,
			     const struct commits_options *options)
{
	struct commits *code = g_new0(struct commits, 1);

	code->repository = repository;
	code->options = options;
	code->with_diffstat = options->with_diffstat;
	code->commits = g_ptr_array_new_with_free_func(g_free);
	code->merges = g_byte_array_new();
	return code;
}

static int list_commits(struct commits *code, struct history *history, char **err)
{
	struct commit commit;
	int ret;

	while ((ret = history_next(history, &commit, err)) == HISTORY_COMMIT) {
		guint8 is_merge = commit.nr_parents > 1;

		g_ptr_array_add(code->commits, g_strdup(commit.id));
		g_byte_array_append(code->merges, &is_merge, 1);
	}
	return ret < 0 ? -1 : 0;
}

/*
 * Let git print the files that each commit changes, from its first parent on.
 */
static int start_paths(struct commits *code, char **err)
{
	static const char *const diff_tree[] = {
		"diff-tree", "--stdin", "-r", "--root", "--name-only", "-z",
		"--no-renames", "--diff-merges=first-parent", "--always", NULL,
	};
	g_autoptr(GString) ids = list_ids(code, -1);

	code->paths = git_start_on(code->repository->folder, diff_tree, ids,
				   err);
	return code->paths ? 0 : -1;
}

int commits_open(struct commits **out, const struct repository *repository,
	      struct history *history, const struct commits_options *options,
	      char **err)
{
	struct commits *code = commits_new(repository, options);

	if (list_commits(code, history, err) < 0 ||
	    (options->with_paths && start_paths(code, err) < 0) ||
	    start_workers(code, err) < 0) {
		commits_free(code);
		return -1;
	}
	*out = code;
	return 0;
}

guint commits_count(const struct commits *code)
{
	return code->commits->len;
}

guint commits_unknown_diffstats(const struct commits *code, const char **why)
{
	*why = code->unknown;
	return code->unknown ? code->commits->len - code->first : 0;
}

int commits_read(const struct repository *repository,
		      const GPtrArray *ids, GPtrArray *patches, char **err)
{
	const struct commits_options options = { .processes = 1 };
	struct commits *code = commits_new(repository, &options);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	struct patch *patch;
	int ret;
	guint i;

	for (i = 0; i < ids->len; i++)
		if (g_hash_table_add(seen, ids->pdata[i]))
			g_ptr_array_add(code->commits, g_strdup(ids->pdata[i]));
	ret = start_workers(code, err);
	while (!ret && (ret = commits_next(code, &patch, err)) > 0) {
		g_ptr_array_add(patches, patch);
		ret = 0;
	}
	commits_free(code);
	return ret;
}

void commits_free(struct commits *code)
{
	if (!code)
		return;
	stop_workers(code);
	if (code->paths)
		git_stop(code->paths);
	g_free(code->unknown);
	g_ptr_array_unref(code->commits);
	g_byte_array_unref(code->merges);
	g_free(code);
}

/* "<id>", the paths, "<id of the next commit>", its paths, ... */
static int read_paths(struct commits *code, struct patch *patch, char **err)
{
	const char *after = code->next + 1 < code->commits->len ?
			    code->commits->pdata[code->next + 1] : "";
	char *field;

	patch->paths = g_ptr_array_new_with_free_func(g_free);
	if (!code->paths_begun) {
		field = git_field(code->paths, NULL);
		code->paths_begun = field && !strcmp(field, patch->commit);
	}
	if (code->paths_begun) {
		while ((field = git_field(code->paths, NULL)) &&
		       strcmp(field, after))
			g_ptr_array_add(patch->paths, g_strdup(field));
		/* after the last commit the end has to come */
		if (field || (!*after && !git_finish(g_steal_pointer(
						&code->paths), FALSE, err)))
			return 0;
	}
	if (code->paths && !*err)
		git_finish(g_steal_pointer(&code->paths), FALSE, err);
	if (!*err)
		*err = g_strdup("'git diff-tree' did not print all commits");
	return -1;
}

/*
 * Git could not print the next commit.  In a partial clone that may be for
 * want of a file: then it has no diffstat, nor have those after it.
 */
static int go_without_diffstats(struct commits *code, char **err)
{
	if (!code->repository->refetch || !code->with_diffstat)
		return -1;
	code->unknown = repository_explain(code->repository,
					   g_steal_pointer(err));
	code->with_diffstat = FALSE;
	return start_workers(code, err);
}

static struct patch *read_patch(struct commits *code, char **err)
{
	struct patch *patch;
	char *why = NULL;

	patch = read_record(&code->workers[worker_of(code, code->next)], &why);
	if (!patch && !go_without_diffstats(code, &why))
		patch = read_record(&code->workers[worker_of(code, code->next)],
				    &why);
	if (patch && strcmp(patch->commit, code->commits->pdata[code->next])) {
		g_clear_pointer(&patch, patch_free);
		why = g_strdup("'git log' did not print all commits");
	}
	if (!patch)
		*err = g_strdup_printf("cannot read history: %s", why);
	g_free(why);
	return patch;
}

int commits_next(struct commits *code, struct patch **out, char **err)
{
	struct patch *patch;

	if (code->next == code->commits->len)
		return 0;
	patch = read_patch(code, err);
	if (!patch ||
	    (code->options->with_paths && read_paths(code, patch, err) < 0))
		return -1;
	patch->is_merge = code->next < code->merges->len &&
			  code->merges->data[code->next];
	code->next++;
	*out = patch;
	return 1;
}
