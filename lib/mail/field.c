#include <string.h>
#include <gmime/gmime.h>
#include "mail/field.h"

/* Trim s in place, and make each run of white space one space. */
static char *collapse_space(char *s)
{
	char *in, *out = s;

	for (in = s; *in; in++)
		if (*in != ' ' && (*in < '\t' || *in > '\r'))
			*out++ = *in;
		else if (out > s && out[-1] != ' ')
			*out++ = ' ';
	if (out > s && out[-1] == ' ')
		out--;
	*out = '\0';
	return s;
}

char *field_clean(const char *s, gssize len)
{
	return collapse_space(g_utf8_make_valid(s ? s : "", s ? len : 0));
}

/*
 * Is the encoded word (RFC 2047 §2) at s in base64, "=?charset?B?w6k=?="?
 * Returns what follows it, and sets *base64 to the "w6k=?=" in it; or NULL.
 */
static const char *base64_word(const char *s, const char **base64)
{
	const char *p = s + 2 + strcspn(s + 2, "? ");

	if (g_ascii_strncasecmp(p, "?B?", 3))
		return NULL;
	*base64 = p + 3;
	p = *base64 + strspn(*base64, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/=");
	return g_str_has_prefix(p, "?=") ? p + 2 : NULL;
}

static void append_quoted(GString *out, const char *base64, size_t len)
{
	/* some mailers leave out the padding; too much of it does no harm */
	g_autofree char *padded = g_strdup_printf("%.*s===", (int)len, base64);
	gsize n, i;
	g_autofree guchar *bytes = g_base64_decode(padded, &n);

	for (i = 0; i < n; i++)
		g_string_append_printf(out, "=%02X", bytes[i]);
}

char *field_prepare(const char *value)
{
	g_autofree char *unfolded = collapse_space(g_strdup(value));
	GString *out = g_string_new(NULL);
	const char *s = unfolded, *word, *base64, *end;

	while ((word = strstr(s, "=?"))) {
		end = base64_word(word, &base64);
		if (end) {
			/* "=?charset?", without the "B?" */
			g_string_append_len(out, s, base64 - 2 - s);
			g_string_append(out, "Q?");
			append_quoted(out, base64, end - 2 - base64);
			g_string_append(out, "?=");
		} else {
			end = word + 1;
			g_string_append_len(out, s, end - s);
		}
		s = end;
	}
	g_string_append(out, s);
	return g_string_free(out, FALSE);
}

char *field_decode(const char *value)
{
	g_autofree char *words = NULL;
	g_autofree char *text = NULL;

	/* most values have nothing in them to decode */
	if (!strstr(value, "=?") && g_str_is_ascii(value))
		return collapse_space(g_strdup(value));
	words = field_prepare(value);
	text = g_mime_utils_header_decode_text(NULL, words);
	return field_clean(text, -1);
}

char *field_fold_case(const char *s)
{
	return g_str_is_ascii(s) ? g_ascii_strdown(s, -1) :
	       g_utf8_casefold(s, -1);
}
