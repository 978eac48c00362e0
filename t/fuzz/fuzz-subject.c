/* The brackets of a Subject. */
#include "fuzz.h"
#include "mail/subject.h"

void fuzz_setup(void)
{
}

void fuzz_one(const char *data, size_t size)
{
	g_autofree char *text = g_strndup(data, size);
	struct subject subject;

	subject_parse(&subject, text);
	FUZZ_ASSERT(subject.title >= subject.text);
	FUZZ_ASSERT(subject.title <= subject.text + strlen(subject.text));
	FUZZ_ASSERT(!subject.is_patch || !subject.is_reply);
	FUZZ_ASSERT((subject.number < 0) == (subject.total < 0));
	if (subject.is_patch)
		FUZZ_ASSERT(subject_guess(text) == GUESS_UNKNOWN);
	subject_clear(&subject);
}
