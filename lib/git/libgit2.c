#include <git2.h>
#include "git/libgit2.h"

void libgit2_ready(void)
{
	static int is_ready;

	if (is_ready)
		return;
	is_ready = 1;
	git_libgit2_init();
	/* like git, leave it to "git fsck" to check objects' checksums */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	/* no object is read twice */
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
}
