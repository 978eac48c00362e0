#include <sys/resource.h>
#include <git2.h>
#include "git/libgit2.h"

/* How many descriptors are for other things than packs, at least. */
#define RESERVE 32

size_t libgit2_max_packs(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur <= RESERVE)
		return 1;
	return (limit.rlim_cur - RESERVE + 1) / 2;
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
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_FILE_LIMIT, libgit2_max_packs());
	/* no object is read twice */
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
}
