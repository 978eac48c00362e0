/* What a text asks to pull. */
#include "fuzz.h"
#include "mail/pull.h"

void fuzz_setup(void)
{
}

void fuzz_one(const char *data, size_t size)
{
	struct pull pull;

	if (pull_parse(&pull, data, size))
		FUZZ_ASSERT(*pull.url);
	FUZZ_ASSERT(!pull.commit || strlen(pull.commit) >= 7);
	pull_clear(&pull);
}
