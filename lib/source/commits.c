#include <stdio.h>
#include <string.h>
#include "git/contents.h"
#include "git/filenames.h"
#include "git/git.h"
#include "mail/tags.h"
#include "source/commits.h"

/*
 * The processes take turns at blocks of commits, some for each, but of no more
 * than so many commits: neighbours share the bases of their deltas, and the
 * costly ones do not all fall to one process.
 */
#define BLOCKS_EACH 4
#define MAX_BLOCK 16

/* A longer field is cut. */
#define MAX_FIELD PATCH_MAX_BODY

/* A commit of the list. */
struct listed {
	char id[HEX_ID_LEN + 1];
	char *merged;		/* as in struct patch */
	gboolean is_root;
};

/* One git that prints every so many blocks of the commits. */
struct worker {
	struct git_process *git;	/* NULL once it has ended */
	gboolean begun;		/* was anything read? */
	gboolean more;		/* does the output go on? */
};

struct commits {
	const struct repository *repository;
	struct commits_options options;
	GArray *list;		/* struct listed, in the order of the walk */
	struct worker *workers;
	unsigned nr_workers;
	guint block;		/* how many commits a worker prints at a time */
	guint first;		/* the commit that the workers began with */
	guint next;		/* the commit that commits_next() gives */
	gboolean with_diffstat, with_contents;
	char *unknown;		/* why there are neither from first on */
	struct filenames *paths;	/* of each commit; NULL if nobody wants
					   them */
};

static const struct listed *commit_at(const struct commits *commits, guint i)
{
	return &g_array_index(commits->list, struct listed, i);
}

/*
 * Cut lines out of the middle of a field.  Trailers, and the summary line of a
 * diffstat, stand at the end and stay.  Returns the new length.
 */
static size_t cut_middle(char *field, size_t len)
{
	static const char mark[] = "\n[...]";
	const size_t mark_len = strlen(mark), tail_max = MAX_FIELD / 4;
	const size_t head_max = MAX_FIELD - tail_max - sizeof(mark);
	char *head_end = memrchr(field, '\n', head_max);
	char *tail = field + len - tail_max;
	char *nl = memchr(tail, '\n', tail_max);

	if (!head_end)
		head_end = field + head_max;
	if (nl)
		tail = nl;
	memcpy(head_end, mark, mark_len);
	memmove(head_end + mark_len, tail, field + len - tail);
	return head_end + mark_len + (field + len - tail) - field;
}

/*
 * The next field of a worker's output, up to a NUL byte or the end, as text
 * that the caller owns; NULL at the end.
 */
static char *read_text(struct worker *worker)
{
	size_t len;
	char *field = worker->git ? git_field(worker->git, &len) : NULL;

	worker->more = field && git_peek(worker->git) != EOF;
	if (!field)
		return NULL;
	if (len > MAX_FIELD)
		len = cut_middle(field, len);
	return g_utf8_make_valid(field, len);
}

/* The fields of a record, each but the last with a NUL at its end. */
enum field {
	FIELD_ID,
	FIELD_AUTHOR,
	FIELD_AUTHOR_EMAIL,
	FIELD_DATE,
	FIELD_COMMITTER,
	FIELD_COMMITTER_EMAIL,
	FIELD_SIGNATURE,	/* a letter, or nothing if nobody asked */
	FIELD_TRAILERS,		/* "<name>: <value>", a line each; the same */
	FIELD_SUMMARY,
	FIELD_BODY,
	FIELD_DIFFSTAT,		/* without a NUL: see read_diffstat() */
	NR_FIELDS,
};

/* For printf(3), with FIELD_SIGNATURE and FIELD_TRAILERS. */
#define LOG_FORMAT "--format=%%x00%%H%%x00%%an%%x00%%ae%%x00%%aI%%x00%%cn" \
		   "%%x00%%ce%%x00%s%%x00%s%%x00%%s%%x00%%b%%x00"
#define LOG_SIGNATURE "%G?"
#define LOG_TRAILERS "%(trailers:only,unfold)"

/* Move a name and an address; where there is no name the address is it. */
static void take_address(struct address *address, char **name, char **email)
{
	address->email = g_steal_pointer(email);
	address->name = **name ? g_steal_pointer(name) :
			g_strdup(address->email);
}

/*
 * The summary of a commit is its Subject and its title as it is; from brackets
 * only words are taken (for filters), no version and no number.
 */
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

