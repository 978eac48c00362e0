/* The brackets of a Subject. */
#include "fuzz.h"
#include "mail/subject.h"

void fuzz_setup(void)
{
}

void fuzz_one(const char *data, size_t size)
{
	g_autofree char *text = g_strndup(data, size);
	g_autofree char *key = NULL;
	g_autofree char *tree = NULL;
	struct subject subject;

	subject_parse(&subject, text);
	FUZZ_ASSERT(subject.title >= subject.text);
	FUZZ_ASSERT(subject.title <= subject.text + strlen(subject.text));
	FUZZ_ASSERT(!subject.is_patch || !subject.is_reply);
	FUZZ_ASSERT((subject.number < 0) == (subject.total < 0));
	FUZZ_ASSERT(subject.is_reply || !subject_is_reply(text));
	FUZZ_ASSERT(!subject.needs_diff || !subject.is_patch);
	/* any bytes may be a Subject, but titles are of what was decoded */
	if (g_utf8_validate(subject.title, -1, NULL))
		key = subject_title_key(subject.title);
	tree = subject_tree(&subject);
	subject_trailing_version(subject.title);
	subject_clear(&subject);
}
