#include <stdlib.h>
#include <string.h>
#include "git/gitconfig.h"
#include "git/repository.h"
#include "settings/config.h"
#include "settings/lists.h"
#include "settings/yaml.h"

#define SUFFIX ".yaml"

static gboolean same(const char *a, const char *b)
{
	return a && !g_ascii_strcasecmp(a, b);
}

/*
 * Is the file about the list?  Only a file whose bytes hold the id is parsed,
 * so that an error in the file of another list does no harm.
 */
static int is_about(const char *path, const char *id, gboolean by_name,
		    gboolean *found, char **err)
{
	g_autofree char *base = g_path_get_basename(path);
	g_autofree char *low_id = g_ascii_strdown(id, -1);
	g_autofree char *buf = NULL;
	g_autofree char *low = NULL;
	struct config config;
	size_t len;
	int ret;

	base[strlen(base) - strlen(SUFFIX)] = '\0';
	if (yaml_get_contents(&buf, &len, path, err) < 0)
		return -1;
	low = g_ascii_strdown(buf, len);
	*found = by_name && same(base, id);
	if (!*found && !g_strstr_len(low, len, low_id))
		return 0;
	config_init(&config);
	ret = config_read(&config, path, err);
	if (same(config.id, id) || (by_name && same(config.name, id)))
		*found = TRUE;
	config_clear(&config);
	return ret;
}

static int find_in(char **path, const char *folder, const char *id,
		   gboolean by_name, char **err)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	GSList *paths = NULL, *node;
	gboolean found = FALSE;
	const char *name;
	int ret = 0;

	while (dir && (name = g_dir_read_name(dir)))
		if (g_str_has_suffix(name, SUFFIX) && *name != '.')
			paths = g_slist_insert_sorted(paths,
				g_build_filename(folder, name, NULL),
				(GCompareFunc)strcmp);
	for (node = paths; node && !ret && !found; node = node->next) {
		ret = is_about(node->data, id, by_name, &found, err);
		if (!ret && found)
			*path = g_strdup(node->data);
	}
	g_slist_free_full(paths, g_free);
	g_clear_pointer(&dir, g_dir_close);
	return ret;
}

int lists_find(char **path, const char *id, gboolean by_name, char **err)
{
	const char *installed = getenv("GIT_DIGEST_LISTS");
	g_autofree char *user = g_build_filename(g_get_user_config_dir(),
						 "git-digest", NULL);

	if (!installed)
		installed = LISTS_DIR;
	*path = NULL;
	if (find_in(path, user, id, by_name, err) < 0 ||
	    (!*path && find_in(path, installed, id, by_name, err) < 0))
		return -1;
	if (*path || !by_name)
		return 0;
	*err = g_strdup_printf("no YAML file in %s or %s is about the list "
			       "'%s'; write one with this list.name, or name a "
			       "file with --config", user, installed, id);
	return -1;
}

int lists_choose(char **path, const char *file, const char *list,
		 const struct gitconfig *gitconfig,
		 const struct repository *repo, char **err)
{
	*path = g_strdup(file);
	if (!file && !list) {
		*path = gitconfig_path(gitconfig, "digest.config");
		list = gitconfig_string(gitconfig, "digest.list");
	}
	if (!*path && list)
		return lists_find(path, list, TRUE, err);
	if (!*path && repo) {
		*path = g_build_filename(repo->common_dir, "digest.yaml", NULL);
		if (!g_file_test(*path, G_FILE_TEST_EXISTS))
			g_clear_pointer(path, g_free);
	}
	return 0;
}
