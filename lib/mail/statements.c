#include <stdio.h>
#include <stdlib.h>
#include "mail/body.h"
#include "mail/statements.h"

/* A sentence that says what became of a patch is short. */
#define MAX_SENTENCE 400

/* A patch has no higher number. */
#define MAX_NUMBER 9999

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
	memset(statements, 0, sizeof(*statements));
}

/*
 * The words of a sentence in lower case, up to a NULL, without what is not a
 * letter, a digit, or one of "'/-".  "Applied to for-next, thanks!" ->
 * "applied" "to" "for-next" "thanks"
 */
static char **split_words(const char *sentence, size_t len)
{
	g_autofree char *low = g_ascii_strdown(sentence, len);
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	char *word, *rest = low;

	for (word = low; *word; word++)
		if (!g_ascii_isalnum(*word) && !strchr("'/-", *word) &&
		    !(*word & 0x80))
			*word = ' ';
	while ((word = strsep(&rest, " ")))
		if (*word)
			g_ptr_array_add(words, g_strdup(word));
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

/* Is the word among these, which have blanks around them, " it this "? */
static gboolean is_one_of(const char *word, const char *list)
{
	g_autofree char *padded = word ? g_strconcat(" ", word, " ", NULL) :
				  NULL;

	return padded && strstr(list, padded);
}

static void add_number(struct statements *out, int number)
{
	if (!out->numbers)
		out->numbers = g_array_new(FALSE, FALSE, sizeof(int));
	if (out->numbers->len < STATEMENTS_MAX)
		g_array_append_val(out->numbers, number);
}

/* "3", "3/7" or "1-3": adds the numbers; FALSE if the word is none of these. */
static gboolean take_numbers(struct statements *out, const char *word)
{
	char *end;
	long first = strtol(word, &end, 10), last = first;

	if (end == word || first < 1 || first > MAX_NUMBER)
		return FALSE;
	if (*end == '-')
		last = strtol(end + 1, &end, 10);
	else if (*end == '/')
		strtol(end + 1, &end, 10);
	if (*end || last < first || last > MAX_NUMBER)
		return FALSE;
	for (; first <= last; first++)
		add_number(out, first);
	return TRUE;
}

/* "two" -> 2; 0 if the word is no small number. */
static int small_number(const char *word)
{
	static const char *const names[] = {
		"one", "two", "three", "four", "five", "six",
	};
	size_t i;

	for (i = 0; word && i < G_N_ELEMENTS(names); i++)
		if (!strcmp(word, names[i]))
			return i + 1;
	return word && strspn(word, "0123456789") == strlen(word) ?
	       CLAMP(atoi(word), 0, MAX_NUMBER) : 0;
}

/*
 * Of which patches a sentence is said: "the series", "both", "patches 1-3 and
 * 5", "the first two".
 */
static void find_scope(struct statements *out, char **words)
{
	int nr;

	for (; *words; words++) {
		if (is_one_of(*words, " series both all patchset set whole "))
			out->of_all = TRUE;
		if (!strcmp(*words, "first") &&
		    (nr = small_number(words[1])) > 0 && !out->numbers)
			for (; nr > 0; nr--)
				add_number(out, nr);
		if (!is_one_of(*words, " patch patches "))
			continue;
		while (words[1] && (take_numbers(out, words[1]) ||
				    is_one_of(words[1], " and ")))
			words++;
	}
}

/* Somebody who only tries a patch applies it, too, or does so by mistake. */
static gboolean is_trial(char **words)
{
	for (; *words; words++)
		if (is_one_of(*words, " local locally tested tests test built "
			      "compiled booted ran saw see if wrong "))
			return TRUE;
	return FALSE;
}

#define DEEDS " applied queued merged pulled picked pushed "

/* What an "applied" that opens the sentence goes on with. */
#define AFTER " to for thanks thank in on into as with both all the this " \
	"these patch patches it up series by now manually though onto v1 "

/* Is the sentence one in which a maintainer says that patches are applied? */
static gboolean says_applied(char **words)
{
	/* "Applied, thanks", "Queued for 5.10", "Merged to master" */
	if (is_one_of(words[0], DEEDS))
		return !words[1] || is_one_of(words[1], AFTER) ||
		       strpbrk(words[1], "/-0123456789");
	/* "Both applied", "The series applied", "Patches 1-3 applied" */
	if (is_one_of(words[0], " both all the series patch patches whole ")) {
		int i;

		for (i = 1; i < 6 && words[i]; i++) {
			if (is_one_of(words[i], " be been is was were not "))
				return FALSE;
			if (is_one_of(words[i], " applied queued "))
				return TRUE;
		}
		return FALSE;
	}
	/* "I've applied this", "I have queued patch 2", "Have applied it" */
	if (words[0] && !strcmp(words[0], "i") &&
	    is_one_of(words[1], " have just "))
		words++;
	else if (!is_one_of(words[0], " i've "))
		return FALSE;
	words++;
	words += is_one_of(*words, " now just also ");
	if (!is_one_of(*words, DEEDS))
		return FALSE;
	words++;
	words += is_one_of(*words, " up ");
	return is_one_of(*words, " it this these them both all the patch "
			 "patches ");
}

/* A sentence: up to a '.', '!' or ';' with a blank behind it. */
static size_t sentence_len(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len && i < MAX_SENTENCE; i++)
		if (strchr(".!;", text[i]) &&
		    (i + 1 == len || g_ascii_isspace(text[i + 1])))
			break;
	return i;
}

