#include "git/file.h"
#include "git/git.h"
#include "source/mailmaps.h"

static int read_file(struct people *people, const char *path, char **err)
{
	g_autofree char *buf = NULL;
	g_autofree char *why = NULL;
	size_t len;

	if (!file_read(&buf, &len, path, MAILMAPS_MAX_SIZE, &why)) {
		people_add_mailmap(people, buf, len);
		return 0;
	}
	*err = g_strdup_printf("bad mailmap: %s", why);
	return -1;
}

static int add_blob(struct people *people, struct objects *objects,
		    const char *name, char *id, char **err)
{
	struct object blob;
	int ret = 0;

	if (objects_peel(objects, id) < 0 ||
	    objects_read(&blob, objects, id) < 0) {
		*err = g_strdup_printf("cannot read mailmap.blob '%s': object "
				       "%s is missing or damaged", name, id);
		return -1;
	}
	if (blob.type == OBJECT_BLOB) {
		people_add_mailmap(people, blob.data, blob.size);
	} else {
		*err = g_strdup_printf("cannot read mailmap.blob '%s': it is "
				       "a %s, not a blob", name,
				       objects_type_name(blob.type));
		ret = -1;
	}
	objects_release(&blob);
	return ret;
}

/*
 * A blob that is not there is no error: mailmap.blob may be set for all
 * repositories, and git takes it so, too.  With -q, git says so by exit code 1.
 */
static int read_blob(struct people *people, const struct repository *repository,
		     struct objects *objects, const char *name, char **err)
{
	const char *const rev_parse[] = {
		"rev-parse", "--verify", "-q", "--end-of-options", name, NULL,
	};
	struct git_process *git = git_start(repository->folder, rev_parse, -1,
					    err);
	g_autofree char *id = git ? g_strdup(git_line(git, NULL)) : NULL;
	int code = git ? git_finish(git, 1, err) : -1;

	if (code || !id)
		return MIN(code, 0);
	return add_blob(people, objects, name, id, err);
}

/* As git, read the .mailmap of the work tree, but not through a link. */
static int read_tracked(struct people *people, const char *top, char **err)
{
	g_autofree char *path = g_build_filename(top, ".mailmap", NULL);
	struct stat st;
	int ret = file_stat_link(&st, path, err);

	return ret > 0 && S_ISREG(st.st_mode) ? read_file(people, path, err) :
	       MIN(ret, 0);
}

/* git goes to the top of the work tree before it looks for mailmap.file. */
static int read_named(struct people *people, const char *top, const char *named,
		      char **err)
{
	g_autofree char *path = g_path_is_absolute(named) ? g_strdup(named) :
				g_build_filename(top, named, NULL);
	struct stat st;
	int ret = file_stat(&st, path, err);

	return ret > 0 ? read_file(people, path, err) : ret;
}

int mailmaps_read(struct people *people, const struct repository *repository,
		  const struct gitconfig *gitconfig, struct objects *objects,
		  gboolean is_code, const char *list_file, char **err)
{
	g_autofree char *named = gitconfig_path(gitconfig, "mailmap.file");
	g_autofree char *top = repository_top(repository);
	const char *blob = gitconfig_string(gitconfig, "mailmap.blob");
	gboolean use = TRUE;

	/* Without a work tree git looks into HEAD, unless it is told where. */
	if (is_code && repository->is_bare && !blob)
		blob = "HEAD:.mailmap";
	if (gitconfig_bool(gitconfig, "log.mailmap", &use, err) < 0)
		return -1;
	if (use && is_code && !repository->is_bare &&
	    read_tracked(people, top, err) < 0)
		return -1;
	if (use && blob &&
	    read_blob(people, repository, objects, blob, err) < 0)
		return -1;
	if (use && named && read_named(people, top, named, err) < 0)
		return -1;
	return list_file ? read_file(people, list_file, err) : 0;
}
