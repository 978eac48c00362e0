#include <stdio.h>
#include <stdlib.h>
#include "mail/body.h"
#include "mail/sentence.h"
#include "mail/statements.h"

/* What stands in brackets before a title is short. */
#define MAX_BRACKETS 400

static void item_free(void *data)
{
	struct applied_item *item = data;

	g_free(item->title);
	g_free(item->commit);
	g_free(item);
}

void statements_clear(struct statements *statements)
{
	g_clear_pointer(&statements->items, g_ptr_array_unref);
	g_clear_pointer(&statements->numbers, g_array_unref);
	address_clear(&statements->by);
	g_free(statements->commit);
	memset(statements, 0, sizeof(*statements));
}

/* "pw-bot: reject", "pw-bot: changes-requested" */
static void read_pw_bot(struct statements *out, struct span line)
{
	g_autofree char *low = NULL;

	if (line.len < 7 || g_ascii_strncasecmp(line.s, "pw-bot:", 7))
		return;
	low = g_ascii_strdown(line.s, MIN(line.len, 80));
	out->rejected |= strstr(low, "rej") || strstr(low, "cr") ||
			 strstr(low, "changes-requested") ||
			 strstr(low, "not-applicable");
}

/* The 2 and 7 of "net,v3,2/7". */
static void read_number(struct applied_item *item, const char *brackets)
{
	g_auto(GStrv) words = g_strsplit_set(brackets, " ,", -1);
	char **word;

	item->number = item->total = -1;
	for (word = words; *word; word++) {
		int number, total;

		if (sscanf(*word, "%4d/%4d", &number, &total) == 2) {
			item->number = number;
			item->total = total;
		}
	}
}

/*
 * "[1/3] title", "  - [net,v2,1/2] title": an item of a list of what was
 * applied.  NULL if the line is none.  Only the bot of patchwork leaves the
 * brackets out where there is nothing in them: "  - title".
 */
static struct applied_item *read_item(struct span line,
				      enum list_writer writer)
{
	g_autofree char *brackets = NULL;
	struct applied_item *item;
	const char *close;
	gboolean is_bare = writer == LIST_PATCHWORK &&
			   span_skip(&line, "  - ") && !span_starts(line, "[");

	while (span_skip(&line, " ") || span_skip(&line, "- "))
		;
	if (is_bare) {
		item = g_new0(struct applied_item, 1);
		item->number = item->total = -1;
		item->title = g_strstrip(g_strndup(line.s, line.len));
		return item;
	}
	close = memchr(line.s, ']', line.len);
	if (!span_starts(line, "[") || !close || close - line.s > MAX_BRACKETS)
		return NULL;
	brackets = g_strndup(line.s + 1, close - line.s - 1);
	item = g_new0(struct applied_item, 1);
	read_number(item, brackets);
	item->title = g_strstrip(g_strndup(close + 1, line.s + line.len -
					   (close + 1)));
	return item;
}

/* " 1234abcd": the id in lower case, or NULL. */
static char *read_id(const char *s, size_t len)
{
	g_autofree char *id = g_strstrip(g_strndup(s, len));

	return strlen(id) >= 7 && strlen(id) <= 64 &&
	       strspn(id, "0123456789abcdefABCDEF") == strlen(id) ?
	       g_ascii_strdown(id, -1) : NULL;
}

/* "commit: 1234abcd", "https://.../c/1234abcd", "https://...?id=1234abcd" */
static char *read_commit(struct span line)
{
	g_autofree char *text = g_strstrip(g_strndup(line.s, line.len));
	const char *end = strrchr(text, '/');

	if (g_str_has_prefix(text, "commit:"))
		return read_id(text + strlen("commit:"), strlen(text));
	if (!g_str_has_prefix(text, "https://"))
		return NULL;
	if (g_str_has_prefix(end, "/?id="))
		end += strlen("/?id=") - 1;
	return read_id(end + 1, strlen(end));
}

static void add_item(struct statements *out, struct applied_item *item)
{
	if (!out->items)
		out->items = g_ptr_array_new_with_free_func(item_free);
	if (out->items->len < STATEMENTS_MAX)
		g_ptr_array_add(out->items, item);
	else
		item_free(item);
}

