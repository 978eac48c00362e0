#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "missing.h"
#include "run-git.h"
#include "signals.h"
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
	GArray *places;		/* guint: its commits, as indexes */
	gboolean with_diffstat;
	struct git_process *process;
	GThread *thread;
	char *err;		/* NULL, or why it ended too early */
};

struct code {
	const struct repository *repository;
	const struct code_options *options;
	GPtrArray *commits;	/* char *: ids, in the order of the walk */
	GByteArray *merges;	/* of each, is it a merge? */
	GHashTable *missing;	/* char * of commits: they have no diffstat */
	char *why_missing;
	struct git_process *paths;	/* git that prints them; NULL if they are
					   not asked for */
	gboolean paths_begun;	/* its next field is a path, no id */
	struct worker *workers;
	unsigned nr_workers;

	GMutex mutex;		/* over all below */
	GCond changed;
	struct patch **patches;	/* of the commits, NULL until they are read;
				   one more is always NULL */
	unsigned running;	/* workers */
	guint next;		/* the commit that code_next() gives */
};

/* What is read of the output of git, field by field. */
struct field_reader {
	struct git_process *git;
	char *field;		/* what was read last, without its end */
	size_t len;
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
	reader->field = git_field(reader->git, &reader->len);
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

static void *run_worker(void *data)
{
	struct worker *worker = data;
	struct code *code = worker->code;
	struct field_reader reader = { .git = worker->process };
	struct patch *patch;
	char *err = NULL;
	guint i = 0;

	/* Before the first record; afterwards it ends the diffstat. */
	read_field(&reader);
	for (; i < worker->places->len && (patch = read_record(&reader)); i++) {
		guint place = g_array_index(worker->places, guint, i);

		if (strcmp(patch->commit, code->commits->pdata[place])) {
			patch_free(patch);
			break;
		}
		g_mutex_lock(&code->mutex);
		code->patches[place] = patch;
		g_cond_signal(&code->changed);
		g_mutex_unlock(&code->mutex);
	}
	if (i < worker->places->len && patch)
		git_stop(worker->process);
	else
		git_finish(worker->process, FALSE, &err);
	if (i < worker->places->len && !err)
		err = g_strdup("'git log' did not print all commits");
	g_mutex_lock(&code->mutex);
	code->running--;
	worker->err = err;
	worker->process = NULL;
	g_cond_signal(&code->changed);
	g_mutex_unlock(&code->mutex);
	return NULL;
}

/* A descriptor of the ids of the commits in these places, or of all. */
static int write_ids(const struct code *code, const GArray *places, char **err)
{
	g_autoptr(GString) ids = g_string_new(NULL);
	guint i, nr = places ? places->len : code->commits->len;

	for (i = 0; i < nr; i++) {
		guint place = places ? g_array_index(places, guint, i) : i;

		g_string_append_printf(ids, "%s\n",
				       (char *)code->commits->pdata[place]);
	}
	return git_input(ids, err);
}

static int start_worker(struct worker *worker, char **err)
{
	static const char *const log[] = {
		/* --sparse: what was listed is not simplified away again */
		"log", "--stdin", "--no-walk=unsorted", "--sparse", LOG_FORMAT,
		"--encoding=UTF-8", "--no-color", "--no-show-signature",
		"--no-follow", NULL,
	};
	struct code *code = worker->code;
	g_autoptr(GPtrArray) argv = git_arguments(log);
	int ids = write_ids(code, worker->places, err);

	if (ids < 0)
		return -1;
	g_ptr_array_add(argv, g_strdup(worker->with_diffstat ? "--stat" :
				       "--no-patch"));
	git_add_paths(argv, code->options->paths);
	worker->process = git_start(code->repository->folder,
				    (const char *const *)argv->pdata, ids, err);
	close(ids);
	if (!worker->process)
		return -1;
	g_mutex_lock(&code->mutex);
	code->running++;
	g_mutex_unlock(&code->mutex);
	signals_block();
	worker->thread = g_thread_new("git log", run_worker, worker);
	signals_unblock();
	return 0;
}

static struct code *code_new(const struct repository *repository,
			     const struct code_options *options)
{
	struct code *code = g_new0(struct code, 1);

	code->repository = repository;
	code->options = options;
	code->commits = g_ptr_array_new_with_free_func(g_free);
	code->merges = g_byte_array_new();
	code->missing = g_hash_table_new(g_str_hash, g_str_equal);
	g_mutex_init(&code->mutex);
	g_cond_init(&code->changed);
	return code;
}

/* Give each commit to a worker: the last of them makes no diffstats. */
static void share_out(struct code *code)
{
	const struct code_options *options = code->options;
	unsigned blocks = (code->commits->len + BLOCK - 1) / BLOCK, i;
	unsigned nr = MAX(MIN(blocks, options->processes), 1);
	guint place, given = 0;

	code->nr_workers = nr + 1;
	code->workers = g_new0(struct worker, code->nr_workers);
	for (i = 0; i < code->nr_workers; i++) {
		code->workers[i].code = code;
		code->workers[i].places = g_array_new(FALSE, FALSE,
						      sizeof(guint));
		code->workers[i].with_diffstat = i < nr &&
						 options->with_diffstat;
	}
	for (place = 0; place < code->commits->len; place++) {
		i = g_hash_table_contains(code->missing,
					  code->commits->pdata[place]) ?
		    nr : given++ / BLOCK % nr;
		g_array_append_val(code->workers[i].places, place);
	}
}

/* All commits are known: read them. */
static int start_workers(struct code *code, char **err)
{
	unsigned i;

	code->patches = g_new0(struct patch *, code->commits->len + 1);
	share_out(code);
	for (i = 0; i < code->nr_workers; i++)
		if (code->workers[i].places->len &&
		    start_worker(&code->workers[i], err) < 0)
			return -1;
	return 0;
}

static int list_commits(struct code *code, struct history *history, char **err)
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

/* Where git cannot tell for which commits objects are missing, it is for all. */
static void find_missing(struct code *code)
{
	char *why = NULL;
	guint i;

	if (missing_find(code->missing, code->repository, code->commits,
			 &why) < 0)
		for (i = 0; i < code->commits->len; i++)
			g_hash_table_add(code->missing,
					 code->commits->pdata[i]);
	else if (g_hash_table_size(code->missing))
		why = g_strdup("objects are not here");
	if (why)
		code->why_missing = repository_explain(code->repository, why);
}

/* Let git print the files that each commit changes, from its first parent on. */
static int start_paths(struct code *code, char **err)
{
	static const char *const diff_tree[] = {
		"diff-tree", "--stdin", "-r", "--root", "--name-only", "-z",
		"--no-renames", "--diff-merges=first-parent", "--always", NULL,
	};
	int ids = write_ids(code, NULL, err);

	if (ids < 0)
		return -1;
	code->paths = git_start(code->repository->folder, diff_tree, ids, err);
	close(ids);
	return code->paths ? 0 : -1;
}

int code_open(struct code **out, const struct repository *repository,
	      struct history *history, const struct code_options *options,
	      char **err)
{
	struct code *code = code_new(repository, options);
	int ret = list_commits(code, history, err);

	if (!ret && repository->is_partial && options->with_diffstat)
		find_missing(code);
	if (!ret && options->with_paths)
		ret = start_paths(code, err);
	if (!ret)
		ret = start_workers(code, err);
	if (ret)
		code_free(code);
	else
		*out = code;
	return ret;
}

guint code_count(const struct code *code)
{
	return code->commits->len;
}

guint code_unknown_diffstats(const struct code *code, const char **why)
{
	*why = code->why_missing;
	return g_hash_table_size(code->missing);
}

int code_read_commits(const struct repository *repository,
		      const GPtrArray *ids, GPtrArray *patches, char **err)
{
	const struct code_options options = { .processes = 1 };
	struct code *code = code_new(repository, &options);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	struct patch *patch;
	int ret;
	guint i;

	for (i = 0; i < ids->len; i++)
		if (g_hash_table_add(seen, ids->pdata[i]))
			g_ptr_array_add(code->commits, g_strdup(ids->pdata[i]));
	ret = code->commits->len ? start_workers(code, err) : 0;
	while (!ret && code->patches &&
	       (ret = code_next(code, &patch, err)) > 0) {
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
		g_array_unref(worker->places);
		g_free(worker->err);
	}
	for (; code->patches && code->next < code->commits->len; code->next++)
		patch_free(code->patches[code->next]);
	if (code->paths)
		git_stop(code->paths);
	g_free(code->patches);
	g_free(code->workers);
	g_free(code->why_missing);
	g_hash_table_unref(code->missing);
	g_ptr_array_unref(code->commits);
	g_byte_array_unref(code->merges);
	g_mutex_clear(&code->mutex);
	g_cond_clear(&code->changed);
	g_free(code);
}

/* "<id>", the paths, "<id of the next commit>", its paths, ... */
static int read_paths(struct code *code, struct patch *patch, char **err)
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
	if (code->options->with_paths && read_paths(code, patch, err) < 0)
		return -1;
	patch->is_merge = i < code->merges->len && code->merges->data[i];
	code->next++;
	*out = patch;
	return 1;
}
