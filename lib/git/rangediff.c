#include <string.h>
#include "git/git.h"
#include "git/rangediff.h"

struct git_process *rangediff_start(const struct repository *repository,
				    const char *previous, const char *upstream,
				    const char *tip, char **err)
{
	g_autofree char *ours = g_strconcat(upstream, "..", tip, NULL);
	gboolean is_range = strstr(previous, "..") != NULL;
	const char *const range_diff[] = {
		"range-diff", "--no-color", "--no-ext-diff", "--no-notes",
		is_range ? previous : upstream, is_range ? ours : previous,
		is_range ? NULL : tip, NULL,
	};

	return git_start(repository->folder, range_diff, -1, err);
}

/* "-:  ------- > 12:  0123abc title": what git prints of a commit */
static char read_status(const char *line)
{
	const char *s = line + strspn(line, " ");
	size_t len = strspn(s, "0123456789-");

	if (!len || s[len] != ':')
		return '\0';
	s += len + 1;
	s += strspn(s, " ");
	len = strspn(s, "0123456789abcdef-");
	return len && s[len] == ' ' && s[len + 1] && s[len + 2] == ' ' &&
	       strchr("=!<>", s[len + 1]) ? s[len + 1] : '\0';
}

static void line_free(void *data)
{
	struct rangediff_line *line = data;

	g_free(line->text);
	g_free(line);
}

struct rangediff *rangediff_finish(struct git_process *process, char **err)
{
	struct rangediff *out = g_new0(struct rangediff, 1);
	GString *text = g_string_new(NULL);
	size_t len;
	char *line;

	out->lines = g_ptr_array_new_with_free_func(line_free);
	while ((line = git_line(process, &len))) {
		g_autofree char *valid = g_utf8_make_valid(line, len);
		char status = read_status(valid);

		g_string_append(text, valid);
		g_string_append_c(text, '\n');
		if (status) {
			struct rangediff_line *item =
				g_new(struct rangediff_line, 1);

			item->status = status;
			item->text = g_strdup(g_strchug(valid));
			g_ptr_array_add(out->lines, item);
		}
	}
	out->text = g_string_free(text, FALSE);
	if (git_finish(process, 0, err) < 0)
		g_clear_pointer(&out, rangediff_free);
	return out;
}

void rangediff_free(struct rangediff *rangediff)
{
	if (!rangediff)
		return;
	g_ptr_array_unref(rangediff->lines);
	g_free(rangediff->text);
	g_free(rangediff);
}
