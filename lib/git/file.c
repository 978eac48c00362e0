#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "git/file.h"

static char *explain(const char *path, int error)
{
	return g_strdup_printf("cannot read '%s': %s", path,
			       g_strerror(error));
}

/* Only a pipe heeds O_NONBLOCK, so that it can be opened and looked at. */
static FILE *open_file(const char *path, char **err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	FILE *file = NULL;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		*err = explain(path, errno);
	else if (S_ISDIR(st.st_mode))
		*err = explain(path, EISDIR);
	else if (!S_ISREG(st.st_mode) && !S_ISCHR(st.st_mode))
		*err = g_strdup_printf("cannot read '%s': not a regular file",
				       path);
	else if (!(file = fdopen(fd, "r")))
		*err = explain(path, errno);
	if (!file && fd >= 0)
		close(fd);
	return file;
}

int file_read(char **buf, size_t *len, const char *path, size_t max,
	      char **err)
{
	FILE *file = open_file(path, err);
	GString *text;
	char part[BUFSIZ];
	size_t n;

	if (!file)
		return -1;
	text = g_string_new(NULL);
	while (text->len <= max && (n = fread(part, 1, sizeof(part), file)))
		g_string_append_len(text, part, n);
	if (ferror(file))
		*err = explain(path, errno);
	else if (text->len > max)
		*err = g_strdup_printf("'%s' is larger than %zu bytes", path,
				       max);
	fclose(file);
	*len = text->len;
	*buf = g_string_free(text, *err != NULL);
	return *err ? -1 : 0;
}

/* What stat(2) returned, and errno, as file_stat() has it. */
static int judge(int ret, const char *path, char **err)
{
	if (!ret)
		return 1;
	if (errno == ENOENT || errno == ENOTDIR)
		return 0;
	*err = explain(path, errno);
	return -1;
}

int file_stat(struct stat *out, const char *path, char **err)
{
	return judge(stat(path, out), path, err);
}

int file_stat_link(struct stat *out, const char *path, char **err)
{
	return judge(lstat(path, out), path, err);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *file_names(const char *folder, const char *suffix, char **err)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (dir)
		for (errno = 0; (entry = readdir(dir)); errno = 0)
			if (*entry->d_name != '.' &&
			    g_str_has_suffix(entry->d_name, suffix))
				g_ptr_array_add(names, g_strdup(entry->d_name));
	if (errno && errno != ENOENT && errno != ENOTDIR) {
		*err = explain(folder, errno);
		g_clear_pointer(&names, g_ptr_array_unref);
	} else {
		g_ptr_array_sort(names, compare);
	}
	if (dir)
		closedir(dir);
	return names;
}
