#include <string.h>
#include "screen/scrub.h"

size_t scrub_unsafe(const char *text, const char *end, unsigned *code)
{
	const unsigned char *s = (const unsigned char *)text;

	*code = *s;
	/* most text is ASCII, which needs no closer look */
	if (*s >= 0x20 && *s < 0x7f)
		return 0;
	if (*s < 0x20)
		return *s != '\t' && *s != '\n';
	if (*s == 0x7f)
		return 1;
	if (*s == 0xc2 && end - text >= 2 && s[1] < 0xa0) {
		*code = s[1];		/* "\302\200" is U+0080 */
		return 2;
	}
	if (*s == 0xe2 && end - text >= 3) {
		*code = 0x2000 | (s[1] & 0x3f) << 6 | (s[2] & 0x3f);
		if ((*code >= 0x202a && *code <= 0x202e) ||
		    (*code >= 0x2066 && *code <= 0x2069))
			return 3;
	}
	return 0;
}

void scrub_show(char *out, unsigned code)
{
	if (code < 0x80)
		snprintf(out, SCRUB_MAX, "^%c", code ^ 0x40);
	else
		snprintf(out, SCRUB_MAX, "<U+%04X>", code & 0xffff);
}

void scrub_write(FILE *out, const char *text, size_t len)
{
	const char *s = text, *end = s + len, *clean = s;

	while (s < end) {
		char shown[SCRUB_MAX];
		unsigned code;
		size_t n = scrub_unsafe(s, end, &code);

		if (!n) {
			s++;
			continue;
		}
		fwrite(clean, 1, s - clean, out);
		scrub_show(shown, code);
		fputs(shown, out);
		s += n;
		clean = s;
	}
	fwrite(clean, 1, s - clean, out);
}

void scrub_string(FILE *out, const char *s)
{
	scrub_write(out, s, strlen(s));
}
