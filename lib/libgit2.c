#include <stdlib.h>
#include <git2.h>
#include <glib.h>
#include "libgit2.h"
#include "signals.h"

static gboolean begun;
static GThread *starter;	/* NULL before, and once it has ended */

static void *start(void *data)
{
	git_libgit2_init();
	/* As git: an object's checksum is fsck's business. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	/* Nothing is read twice. */
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
	return data;
}

static void shut_down(void)
{
	git_libgit2_shutdown();
}

void libgit2_start(void)
{
	if (begun)
		return;
	begun = TRUE;
	signals_block();
	starter = g_thread_new("libgit2", start, NULL);
	signals_unblock();
}

void libgit2_ready(void)
{
	libgit2_start();
	if (!starter)
		return;
	g_thread_join(g_steal_pointer(&starter));
	atexit(shut_down);
}
