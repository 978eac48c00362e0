#include <stdlib.h>
#include <git2.h>
#include "git/libgit2.h"

static void shut_down(void)
{
	git_libgit2_shutdown();
}

void libgit2_ready(void)
{
	static int is_ready;

	if (is_ready)
		return;
	is_ready = 1;
	git_libgit2_init();
	atexit(shut_down);
	/* As git: an object's checksum is fsck's business. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	/* Nothing is read twice. */
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
}
