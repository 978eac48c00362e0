#include <stdlib.h>
#include <string.h>
#include "mail/field.h"
#include "mail/subject.h"

/* What leads a Subject in brackets is short; an end farther off is none. */
#define MAX_BRACKET 500

/* "v2", "3/7": what has more digits than this is no version and no number. */
#define MAX_DIGITS 5
#define DIGITS "0123456789"

/*
 * Length of the white space at s, 0 if there is none.  Mailers and pasted
 * prefixes use U+00A0 and U+3000 for a blank.
 */
static size_t space_len(const char *s)
{
	if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
		return 1;
	if (g_ascii_isprint(*s))	/* nearly all of it */
		return 0;
	if (g_str_has_prefix(s, "\302\240"))
		return 2;
	if (g_str_has_prefix(s, "\343\200\200"))
		return 3;
	return 0;
}

static const char *skip_space(const char *s)
{
	size_t n;

	while ((n = space_len(s)))
		s += n;
	return s;
}

/* One space for what white space begins with a blank of ASCII; none around. */
static char *normalize(const char *text)
{
	GString *out = g_string_new(NULL);
	const char *p = skip_space(text);

	while (*p) {
		if (space_len(p) == 1) {
			p = skip_space(p);
			if (*p)
				g_string_append_c(out, ' ');
		} else {
			g_string_append_c(out, *p++);
		}
	}
	return g_string_free(out, FALSE);
}

/* What mailers of the world put before the Subject that they answer. */
static const char *const reply_marks[] = {
	"Re", "Aw", "Antw", "Antwort", "Odp", "Fwd",
	"回复", "回覆", "答复", "答覆", "转发", "轉寄", "返信",
	NULL
};

/* The same, but also names of subsystems ("rv: add a monitor"). */
static const char *const weak_reply_marks[] = {
	"Sv", "Vs", "Rif", "R", "Ynt", "Fw", "Wg", "Tr", "Rv", "Enc", "Pd",
	NULL
};

/* What follows the mark and colon that s begins with, or NULL. */
static const char *skip_reply_mark(const char *s, const char *const *marks)
{
	for (; *marks; marks++) {
		size_t len = strlen(*marks);
		const char *p = s + len;

		if (g_ascii_strncasecmp(s, *marks, len))
			continue;
		/* "Re[2]:", "Re^3:" */
		if (*p == '[' || *p == '(' || *p == '^') {
			p += 1 + strspn(p + 1, DIGITS);
			if (*p == ']' || *p == ')')
				p++;
		}
		p = skip_space(p);
		if (*p == ':')
			return skip_space(p + 1);
		if (g_str_has_prefix(p, "："))
			return skip_space(p + strlen("："));
	}
	return NULL;
}

static gboolean is_reply_text(const char *s)
{
	gboolean after_weak = FALSE;

	while (s) {
		if (skip_reply_mark(s, reply_marks) ||
		    (after_weak && *s == '['))
			return TRUE;
		s = skip_reply_mark(s, weak_reply_marks);
		after_weak = TRUE;
	}
	return FALSE;
}

/*
 * The bracket group at s, which begins with '[': returns what follows it and
 * sets [*in, *in_end) to what it holds.  Brackets nest; one that never ends
 * may have been closed by a second '[' ("[PATCH[ io_uring: ...").
 */
static const char *bracket_group(const char *s, const char **in,
				 const char **in_end)
{
	const char *p;
	int depth = 0;

	*in = s + 1;
	for (p = s; *p && p - s < MAX_BRACKET; p++) {
		if (*p == '[')
			depth++;
		else if (*p == ']' && !--depth)
			break;
	}
	if (*p != ']')	/* "[a [b] c": the first that closes, closes */
		p = memchr(s, ']', strnlen(s, MAX_BRACKET));
	if (!p) {
		p = strchr(s + 1, '[');
		if (!p || p - s > MAX_BRACKET ||
		    g_ascii_strncasecmp(s, "[PATCH", 6))
			return NULL;
	}
	*in_end = p;
	return p + 1;
}

/*
 * "PATCH" in a word, also with what is glued to it ("PATCHv2", "PATCHSET",
 * "RFC-PATCH", "PATCH/RFC"): returns what follows it, or NULL.
 */
static const char *find_patch(const char *word, gboolean *is_set)
{
	const char *p;

	for (p = word; *p; p++) {
		if (g_ascii_strncasecmp(p, "PATCH", 5) ||
		    (p > word && g_ascii_isalnum(p[-1])))
			continue;
		p += 5;
		if (!g_ascii_strncasecmp(p, "SET", 3))
			p += 3, *is_set = TRUE;
		else if (!g_ascii_strncasecmp(p, "BOMB", 4))
			p += 4, *is_set = TRUE;
		else if (!g_ascii_strncasecmp(p, "ES", 2))
			p += 2;
		if (!g_ascii_isalpha(*p) ||
		    (g_ascii_tolower(*p) == 'v' && g_ascii_isdigit(p[1])))
			return p;
	}
	return NULL;
}

