#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <glib.h>
#include "git/children.h"
#include "screen/signals.h"

/* The handler reads them; so they change only while signals are blocked. */
volatile pid_t signals_pager;
static GPtrArray *files;	/* char *, borrowed; NULL until there is one */

int signals_wait_for_pager(void)
{
	int status = 0;

	if (!signals_pager)
		return 0;
	/* These are all copies of the pipe: the pager sees its end. */
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	while (waitpid(signals_pager, &status, 0) < 0 && errno == EINTR)
		;
	signals_pager = 0;
	return status ? -1 : 0;
}

void signals_remove_files(void)
{
	guint i;

	for (i = 0; files && i < files->len; i++)
		unlink(files->pdata[i]);
}

void signals_clean_up(void)
{
	signals_remove_files();
	children_end();
	signals_wait_for_pager();
}

static void handle_signal(int signo)
{
	signals_clean_up();
	signal(signo, SIG_DFL);
	raise(signo);
}

void signals_setup(void)
{
	size_t i;

	/* Whoever started this process may have ignored or blocked these. */
	signal(SIGPIPE, SIG_DFL);
	/* A process that ignores SIGCHLD is not told how its children end. */
	signal(SIGCHLD, SIG_DFL);
	/* A file that grows beyond ulimit -f is then an error of write(2). */
	signal(SIGXFSZ, SIG_IGN);
	children_unblock_signals();
	for (i = 0; children_signals[i]; i++) {
		struct sigaction action = { .sa_handler = handle_signal }, old;

		/* what nohup(1) or "&" in a shell ignores stays ignored */
		if (!sigaction(children_signals[i], NULL, &old) &&
		    old.sa_handler == SIG_IGN)
			continue;
		sigaction(children_signals[i], &action, NULL);
	}
}

int signals_create_file(char *path)
{
	gboolean any_name = g_str_has_suffix(path, "XXXXXX");
	int fd;

	/* No signal may come after the file is made, but before it is known. */
	children_block_signals();
	fd = any_name ? mkstemp(path) :
	     open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd >= 0) {
		if (!files)
			files = g_ptr_array_new();
		g_ptr_array_add(files, path);
	}
	children_unblock_signals();
	return fd;
}

void signals_keep_file(const char *path)
{
	children_block_signals();
	if (files)
		g_ptr_array_remove_fast(files, (char *)path);
	children_unblock_signals();
}
