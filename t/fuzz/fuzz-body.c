/* The parts of a text. */
#include "fuzz.h"
#include "mail/body.h"

void fuzz_setup(void)
{
}

static void ignore_path(const char *path, void *data)
{
	(void)data;
	FUZZ_ASSERT(path);
}

void fuzz_one(const char *data, size_t size)
{
	struct body body;

	body_parse(&body, data, size);
	FUZZ_ASSERT(body.start <= body.end && body.end <= size);
	if (body.older)
		for (guint i = 0; i < body.older->len; i++) {
			struct older_version *older = body.older->pdata[i];

			FUZZ_ASSERT(older->version && *older->message_id);
		}
	body_clear(&body);
	body_each_path(data, size, ignore_path, NULL);
}