/* Read one line of a list, if it is one. */
static void read_list_line(struct statements *out, struct span line)
{
	struct applied_item *item, *last = NULL;
	char *commit;

	if (out->items && out->items->len)
		last = out->items->pdata[out->items->len - 1];
	if (last && !last->commit && (commit = read_commit(line))) {
		last->commit = commit;
		return;
	}
	/* "https://git.example/linux/c/1234abcd" right below the sentence */
	if (!last && !out->commit && (commit = read_commit(line))) {
		out->commit = commit;
		return;
	}
	item = read_item(line, out->writer);
	/* "[1] https://...", "[ Ann: fixed a typo ]" */
	if (item && *item->title &&
	    (item->number >= 0 || out->writer == LIST_PATCHWORK))
		add_item(out, item);
	else if (item)
		item_free(item);
}

/* The commit becomes the statements'. */
static void add_only_item(struct statements *out, enum list_writer writer,
			  char *commit)
{
	struct applied_item *item = g_new0(struct applied_item, 1);

	item->number = item->total = -1;
	item->commit = commit;
	out->writer = writer;
	add_item(out, item);
}

/* Set by, if what it says ends in an address. */
static void read_by(struct statements *out, struct span value)
{
	g_autofree char *text = g_strndup(value.s, MIN(value.len, ADDRESS_MAX));

	if (!out->by.email && strchr(text, '@'))
		address_parse(&out->by, text);
}

/*
 * The bot of the tip tree begins with "Commit-ID: <id>" and "Gitweb: <url>";
 * "Committer: Name <address>" follows.
 */
static void read_tip_line(struct statements *out, struct span line,
			  struct span rest)
{
	if (out->items && span_skip(&line, "Committer:"))
		read_by(out, line);
	if (!out->items && span_skip(&line, "Commit-ID:") &&
	    span_starts(rest, "Gitweb:"))
		add_only_item(out, LIST_TIP, read_id(line.s, line.len));
}

/* "has been merged into torvalds/linux.git:", and a link to the commit */
static void read_pulled_line(struct statements *out, struct span line,
			     struct span rest)
{
	struct span link;

	if (!out->items && span_starts(line, "has been merged into ") &&
	    span_line(&rest, &link))
		add_only_item(out, LIST_PULLED, read_commit(link));
}

/*
 * What begins a list: "Applied to <tree>, thanks!", "Applied, thanks!", or
 * "This series was applied to <tree>", "by Name <address>:" and "Here is the
 * summary with links:".
 */
static gboolean begins_list(struct statements *out, struct span line)
{
	if (span_starts(line, "Applied") || span_starts(line, "Patch")) {
		out->writer = LIST_B4_TY;
		return TRUE;
	}
	if (span_starts(line, "Here is the summary with links")) {
		out->writer = LIST_PATCHWORK;
		return TRUE;
	}
	if (span_skip(&line, "by ") && line.len &&
	    line.s[line.len - 1] == ':')
		read_by(out, (struct span){ line.s, line.len - 1 });
	return FALSE;
}

void statements_parse(struct statements *out, const char *text, size_t len)
{
	struct span rest = { text, len }, line;
	gboolean at_start = TRUE, in_list = FALSE;

	memset(out, 0, sizeof(*out));
	while (span_line(&rest, &line)) {
		/* most lines of a reply are quoted, and need no closer look */
		if (span_starts(line, ">") || span_is_blank(line)) {
			at_start = TRUE;
			continue;
		}
		if (body_begins_diff(line, rest) ||
		    body_begins_signature(line, rest))
			break;
		if (in_list)
			read_list_line(out, line);
		else if (!out->items)
			in_list = begins_list(out, line);
		if (!in_list) {
			read_tip_line(out, line, rest);
			read_pulled_line(out, line, rest);
		}
		out->tracked |= span_starts(line, "#regzbot");
		if (at_start)
			sentence_read(out, line.s, text + len - line.s);
		read_pw_bot(out, line);
		at_start = FALSE;
	}
	/* others name people so in what they write */
	if (out->writer != LIST_PATCHWORK && out->writer != LIST_TIP)
		address_clear(&out->by);
}
