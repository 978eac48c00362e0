#include "git/filenames.h"
#include "git/git.h"

struct filenames {
	struct git_process *git;
	gboolean begun;		/* was anything read? */
};

struct filenames *filenames_start(const struct repository *repository,
				  const GString *ids, const char *merges,
				  char **err)
{
	g_autofree char *of_merges = g_strconcat("--diff-merges=", merges,
						 NULL);
	const char *const diff_tree[] = {
		"diff-tree", "--stdin", "-r", "--root", "--name-only", "-z",
		"--no-renames", of_merges, "--always", "--format=%x00%H", NULL,
	};
	struct git_process *git = git_start_on(repository->folder, diff_tree,
					       ids, err);
	struct filenames *names;

	if (!git)
		return NULL;
	git_read_ahead(git);
	names = g_new0(struct filenames, 1);
	names->git = git;
	return names;
}

/* "", the id, and paths, the first of them after a newline; "" and so on. */
gboolean filenames_next(char *id, struct filenames *names,
			void (*take)(const char *path, void *data), void *data)
{
	gboolean is_first = TRUE;
	char *field;

	if (!names->begun)
		git_field(names->git, NULL);
	names->begun = TRUE;
	field = git_field(names->git, NULL);
	if (!field)
		return FALSE;
	g_strlcpy(id, field, HEX_ID_LEN + 1);
	while ((field = git_field(names->git, NULL))) {
		field += is_first && *field == '\n';
		is_first = FALSE;
		if (!*field)
			break;
		take(field, data);
	}
	return TRUE;
}

int filenames_finish(struct filenames *names, char **err)
{
	int ret = git_finish(names->git, 0, err);

	g_free(names);
	return ret;
}

void filenames_stop(struct filenames *names)
{
	git_stop(names->git);
	g_free(names);
}
