#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib.h>
#include "screen/signals.h"
#include "screen/output.h"

/* More links than a kernel would follow. */
#define MAX_LINKS 40

/* Behind a symbolic link, replace what it points to, be it there or not. */
static void follow_links(struct output *output)
{
	int i;

	for (i = 0; i < MAX_LINKS; i++) {
		g_autofree char *target = g_file_read_link(output->path, NULL);
		g_autofree char *folder = g_path_get_dirname(output->path);

		if (!target)
			return;
		g_free(output->path);
		output->path = g_path_is_absolute(target) ? g_strdup(target) :
			       g_build_filename(folder, target, NULL);
	}
}

static int open_temporary(struct output *output)
{
	g_autofree char *folder = NULL;
	struct stat st;
	mode_t mode = umask(0);
	int fd;

	umask(mode);
	mode = 0666 & ~mode;
	follow_links(output);
	if (!stat(output->path, &st))
		mode = st.st_mode & 07777;
	folder = g_path_get_dirname(output->path);
	output->temporary = g_build_filename(folder, ".git-digest-XXXXXX",
					     NULL);
	fd = signals_create_file(output->temporary);
	if (fd >= 0)
		fchmod(fd, mode);
	return fd;
}

int output_open(struct output *output, const char *path, char **err)
{
	struct stat st;
	int fd;

	memset(output, 0, sizeof(*output));
	if (!path) {
		output->fp = stdout;
		return 0;
	}
	output->path = g_strdup(path);
	if (!stat(path, &st) && !S_ISREG(st.st_mode))
		fd = open(path, O_WRONLY);
	else
		fd = open_temporary(output);
	output->fp = fd < 0 ? NULL : fdopen(fd, "w");
	if (output->fp)
		return 0;
	*err = g_strdup_printf("cannot create '%s': %s", path,
			       g_strerror(errno));
	if (fd >= 0)
		close(fd);
	if (fd >= 0 && output->temporary)
		unlink(output->temporary);
	signals_keep_file();
	g_free(output->path);
	g_free(output->temporary);
	return -1;
}

int output_close(struct output *output, char **err)
{
	const char *name = output->path ? output->path : "standard output";
	gboolean failed = ferror(output->fp);

	if (fflush(output->fp))
		failed = TRUE;
	/* Some file systems tell only when the last of it is closed. */
	if (output->path && fclose(output->fp))
		failed = TRUE;
	if (!failed && output->temporary &&
	    rename(output->temporary, output->path))
		failed = TRUE;
	if (failed)
		*err = g_strdup_printf("write failure on %s: %s", name,
				       g_strerror(errno));
	if (failed && output->temporary)
		unlink(output->temporary);
	signals_keep_file();
	g_free(output->path);
	g_free(output->temporary);
	return failed ? -1 : 0;
}
