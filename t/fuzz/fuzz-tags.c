/* The tags in a text. */
#include "fuzz.h"
#include "mail/tags.h"

void fuzz_setup(void)
{
}

void fuzz_one(const char *data, size_t size)
{
	g_autoptr(GPtrArray) tags = tags_parse(data, size, size % 2);
	guint i;

	FUZZ_ASSERT(tags->len <= TAGS_MAX);
	for (i = 0; i < tags->len; i++) {
		const struct tag *tag = tags->pdata[i];

		FUZZ_ASSERT(g_str_has_suffix(tag->name, "-by"));
		FUZZ_ASSERT(*tag->person.email && *tag->person.name);
	}
}
