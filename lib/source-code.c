#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <git2.h>
#include "ask-git.h"
#include "source-code.h"

/*
 * Commits go to the processes in blocks, in turn: neighbours have bases of
 * deltas in common, and work that is dear does not all fall to one.
 */
#define BLOCK 16

/* What is longer is cut. */
#define MAX_FIELD PATCH_MAX_BODY

/* One git that prints some of the commits, and the thread that reads it. */
struct worker {
	struct code *code;
	unsigned number;	/* it has each block that is this modulo nr */
	struct git_process *process;
	GThread *thread;
	char *err;		/* NULL, or why it ended too early */
};

struct code {
	git_repository *repo;
	const struct code_options *options;
	GArray *commits;	/* git_oid, in the order of the walk */
	GByteArray *merges;	/* of each, is it a merge? */
	struct worker *workers;
	unsigned nr_workers;

	GMutex mutex;		/* over all below */
	GCond changed;
	struct patch **patches;	/* of the commits, NULL until they are read;
				   one more is always NULL */
	unsigned running;	/* workers */
	guint next;		/* the commit that code_next() gives */
};

/* "<id> <parent> <parent>\n" */
static gboolean parse_line(const char *line, git_oid *oid, git_oid *parent,
			   guint *parents)
{
	size_t len = strcspn(line, "\n");

	if (len < GIT_OID_HEXSZ || git_oid_fromstr(oid, line))
		return FALSE;
	*parents = (len - GIT_OID_HEXSZ) / (GIT_OID_HEXSZ + 1);
	return !*parents ||
	       !git_oid_fromstr(parent, line + GIT_OID_HEXSZ + 1);
}

/* Walk, by git: its order, its grafts and its simplification of history. */
static int list_commits(struct code *code, struct range *range, char **err)
{
	static const char *const log[] = {
		"log", "--format=%H %P", "--no-show-signature", "--no-color",
		"--no-patch", "--no-follow", NULL,
	};
	const struct code_options *options = code->options;
	g_autoptr(GPtrArray) argv = git_arguments(log);
	gboolean cut = range_has_dates(range);
	struct git_process *process;
	git_oid oid, parent;
	guint parents = 0;
	char *line = NULL;
	size_t size = 0;
	long given = 0;
	int ret = 0;

	range_add_arguments(range, argv);
	git_add_paths(argv, options->paths);
	process = git_start(code->repo, (const char *const *)argv->pdata, -1,
			    err);
	if (!process)
		return -1;
	/* While git walks, look for the lower end. */
	if (range_settle(range, err) < 0) {
		git_stop(process);
		return -1;
	}
	while (!ret && getline(&line, &size, git_output(process)) > 0) {
		git_oid next_parent;
		guint n;

		if (!parse_line(line, &oid, &next_parent, &n)) {
			*err = g_strdup_printf("cannot read history: 'git log' "
					       "printed '%s'", line);
			ret = -1;
		} else if (options->max_count >= 0 &&
			   given == options->max_count) {
			cut = TRUE;
			break;
		} else {
			guint8 is_merge = n > 1;

			g_array_append_val(code->commits, oid);
			g_byte_array_append(code->merges, &is_merge, 1);
			given += options->merges || !is_merge;
			parents = n;
			parent = next_parent;
		}
	}
	free(line);
	if (!ret && feof(git_output(process)))
		ret = git_finish(process, err);
	else
		git_stop(process);
	if (cut)
		range_set_cut(range, !code->commits->len ? range_tip(range) :
			      parents ? &parent : NULL);
	return ret;
}

/* What is read of the output of git, field by field. */
struct field_reader {
	FILE *in;
	char *field;		/* what was read last, without its end */
	size_t len, size;
};

/*
 * Cut lines out of the middle of a field: trailers, and the sum of a diffstat,
 * stand at its end.
 */
