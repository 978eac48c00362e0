#include "mail/body.h"
#include "mail/tags.h"

/* What stands farther right is part of a list, or of an example. */
#define MAX_INDENT 8

/* Longer names and addresses are no person's. */
#define MAX_LEN 500

void tags_free(void *data)
{
	struct tag *tag = data;

	g_free(tag->name);
	address_clear(&tag->person);
	g_free(tag);
}

/* What somebody may have done, as in "Reported-and-tested-by". */
static gboolean is_deed(const char *word)
{
	static const char *const deeds[] = {
		"acked", "analyzed", "assisted", "bisected", "debugged",
		"developed", "diagnosed", "endorsed", "helped", "inspired",
		"nacked", "nak'd", "noticed", "reported", "requested",
		"reviewed", "suggested", "tested", "validated", "verified",
		NULL
	};

	return g_strv_contains(deeds, word);
}

/*
 * "Reviewed-by", "Reported-and-Tested-By", "Co-developed-by": returns the name
 * as it is usually spelt, or NULL if it is none.
 */
static char *read_name(const char *s, size_t len)
{
	g_autofree char *low = g_ascii_strdown(s, len);
	g_auto(GStrv) words = g_strsplit(low, "-", -1);
	guint nr = g_strv_length(words), i;
	gboolean has_deed = FALSE;

	if (nr < 2 || strcmp(words[nr - 1], "by"))
		return NULL;
	for (i = 0; i + 1 < nr; i++) {
		gboolean links = !strcmp(words[i], "and") ||
				 !strcmp(words[i], "co") ||
				 !strcmp(words[i], "fully");

		has_deed |= is_deed(words[i]);
		if (!links && !is_deed(words[i]))
			return NULL;
	}
	if (!has_deed)
		return NULL;
	*low = g_ascii_toupper(*low);
	return g_steal_pointer(&low);
}

static struct span trim(struct span span)
{
	while (span.len && g_ascii_isspace(*span.s)) {
		span.s++;
		span.len--;
	}
	while (span.len && g_ascii_isspace(span.s[span.len - 1]))
		span.len--;
	return span;
}

/*
 * "Bee, Ann [X] <ab@example.org> # on arm": the first brackets that hold an
 * address end the name.  What follows them is a remark, or what a mailer joined
 * to the line.
 */
static gboolean read_person(struct address *out, struct span value)
{
	const char *end = value.s + value.len;
	const char *open = memchr(value.s, '<', value.len);
	const char *close = open ? memchr(open, '>', end - open) : NULL;
	struct span name = { value.s, 0 };

	if (!close || close - open < 2 || !memchr(open, '@', close - open))
		return FALSE;
	name.len = open - value.s;
	name = trim(name);
	if (name.len > 1 && *name.s == '"' && name.s[name.len - 1] == '"')
		name = (struct span){ name.s + 1, name.len - 2 };
	if (name.len > MAX_LEN || close - open > MAX_LEN)
		return FALSE;
	out->email = g_strstrip(g_strndup(open + 1, close - open - 1));
	/* "<ab@example.org <mailto:ab@example.org>" */
	out->email[strcspn(out->email, " \t<")] = '\0';
	out->name = g_strndup(name.s, name.len);
	if (strchr(out->email, '@')) {		/* and not only behind a NUL */
		if (!*out->name) {
			g_free(out->name);
			out->name = g_strdup(out->email);
		}
		return TRUE;
	}
	address_clear(out);
	return FALSE;
}

/* "ab@example.org" alone: no blank, and one '@' inside. */
static gboolean read_bare_address(struct address *out, struct span value)
{
	const char *at = memchr(value.s, '@', value.len);
	size_t i;

	if (!at || at == value.s || at == value.s + value.len - 1 ||
	    value.len > MAX_LEN)
		return FALSE;
	for (i = 0; i < value.len; i++)
		if (g_ascii_isspace(value.s[i]) || !value.s[i] ||
		    value.s[i] == '<')
			return FALSE;
	out->email = g_strndup(value.s, value.len);
	out->name = g_strdup(out->email);
	return TRUE;
}

