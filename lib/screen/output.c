#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib.h>
#include "screen/output.h"
#include "screen/signals.h"

/* Linux follows no more links than these. */
#define MAX_LINKS 40

/*
 * Write to what a symbolic link points to, even if that is not there yet.
 * Returns -1 with errno set if links go in a circle.
 */
static int follow_links(struct output *output)
{
	int i;

	for (i = 0; i < MAX_LINKS; i++) {
		g_autofree char *target = g_file_read_link(output->path, NULL);
		g_autofree char *folder = g_path_get_dirname(output->path);

		if (!target)
			return 0;
		g_free(output->path);
		output->path = g_path_is_absolute(target) ? g_strdup(target) :
			       g_build_filename(folder, target, NULL);
	}
	errno = ELOOP;
	return -1;
}

static int open_temporary(struct output *output)
{
	g_autofree char *folder = NULL;
	struct stat st;
	mode_t mode = umask(0);
	int fd;

	umask(mode);
	mode = 0666 & ~mode;
	if (follow_links(output) < 0)
		return -1;
	/* no setuid bit: the new file is of another owner, maybe */
	if (!stat(output->path, &st))
		mode = st.st_mode & 0777;
	folder = g_path_get_dirname(output->path);
	output->temporary = g_build_filename(folder, ".git-digest-XXXXXX",
					     NULL);
	fd = signals_create_file(output->temporary);
	if (fd < 0)
		g_clear_pointer(&output->temporary, g_free);
	else
		fchmod(fd, mode);
	return fd;
}

/* Forget the file; after a failure also remove what was written. */
static void end(struct output *output, gboolean failed)
{
	if (failed && output->temporary)
		unlink(output->temporary);
	signals_keep_file(output->temporary);
	g_free(output->path);
	g_free(output->temporary);
}

void output_setup(void)
{
	int fd = open("/dev/null", O_RDWR);

	while (fd >= 0 && fd < 2)
		fd = dup(fd);
	if (fd > 2)
		close(fd);
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
	end(output, TRUE);
	return -1;
}

int output_close(struct output *output, char **err)
{
	gboolean failed = ferror(output->fp);

	errno = 0;
	if (fflush(output->fp))
		failed = TRUE;
	/* NFS and disk quotas may refuse what was written only now. */
	if (output->path && fclose(output->fp))
		failed = TRUE;
	if (!failed && output->temporary)
		failed = rename(output->temporary, output->path) < 0;
	if (failed)
		*err = g_strdup_printf("write failure on %s: %s",
				       output->path ? output->path :
				       "standard output", g_strerror(errno));
	end(output, failed);
	return failed ? -1 : 0;
}
