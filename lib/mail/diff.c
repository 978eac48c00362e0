#include <stdlib.h>
#include <string.h>
#include "mail/diff.h"
#include "mail/span.h"

/* The lines between "diff --git" and the first hunk. */
static gboolean is_header(struct span line)
{
	static const char *const starts[] = {
		"old mode ", "new mode ", "deleted file mode ",
		"new file mode ", "copy from ", "copy to ", "rename from ",
		"rename to ", "similarity index ", "dissimilarity index ",
		"index ", "Binary files ",
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(starts); i++)
		if (span_starts(line, starts[i]))
			return TRUE;
	return FALSE;
}

/* What is copied, and where in a diff that is. */
struct copy {
	GString *out;
	gboolean in_diff;	/* its first line has been copied */
	gboolean in_header;	/* ... and no "---" yet */
	struct span file;	/* its name if that is one; else empty */
	/* Of a bare one: char *, the lines of the file so far; else NULL. */
	GPtrArray *removed, *added;
};

static void add_line(GString *out, struct span line)
{
	if (line.len && line.s[line.len - 1] == '\r')
		line.len--;
	g_string_append_len(out, line.s, line.len);
	g_string_append_c(out, '\n');
}

/* "a/file": without the letter, or whatever a diff has before the first '/' */
static struct span skip_folder(struct span name)
{
	const char *slash = memchr(name.s, '/', name.len);

	if (slash && slash + 1 < name.s + name.len) {
		name.len -= slash + 1 - name.s;
		name.s = slash + 1;
	}
	return name;
}

/* The name in "--- a/file\t<date>" or "+++ b/file". */
static struct span read_name(struct span line)
{
	const char *end;

	line.s += 4;
	line.len -= 4;
	end = memchr(line.s, '\t', line.len);
	if (end)
		line.len = end - line.s;
	while (line.len && g_ascii_isspace(line.s[line.len - 1]))
		line.len--;
	return line;
}

/*
 * The names of "diff --git X Y" that are the same but for what stands before
 * the first '/': "a/f b/f", "i/f w/f", "f f".  *file becomes the name; or FALSE
 * is returned, for a rename.
 */
static gboolean read_git_names(struct span names, struct span *file)
{
	size_t half = names.len / 2;
	struct span old = { names.s, half }, new = { names.s + half + 1, half };

	if (!(names.len & 1) || names.s[half] != ' ')
		return FALSE;
	*file = old;
	/* diff.noPrefix */
	if (!memcmp(old.s, new.s, half))
		return TRUE;
	if (half < 3 || old.s[1] != '/' || new.s[1] != '/' ||
	    memcmp(old.s + 2, new.s + 2, half - 2))
		return FALSE;
	*file = skip_folder(old);
	return TRUE;
}

static void add_git_line(GString *out, struct span file)
{
	g_string_append_printf(out, "diff --git a/%.*s b/%.*s\n",
			       (int)file.len, file.s, (int)file.len, file.s);
}

