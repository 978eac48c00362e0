#include <stdlib.h>
#include <string.h>
#include "mail/sentence.h"

/* A sentence that says what became of a patch is short. */
#define MAX_SENTENCE 400

/* So much of a paragraph is read, and so many clauses of a sentence. */
#define MAX_PARAGRAPH 1000
#define MAX_CLAUSES 4

/* A patch has no higher number. */
#define MAX_NUMBER 9999

/*
 * The words of a sentence in lower case, up to a NULL, without what is not a
 * letter, a digit, one of "'/-", or a dot within a word.  "Applied to 6.1-next,
 * thanks!" -> "applied" "to" "6.1-next" "thanks"
 */
static char **split_words(const char *sentence, size_t len)
{
	g_autofree char *low = g_ascii_strdown(sentence, len);
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	char *word, *rest = low;

	for (word = low; *word; word++)
		if (!g_ascii_isalnum(*word) && !strchr("'/-", *word) &&
		    !(*word & 0x80) &&
		    !(*word == '.' && g_ascii_isalnum(word[1])))
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

/* What a maintainer does with a patch. */
#define DEEDS " applied queued merged pulled picked pushed "

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

/* Take "1-3 and 5" behind a word; returns the last of these words. */
static char **take_list(struct statements *out, char **words)
{
	while (words[1] && (take_numbers(out, words[1]) ||
			    is_one_of(words[1], " and ")))
		words++;
	return words;
}

/* "all but patch 3", "this set, minus #17", "all but this patch" */
static gboolean excepts(char **words)
{
	return words[1] &&
	       is_one_of(words[0], " but except minus excluding ") &&
	       (is_one_of(words[1], " patch patches for the this ") ||
		g_ascii_isdigit(*words[1]));
}

/*
 * Of which patches a sentence is said: "the series", "both", "patches 1-3 and
 * 5", "the first two", "these two"; or "Queued 1-3", but not "Queued 3
 * patches".  FALSE if it cannot be told: "all but this one".
 */
static gboolean find_scope(struct statements *out, char **words)
{
	int nr;

	if (is_one_of(words[0], DEEDS) && words[1] &&
	    !is_one_of(words[2], " patches of more "))
		words = take_list(out, words);
	for (; *words; words++) {
		if (is_one_of(*words, " series both all patchset set whole "))
			out->of_all = TRUE;
		if (out->of_all && excepts(words)) {
			words += 1 + is_one_of(words[1], " patch ");
			out->but = small_number(*words);
			out->of_all = out->but > 0;
			return out->of_all;
		}
		if (!out->count && (is_one_of(*words, " these ") ||
				    (is_one_of(*words, " the ") && words[1] &&
				     is_one_of(words[2], " patches "))))
			out->count = small_number(words[1]);
		if (is_one_of(*words, " first ") && !out->numbers &&
		    is_one_of(words[1], " patch "))
			add_number(out, 1);
		if (is_one_of(*words, " first ") && !out->numbers)
			for (nr = small_number(words[1]); nr > 0; nr--)
				add_number(out, nr);
		if (is_one_of(*words, " patch patches "))
			words = take_list(out, words);
		if (out->numbers && is_one_of(words[1], " of "))
			return TRUE;	/* "patches 3 and 4 of this series" */
	}
	return TRUE;
}

/* Somebody who only tries a patch applies it, too, or does so by mistake. */
static gboolean is_trial(char **words)
{
	for (; *words; words++)
		if (is_one_of(*words, " local locally tested tests test build "
			      "builds built compiled booted ran pass passes "
			      "saw see if wrong top "))
			return TRUE;
	return FALSE;
}

/* Before "applied" these say that it is not: "The patch no longer applied". */
#define STOPS " be been is was were not no never hasn't haven't didn't " \
	"doesn't don't isn't wasn't won't can't cannot that which i we you " \
	"if when can could should would will to must need needs "

/* What an "applied" that opens the sentence goes on with. */
#define AFTER " to for thanks thank in on into as with both all the this " \
	"these patch patches it up series by now manually though onto v1 "

/* "this", "these two patches", "the series": the words behind it, or NULL */
static char **skip_object(char **words)
{
	if (!is_one_of(*words, " it this these them both all the patch "
			       "patches "))
		return NULL;
	do
		words++;
	while (is_one_of(*words, " patch patches series set patchset two three "
			 "four whole of them all "));
	return words;
}

/*
 * "Applied, thanks", "Queued for 5.10", "Merged to master"; "Both applied",
 * "The series applied", "Patches 1-3 applied"
 */
static gboolean says_participle(char **words)
{
	char **behind;
	int i;

	words += is_one_of(words[0], " now ");
	if (is_one_of(words[0], DEEDS)) {
		behind = skip_object(words + 1);
		if (behind && is_one_of(*behind, " which that "))
			return FALSE;
		if (is_one_of(words[1], " and "))
			return is_one_of(words[2], DEEDS);
		return !words[1] || is_one_of(words[1], AFTER) ||
		       strpbrk(words[1], "/-0123456789");
	}
	if (!is_one_of(words[0], " both all the series patch patches whole "))
		return FALSE;
	for (i = 1; i < 9 && words[i]; i++) {
		if (is_one_of(words[i], STOPS))
			return FALSE;
		if (is_one_of(words[i], " applied queued "))
			return TRUE;
	}
	return FALSE;
}

/*
 * "I've applied this", "I have now queued patch 2"; and "I applied these two",
 * but only if that is all: others go on with what they saw.
 */
static gboolean says_i_have(char **words)
{
	gboolean just_did = FALSE;

	if (is_trial(words))
		return FALSE;
	if (is_one_of(words[0], " i ") && is_one_of(words[1], " have just "))
		words++;
	else if (is_one_of(words[0], " i "))
		just_did = TRUE;
	else if (!is_one_of(words[0], " i've "))
		return FALSE;
	words++;
	words += is_one_of(*words, " now just also ");
	/* "I've taken the first two, and dropped the rest" */
	just_did |= is_one_of(*words, " taken ");
	if (!is_one_of(*words, DEEDS " taken "))
		return FALSE;
	words++;
	words += is_one_of(*words, " up ");
	words = skip_object(words);
	return words && (!just_did || !*words ||
			 is_one_of(*words, " to thanks thank for through "
				   "into via in "));
}

/* What people begin with before they say it: "Thanks, ...", "OK, ...". */
static gboolean is_courtesy(char **words)
{
	if (is_one_of(words[0], " very looks "))
		return is_one_of(words[1], " good nice ");
	return is_one_of(words[0], " thanks thank ok okay great good nice "
			 "perfect excellent sure sorry cool alright yes lgtm "
			 "hi hello ");
}

/* The length up to the end of the paragraph, or to a quoted line. */
static size_t paragraph_len(const char *text, size_t len)
{
	const char *nl = text, *end = text + len;

	while ((nl = memchr(nl, '\n', end - nl)) && ++nl < end)
		if (*nl == '\n' || *nl == '>')
			return nl - 1 - text;
	return len;
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

/* "The patch, applied to 6.1, works": a comma stands before the word. */
static gboolean has_aside(const char *text, const char *comma)
{
	g_auto(GStrv) behind = NULL;

	if (!comma || !g_str_has_prefix(text, "the "))
		return FALSE;
	behind = split_words(comma + 1, strcspn(comma + 1, ",."));
	return is_one_of(behind[0], DEEDS);
}

/*
 * Does one of the first clauses, which end with commas, say it?  "With that
 * assumption, I've applied this", "Thanks, both applied"; but not "The patch,
 * applied to 6.1, works", and not "I've applied this," with no end.
 */
static gboolean read_clauses(struct statements *out, const char *text,
			     size_t len)
{
	gboolean only_courtesies = TRUE;
	int i;

	for (i = 0; i < MAX_CLAUSES && len; i++) {
		const char *comma = memchr(text, ',', len);
		g_auto(GStrv) words = split_words(text, len);
		g_auto(GStrv) clause = split_words(text, comma ?
					(size_t)(comma - text) : len);
		gboolean is_deed = is_one_of(clause[0], DEEDS) && !clause[1];
		gboolean has_end = text[len - 1] != ',';

		if ((only_courtesies && !has_aside(text, comma) &&
		     (is_deed || (says_participle(words) &&
				  !is_trial(clause)))) ||
		    (has_end && says_i_have(words))) {
			out->applied |= find_scope(out, words);
			return TRUE;
		}
		if (!comma)
			break;
		only_courtesies &= is_courtesy(words);
		len -= comma + 1 - text;
		text = comma + 1;
	}
	return FALSE;
}

/* Remove what is in parentheses, but not the "(1)" of a list. */
static void drop_remarks(char *text)
{
	char *out;
	int depth = 0;

	text += *text == '(';
	for (out = text; *text; text++) {
		depth += *text == '(';
		if (!depth)
			*out++ = *text;
		depth -= *text == ')' && depth;
	}
	*out = '\0';
}

/* Is the first word of a text NAK or NACK? */
static gboolean begins_with_nak(const char *text, size_t len)
{
	size_t start = 0, n;

	while (start < len && !g_ascii_isalnum(text[start]) &&
	       !(text[start] & 0x80))
		start++;
	text += start;
	len -= start;
	for (n = 0; n < len && g_ascii_isalnum(text[n]); n++)
		;
	return (n == 3 && !g_ascii_strncasecmp(text, "nak", n)) ||
	       (n == 4 && !g_ascii_strncasecmp(text, "nack", n));
}

/*
 * Can a text say that something is applied?  Most cannot, and only the others
 * are looked at closely.
 */
static gboolean may_say_applied(const char *text, size_t len)
{
	static const char *const stems[] = {
		"pplied", "ueued", "erged", "ulled", "icked", "ushed", "taken",
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(stems); i++)
		if (memmem(text, len, stems[i], strlen(stems[i])))
			return TRUE;
	return FALSE;
}

void sentence_read(struct statements *out, const char *text, size_t len)
{
	g_autofree char *low = NULL;
	g_auto(GStrv) words = NULL;
	const char *end;
	size_t n;

	len = paragraph_len(text, MIN(len, MAX_PARAGRAPH));
	out->rejected |= begins_with_nak(text, len);
	if (!may_say_applied(text, len))
		return;
	low = g_ascii_strdown(text, len);
	drop_remarks(low);
	len = strlen(low);
	n = sentence_len(low, len);
	words = split_words(low, n);
	if (read_clauses(out, low, n) || !is_courtesy(words) || n == len)
		return;
	end = low + n + 1;
	end += strspn(end, " \n");
	len -= end - low;
	read_clauses(out, end, sentence_len(end, len));
}