static void cut_middle(struct field_reader *reader)
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
static gboolean read_field(struct field_reader *reader)
{
	ssize_t len = getdelim(&reader->field, &reader->size, '\0', reader->in);

	if (len <= 0)
		return FALSE;
	if (!reader->field[len - 1])
		len--;
	reader->len = len;
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
static char *read_text(struct field_reader *reader)
{
	return read_field(reader) ?
	       g_utf8_make_valid(reader->field, reader->len) : NULL;
}

/* An author who left the name out is known by the address. */
static void set_mailbox(struct mailbox *mailbox, char *name, char *addr)
{
	mailbox->addr = addr;
	mailbox->name = *name ? g_strdup(name) : g_strdup(addr);
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

/* One record of LOG_FORMAT and its diffstat; NULL at the end. */
static struct patch *read_record(struct field_reader *reader)
{
	char *fields[NR_FIELDS];
	g_autofree char *stat = NULL;
	struct patch *patch;
	int i;

	for (i = 0; i < NR_FIELDS; i++) {
		fields[i] = read_text(reader);
		if (!fields[i]) {
			while (i > 0)
				g_free(fields[--i]);
			return NULL;
		}
		/* what was cut in the middle stays one line */
		if (i != FIELD_BODY)
			g_strdelimit(fields[i], "\n", ' ');
	}
	stat = read_text(reader);
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

/* The commit after i of those that a worker has. */
static guint next_of_worker(const struct worker *worker, guint i)
{
	i++;
	return i % BLOCK ? i : i + (worker->code->nr_workers - 1) * BLOCK;
}

static void *run_worker(void *data)
{
	struct worker *worker = data;
	struct code *code = worker->code;
	struct field_reader reader = { .in = git_output(worker->process) };
	guint i = worker->number * BLOCK;
	gboolean other = FALSE;
	struct patch *patch;
	char *err = NULL;

	/* Before the first record; afterwards it ends the diffstat. */
	read_field(&reader);
	while (i < code->commits->len && (patch = read_record(&reader))) {
		other = strcmp(patch->commit, git_oid_tostr_s(&g_array_index(
						code->commits, git_oid, i)));
		if (other) {
			patch_free(patch);
			break;
		}
		g_mutex_lock(&code->mutex);
		code->patches[i] = patch;
		g_cond_signal(&code->changed);
		g_mutex_unlock(&code->mutex);
		i = next_of_worker(worker, i);
	}
	free(reader.field);
	if (other)
		git_stop(worker->process);
	else
		git_finish(worker->process, &err);
	if (i < code->commits->len && !err)
		err = g_strdup("'git log' did not print all commits");
	g_mutex_lock(&code->mutex);
	code->running--;
	worker->err = err;
	worker->process = NULL;
	g_cond_signal(&code->changed);
	g_mutex_unlock(&code->mutex);
	return NULL;
}

static FILE *write_ids(const struct worker *worker, char **err)
{
	const GArray *commits = worker->code->commits;
	g_autoptr(GString) ids = g_string_new(NULL);
	guint i;

	for (i = worker->number * BLOCK; i < commits->len;
	     i = next_of_worker(worker, i))
		g_string_append_printf(ids, "%s\n", git_oid_tostr_s(
				&g_array_index(commits, git_oid, i)));
	return git_input(ids, err);
}

static int start_worker(struct code *code, unsigned number, char **err)
{
	static const char *const log[] = {
		/* --sparse: what was listed is not simplified away again */
		"log", "--stdin", "--no-walk=unsorted", "--sparse", LOG_FORMAT,
		"--encoding=UTF-8", "--no-color", "--no-show-signature",
		"--no-follow", NULL,
	};
	struct worker *worker = &code->workers[number];
	g_autoptr(GPtrArray) argv = git_arguments(log);
	FILE *ids;

	g_ptr_array_add(argv, g_strdup(code->options->with_diffstat ? "--stat" :
				       "--no-patch"));
	git_add_paths(argv, code->options->paths);
	worker->code = code;
	worker->number = number;
	ids = write_ids(worker, err);
	if (!ids)
		return -1;
	worker->process = git_start(code->repo,
				    (const char *const *)argv->pdata,
				    fileno(ids), err);
	fclose(ids);
	if (!worker->process)
		return -1;
	g_mutex_lock(&code->mutex);
	code->running++;
	g_mutex_unlock(&code->mutex);
	worker->thread = g_thread_new("git log", run_worker, worker);
	return 0;
}

static struct code *code_new(git_repository *repo,
			     const struct code_options *options)
{
	struct code *code = g_new0(struct code, 1);

	code->repo = repo;
	code->options = options;
	code->commits = g_array_new(FALSE, FALSE, sizeof(git_oid));
	code->merges = g_byte_array_new();
	g_mutex_init(&code->mutex);
	g_cond_init(&code->changed);
	return code;
}

/* All commits are known: read them. */
static int start_workers(struct code *code, char **err)
{
	unsigned blocks = (code->commits->len + BLOCK - 1) / BLOCK, i;

	code->patches = g_new0(struct patch *, code->commits->len + 1);
	code->nr_workers = MIN(blocks, code->options->processes);
	code->workers = g_new0(struct worker, code->nr_workers + 1);
	for (i = 0; i < code->nr_workers; i++)
		if (start_worker(code, i, err) < 0)
			return -1;
	return 0;
}

int code_open(struct code **out, struct git_repository *repo,
	      struct range *range, const struct code_options *options,
	      char **err)
{
	struct code *code = code_new(repo, options);

	if (list_commits(code, range, err) < 0 || start_workers(code, err) < 0) {
		code_free(code);
		return -1;
	}
	*out = code;
	return 0;
}

guint code_count(const struct code *code)
{
	return code->commits->len;
}

const struct git_oid *code_newest(const struct code *code)
{
	return code->commits->len ? &g_array_index(code->commits, git_oid, 0) :
	       NULL;
}

int code_read_commits(struct git_repository *repo, const GPtrArray *ids,
		      GPtrArray *patches, char **err)
{
	g_autoptr(GPtrArray) no_paths = g_ptr_array_new();
	const struct code_options options = {
		.paths = no_paths,
		.processes = 1,
	};
	struct code *code = code_new(repo, &options);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	struct patch *patch;
	git_oid oid;
	int ret = 0;
	guint i;

	for (i = 0; i < ids->len; i++)
		if (g_hash_table_add(seen, ids->pdata[i]) &&
		    !git_oid_fromstr(&oid, ids->pdata[i]))
			g_array_append_val(code->commits, oid);
	ret = start_workers(code, err);
	while (!ret && (ret = code_next(code, &patch, err)) > 0) {
		g_ptr_array_add(patches, patch);
		ret = 0;
	}
	code_free(code);
	return ret;
}

void code_free(struct code *code)
{
	unsigned i;

	if (!code)
		return;
	for (i = 0; i < code->nr_workers; i++) {
		struct worker *worker = &code->workers[i];

		if (worker->thread)
			g_thread_join(worker->thread);
		g_free(worker->err);
	}
	for (; code->patches && code->next < code->commits->len; code->next++)
		patch_free(code->patches[code->next]);
	g_free(code->patches);
	g_free(code->workers);
	g_array_unref(code->commits);
	g_byte_array_unref(code->merges);
	g_mutex_clear(&code->mutex);
	g_cond_clear(&code->changed);
	g_free(code);
}

static int add_changed_path(const git_diff_delta *delta, float progress,
			    void *data)
{
	GPtrArray *paths = data;

	(void)progress;
	g_ptr_array_add(paths, g_strdup(delta->old_file.path));
	if (strcmp(delta->old_file.path, delta->new_file.path))
		g_ptr_array_add(paths, g_strdup(delta->new_file.path));
	return 0;
}

/* The files that a commit changes, seen from its first parent. */
static int read_paths(struct code *code, struct patch *patch,
		      const git_oid *oid, char **err)
{
	git_commit *commit = NULL, *parent = NULL;
	git_tree *tree = NULL, *old = NULL;
	git_diff *diff = NULL;
	int ret;

	patch->paths = g_ptr_array_new_with_free_func(g_free);
	ret = git_commit_lookup(&commit, code->repo, oid);
	if (!ret)
		ret = git_commit_tree(&tree, commit);
	if (!ret && git_commit_parentcount(commit)) {
		/* where a shallow history is cut the parent is not there */
		if (!git_commit_parent(&parent, commit, 0))
			ret = git_commit_tree(&old, parent);
	}
	if (!ret)
		ret = git_diff_tree_to_tree(&diff, code->repo, old, tree, NULL);
	if (!ret)
		ret = git_diff_foreach(diff, add_changed_path, NULL, NULL, NULL,
				       patch->paths);
	if (ret)
		*err = g_strdup_printf("cannot tell what commit %s changes: %s",
				       patch->commit,
				       git_error_last()->message);
	git_error_clear();
	git_diff_free(diff);
	git_tree_free(old);
	git_tree_free(tree);
	git_commit_free(parent);
	git_commit_free(commit);
	return ret ? -1 : 0;
}

/* Why there is no patch: what the first worker that failed says. */
static char *take_error(struct code *code)
{
	unsigned i;

	for (i = 0; i < code->nr_workers; i++)
		if (code->workers[i].err)
			return g_strdup_printf("cannot read history: %s",
					       code->workers[i].err);
	return NULL;
}

int code_next(struct code *code, struct patch **out, char **err)
{
	guint i = code->next;
	struct patch *patch;

	g_mutex_lock(&code->mutex);
	while (!code->patches[i] && code->running)
		g_cond_wait(&code->changed, &code->mutex);
	patch = code->patches[i];
	if (!patch)
		*err = take_error(code);
	g_mutex_unlock(&code->mutex);
	if (!patch)
		return *err ? -1 : 0;
	if (code->options->with_paths &&
	    read_paths(code, patch, &g_array_index(code->commits, git_oid, i),
		       err) < 0)
		return -1;
	patch->is_merge = i < code->merges->len && code->merges->data[i];
	code->next++;
	*out = patch;
	return 1;
}
