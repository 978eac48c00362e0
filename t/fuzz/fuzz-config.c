/* The YAML file of a list. */
#include <stdio.h>
#include <unistd.h>
#include "fuzz.h"
#include "mail/message.h"
#include "settings/config.h"

static char path[] = "/tmp/fuzz-config.XXXXXX";

static void remove_file(void)
{
	unlink(path);
}

void fuzz_setup(void)
{
	message_setup();
	close(mkstemp(path));
	atexit(remove_file);
}

void fuzz_one(const char *data, size_t size)
{
	FILE *file = fopen(path, "w");
	struct config config;
	char *err = NULL;

	fwrite(data, 1, size, file);
	fclose(file);
	config_init(&config);
	if (config_read(&config, path, &err) < 0) {
		FUZZ_ASSERT(err && *err);
		/* one line, with the place in the file */
		FUZZ_ASSERT(g_str_has_prefix(err, path) ||
			    g_str_has_prefix(err, "'"));
	} else {
		FUZZ_ASSERT(!err);
	}
	g_free(err);
	config_clear(&config);
}
