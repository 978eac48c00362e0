#include <stdlib.h>
#include <string.h>
#include "git/contents.h"
#include "git/git.h"
#include "git/objects.h"

/*
 * A key is a line "-----BEGIN ... PRIVATE KEY-----" and, within so many lines,
 * one of so many characters of base64; a program that looks for keys only has
 * the first.
 */
#define KEY_LINES 5
#define KEY_CHARACTERS 40

struct contents {
	struct git_process *git;
	GPtrArray *files;	/* struct content *: of the commit */
	char id[HEX_ID_LEN + 1], next[HEX_ID_LEN + 1];	/* or "" */
	guint file;		/* that the diff is of, and one more */
	gboolean has_second;	/* of a file of another type there are two
				   diffs */
	unsigned key_lines;	/* how many lines of a key may still come */
	gboolean is_bad;	/* the output makes no sense */
};

static void content_free(void *data)
{
	struct content *content = data;

	g_free(content->path);
	g_free(content);
}

struct contents *contents_start(const struct repository *repository,
				const GString *ids, const GPtrArray *paths,
				char **err)
{
	const char *const diff_tree[] = {
		"diff-tree", "--stdin", "-r", "--root", "--raw", "--numstat",
		"-p", "-U0", "--no-abbrev", "--no-renames", "--no-color",
		"--no-ext-diff", "--no-textconv", "--diff-merges=off",
		"--src-prefix=a/", "--dst-prefix=b/", NULL,
	};
	struct contents *contents = g_new0(struct contents, 1);
	g_autoptr(GPtrArray) argv = git_arguments(diff_tree);

	git_add_paths(argv, paths);
	contents->files = g_ptr_array_new_with_free_func(content_free);
	contents->git = git_start_on(repository->folder,
				     (const char *const *)argv->pdata, ids,
				     err);
	if (contents->git)
		return contents;
	contents_stop(contents);
	return NULL;
}

/* ":100644 100755 <id> <id> M\t<path>" */
static void add_file(struct contents *contents, const char *line)
{
	struct content *content = g_new0(struct content, 1);
	g_auto(GStrv) words = g_strsplit(line + 1, " ", 5);
	const char *path = strchr(line, '\t');

	g_ptr_array_add(contents->files, content);
	content->path = g_utf8_make_valid(path ? path + 1 : "", -1);
	if (g_strv_length(words) < 5)
		return;
	content->old_mode = strtoul(words[0], NULL, 8);
	content->new_mode = strtoul(words[1], NULL, 8);
	g_strlcpy(content->blob, words[3], sizeof(content->blob));
	content->status = *words[4];
}

static struct content *file_at(const struct contents *contents, guint i)
{
	return i && i <= contents->files->len ?
	       contents->files->pdata[i - 1] : NULL;
}

/* Does the line of a diff have base64 alone, but for blanks? */
static gboolean is_base64(const char *line)
{
	size_t len = strspn(line, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS
			    "+/=");

	return len >= KEY_CHARACTERS && !line[len + strspn(line + len, " \r")];
}

static gboolean begins_key(const char *line)
{
	return g_str_has_prefix(line, "-----BEGIN ") &&
	       (strstr(line, "PRIVATE KEY-----") ||
		strstr(line, "PRIVATE KEY BLOCK-----"));
}

/* A line that is added. */
static void look_for_key(struct contents *contents, const char *line)
{
	struct content *content = file_at(contents, contents->file);

	line += strspn(line, " \t");
	if (begins_key(line)) {
		contents->key_lines = KEY_LINES;
	} else if (contents->key_lines) {
		contents->key_lines--;
		if (content && is_base64(line))
			content->adds_key = TRUE;
	}
}

/* What comes before the diffs: the raw lines, and those with numbers. */
static gboolean take_summary(struct contents *contents, const char *line,
			     guint *numbers)
{
	if (*line == ':') {
		add_file(contents, line);
		return TRUE;
	}
	if (*numbers == contents->files->len)
		return FALSE;
	++*numbers;
	if (*line == '-')
		file_at(contents, *numbers)->is_binary = TRUE;
	return TRUE;
}

static void begin_diff(struct contents *contents)
{
	const struct content *content;

	contents->key_lines = 0;
	if (contents->has_second) {
		contents->has_second = FALSE;
		return;
	}
	content = file_at(contents, ++contents->file);
	contents->has_second = content && content->status == 'T';
}

const char *contents_next(struct contents *contents, const GPtrArray **files)
{
	guint numbers = 0;
	char *line;

	g_ptr_array_set_size(contents->files, 0);
	contents->file = contents->key_lines = 0;
	contents->has_second = FALSE;
	memcpy(contents->id, contents->next, sizeof(contents->id));
	*contents->next = '\0';
	while ((line = git_line(contents->git, NULL))) {
		if (objects_is_id(line) && !*contents->id) {
			g_strlcpy(contents->id, line, sizeof(contents->id));
		} else if (objects_is_id(line)) {
			g_strlcpy(contents->next, line,
				  sizeof(contents->next));
			break;
		} else if (!*contents->id) {
			contents->is_bad = TRUE;
			break;
		} else if (take_summary(contents, line, &numbers)) {
			continue;
		} else if (g_str_has_prefix(line, "diff --git ")) {
			begin_diff(contents);
		} else if (*line == '+') {
			look_for_key(contents, line + 1);
		}
	}
	*files = contents->files;
	return *contents->id ? contents->id : NULL;
}

static void contents_free(struct contents *contents)
{
	g_ptr_array_unref(contents->files);
	g_free(contents);
}

int contents_finish(struct contents *contents, char **err)
{
	int ret = git_finish(contents->git, 0, err);

	if (!ret && contents->is_bad)
		*err = g_strdup("'git diff-tree' printed something else");
	contents_free(contents);
	return *err ? -1 : 0;
}

void contents_stop(struct contents *contents)
{
	if (contents->git)
		git_stop(contents->git);
	contents_free(contents);
}