/* "@@ -1,7 +1,9 @@": how many lines the hunk has of the old and the new file */
static gboolean read_hunk(struct span line, unsigned long *old,
			  unsigned long *new)
{
	g_autofree char *text = g_strndup(line.s, line.len);
	char *p = text;

	if (!g_str_has_prefix(p, "@@ -"))
		return FALSE;
	strtoul(p + 4, &p, 10);
	*old = *p == ',' ? strtoul(p + 1, &p, 10) : 1;
	if (!g_str_has_prefix(p, " +"))
		return FALSE;
	strtoul(p + 2, &p, 10);
	*new = *p == ',' ? strtoul(p + 1, &p, 10) : 1;
	return TRUE;
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void take_lines(GString *out, GPtrArray *lines)
{
	guint i;

	g_ptr_array_sort(lines, compare_lines);
	for (i = 0; i < lines->len; i++)
		g_string_append_printf(out, "%s\n", (char *)lines->pdata[i]);
	g_ptr_array_set_size(lines, 0);
}

/* A file ends: write what was kept of it. */
static void end_file(struct copy *copy)
{
	if (!copy->removed || !(copy->removed->len + copy->added->len))
		return;
	g_string_append_printf(copy->out, "@@ -1,%u +1,%u @@\n",
			       copy->removed->len, copy->added->len);
	take_lines(copy->out, copy->removed);
	take_lines(copy->out, copy->added);
}

/* "+	a b" -> "+ab" */
static char *strip_line(struct span line)
{
	char *stripped = g_malloc(line.len + 1), *end = stripped;
	size_t i;

	for (i = 0; i < line.len; i++)
		if (!g_ascii_isspace(line.s[i]) && line.s[i])
			*end++ = line.s[i];
	*end = '\0';
	return stripped;
}

static void copy_change(struct copy *copy, struct span line, char sign)
{
	if (!copy->removed)
		add_line(copy->out, line);
	else if (sign != ' ')
		g_ptr_array_add(sign == '-' ? copy->removed : copy->added,
				strip_line(line));
}

/* Copy the lines of a hunk; its own line was taken off rest. */
static void copy_hunk(struct copy *copy, struct span head, struct span *rest)
{
	unsigned long old, new;
	struct span line, after = *rest;

	if (!read_hunk(head, &old, &new))
		return;
	if (!copy->removed)
		add_line(copy->out, head);
	while ((old || new) && span_line(&after, &line)) {
		/* a mailer may cut the blank of an empty line */
		char sign = line.len && *line.s != '\r' ? *line.s : ' ';

		if ((sign == '-' && !old) || (sign == '+' && !new) ||
		    (sign == ' ' && (!old || !new)) || !strchr("+- \\", sign))
			break;
		old -= sign == '-' || sign == ' ';
		new -= sign == '+' || sign == ' ';
		if (sign != '\\')
			copy_change(copy, line, sign);
		*rest = after;
	}
}

static void begin_git_diff(struct copy *copy, struct span line)
{
	struct span names = line;

	end_file(copy);
	span_skip(&names, "diff --git ");
	while (names.len && g_ascii_isspace(names.s[names.len - 1]))
		names.len--;
	copy->in_diff = copy->in_header = TRUE;
	if (read_git_names(names, &copy->file)) {
		add_git_line(copy->out, copy->file);
	} else {
		copy->file.len = 0;
		add_line(copy->out, line);
	}
}

static void add_name(const struct copy *copy, const char *start,
		     struct span name)
{
	if (span_is(name, "/dev/null"))
		g_string_append_printf(copy->out, "%.4s/dev/null\n", start);
	else
		g_string_append_printf(copy->out, "%s%.*s\n", start,
				       (int)copy->file.len, copy->file.s);
}

/* "--- a/file" and "+++ b/file", which both were taken off the text */
static void copy_names(struct copy *copy, struct span minus, struct span plus)
{
	struct span old = read_name(minus), new = read_name(plus);
	gboolean is_new = span_is(old, "/dev/null");
	gboolean is_gone = span_is(new, "/dev/null");

	if (!copy->in_header) {
		/* of diff(1), or quilt(1): git has a line before these */
		end_file(copy);
		copy->in_diff = TRUE;
		copy->file = skip_folder(is_gone ? old : new);
		add_git_line(copy->out, copy->file);
		if (is_new || is_gone)
			g_string_append_printf(copy->out,
					       "%s file mode 100644\n",
					       is_new ? "new" : "deleted");
	}
	copy->in_header = FALSE;
	if (copy->file.len) {
		add_name(copy, "--- a/", old);
		add_name(copy, "+++ b/", new);
	} else {
		add_line(copy->out, minus);
		add_line(copy->out, plus);
	}
}

static void copy_binary(struct copy *copy)
{
	int len = copy->file.len;

	if (len)
		g_string_append_printf(copy->out, "Binary files a/%.*s and "
				       "b/%.*s differ\n", len, copy->file.s,
				       len, copy->file.s);
	copy->in_diff = copy->in_header = FALSE;
}

static void copy_all(struct copy *copy, struct span rest)
{
	struct span line, next, after;

	while (span_line(&rest, &line)) {
		after = rest;
		if (span_starts(line, "diff --git ")) {
			begin_git_diff(copy, line);
		} else if (span_starts(line, "--- ") &&
			   span_line(&after, &next) &&
			   span_starts(next, "+++ ")) {
			copy_names(copy, line, next);
			rest = after;
		} else if (copy->in_diff && span_starts(line, "@@ -")) {
			copy_hunk(copy, line, &rest);
		} else if (copy->in_header && span_starts(line, "GIT binary")) {
			copy_binary(copy);
		} else if (copy->in_header && is_header(line)) {
			add_line(copy->out, line);
		} else {
			copy->in_header = FALSE;
		}
	}
	end_file(copy);
}

void diff_copy(GString *out, const char *text, size_t len)
{
	struct copy copy = { .out = out };

	copy_all(&copy, (struct span){ text, len });
}

void diff_copy_bare(GString *out, const char *text, size_t len)
{
	g_autoptr(GPtrArray) removed = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func(g_free);
	struct copy copy = { .out = out, .removed = removed, .added = added };

	copy_all(&copy, (struct span){ text, len });
}
