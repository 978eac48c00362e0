#include <stdlib.h>
#include <string.h>
#include "mail/subject.h"

/* What leads a Subject in brackets is short; do not look for the end of more. */
#define MAX_BRACKET 500

/* "v2", "3/7": what has more digits than this is no version and no number. */
#define MAX_DIGITS 5

/*
 * Length of the white space at s, 0 if there is none.  Mailers and pasted
 * prefixes use U+00A0 and U+3000 for a blank.
 */
static size_t space_len(const char *s)
{
	if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
		return 1;
	if ((unsigned char)*s < 0x80)	/* nearly all of it */
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

static char *normalize(const char *text)
{
	GString *out = g_string_new(NULL);
	const char *p = skip_space(text);

	while (*p) {
		if (*p == ' ' || (*p >= '\t' && *p <= '\r')) {
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
	"\345\233\236\345\244\215",	/* 回复 */
	"\345\233\236\350\246\206",	/* 回覆 */
	"\347\255\224\345\244\215",	/* 答复 */
	"\347\255\224\350\246\206",	/* 答覆 */
	"\350\275\254\345\217\221",	/* 转发 */
	"\350\275\211\345\257\204",	/* 轉寄 */
	"\350\277\224\344\277\241",	/* 返信 */
	NULL
};

/* The same, but also names of subsystems ("rv: add a monitor"). */
static const char *const weak_reply_marks[] = {
	"Sv", "Vs", "Rif", "R", "Ynt", "Fw", "Wg", "Tr", "Rv", "Enc", "Pd",
	NULL
};

/* What follows the mark that s begins with, or NULL. */
static const char *skip_reply_mark(const char *s, const char *const *marks)
{
	for (; *marks; marks++) {
		size_t len = strlen(*marks);
		const char *p = s + len;

		if (g_ascii_strncasecmp(s, *marks, len))
			continue;
		/* "Re[2]:", "Re^3:" */
		if (*p == '[' || *p == '(' || *p == '^') {
			p++;
			p += strspn(p, "0123456789");
			if (*p == ']' || *p == ')')
				p++;
		}
		p = skip_space(p);
		if (*p == ':')
			return skip_space(p + 1);
		if (g_str_has_prefix(p, "\357\274\232"))	/* ： */
			return skip_space(p + 3);
	}
	return NULL;
}

static gboolean is_reply_text(const char *s)
{
	const char *rest;

	if (skip_reply_mark(s, reply_marks))
		return TRUE;
	rest = skip_reply_mark(s, weak_reply_marks);
	return rest && (*rest == '[' || is_reply_text(rest));
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
 * "PATCH", also with what is glued to it ("PATCHv2", "PATCHSET", "RFC-PATCH",
 * "PATCH/RFC"): returns what follows the word in [s, end), or NULL.
 */
static const char *find_patch_word(const char *s, const char *end)
{
	const char *p;

	for (p = s; end - p >= 5; p++) {
		if (g_ascii_strncasecmp(p, "PATCH", 5) ||
		    (p > s && g_ascii_isalnum(p[-1])))
			continue;
		p += 5;
		if (end - p >= 3 && !g_ascii_strncasecmp(p, "SET", 3))
			p += 3;
		else if (end - p >= 2 && !g_ascii_strncasecmp(p, "ES", 2))
			p += 2;
		if (p == end || !g_ascii_isalpha(*p) ||
		    ((*p == 'v' || *p == 'V') && p + 1 < end &&
		     g_ascii_isdigit(p[1])))
			return p;
	}
	return NULL;
}

static size_t digits(const char *s, const char *end)
{
	size_t n = 0;

	while (s + n < end && g_ascii_isdigit(s[n]))
		n++;
	return n;
}

/* "v2", "V3", "v5.1", "v29.['hch@lst.de']": the version, or -1. */
static int parse_version(const char *s, const char *end)
{
	size_t n;

	if (s == end || (*s != 'v' && *s != 'V'))
		return -1;
	s++;
	n = digits(s, end);
	if (!n || n > MAX_DIGITS || (s + n < end && g_ascii_isalnum(s[n])))
		return -1;
	return atoi(s);
}

/* "3/7", "012/345", also "2/3v4", with a version glued to it. */
static gboolean parse_number(const char *s, const char *end, int *number,
			     int *total, int *version)
{
	size_t n = digits(s, end), m;
	const char *of = s + n + 1, *rest;

	if (!n || n > MAX_DIGITS || s + n == end || s[n] != '/')
		return FALSE;
	m = digits(of, end);
	if (!m || m > MAX_DIGITS)
		return FALSE;
	rest = of + m;
	if (rest != end) {
		int v = parse_version(rest, end);

		if (v < 0)
			return FALSE;
		*version = v;
	}
	*number = atoi(s);
	*total = atoi(of);
	return TRUE;
}

/* What the leading brackets say, all of them together. */
struct brackets {
	gboolean patch, pull, report, numbered, versioned;
};

static void read_word(struct subject *out, struct brackets *say,
		      const char *s, const char *end)
{
	const char *after = find_patch_word(s, end);
	int version = -1;

	if (after) {
		say->patch = TRUE;
		/* the "v2" of "PATCHv2", the "RFC" of "RFC/PATCH" */
		if (after < end && parse_version(after, end) >= 0) {
			out->version = parse_version(after, end);
			say->versioned = TRUE;
		} else if (after < end || g_ascii_strncasecmp(s, "PATCH", 5)) {
			g_ptr_array_add(out->prefixes, g_strndup(s, end - s));
		}
		return;
	}
	if (parse_number(s, end, &out->number, &out->total, &version)) {
		say->numbered = TRUE;
	} else if ((version = parse_version(s, end)) < 0) {
		char *word = g_strndup(s, end - s);

		if (!g_ascii_strcasecmp(word, "PULL"))
			say->pull = TRUE;
		/* "[tree:branch 3/7] file.c:12: warning": a build robot */
		if (strchr(word, ':'))
			say->report = TRUE;
		g_ptr_array_add(out->prefixes, word);
	}
	if (version >= 0) {
		out->version = version;
		say->versioned = TRUE;
	}
}

static void read_words(struct subject *out, struct brackets *say,
		       const char *s, const char *end)
{
	while (s < end) {
		const char *start;
		size_t n;

		if (*s == ',' || *s == ';' || *s == '[' || *s == ']') {
			s++;
			continue;
		}
		if ((n = space_len(s))) {
			s += n;
			continue;
		}
		for (start = s; s < end && !space_len(s) && !strchr(",;[]", *s);)
			s++;
		read_word(out, say, start, s);
	}
}

void subject_parse(struct subject *out, const char *text)
{
	struct brackets say = { 0 };
	const char *p, *in, *in_end, *next;

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
		read_words(out, &say, in, in_end);
		p = skip_space(next);
	}
	out->title = p;
	out->is_reply = is_reply_text(p);
	/*
	 * A bracket without the word PATCH says it by "v2" or "3/7" alone, but
	 * so do robots' reports and the parts of a pull request.
	 */
	if (say.patch)
		out->is_patch = !say.pull ||
				!subject_has_prefix(out, "GIT");
	else
		out->is_patch = (say.numbered || say.versioned) &&
				!say.pull && !say.report;
	if (out->is_reply)
		out->is_patch = FALSE;
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
		char *joined = g_strdup_printf("%.*s%s", (int)brackets,
					       subject->text, other.title);

		g_free(subject->text);
		subject->text = joined;
		subject->title = joined + brackets;
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

	/* most mails are replies: tell them without a closer look */
	if (is_reply_text(skip_space(text)))
		return GUESS_REPLY;
	if (!*skip_space(text) || strstr(text, "=?"))
		return GUESS_UNKNOWN;
	subject_parse(&subject, text);
	if (subject.is_reply)
		guess = GUESS_REPLY;
	else if (subject.is_patch)
		guess = GUESS_UNKNOWN;
	subject_clear(&subject);
	return guess;
}
