#include <stdlib.h>
#include <string.h>
#include "git/contents.h"

/*
 * A key is a line "-----BEGIN ... PRIVATE KEY-----" and, within so many lines,
 * one of so many characters of base64; a program that looks for keys only has
 * the first.
 */
#define KEY_LINES 5
#define KEY_CHARACTERS 40

/*
 * Of the diffs, the lines around a change are not wanted.  But without any of
 * them git may count other lines for a diffstat.
 */
const char *const contents_options[] = {
	"--raw", "--no-abbrev", "--numstat", "-p", "-U1", "--no-ext-diff",
	"--no-textconv", "--submodule=short", NULL,
};

struct contents {
	GPtrArray *files;	/* struct content * */
	guint numbers;		/* files with numbers so far */
	guint file;		/* that the diff is of, and one more */
	gboolean in_diff;	/* a diff has begun */
	gboolean has_second;	/* of a file of another type there are two
				   diffs */
	unsigned key_lines;	/* how many lines of a key may still come */
};

static void content_free(void *data)
{
	struct content *content = data;

	g_free(content->path);
	g_free(content);
}

struct contents *contents_new(void)
{
	struct contents *contents = g_new0(struct contents, 1);

	contents->files = g_ptr_array_new_with_free_func(content_free);
	return contents;
}

/* ":100644 100755 <id> <id> M\t<path>"; of a rename the new path is last */
static void add_file(struct contents *contents, const char *line)
{
	struct content *content = g_new0(struct content, 1);
	g_auto(GStrv) words = g_strsplit(line + 1, " ", 5);
	const char *path = strrchr(line, '\t');

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

/* In what comes before the diffs: "12\t3\t<path>", or "-\t-\t<path>". */
static gboolean take_numbers(struct contents *contents, const char *line)
{
	struct content *content;

	if (*line != '-' && !g_ascii_isdigit(*line))
		return FALSE;
	content = file_at(contents, contents->numbers + 1);
	if (!content || !strchr(line, '\t'))
		return FALSE;
	contents->numbers++;
	content->is_binary = *line == '-';
	return TRUE;
}

gboolean contents_take(struct contents *contents, const char *line, size_t len)
{
	struct content *content = file_at(contents, contents->file);

	if (g_str_has_prefix(line, "diff --git ")) {
		contents->in_diff = TRUE;
		begin_diff(contents);
	} else if (!contents->in_diff && *line == ':') {
		add_file(contents, line);
	} else if (!contents->in_diff) {
		return take_numbers(contents, line);
	} else if (*line == '+' && content) {
		content->added += len;
		look_for_key(contents, line + 1);
	}
	return TRUE;
}

GPtrArray *contents_finish(struct contents *contents)
{
	GPtrArray *files = contents->files;

	g_free(contents);
	return files;
}
