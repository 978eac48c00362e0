/* What a text says became of patches. */
#include "fuzz.h"
#include "mail/message.h"
#include "mail/statements.h"

void fuzz_setup(void)
{
	message_setup();
}

void fuzz_one(const char *data, size_t size)
{
	struct statements says;
	guint i;

	statements_parse(&says, data, size);
	FUZZ_ASSERT(!says.numbers || says.numbers->len <= STATEMENTS_MAX);
	for (i = 0; says.items && i < says.items->len; i++) {
		const struct applied_item *item = says.items->pdata[i];

		FUZZ_ASSERT(!item->title || *item->title);
		FUZZ_ASSERT(!item->commit || strlen(item->commit) >= 7);
	}
	statements_clear(&says);
}
