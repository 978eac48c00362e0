#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include "git/epochs.h"
#include "git/file.h"
#include "git/git.h"
#include "git/history.h"
#include "git/objects.h"
#include "screen/signals.h"
#include "source/marks.h"

/* A larger file is no mark. */
#define MAX_SIZE (64 * 1024)

struct marks {
	const struct repository *repository;
	char *path, *temporary;
	gboolean is_written;	/* is there a temporary file? */
	int lock;		/* a descriptor: the lock ends with the process,
				   however that ends */
};

int marks_check_name(const char *name, char **err)
{
	if (*name && *name != '.' &&
	    !name[strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS
			 "._-")] &&
	    !g_str_has_suffix(name, ".lock") && !g_str_has_suffix(name, ".new"))
		return 0;
	*err = g_strdup_printf("'%s' is no name for a mark; it may have "
			       "letters, digits, '.', '_' and '-'", name);
	return -1;
}

/* "<inbox>/digest", or the same in the git directory of a single mirror */
static char *find_folder(const struct repository *repository)
{
	g_autofree char *inbox = epochs_find_inbox(repository->common_dir);

	return g_build_filename(inbox ? inbox : repository->common_dir,
				"digest", NULL);
}

char *marks_path(const struct repository *repository, const char *name)
{
	g_autofree char *folder = find_folder(repository);

	return g_build_filename(folder, name, NULL);
}

/* "<epoch> <commit> <seconds>" */
static gboolean read_line(struct mark *out, const char *line)
{
	char commit[HEX_ID_LEN + 1];
	struct mark mark;
	char end;

	if (sscanf(line, "%u %40s %" G_GINT64_FORMAT "%c", &mark.epoch, commit,
		   &mark.time, &end) != 3 || !objects_is_id(commit))
		return FALSE;
	memcpy(mark.commit, commit, sizeof(commit));
	*out = mark;
	return TRUE;
}

int marks_read(struct mark *out, const struct repository *repository,
	       const char *name, char **err)
{
	g_autofree char *path = marks_path(repository, name);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	struct mark mark;
	struct stat st;
	char **line;
	size_t len;
	int there = file_stat(&st, path, err);
	gboolean any = FALSE;

	if (there <= 0)
		return there;
	if (file_read(&text, &len, path, MAX_SIZE, err) < 0)
		return -1;
	lines = g_strsplit(text, "\n", -1);
	for (line = lines; *line && **line; line++) {
		if (!read_line(&mark, *line))
			break;
		if (!any || mark.epoch > out->epoch)
			*out = mark;
		any = TRUE;
	}
	if (any && !**line)
		return 1;
	*err = g_strdup_printf("'%s' is no mark of git digest; if it is "
			       "removed, the digest is of the last seven days",
			       path);
	return -1;
}

/* The epoch of a mark; NULL if there are no several, or it is none of them. */
static const struct epoch *epoch_of(const struct mark *mark,
				    const struct repository *repository)
{
	guint i;

	for (i = 0; repository->epochs && i < repository->epochs->len; i++) {
		const struct epoch *epoch = repository->epochs->pdata[i];

		if (epoch->number == mark->epoch)
			return epoch;
	}
	return NULL;
}

gboolean marks_is_there(const struct mark *mark,
			const struct repository *repository)
{
	const struct epoch *epoch = epoch_of(mark, repository);
	g_autofree char *answer = git_ask(epoch ? epoch->folder :
					  repository->folder, NULL,
					  "merge-base", "--is-ancestor",
					  mark->commit,
					  epoch ? epoch->tip : "HEAD", NULL);

	return answer != NULL;
}

/* Add how many commits a range of a folder has. */
static int count(unsigned long *nr, const char *folder, const char *range,
		 char **err)
{
	g_autofree char *answer = git_ask(folder, err, "rev-list", "--count",
					  range, "--", NULL);

	*nr += answer ? strtoul(answer, NULL, 10) : 0;
	return answer ? 0 : -1;
}

