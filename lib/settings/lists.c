#include <stdlib.h>
#include <string.h>
#include "git/file.h"
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

char *lists_name_of(const char *path)
{
	char *base = g_path_get_basename(path);

	base[strlen(base) - strlen(SUFFIX)] = '\0';
	return base;
}

/*
 * Is the file about the list?  Only a file whose bytes hold the id is parsed,
 * so that an error in the file of another list does no harm.
 */
static int is_about(const char *path, const char *id, gboolean by_name,
		    gboolean *found, char **err)
{
	g_autofree char *base = lists_name_of(path);
	g_autofree char *low_id = g_ascii_strdown(id, -1);
	g_autofree char *buf = NULL;
	g_autofree char *low = NULL;
	struct config config;
	size_t len;
	int ret;

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
	g_autoptr(GPtrArray) names = file_names(folder, SUFFIX, err);
	gboolean found = FALSE;
	int ret = names ? 0 : -1;
	guint i;

	for (i = 0; !ret && !found && i < names->len; i++) {
		g_autofree char *file = g_build_filename(folder,
						names->pdata[i], NULL);

		ret = is_about(file, id, by_name, &found, err);
		if (!ret && found)
			*path = g_steal_pointer(&file);
	}
	return ret;
}

static const char *installed_folder(void)
{
	const char *folder = getenv("GIT_DIGEST_LISTS");

	return folder ? folder : LISTS_DIR;
}

static char *user_folder(void)
{
	return g_build_filename(g_get_user_config_dir(), "git-digest", NULL);
}

/*
 * The name is that of an installed file.  The user's file about that list may
 * be called otherwise: it has the same list.id.
 */
static int prefer_user_file(char **path, const char *user, char **err)
{
	g_autofree char *found = NULL;
	struct config config;
	int ret;

	config_init(&config);
	ret = config_read(&config, *path, err);
	if (!ret && config.id)
		ret = find_in(&found, user, config.id, FALSE, err);
	config_clear(&config);
	if (found) {
		g_free(*path);
		*path = g_steal_pointer(&found);
	}
	return ret;
}

int lists_find(char **path, const char *id, gboolean by_name, char **err)
{
	const char *installed = installed_folder();
	g_autofree char *user = user_folder();

	*path = NULL;
	if (find_in(path, user, id, by_name, err) < 0)
		return -1;
	if (*path)
		return 0;
	if (find_in(path, installed, id, by_name, err) < 0)
		return -1;
	if (*path && by_name)
		return prefer_user_file(path, user, err);
	if (*path || !by_name)
		return 0;
	*err = g_strdup_printf("no YAML file in %s or %s is about the list "
			       "'%s'; write one with this list.name, or name a "
			       "file with --config", user, installed, id);
	return -1;
}

static gboolean is_installed(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);

	return !strcmp(folder, installed_folder());
}

int lists_read(struct config *out, const char *path, const char *id,
	       char **err)
{
	g_autofree char *below = NULL;

	config_init(out);
	if (config_read(out, path, err) < 0)
		return -1;
	if (out->id)
		id = out->id;
	if (id && !is_installed(path) &&
	    find_in(&below, installed_folder(), id, FALSE, err) < 0)
		return -1;
	if (!below)
		return 0;
	config_clear(out);
	config_init(out);
	return config_read(out, below, err) < 0 ? -1 :
	       config_read(out, path, err);
}

/* A folder that cannot be read has no names to offer. */
static void add_names(GHashTable *set, const char *folder)
{
	g_autofree char *err = NULL;
	g_autoptr(GPtrArray) names = file_names(folder, SUFFIX, &err);
	guint i;

	for (i = 0; names && i < names->len; i++)
		g_hash_table_add(set, lists_name_of(names->pdata[i]));
}

GPtrArray *lists_names(void)
{
	g_autoptr(GHashTable) set = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *user = user_folder();
	g_autoptr(GList) sorted = NULL;
	GList *node;

	add_names(set, user);
	add_names(set, installed_folder());
	sorted = g_list_sort(g_hash_table_get_keys(set),
			     (GCompareFunc)strcmp);
	for (node = sorted; node; node = node->next)
		g_ptr_array_add(names, g_strdup(node->data));
	return names;
}

/*
 * Add the files of a folder, but those about lists that the other files are
 * about.
 */
static int add_files(GPtrArray *files, const char *folder, GHashTable *others,
		     GHashTable *about, char **err)
{
	g_autoptr(GPtrArray) names = file_names(folder, SUFFIX, err);
	guint i;

	for (i = 0; names && i < names->len && !*err; i++) {
		g_autofree char *path = g_build_filename(folder,
						names->pdata[i], NULL);
		struct config config;

		config_init(&config);
		if (!config_read(&config, path, err) &&
		    !(config.id && g_hash_table_contains(others, config.id)))
			g_ptr_array_add(files, g_steal_pointer(&path));
		if (config.id)
			g_hash_table_add(about, g_strdup(config.id));
		config_clear(&config);
	}
	return *err ? -1 : 0;
}

static int compare_names(const void *a, const void *b)
{
	g_autofree char *x = g_path_get_basename(*(char *const *)a);
	g_autofree char *y = g_path_get_basename(*(char *const *)b);

	return strcmp(x, y);
}

GPtrArray *lists_all(char **err)
{
	g_autoptr(GHashTable) users = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) all = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *user = user_folder();

	if (add_files(files, user, all, users, err) < 0 ||
	    add_files(files, installed_folder(), users, all, err) < 0) {
		g_ptr_array_unref(files);
		return NULL;
	}
	g_ptr_array_sort(files, compare_names);
	return files;
}

int lists_keep_mirrors(GPtrArray *files, char **err)
{
	guint i;

	for (i = files->len; i > 0 && !*err; i--) {
		struct config config;

		lists_read(&config, files->pdata[i - 1], NULL, err);
		if (!config.mirror)
			g_ptr_array_remove_index(files, i - 1);
		config_clear(&config);
	}
	return *err ? -1 : 0;
}

char *lists_user_file(const char *path)
{
	g_autofree char *base = g_path_get_basename(path);
	g_autofree char *user = user_folder();

	return is_installed(path) ? g_build_filename(user, base, NULL) :
	       g_strdup(path);
}

static int find_in_repository(char **path, const struct repository *repo,
			      char **err)
{
	g_autofree char *file = g_build_filename(repo->common_dir,
						 "digest.yaml", NULL);
	struct stat st;
	int ret = file_stat(&st, file, err);

	if (ret > 0)
		*path = g_steal_pointer(&file);
	return MIN(ret, 0);
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
	return *path || !repo ? 0 : find_in_repository(path, repo, err);
}