/* The diffstat has newlines before and after its lines. */
static void set_body(struct patch *patch, char *message, char *diffstat)
{
	const char *lines = diffstat + strspn(diffstat, "\n"), *summary;

	strip_newlines(message);
	strip_newlines(diffstat);
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

/* "Reviewed-by: Ann Bee <ab@example.org>", or only a name */
static void add_trailer(GPtrArray *tags, const char *line)
{
	const char *colon = strchr(line, ':');
	const char *value = colon ? colon + 1 + strspn(colon + 1, " \t") : NULL;
	struct tag *tag;

	if (!value || tags->len == TAGS_MAX)
		return;
	tag = g_new0(struct tag, 1);
	tag->name = g_strndup(line, colon - line);
	if (!strchr(value, '@') || address_parse(&tag->person, value)) {
		tag->person.name = g_strdup(value);
		tag->person.email = g_strdup(value);
	}
	g_ptr_array_add(tags, tag);
}

/* NULL if there are none. */
static GPtrArray *read_trailers(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GPtrArray *tags = g_ptr_array_new_with_free_func(tags_free);
	char **line;

	for (line = lines; *line; line++)
		add_trailer(tags, *line);
	if (!tags->len)
		g_clear_pointer(&tags, g_ptr_array_unref);
	return tags;
}

static struct patch *make_patch(char **fields)
{
	struct patch *patch = g_new0(struct patch, 1);

	g_strlcpy(patch->commit, fields[FIELD_ID], sizeof(patch->commit));
	if (*fields[FIELD_DATE])
		patch->date = g_steal_pointer(&fields[FIELD_DATE]);
	patch->references = g_ptr_array_new();
	take_address(&patch->author, &fields[FIELD_AUTHOR],
		     &fields[FIELD_AUTHOR_EMAIL]);
	take_address(&patch->sender, &fields[FIELD_COMMITTER],
		     &fields[FIELD_COMMITTER_EMAIL]);
	patch->signature = *fields[FIELD_SIGNATURE];
	patch->tags = read_trailers(fields[FIELD_TRAILERS]);
	set_subject(&patch->subject, g_steal_pointer(&fields[FIELD_SUMMARY]));
	set_body(patch, fields[FIELD_BODY], fields[FIELD_DIFFSTAT]);
	return patch;
}

/*
 * Read the lines behind a message, up to the NUL that begins the next record or
 * to the end: those of the diffstat are returned, the others taken by contents,
 * which may be NULL.  No line of them begins with a NUL, whatever the files
 * hold.
 */
static char *read_diffstat(struct worker *worker, struct contents *contents)
{
	GString *text = g_string_new(NULL);
	g_autofree char *diffstat = NULL;
	size_t len;
	int next;

	while ((next = git_peek(worker->git)) != EOF && next != '\0') {
		const char *line = git_line(worker->git, &len);

		if (!line) {	/* not readable: git_finish() says so */
			next = EOF;
			break;
		}
		if (contents && contents_take(contents, line, len))
			continue;
		/* "---" stands before a diffstat that a diff follows */
		if (len && strcmp(line, "---")) {
			g_string_append_len(text, line, len);
			g_string_append_c(text, '\n');
		}
	}
	worker->more = next != EOF;
	if (worker->more)
		git_field(worker->git, NULL);
	len = text->len;
	diffstat = g_string_free(text, FALSE);
	if (len > MAX_FIELD)
		len = cut_middle(diffstat, len);
	return g_utf8_make_valid(diffstat, len);
}

/*
 * Read one record.  Returns NULL and sets *err if the record is not whole, or
 * if git failed right after it.
 */
static struct patch *read_record(struct worker *worker, gboolean with_contents,
				 char **err)
{
	struct contents *contents = with_contents ? contents_new() : NULL;
	char *fields[NR_FIELDS] = { NULL };
	struct patch *patch = NULL;
	GPtrArray *files = NULL;
	int i;

	if (!worker->begun)	/* up to the NUL that begins the first record */
		g_free(read_text(worker));
	worker->begun = TRUE;
	for (i = 0; i < FIELD_DIFFSTAT; i++) {
		fields[i] = read_text(worker);
		if (!fields[i])
			break;
		/* a summary that was cut in the middle stays one line */
		if (i < FIELD_BODY && i != FIELD_TRAILERS)
			g_strdelimit(fields[i], "\n", ' ');
	}
	if (i == FIELD_DIFFSTAT)
		fields[i++] = read_diffstat(worker, contents);
	if (contents)
		files = contents_finish(contents);
	if (!worker->more && worker->git)
		git_finish(g_steal_pointer(&worker->git), 0, err);
	if (i == NR_FIELDS && !*err) {
		patch = make_patch(fields);
		patch->contents = g_steal_pointer(&files);
	} else if (!*err) {
		*err = g_strdup("'git log' did not print all commits");
	}
	if (files)
		g_ptr_array_unref(files);
	for (i = 0; i < NR_FIELDS; i++)
		g_free(fields[i]);
	return patch;
}

/* Which worker prints a commit. */
static unsigned worker_of(const struct commits *commits, guint i)
{
	return (i - commits->first) / commits->block % commits->nr_workers;
}

/* The ids that a worker is to print, a line each; -1: of all commits. */
static GString *list_ids(const struct commits *commits, int worker)
{
	GString *ids = g_string_new(NULL);
	guint i;

	for (i = commits->first; i < commits->list->len; i++)
		if (worker < 0 || worker_of(commits, i) == (unsigned)worker)
			g_string_append_printf(ids, "%s\n",
					       commit_at(commits, i)->id);
	return ids;
}

static int start_worker(struct commits *commits, unsigned number, char **err)
{
	static const char *const log[] = {
		/* --sparse: do not simplify again what was listed */
		"log", "--stdin", "--no-walk=unsorted", "--sparse",
		"--encoding=UTF-8", "--no-color", "--no-show-signature",
		"--no-follow", NULL,
	};
	struct worker *worker = &commits->workers[number];
	g_autoptr(GPtrArray) argv = git_arguments(log);
	g_autoptr(GString) ids = list_ids(commits, number);
	size_t i;

	g_ptr_array_add(argv, g_strdup_printf(LOG_FORMAT,
			commits->list->len <= commits->options.max_signatures ?
			LOG_SIGNATURE : "",
			commits->options.with_tags ? LOG_TRAILERS : ""));
	if (commits->with_diffstat)
		g_ptr_array_add(argv, g_strdup("--stat"));
	else if (!commits->with_contents)
		g_ptr_array_add(argv, g_strdup("--no-patch"));
	for (i = 0; commits->with_contents && contents_options[i]; i++)
		g_ptr_array_add(argv, g_strdup(contents_options[i]));
	git_add_paths(argv, commits->options.paths);
	worker->git = git_start_on(commits->repository->folder,
				   (const char *const *)argv->pdata, ids, err);
	if (!worker->git)
		return -1;
	git_read_ahead(worker->git);
	worker->more = TRUE;
	return 0;
}

static void stop_workers(struct commits *commits)
{
	unsigned i;

	for (i = 0; i < commits->nr_workers; i++)
		if (commits->workers[i].git)
			git_stop(commits->workers[i].git);
	g_clear_pointer(&commits->workers, g_free);
	commits->nr_workers = 0;
}

/* Begin to read all commits from the next one on. */
static int start_workers(struct commits *commits, char **err)
{
	guint nr, i;

	stop_workers(commits);
	commits->first = commits->next;
	nr = commits->list->len - commits->first;
	commits->nr_workers = MIN(nr, commits->options.processes);
	if (nr)
		commits->block = CLAMP(nr / (BLOCKS_EACH * commits->nr_workers),
				       1, MAX_BLOCK);
	commits->workers = g_new0(struct worker, commits->nr_workers);
	for (i = 0; i < commits->nr_workers; i++)
		if (start_worker(commits, i, err) < 0)
			return -1;
	return 0;
}

static void listed_clear(void *data)
{
	struct listed *listed = data;

	g_free(listed->merged);
}

static struct commits *commits_new(const struct repository *repository,
				   const struct commits_options *options)
{
	struct commits *commits = g_new0(struct commits, 1);

	commits->repository = repository;
	commits->options = *options;
	commits->with_diffstat = options->with_diffstat;
	commits->list = g_array_new(FALSE, TRUE, sizeof(struct listed));
	g_array_set_clear_func(commits->list, listed_clear);
	return commits;
}

static void add_commit(struct commits *commits, const struct commit *commit)
{
	const char *others = strchr(commit->parents, ' ');
	struct listed listed = {
		.merged = others ? g_strdup(others + 1) : NULL,
		.is_root = !commit->nr_parents,
	};

	g_strlcpy(listed.id, commit->id, sizeof(listed.id));
	g_array_append_val(commits->list, listed);
}

static int list_commits(struct commits *commits, struct history *history,
			char **err)
{
	struct commit commit;
	int ret;

	while ((ret = history_next(history, &commit, err)) == HISTORY_COMMIT)
		add_commit(commits, &commit);
	commits->with_contents = commits->list->len <=
				 commits->options.max_contents;
	return ret < 0 ? -1 : 0;
}

/* Let git print the files that each commit changes from its first parent. */
static int start_paths(struct commits *commits, char **err)
{
	g_autoptr(GString) ids = list_ids(commits, -1);

	commits->paths = filenames_start(commits->repository, ids,
					 "first-parent", err);
	return commits->paths ? 0 : -1;
}

int commits_open(struct commits **out, const struct repository *repository,
		 struct history *history,
		 const struct commits_options *options, char **err)
{
	struct commits *commits = commits_new(repository, options);

	if (list_commits(commits, history, err) < 0 ||
	    (options->with_paths && start_paths(commits, err) < 0) ||
	    start_workers(commits, err) < 0) {
		commits_free(commits);
		return -1;
	}
	*out = commits;
	return 0;
}

GString *commits_ids(const struct commits *commits)
{
	return list_ids(commits, -1);
}

guint commits_count(const struct commits *commits)
{
	return commits->list->len;
}

guint commits_unknown_diffstats(const struct commits *commits,
				const char **why)
{
	*why = commits->unknown;
	return commits->unknown ? commits->list->len - commits->first : 0;
}

void commits_free(struct commits *commits)
{
	stop_workers(commits);
	if (commits->paths)
		filenames_stop(commits->paths);
	g_free(commits->unknown);
	g_array_unref(commits->list);
	g_free(commits);
}

static void add_path(const char *path, void *paths)
{
	g_ptr_array_add(paths, g_strdup(path));
}

static int read_paths(struct commits *commits, struct patch *patch, char **err)
{
	gboolean is_last = commits->next + 1 == commits->list->len;
	char id[HEX_ID_LEN + 1];
	gboolean is_there;

	patch->paths = g_ptr_array_new_with_free_func(g_free);
	is_there = filenames_next(id, commits->paths, add_path, patch->paths) &&
		   !strcmp(id, patch->commit);
	if (is_there && !is_last)
		return 0;
	if (filenames_finish(g_steal_pointer(&commits->paths), err) < 0)
		return -1;
	if (is_there)
		return 0;
	*err = g_strdup("'git diff-tree' did not print all commits");
	return -1;
}

/*
 * Git could not print the next commit.  In a partial clone a file may be
 * missing: then this commit and those after it do without what needs files.
 */
static int go_without_files(struct commits *commits, char **err)
{
	if (!commits->repository->refetch ||
	    !(commits->with_diffstat || commits->with_contents))
		return -1;
	commits->unknown = repository_explain(commits->repository,
					      g_steal_pointer(err));
	commits->with_diffstat = commits->with_contents = FALSE;
	return start_workers(commits, err);
}

static struct patch *read_patch(struct commits *commits, char **err)
{
	const struct listed *listed = commit_at(commits, commits->next);
	unsigned worker = worker_of(commits, commits->next);
	struct patch *patch;
	char *why = NULL;

	patch = read_record(&commits->workers[worker], commits->with_contents,
			    &why);
	if (!patch && !go_without_files(commits, &why))
		patch = read_record(&commits->workers[0], FALSE, &why);
	if (patch && strcmp(patch->commit, listed->id)) {
		g_clear_pointer(&patch, patch_free);
		why = g_strdup("'git log' did not print all commits");
	}
	if (patch) {
		patch->merged = g_strdup(listed->merged);
		patch->is_merge = patch->merged != NULL;
		/* log.showRoot may hide what the first commit adds */
		if (listed->is_root && patch->contents && !patch->contents->len)
			g_clear_pointer(&patch->contents, g_ptr_array_unref);
	} else {
		*err = g_strdup_printf("cannot read history: %s", why);
	}
	g_free(why);
	return patch;
}

int commits_next(struct commits *commits, struct patch **out, char **err)
{
	struct patch *patch;

	if (commits->next == commits->list->len)
		return 0;
	patch = read_patch(commits, err);
	if (patch && commits->options.with_paths &&
	    read_paths(commits, patch, err) < 0)
		g_clear_pointer(&patch, patch_free);
	if (!patch)
		return -1;
	commits->next++;
	*out = patch;
	return 1;
}
