#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "git/gitconfig.h"
#include "git/git.h"

struct gitconfig {
	GHashTable *values;	/* char * -> char *, both owned */
};

struct git_process *gitconfig_ask(const char *folder, char **err)
{
	static const char *const list[] = { "config", "-z", "--list", NULL };

	return git_start(folder, list, -1, err);
}

int gitconfig_open(struct gitconfig **out, struct git_process *process,
		   char **err)
{
	struct gitconfig *config = g_new0(struct gitconfig, 1);
	char *field;

	config->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					       g_free);
	/* "<key>\n<value>", or "<key>" for true; the last value counts */
	while ((field = git_field(process, NULL))) {
		char **parts = g_strsplit(field, "\n", 2);

		if (parts[0])
			g_hash_table_replace(config->values,
				g_strdup(parts[0]),
				g_strdup(parts[1] ? parts[1] : "true"));
		g_strfreev(parts);
	}
	if (git_finish(process, 0, err) < 0) {
		gitconfig_free(config);
		return -1;
	}
	*out = config;
	return 0;
}

void gitconfig_free(struct gitconfig *config)
{
	if (config)
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
	char **name = data;

	if (!*name && g_pattern_match_simple("remote.*.promisor", key))
		*name = g_strndup(key + strlen("remote."),
				  strlen(key) - strlen("remote..promisor"));
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
	/* after "git clone --bare", the remote has no default refspec */
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

/* "0", "-1", "0x10", "2k": is there a number, and is it not 0? */
static int parse_number(const char *text, gboolean *value)
{
	char *end;

	errno = 0;
	*value = strtoll(text, &end, 0) != 0;
	if (errno || end == text)
		return -1;
	if (*end && strchr("kKmMgG", *end))
		end++;
	return *end ? -1 : 0;
}

int gitconfig_parse_bool(const char *text, gboolean *value)
{
	static const char *const on[] = { "true", "yes", "on", NULL };
	static const char *const off[] = { "false", "no", "off", "", NULL };
	g_autofree char *word = g_ascii_strdown(text, -1);

	*value = g_strv_contains(on, word);
	return *value || g_strv_contains(off, word) ? 0 :
	       parse_number(text, value);
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
