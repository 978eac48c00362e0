/* A mail and all that is made of it, down to the patch. */
#include <string.h>
#include "fuzz.h"
#include "digest/patch.h"

void fuzz_setup(void)
{
	message_setup();
}

void fuzz_one(const char *data, size_t size)
{
	struct message mail;
	struct patch *patch, *short_of_diff;

	message_parse(&mail, data, size, FALSE);
	short_of_diff = patch_from_message(&mail, FALSE);
	message_clear(&mail);
	message_parse(&mail, data, size, TRUE);
	patch = patch_from_message(&mail, TRUE);
	FUZZ_ASSERT(!patch == !short_of_diff);
	if (patch) {
		FUZZ_ASSERT(g_utf8_validate(patch->subject.text, -1, NULL));
		FUZZ_ASSERT(g_utf8_validate(patch->author.name, -1, NULL));
		FUZZ_ASSERT(g_utf8_validate(patch->author.email, -1, NULL));
		FUZZ_ASSERT(!strpbrk(patch->subject.text, "\r\n"));
		FUZZ_ASSERT(!strpbrk(patch->author.name, "\r\n"));
		FUZZ_ASSERT(!strpbrk(patch->author.email, "\r\n"));
		FUZZ_ASSERT(patch->body[patch->body_len] == '\0');
		FUZZ_ASSERT(short_of_diff->body_len == patch->body_len);
		FUZZ_ASSERT(!memcmp(short_of_diff->body, patch->body,
				    patch->body_len));
	}
	patch_free(short_of_diff);
	patch_free(patch);
	message_clear(&mail);
}