int marks_count_since(unsigned long *nr, const struct mark *mark,
		      const struct repository *repository, char **err)
{
	const struct epoch *own = epoch_of(mark, repository);
	g_autofree char *range = g_strdup_printf("%s..%s", mark->commit,
						 own ? own->tip : "HEAD");
	int ret = -1;
	guint i;

	*nr = 0;
	if (marks_is_there(mark, repository))
		ret = count(nr, own ? own->folder : repository->folder, range,
			    err);
	else
		*err = g_strdup("the commit of the mark is gone, as the mirror "
				"was rewritten");
	for (i = 0; !ret && own && i < repository->epochs->len; i++) {
		const struct epoch *epoch = repository->epochs->pdata[i];

		if (epoch->number > mark->epoch)
			ret = count(nr, epoch->folder, epoch->tip, err);
	}
	return ret;
}

static void marks_free(struct marks *marks)
{
	if (marks->is_written) {
		unlink(marks->temporary);
		signals_keep_file(marks->temporary);
	}
	if (marks->lock >= 0)
		close(marks->lock);
	g_free(marks->path);
	g_free(marks->temporary);
	g_free(marks);
}

static int fail(struct marks *marks, const char *what, const char *path,
		char **err)
{
	*err = g_strdup_printf("--mark: cannot %s '%s': %s", what, path,
			       g_strerror(errno));
	marks_free(marks);
	return -1;
}

int marks_open(struct marks **out, const struct repository *repository,
	       const char *name, char **err)
{
	g_autofree char *folder = find_folder(repository);
	struct marks *marks = g_new0(struct marks, 1);
	g_autofree char *lock = NULL;
	struct stat st;
	int there;

	marks->repository = repository;
	marks->path = marks_path(repository, name);
	marks->temporary = g_strconcat(marks->path, ".new", NULL);
	lock = g_strconcat(marks->path, ".lock", NULL);
	marks->lock = -1;	/* none yet */
	there = file_stat_link(&st, marks->path, err);
	if (there > 0 && S_ISDIR(st.st_mode))
		*err = g_strdup_printf("--mark: '%s' is a folder", marks->path);
	if (*err) {
		marks_free(marks);
		return -1;
	}
	if (mkdir(folder, 0777) < 0 && errno != EEXIST)
		return fail(marks, "make the folder", folder, err);
	marks->lock = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (marks->lock < 0)
		return fail(marks, "create", lock, err);
	if (flock(marks->lock, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK)
			return fail(marks, "lock", lock, err);
		*err = g_strdup_printf("--mark: another git digest is about to "
				       "move the mark '%s'; wait until it has "
				       "ended", name);
		marks_free(marks);
		return -1;
	}
	*out = marks;
	return 0;
}

/* That of the only epoch, and 0 for a mirror that is in no inbox. */
static unsigned own_number(const struct repository *repository)
{
	g_autofree char *base = g_path_get_basename(repository->common_dir);

	return MAX(epochs_number(base), 0);
}

/* The text of the mark. */
static char *describe(const struct repository *repository, const char *tip,
		      char **err)
{
	GString *text = g_string_new(NULL);
	guint i = 0;

	do {
		const struct epoch *epoch = repository->epochs ?
					    repository->epochs->pdata[i] : NULL;
		const char *commit = i ? epoch->tip : tip;
		g_autofree char *time = history_date(repository, commit, "%ct",
						     err);

		if (!time)
			break;
		g_string_append_printf(text, "%u %s %s\n", epoch ?
				       epoch->number : own_number(repository),
				       commit, time);
	} while (repository->epochs && ++i < repository->epochs->len);
	return g_string_free(text, *err != NULL);
}

int marks_write(struct marks *marks, const char *tip, char **err)
{
	g_autofree char *text = describe(marks->repository, tip, err);
	int fd;
	gboolean failed;

	if (!text) {
		marks_free(marks);
		return -1;
	}
	unlink(marks->temporary);	/* of a process that was killed */
	fd = signals_create_file(marks->temporary);
	if (fd < 0)
		return fail(marks, "create", marks->temporary, err);
	marks->is_written = TRUE;
	failed = write(fd, text, strlen(text)) != (ssize_t)strlen(text) ||
		 fsync(fd) < 0;
	if (close(fd) < 0 || failed)
		return fail(marks, "write", marks->temporary, err);
	return 0;
}

int marks_move(struct marks *marks, char **err)
{
	if (rename(marks->temporary, marks->path) < 0)
		return fail(marks, "rename", marks->temporary, err);
	marks_free(marks);	/* there is nothing to unlink any more */
	return 0;
}
