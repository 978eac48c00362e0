#include <limits.h>
#include <string.h>
#include "screen/columns.h"
#include "screen/scrub.h"

#define CUT ".."

/* Some terminals make the character before this one wide. */
#define EMOJI_STYLE 0xfe0f

static unsigned width_of(gunichar c, unsigned before)
{
	if (c == EMOJI_STYLE)
		return before == 1;
	return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

/*
 * Add what is shown of text, up to max columns, to out, which may be NULL.
 * Returns the columns; *whole says whether all of it is shown.
 */
static unsigned show(GString *out, const char *text, unsigned max,
		     gboolean *whole)
{
	const char *end = text + strlen(text), *next;
	unsigned columns = 0, before = 0;

	for (; text < end; text = next) {
		char safe[SCRUB_MAX] = " ";
		unsigned code, width;
		size_t unsafe = scrub_unsafe(text, end, &code);

		next = unsafe ? text + unsafe : g_utf8_next_char(text);
		if (unsafe)
			scrub_show(safe, code);
		if (unsafe || *text == '\t' || *text == '\n')
			width = strlen(safe);
		else
			width = width_of(g_utf8_get_char(text), before);
		if (columns + width > max)
			break;
		columns += width;
		before = width;
		if (out && (unsafe || *text == '\t' || *text == '\n'))
			g_string_append(out, safe);
		else if (out)
			g_string_append_len(out, text, next - text);
	}
	*whole = text == end;
	return columns;
}

unsigned columns_of(const char *text)
{
	gboolean whole;

	return show(NULL, text, UINT_MAX / 2, &whole);
}

char *columns_fit(const char *text, unsigned max)
{
	GString *out = g_string_new(NULL);
	gboolean whole;

	show(out, text, max, &whole);
	if (!whole && max >= strlen(CUT)) {
		g_string_truncate(out, 0);
		show(out, text, max - strlen(CUT), &whole);
		g_string_append(out, CUT);
	}
	return g_string_free(out, FALSE);
}
