#include <sys/resource.h>
#include <git2.h>
#include "git/libgit2.h"

/* How many descriptors are for other things than packs, at least. */
#define RESERVE 32

/* Else libgit2 opens all packs that there are, and each keeps a descriptor. */
static void limit_open_packs(void)
{
	struct rlimit limit;
	size_t packs = 1;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return;
	if (limit.rlim_cur > RESERVE)
		packs = (limit.rlim_cur - RESERVE + 1) / 2;
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_FILE_LIMIT, packs);
}

void libgit2_ready(void)
{
	static int is_ready;

	if (is_ready)
		return;
	is_ready = 1;
	git_libgit2_init();
	/* like git, leave it to "git fsck" to check objects' checksums */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	limit_open_packs();
	/* no object is read twice */
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
}
