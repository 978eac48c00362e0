#include <stdlib.h>
#include <string.h>
#include "git/changes.h"
#include "git/git.h"

static void change_free(void *data)
{
	struct change *change = data;

	g_free(change->path);
	g_free(change->from);
	g_free(change);
}

char *changes_quote_path(const char *path)
{
	static char keep[129];
	g_autofree char *escaped = NULL;
	int i;

	for (i = 0; i < 128; i++)
		keep[i] = 128 + i;
	escaped = g_strescape(path, g_utf8_validate(path, -1, NULL) ? keep :
			      NULL);
	return strcmp(escaped, path) ? g_strdup_printf("\"%s\"", escaped) :
	       g_steal_pointer(&escaped);
}

struct git_process *changes_start(const struct repository *repository,
				  const char *from, const char *to,
				  const GPtrArray *paths, char **err)
{
	const char *const diff[] = {
		"diff", "-z", "--raw", "--numstat", "--stat", "--summary",
		"--no-abbrev", "--no-color", "--no-ext-diff",
		from ? from : EMPTY_TREE, to, NULL,
	};
	g_autoptr(GPtrArray) argv = git_arguments(diff);
	struct git_process *process;

	git_add_paths(argv, paths);
	process = git_start(repository->folder,
			    (const char *const *)argv->pdata, -1, err);
	if (process)
		git_read_ahead(process);
	return process;
}

static gboolean has_two_paths(const struct change *change)
{
	return change->status == 'R' || change->status == 'C';
}

/* ":100644 100755 <id> <id> R90", and then the paths */
static gboolean read_raw(struct changes *out, struct git_process *process,
			 const char *field)
{
	struct change *change = g_new0(struct change, 1);
	const char *space = strrchr(field, ' ');

	g_ptr_array_add(out->files, change);
	change->old_mode = strtoul(field + 1, NULL, 8);
	field = strchr(field, ' ');
	change->new_mode = field ? strtoul(field, NULL, 8) : 0;
	change->status = space ? space[1] : '\0';
	if (has_two_paths(change))
		change->from = g_strdup(git_field(process, NULL));
	change->path = g_strdup(git_field(process, NULL));
	return change->status && change->path;
}

/* "12\t3\t<path>", or "12\t3\t" and two fields with paths; "-\t-\t..." */
static gboolean read_numbers(struct changes *out, guint i,
			     struct git_process *process, const char *field)
{
	struct change *change = i < out->files->len ? out->files->pdata[i] :
				NULL;
	char *end;

	if (!change)
		return FALSE;
	change->is_binary = *field == '-';
	if (!change->is_binary) {
		change->insertions = strtoul(field, &end, 10);
		change->deletions = strtoul(end, NULL, 10);
	}
	if (has_two_paths(change)) {
		git_field(process, NULL);
		git_field(process, NULL);
	}
	return TRUE;
}

/* Find " 2 files changed" among the lines. */
static gboolean read_sum(struct changes *out)
{
	const char *line = out->stat;

	while (*line) {
		size_t len = strcspn(line, "\n");

		if (diffstat_parse_summary(line, len, &out->sum))
			return TRUE;
		line += len + (line[len] != '\0');
	}
	return FALSE;
}

static gboolean read_changes(struct changes *out, struct git_process *process)
{
	gboolean makes_sense = TRUE;
	char *field;
	size_t len;
	guint i = 0;

	while (makes_sense && (field = git_field(process, &len)) &&
	       *field != ' ')
		makes_sense = *field == ':' ?
			      read_raw(out, process, field) :
			      read_numbers(out, i++, process, field);
	if (!makes_sense || !field)
		return makes_sense && !out->files->len;
	g_free(out->stat);
	out->stat = g_utf8_make_valid(field, len);
	return read_sum(out);
}

int changes_finish(struct changes *out, struct git_process *process,
		   char **err)
{
	gboolean makes_sense;

	*out = (struct changes) {
		.files = g_ptr_array_new_with_free_func(change_free),
		.stat = g_strdup(""),
	};
	makes_sense = read_changes(out, process);
	if (!git_finish(process, 0, err) && !makes_sense)
		*err = g_strdup("'git diff' printed something else");
	if (!*err)
		return 0;
	g_ptr_array_set_size(out->files, 0);
	g_free(out->stat);
	out->stat = g_strdup("");
	memset(&out->sum, 0, sizeof(out->sum));
	return -1;
}

void changes_clear(struct changes *changes)
{
	g_clear_pointer(&changes->files, g_ptr_array_unref);
	g_clear_pointer(&changes->stat, g_free);
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *changes_among(const struct changes *changes, GHashTable *paths)
{
	g_autoptr(GPtrArray) common = g_ptr_array_new();
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	guint i;

	for (i = 0; i < changes->files->len; i++) {
		const struct change *change = changes->files->pdata[i];

		if (g_hash_table_contains(paths, change->path))
			g_ptr_array_add(common, change->path);
		/* what was copied from did not change */
		if (change->status == 'R' &&
		    g_hash_table_contains(paths, change->from))
			g_ptr_array_add(common, change->from);
	}
	g_ptr_array_sort(common, compare_paths);
	for (i = 0; i < common->len; i++)
		if (!i || strcmp(common->pdata[i - 1], common->pdata[i]))
			g_ptr_array_add(out,
					changes_quote_path(common->pdata[i]));
	return out;
}