/* The value may need the next line, an address alone. */
static gboolean read_value(struct address *out, struct span value,
			   struct span rest)
{
	struct span next;
	g_autofree char *both = NULL;

	value = trim(value);
	if (read_person(out, value) || read_bare_address(out, value))
		return TRUE;
	if (value.len > MAX_LEN || !span_line(&rest, &next))
		return FALSE;
	next = trim(next);
	if (!span_starts(next, "<") || next.len > MAX_LEN ||
	    next.s[next.len - 1] != '>')
		return FALSE;
	both = g_strdup_printf("%.*s %.*s", (int)value.len, value.s,
			       (int)next.len, next.s);
	return read_person(out, (struct span){ both, strlen(both) });
}

static struct tag *read_tag(struct span line, struct span rest)
{
	struct address person = { NULL, NULL };
	const char *colon;
	struct tag *tag;
	size_t indent = 0;
	char *name;

	while (indent < line.len && indent < MAX_INDENT &&
	       (line.s[indent] == ' ' || line.s[indent] == '\t'))
		indent++;
	line.s += indent;
	line.len -= indent;
	if (!line.len || !g_ascii_isalpha(*line.s))
		return NULL;
	colon = memchr(line.s, ':', line.len);
	if (!colon || colon - line.s > MAX_LEN)
		return NULL;
	name = read_name(line.s, colon - line.s);
	line.len -= colon + 1 - line.s;
	line.s = colon + 1;
	if (!name || !read_value(&person, line, rest)) {
		g_free(name);
		return NULL;
	}
	tag = g_new0(struct tag, 1);
	tag->name = name;
	tag->person = person;
	return tag;
}

/*
 * Does a patch begin that a reply carries, with tags of its own: its header, as
 * git-format-patch(1) writes it, or a line with scissors (git-mailinfo(1))?
 */
static gboolean begins_patch(struct span line)
{
	return span_starts(line, "Subject: ") ||
	       span_starts(line, "-- >8 --") || span_starts(line, "-->8--") ||
	       span_starts(line, "-- 8< --") ||
	       (span_starts(line, "From ") && line.len > 45 &&
		line.s[45] == ' ');
}

GPtrArray *tags_parse(const char *text, size_t len, gboolean of_patch)
{
	GPtrArray *tags = g_ptr_array_new_with_free_func(tags_free);
	struct span rest = { text, len }, line;
	guint before = 0;	/* the tags above this paragraph */
	gboolean is_signed = FALSE;	/* the paragraph is of a patch */

	while (tags->len < TAGS_MAX && span_line(&rest, &line)) {
		gboolean has_diff = body_begins_diff(line, rest);
		struct tag *tag;

		/* a patch without a header has a sign-off above its diff */
		if (is_signed && !of_patch &&
		    (has_diff || span_is(line, "---"))) {
			g_ptr_array_set_size(tags, before);
			break;
		}
		if (has_diff || body_begins_signature(line, rest) ||
		    (!of_patch && begins_patch(line)))
			break;
		if (!line.len) {
			before = tags->len;
			is_signed = FALSE;
		}
		is_signed |= span_starts(line, "Signed-off-by:");
		tag = read_tag(line, rest);
		if (tag)
			g_ptr_array_add(tags, tag);
	}
	return tags;
}

gboolean tags_is_of(const char *name, enum tag_kind kind)
{
	static const char *const words[NR_TAG_KINDS][3] = {
		[TAG_REVIEWED] = { "reviewed", NULL },
		[TAG_ACKED] = { "acked", NULL },
		[TAG_TESTED] = { "tested", NULL },
		[TAG_NACKED] = { "nacked", "nak'd", NULL },
	};
	g_autofree char *low = g_ascii_strdown(name, -1);
	g_auto(GStrv) parts = g_strsplit(low, "-", -1);
	char **part;

	for (part = parts; *part; part++)
		if (g_strv_contains(words[kind], *part))
			return TRUE;
	return FALSE;
}

gboolean tags_is_review(const struct tag *tag)
{
	return tags_is_of(tag->name, TAG_REVIEWED) ||
	       tags_is_of(tag->name, TAG_ACKED);
}
