#include "git/git.h"
#include "source/mailmaps.h"

static int read_file(struct people *people, const char *path, char **err)
{
	g_autofree char *buf = NULL;
	g_autoptr(GError) error = NULL;
	gsize len;

	if (g_file_get_contents(path, &buf, &len, &error)) {
		people_add_mailmap(people, buf, len);
		return 0;
	}
	*err = g_strdup_printf("cannot read mailmap '%s': %s", path,
			       error->message);
	return -1;
}

/*
 * A blob that is not there is no error: mailmap.blob may be set for all
 * repositories, and git takes it so, too.
 */
static int read_blob(struct people *people, const struct repository *repository,
		     struct objects *objects, const char *name, char **err)
{
	g_autofree char *id = git_ask(repository->folder, NULL, "rev-parse",
				      "--verify", "-q", "--end-of-options",
				      name, NULL);
	struct object blob;
	int ret = 0;

	if (!id)
		return 0;
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

/* As git, read the .mailmap of the work tree, but not through a link. */
static int read_tracked(struct people *people, const char *top, char **err)
{
	g_autofree char *path = g_build_filename(top, ".mailmap", NULL);

	if (g_file_test(path, G_FILE_TEST_IS_SYMLINK) ||
	    !g_file_test(path, G_FILE_TEST_IS_REGULAR))
		return 0;
	return read_file(people, path, err);
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
	if (use && named) {
		/* git goes to the top of the work tree before it looks */
		g_autofree char *file = g_path_is_absolute(named) ?
					g_strdup(named) :
					g_build_filename(top, named, NULL);

		if (g_file_test(file, G_FILE_TEST_EXISTS) &&
		    read_file(people, file, err) < 0)
			return -1;
	}
	return list_file ? read_file(people, list_file, err) : 0;
}
