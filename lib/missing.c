#include <string.h>
#include <unistd.h>
#include "missing.h"
#include "run-git.h"

/* The files that commits change, before and after. */
struct changes {
	GString *blobs;		/* their ids, a line each */
	GPtrArray *commits;	/* char *: for each line, who changes it */
};

static struct git_process *start(const struct repository *repository,
				 const char *const *argv, const GString *text,
				 char **err)
{
	int input = git_input(text, err);
	struct git_process *process;

	if (input < 0)
		return NULL;
	process = git_start(repository->folder, argv, input, err);
	close(input);
	return process;
}

static void add_blob(struct changes *changes, const char *id, char *commit)
{
	/* "0000...": there is none */
	if (strspn(id, "0") >= HEX_ID_LEN)
		return;
	g_string_append_len(changes->blobs, id, HEX_ID_LEN);
	g_string_append_c(changes->blobs, '\n');
	g_ptr_array_add(changes->commits, commit);
}

/* ":100644 100755 <id> <id> M": two modes, two ids; "160000" is a submodule */
static gboolean take_change(struct changes *changes, const char *field,
			    size_t len, char *commit)
{
	const char *ids = field + strlen(":100644 100644 ");

	if (len < strlen(":100644 100644 ") + 2 * (HEX_ID_LEN + 1))
		return FALSE;
	if (strncmp(field, ":160000", 7))
		add_blob(changes, ids, commit);
	if (strncmp(field + 8, "160000", 6))
		add_blob(changes, ids + HEX_ID_LEN + 1, commit);
	return TRUE;
}

static int read_changes(struct changes *changes,
			const struct repository *repository,
			const GPtrArray *commits, char **err)
{
	static const char *const diff_tree[] = {
		"diff-tree", "--stdin", "-r", "--root", "--raw", "-z",
		"--no-renames", "--no-abbrev", "--diff-merges=first-parent",
		"--always", NULL,
	};
	g_autoptr(GString) ids = g_string_new(NULL);
	struct git_process *process;
	gboolean makes_sense = TRUE;
	guint i, at = 0;
	char *field;
	size_t len;

	for (i = 0; i < commits->len; i++)
		g_string_append_printf(ids, "%s\n", (char *)commits->pdata[i]);
	process = start(repository, diff_tree, ids, err);
	if (!process)
		return -1;
	/* "<commit>", then for each file ":<change>" and its path */
	while (makes_sense && (field = git_field(process, &len))) {
		if (*field == ':')
			makes_sense = at && take_change(changes, field, len,
						commits->pdata[at - 1]) &&
				      git_field(process, NULL);
		else
			makes_sense = at < commits->len &&
				      !strcmp(field, commits->pdata[at++]);
	}
	if (makes_sense)
		return git_finish(process, FALSE, err);
	git_stop(process);
	*err = g_strdup("'git diff-tree' printed something else");
	return -1;
}

int missing_find(GHashTable *out, const struct repository *repository,
		 const GPtrArray *commits, char **err)
{
	static const char *const cat_file[] = {
		"cat-file", "--batch-check=", "--buffer", NULL,
	};
	g_autoptr(GString) blobs = g_string_new(NULL);
	g_autoptr(GPtrArray) changed_by = g_ptr_array_new();
	struct changes changes = { blobs, changed_by };
	struct git_process *process;
	char *line;
	guint i;

	if (read_changes(&changes, repository, commits, err) < 0)
		return -1;
	process = start(repository, cat_file, blobs, err);
	if (!process)
		return -1;
	for (i = 0; i < changed_by->len && (line = git_line(process, NULL));
	     i++)
		if (g_str_has_suffix(line, " missing"))
			g_hash_table_add(out, changed_by->pdata[i]);
	if (git_finish(process, FALSE, err) < 0)
		return -1;
	if (i == changed_by->len)
		return 0;
	*err = g_strdup("'git cat-file' did not answer for each object");
	return -1;
}
