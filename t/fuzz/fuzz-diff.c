/* The diffs in a text. */
#include "fuzz.h"
#include "mail/diff.h"

void fuzz_setup(void)
{
}

/* Each copy begins with a diff, and a copy of a copy does not grow. */
void fuzz_one(const char *data, size_t size)
{
	g_autoptr(GString) once = g_string_new(NULL);
	g_autoptr(GString) twice = g_string_new(NULL);
	g_autoptr(GString) bare = g_string_new(NULL);

	diff_copy(once, data, size);
	diff_copy(twice, once->str, once->len);
	diff_copy_bare(bare, data, size);
	FUZZ_ASSERT(twice->len <= 4 * once->len + 100);
	FUZZ_ASSERT(!once->len || strstr(once->str, "diff --git "));
}