/*
 * "v2", "V3", "v5.1", "v29.['hch@lst.de']": the version, or -1.  "v4.9.y" is a
 * stable tree.
 */
static int parse_version(const char *word)
{
	size_t n = g_ascii_tolower(*word) == 'v' ? strspn(word + 1, DIGITS) : 0;

	if (!n || n > MAX_DIGITS || g_ascii_isalnum(word[1 + n]) ||
	    g_str_has_suffix(word, ".y"))
		return -1;
	return atoi(word + 1);
}

/* "3/7", "012/345", also "2/3v4", with a version glued to it. */
static gboolean parse_number(const char *word, int *number, int *total,
			     int *version)
{
	size_t n = strspn(word, DIGITS), m;
	const char *of = word + n + 1;

	if (!n || n > MAX_DIGITS || word[n] != '/')
		return FALSE;
	m = strspn(of, DIGITS);
	if (!m || m > MAX_DIGITS)
		return FALSE;
	if (of[m] && (*version = parse_version(of + m)) < 0)
		return FALSE;
	*number = atoi(word);
	*total = atoi(of);
	return TRUE;
}

/* What the leading brackets say, all of them together. */
struct brackets {
	gboolean patch, report;
};

static void read_word(struct subject *out, struct brackets *say,
		      const char *word)
{
	const char *after = find_patch(word, &out->is_set);
	gboolean is_prefix;
	int version = -1;

	if (after) {
		say->patch = TRUE;
		/* the "v2" of "PATCHv2", the "RFC" of "RFC/PATCH" */
		version = parse_version(after);
		is_prefix = version < 0 &&
			    (*after || g_ascii_strncasecmp(word, "PATCH", 5));
	} else if (!g_ascii_strncasecmp(word, "RFCv", 4) &&
		   parse_version(word + 3) >= 0) {	/* "RFCv2" */
		version = parse_version(word + 3);
		g_ptr_array_add(out->prefixes, g_strndup(word, 3));
		is_prefix = FALSE;
	} else {
		is_prefix = !parse_number(word, &out->number, &out->total,
					  &version) &&
			    (version = parse_version(word)) < 0;
	}
	if (is_prefix) {
		/* "[tree:branch 3/7] file.c:12: warning": a build robot */
		if (strchr(word, ':'))
			say->report = TRUE;
		g_ptr_array_add(out->prefixes, g_strdup(word));
	}
	if (version >= 0) {
		out->version = version;
		out->is_versioned = TRUE;
	}
}

static void read_words(struct subject *out, struct brackets *say,
		       const char *s, const char *end)
{
	while (s < end) {
		size_t n = strchr(",;[]", *s) ? 1 : space_len(s);
		g_autofree char *word = NULL;
		const char *start = s;

		if (n) {
			s += n;
			continue;
		}
		while (s < end && !strchr(",;[]", *s) && !space_len(s))
			s++;
		word = g_strndup(start, s - start);
		read_word(out, say, word);
	}
}

void subject_parse(struct subject *out, const char *text)
{
	struct brackets say = { 0 };
	const char *p, *in, *in_end, *next;
	gboolean is_pull;

	memset(out, 0, sizeof(*out));
	out->text = normalize(text);
	out->prefixes = g_ptr_array_new_with_free_func(g_free);
	out->version = 1;
	out->number = out->total = -1;

	p = out->text;
	/* A Subject that was pasted with its field name. */
	while (!g_ascii_strncasecmp(p, "Subject:", 8))
		p = skip_space(p + 8);
	/* "PATCH] mmc: ...": the opening bracket is lost. */
	if (!g_ascii_strncasecmp(p, "PATCH", 5) &&
	    p[strcspn(p, "[]:")] == ']') {
		in_end = strchr(p, ']');
		read_words(out, &say, p, in_end);
		p = skip_space(in_end + 1);
	}
	while (*p == '[' && (next = bracket_group(p, &in, &in_end))) {
		/* "[Fwd: Re: [PATCH 3/7] a]"; few brackets have a colon */
		if (memchr(in, ':', in_end - in) || (*in & 0x80))
			out->is_reply |= is_reply_text(skip_space(in));
		read_words(out, &say, in, in_end);
		p = skip_space(next);
	}
	out->title = p;
	out->is_reply |= is_reply_text(p);

	is_pull = subject_has_prefix(out, "PULL");
	if (say.patch)
		out->is_patch = !is_pull || !subject_has_prefix(out, "GIT");
	else	/* "v2" or "3/7" alone: robots and pull requests have it, too */
		out->is_patch = (out->number >= 0 || out->is_versioned) &&
				!is_pull && !say.report;
	if (out->is_reply)
		out->is_patch = FALSE;
	out->needs_diff = !out->is_patch && !out->is_reply && !is_pull &&
			  !say.report && (subject_has_prefix(out, "RFC") ||
					  subject_has_prefix(out, "RESEND"));
}

