#include <stdlib.h>
#include "settings/lists.h"
int lists_find(char **path, const char *id, gboolean by_name, char **err)
{
	const char *installed = getenv("GIT_DIGEST_LISTS");
	g_autofree char *user = g_build_filename(g_get_user_config_dir(),
						 "git-digest", NULL);

	if (!installed)
		installed = LISTS_DIR;
	*path = NULL;
	if (config_find(path, user, id, by_name, err) < 0 ||
	    (!*path && config_find(path, installed, id, by_name, err) < 0))
		return -1;
	if (!*path && by_name) {
		*err = g_strdup_printf("there is no list '%s' in %s or %s; write a file with "
		    "that list.name, or give one with --config", id, user,
		    installed);
		return -1;
	}
	return 0;
}
int lists_choose(char **path, const char *file, const char *list,
		 const struct gitconfig *gitconfig,
		 const struct repository *repo, char **err)
{
	*path = NULL;
	if (file) {
		*path = g_strdup(file);
		return 0;
	}
	if (!list) {
		*path = gitconfig_path(gitconfig, "digest.config");
		list = gitconfig_string(gitconfig, "digest.list");
	}
	if (!*path && list && lists_find(path, list, TRUE, err) < 0)
		return -1;
	if (!*path && repo) {
		*path = g_build_filename(repo->common_dir, "digest.yaml", NULL);
		if (!g_file_test(*path, G_FILE_TEST_EXISTS))
			g_clear_pointer(path, g_free);
	}
	return 0;
}
