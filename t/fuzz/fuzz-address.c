/* The value of a From field, or of a To field. */
#include "fuzz.h"
#include "mail/address.h"
#include "mail/message.h"

void fuzz_setup(void)
{
	message_setup();
}

void fuzz_one(const char *data, size_t size)
{
	g_autofree char *value = g_strndup(data, size);
	g_autoptr(GPtrArray) emails = g_ptr_array_new_with_free_func(g_free);
	struct address address;
	guint i;

	address_add_emails(emails, value);
	for (i = 0; i < emails->len; i++) {
		FUZZ_ASSERT(g_utf8_validate(emails->pdata[i], -1, NULL));
		FUZZ_ASSERT(strchr(emails->pdata[i], '@'));
	}
	if (address_parse(&address, value) < 0) {
		FUZZ_ASSERT(!address.name && !address.email);
		return;
	}
	FUZZ_ASSERT(*address.name && *address.email);
	FUZZ_ASSERT(g_utf8_validate(address.name, -1, NULL));
	FUZZ_ASSERT(g_utf8_validate(address.email, -1, NULL));
	FUZZ_ASSERT(!strpbrk(address.name, "\r\n"));
	FUZZ_ASSERT(!strpbrk(address.email, "\r\n"));
	address_clear(&address);
}
