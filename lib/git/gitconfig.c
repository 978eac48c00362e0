#include <string.h>
#include <git2.h>
#include "git/gitconfig.h"
#include "git/libgit2.h"
#include "git/git.h"

struct gitconfig {
	GHashTable *values;	/* char * -> char *, both owned */
};

struct git_process *gitconfig_ask(const char *folder, char **err)
{
	static const char *const list[] = { "config", "--null", "--list", NULL };

	return git_start(folder, list, -1, err);
}

int gitconfig_open(struct gitconfig **out, struct git_process *process,
		   char **err)
{
	struct gitconfig *config = g_new0(struct gitconfig, 1);
	char *field;

	config->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					       g_free);
	/* "<key>\n<value>"; a key alone means true.  The last one counts. */
	while ((field = git_field(process, NULL))) {
		char *value = strchr(field, '\n');

		if (value)
			*value++ = '\0';
		g_hash_table_replace(config->values, g_strdup(field),
				     g_strdup(value ? value : "true"));
	}
	if (git_finish(process, FALSE, err) < 0) {
		gitconfig_free(config);
		return -1;
	}
	*out = config;
	return 0;
}

void gitconfig_free(struct gitconfig *config)
{
	if (!config)
		return;
	g_hash_table_unref(config->values);
	g_free(config);
}

const char *gitconfig_string(const struct gitconfig *config, const char *key)
{
	return g_hash_table_lookup(config->values, key);
}

void gitconfig_each_key(const struct gitconfig *config,
			void (*fn)(const char *key, void *data), void *data)
{
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, config->values);
	while (g_hash_table_iter_next(&iter, &key, NULL))
		fn(key, data);
}

/* "remote.<name>.promisor" -> <name>, put into *data, a char * */
static void take_promisor(const char *key, void *data)
{
	const char *start = "remote.", *end = ".promisor";
	char **name = data;

	if (!*name && g_str_has_prefix(key, start) && g_str_has_suffix(key, end))
		*name = g_strndup(key + strlen(start), strlen(key) -
				  strlen(start) - strlen(end));
}

char *gitconfig_refetch(const struct gitconfig *config)
{
	g_autofree char *remote = NULL;
	g_autofree char *key = NULL;

	gitconfig_each_key(config, take_promisor, &remote);
	if (!remote)
		remote = g_strdup(gitconfig_string(config,
						   "extensions.partialclone"));
	if (!remote)
		return NULL;
	key = g_strdup_printf("remote.%s.fetch", remote);
	/* "git clone --bare" says of no ref that it is fetched. */
	return g_strdup_printf("git fetch --refetch --no-filter %s%s", remote,
			       gitconfig_string(config, key) ? "" :
			       " \"+refs/*:refs/*\"");
}

char *gitconfig_expand_home(const char *path)
{
	if (path[0] == '~' && (path[1] == '/' || !path[1]))
		return g_build_filename(g_get_home_dir(), path + 1, NULL);
	return g_strdup(path);
}

char *gitconfig_path(const struct gitconfig *config, const char *key)
{
	const char *value = gitconfig_string(config, key);

	return value && *value ? gitconfig_expand_home(value) : NULL;
}

int gitconfig_parse_bool(const char *text, gboolean *value)
{
	int out;

	libgit2_ready();
	if (git_config_parse_bool(&out, text) < 0)
		return -1;
	*value = out;
	return 0;
}

int gitconfig_bool(const struct gitconfig *config, const char *key,
		   gboolean *value, char **err)
{
	const char *text = gitconfig_string(config, key);

	if (!text || !gitconfig_parse_bool(text, value))
		return 0;
	*err = g_strdup_printf("bad boolean config value '%s' for '%s'",
			       text, key);
	return -1;
}

int gitconfig_int(const struct gitconfig *config, const char *key,
		  int *value, char **err)
{
	const char *text = gitconfig_string(config, key);

	libgit2_ready();
	if (!text || !git_config_parse_int32(value, text))
		return 0;
	*err = g_strdup_printf("bad numeric config value '%s' for '%s'",
			       text, key);
	return -1;
}