unsigned subject_trailing_version(const char *title)
{
	const char *word = strrchr(title, ' ');
	g_autofree char *bare = word ? g_strdup(word) : NULL;
	int version;

	if (!bare)
		return 0;
	g_strstrip(g_strdelimit(bare, "()[],", ' '));
	version = parse_version(bare);
	return MAX(version, 0);
}

char *subject_title_key(const char *title)
{
	g_autofree char *folded = field_fold_case(title);
	char *in = folded, *out = folded;

	while (g_str_has_prefix(in, "subject:"))
		in = (char *)skip_space(in + strlen("subject:"));
	for (; *in; in++)
		if (g_ascii_isalnum(*in) || (*in & 0x80))
			*out++ = *in;
		else if (out > folded && out[-1] != ' ')
			*out++ = ' ';
	*out = '\0';
	return g_strchomp(g_steal_pointer(&folded));
}

static gboolean names_tree(const char *word)
{
	static const char *const others[] = {
		"RFC", "RESEND", "REPOST", "WIP", "DRAFT", "TEST", "EXTERNAL",
	};
	gboolean ignored;
	size_t i;

	if (find_patch(word, &ignored))		/* "RFC/PATCH" */
		return FALSE;
	if (!word[strspn(word, DIGITS "/")])	/* what is too long a number */
		return FALSE;
	for (i = 0; i < G_N_ELEMENTS(others); i++)
		if (!g_ascii_strncasecmp(word, others[i], strlen(others[i])) &&
		    !g_ascii_isalnum(word[strlen(others[i])]))
			return FALSE;
	return g_ascii_isalnum(*word) || (*word & 0x80);
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The wanted prefix words, or all: lower case, sorted, a space after each. */
static char *join_prefixes(const struct subject *subject,
			   gboolean (*is_wanted)(const char *word))
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	GString *out = g_string_new(NULL);
	guint i;

	for (i = 0; i < subject->prefixes->len; i++) {
		const char *word = subject->prefixes->pdata[i];

		if (!is_wanted || is_wanted(word))
			g_ptr_array_add(words, g_ascii_strdown(word, -1));
	}
	g_ptr_array_sort(words, compare_words);
	for (i = 0; i < words->len; i++)
		g_string_append_printf(out, "%s ", (char *)words->pdata[i]);
	return g_string_free(out, FALSE);
}

char *subject_prefix_key(const struct subject *subject)
{
	return join_prefixes(subject, NULL);
}

char *subject_tree(const struct subject *subject)
{
	return join_prefixes(subject, names_tree);
}

void subject_clear(struct subject *subject)
{
	g_free(subject->text);
	if (subject->prefixes)
		g_ptr_array_unref(subject->prefixes);
	memset(subject, 0, sizeof(*subject));
}

void subject_take_title(struct subject *subject, const char *text)
{
	struct subject other;

	subject_parse(&other, text);
	if (*other.title) {
		size_t brackets = subject->title - subject->text;
		g_autofree char *old = subject->text;

		subject->text = g_strdup_printf("%.*s%s", (int)brackets, old,
						other.title);
		subject->title = subject->text + brackets;
	}
	subject_clear(&other);
}

gboolean subject_has_prefix(const struct subject *subject, const char *word)
{
	guint i;

	for (i = 0; i < subject->prefixes->len; i++)
		if (!g_ascii_strcasecmp(subject->prefixes->pdata[i], word))
			return TRUE;
	return FALSE;
}

enum subject_guess subject_guess(const char *text)
{
	enum subject_guess guess = GUESS_OTHER;
	struct subject subject;

	text = skip_space(text);
	/* Most mails are replies, and need no closer look. */
	if (is_reply_text(text))
		return GUESS_REPLY;
	if (!*text || strstr(text, "=?"))
		return GUESS_UNKNOWN;
	if (*text != '[' && g_ascii_strncasecmp(text, "PATCH", 5) &&
	    g_ascii_strncasecmp(text, "Subject:", 8))
		return GUESS_OTHER;
	subject_parse(&subject, text);
	if (subject.is_reply)
		guess = GUESS_REPLY;
	else if (subject.is_patch || subject.needs_diff)
		guess = GUESS_UNKNOWN;
	subject_clear(&subject);
	return guess;
}

const char *subject_skip_reply_marks(const char *text)
{
	const char *next = text;

	for (text = NULL; next; next = skip_reply_mark(next, reply_marks))
		text = next;
	return text;
}

gboolean subject_is_reply(const char *text)
{
	return subject_guess(text) == GUESS_REPLY;
}
