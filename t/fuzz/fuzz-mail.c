/* A mail and all that is made of it, down to the patch. */
#include "fuzz.h"
#include "lib/patch.h"

void fuzz_setup(void)
{
	mail_setup();
}

void fuzz_one(const char *data, size_t size)
{
	struct mail mail;
	struct patch *patch;

	mail_parse(&mail, data, size);
	patch = patch_from_mail(&mail, TRUE);
	if (patch) {
		FUZZ_ASSERT(g_utf8_validate(patch->subject.text, -1, NULL));
		FUZZ_ASSERT(g_utf8_validate(patch->author.name, -1, NULL));
		FUZZ_ASSERT(g_utf8_validate(patch->author.addr, -1, NULL));
		FUZZ_ASSERT(!strpbrk(patch->subject.text, "\r\n"));
		FUZZ_ASSERT(!strpbrk(patch->author.name, "\r\n"));
		FUZZ_ASSERT(!strpbrk(patch->author.addr, "\r\n"));
		FUZZ_ASSERT(patch->body[patch->body_len] == '\0');
	}
	patch_free(patch);
	mail_clear(&mail);
}
