#include <string.h>
#include "mail/utf8.h"

size_t utf8_ascii_length(const char *s, size_t len)
{
	const guint64 high = 0x8080808080808080, low = 0x0101010101010101;
	size_t i = 0;
	guint64 word;

	/* Eight bytes at once: none has its high bit set, and none is 0. */
	for (; i + sizeof(word) <= len; i += sizeof(word)) {
		memcpy(&word, s + i, sizeof(word));
		if ((word | (word - low)) & high)
			break;
	}
	while (i < len && (signed char)s[i] > 0)
		i++;
	return i;
}

char *utf8_fold_case(const char *s)
{
	size_t len = strlen(s);

	return utf8_ascii_length(s, len) == len ? g_ascii_strdown(s, len) :
	       g_utf8_casefold(s, len);
}
