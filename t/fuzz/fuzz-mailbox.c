/* The value of a From field. */
#include "fuzz.h"
#include "lib/mail.h"

void fuzz_setup(void)
{
	mail_setup();
}

void fuzz_one(const char *data, size_t size)
{
	g_autofree char *value = g_strndup(data, size);
	struct mailbox mailbox;

	if (mail_parse_mailbox(&mailbox, value) < 0) {
		FUZZ_ASSERT(!mailbox.name && !mailbox.addr);
		return;
	}
	FUZZ_ASSERT(*mailbox.name && *mailbox.addr);
	FUZZ_ASSERT(g_utf8_validate(mailbox.name, -1, NULL));
	FUZZ_ASSERT(g_utf8_validate(mailbox.addr, -1, NULL));
	FUZZ_ASSERT(!strpbrk(mailbox.name, "\r\n"));
	FUZZ_ASSERT(!strpbrk(mailbox.addr, "\r\n"));
	mailbox_clear(&mailbox);
}