static void read_paragraph(struct statements *out, const char *text, size_t len)
{
	size_t n = sentence_len(text, len);
	g_auto(GStrv) words = split_words(text, n);

	if (is_one_of(words[0], " nak nack nacked "))
		out->rejected = TRUE;
	if (!words[0] || !says_applied(words) || is_trial(words))
		return;
	out->applied = TRUE;
	find_scope(out, words);
}

/* "pw-bot: reject", "pw-bot: changes-requested" */
static void read_pw_bot(struct statements *out, struct span line)
{
	g_autofree char *low = g_ascii_strdown(line.s, MIN(line.len, 80));

	if (g_str_has_prefix(low, "pw-bot:"))
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
 * applied.  NULL if the line is none.
 */
static struct applied_item *read_item(struct span line)
{
	g_autofree char *brackets = NULL;
	struct applied_item *item;
	const char *close;

	while (span_skip(&line, " ") || span_skip(&line, "- "))
		;
	close = memchr(line.s, ']', line.len);
	if (!span_starts(line, "[") || !close || close - line.s > MAX_SENTENCE)
		return NULL;
	brackets = g_strndup(line.s + 1, close - line.s - 1);
	item = g_new0(struct applied_item, 1);
	read_number(item, brackets);
	item->title = g_strstrip(g_strndup(close + 1, line.s + line.len -
					   (close + 1)));
	return item;
}

/* "commit: 1234abcd", "https://git.kernel.org/net/c/1234abcd" */
static char *read_commit(struct span line)
{
	g_autofree char *text = g_strstrip(g_strndup(line.s, line.len));
	const char *id = text, *slash = strrchr(text, '/');

	if (g_str_has_prefix(id, "commit:"))
		id += strlen("commit:") + strspn(id + strlen("commit:"), " ");
	else if (slash && g_str_has_prefix(id, "https://"))
		id = slash + 1;
	else
		return NULL;
	return strlen(id) >= 7 && strlen(id) <= 64 &&
	       strspn(id, "0123456789abcdefABCDEF") == strlen(id) ?
	       g_ascii_strdown(id, -1) : NULL;
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
	item = read_item(line);
	if (!item)
		return;
	if (!out->items)
		out->items = g_ptr_array_new_with_free_func(item_free);
	if (*item->title && out->items->len < STATEMENTS_MAX)
		g_ptr_array_add(out->items, item);
	else
		item_free(item);
}

void statements_parse(struct statements *out, const char *text, size_t len)
{
	struct span rest = { text, len }, line;
	gboolean at_start = TRUE, in_list = FALSE;

	memset(out, 0, sizeof(*out));
	while (span_line(&rest, &line)) {
		gboolean quoted = span_starts(line, ">");

		if (body_begins_diff(line, rest) ||
		    body_begins_signature(line, rest))
			break;
		if (quoted || span_is_blank(line)) {
			at_start = TRUE;
			continue;
		}
		/* what b4-ty and patchwork's bot write above their lists */
		in_list |= span_starts(line, "Applied to") ||
			   span_starts(line, "Here is the summary with links");
		if (in_list)
			read_list_line(out, line);
		if (at_start)
			read_paragraph(out, line.s,
				       text + len - line.s);
		read_pw_bot(out, line);
		at_start = FALSE;
	}
}
