#include <stdlib.h>
#include <string.h>
#include <git2.h>
#include "gitconfig.h"

struct gitconfig {
	git_config *files;		/* a snapshot */
	GPtrArray *strings;		/* char *: values that were given away */
	GHashTable *environment;	/* lower-case key -> value; over files */
};

/* The variable part of a key ("section.Sub.variable") is case-blind. */
static char *normalize_key(const char *key)
{
	char *out = g_strdup(key), *dot = strchr(out, '.');
	char *last = strrchr(out, '.'), *p;

	for (p = out; *p; p++)
		if (!dot || p <= dot || p >= last)
			*p = g_ascii_tolower(*p);
	return out;
}

static void set_environment(struct gitconfig *config, const char *key,
			    const char *value)
{
	g_hash_table_replace(config->environment, normalize_key(key),
			     g_strdup(value));
}

/* GIT_CONFIG_COUNT, GIT_CONFIG_KEY_<n>, GIT_CONFIG_VALUE_<n>: git-config(1) */
static int read_count(struct gitconfig *config, char **err)
{
	const char *count = getenv("GIT_CONFIG_COUNT");
	guint64 i, n;

	if (!count || !*count)
		return 0;
	if (!g_ascii_string_to_unsigned(count, 10, 0, 10000, &n, NULL)) {
		*err = g_strdup_printf("bogus count in GIT_CONFIG_COUNT: '%s'",
				       count);
		return -1;
	}
	for (i = 0; i < n; i++) {
		g_autofree char *k = g_strdup_printf("GIT_CONFIG_KEY_%d", (int)i);
		g_autofree char *v = g_strdup_printf("GIT_CONFIG_VALUE_%d", (int)i);
		const char *key = getenv(k), *value = getenv(v);

		if (!key || !value) {
			*err = g_strdup_printf("missing %s, which "
				"GIT_CONFIG_COUNT promises", key ? v : k);
			return -1;
		}
		set_environment(config, key, value);
	}
	return 0;
}

/*
 * GIT_CONFIG_PARAMETERS holds what "git -c" was given, quoted for a shell:
 * 'key'='value' words, or 'key=value' ones of a git before 2.31.  "git -c key"
 * means true and is 'key'= here; "git -c key=" is 'key'='', the empty text.
 */
static int read_parameters(struct gitconfig *config, char **err)
{
	const char *parameters = getenv("GIT_CONFIG_PARAMETERS");
	g_autofree char *explicit = NULL;
	GRegex *valueless;
	char **words;
	int i, n;

	if (!parameters || !*parameters)
		return 0;
	valueless = g_regex_new("(?<!\\\\')'=(?= |$)", 0, 0, NULL);
	explicit = g_regex_replace_literal(valueless, parameters, -1, 0,
					   "'=true", 0, NULL);
	g_regex_unref(valueless);
	if (!g_shell_parse_argv(explicit, &n, &words, NULL)) {
		if (!parameters[strspn(parameters, " ")])
			return 0;
		*err = g_strdup("bogus format in GIT_CONFIG_PARAMETERS");
		return -1;
	}
	for (i = 0; i < n; i++) {
		char *equals = strchr(words[i], '=');

		if (equals)
			*equals = '\0';
		set_environment(config, words[i], equals ? equals + 1 : "true");
	}
	g_strfreev(words);
	return 0;
}

/* GIT_CONFIG_GLOBAL and GIT_CONFIG_NOSYSTEM tell git which files to read. */
static void choose_files(void)
{
	gboolean nosystem = FALSE;
	const char *env = getenv("GIT_CONFIG_NOSYSTEM");

	if (env && gitconfig_parse_bool(env, &nosystem) < 0)
		nosystem = TRUE;
	if (nosystem || getenv("GIT_CONFIG_SYSTEM"))
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH,
				 GIT_CONFIG_LEVEL_SYSTEM, "");
	if (getenv("GIT_CONFIG_GLOBAL")) {
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH,
				 GIT_CONFIG_LEVEL_GLOBAL, "");
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH,
				 GIT_CONFIG_LEVEL_XDG, "");
	}
}

static int add_file(git_config *config, const char *variable,
		    git_config_level_t level, git_repository *repo)
{
	const char *path = getenv(variable);

	if (!path || !g_file_test(path, G_FILE_TEST_EXISTS))
		return 0;
	return git_config_add_file_ondisk(config, path, level, repo, 1);
}

static int open_files(struct gitconfig *out, git_repository *repo, char **err)
{
	git_config *config = NULL;
	int ret;

	choose_files();
	ret = repo ? git_repository_config(&config, repo) :
		     git_config_open_default(&config);
	if (!ret)
		ret = add_file(config, "GIT_CONFIG_SYSTEM",
			       GIT_CONFIG_LEVEL_SYSTEM, repo);
	if (!ret)
		ret = add_file(config, "GIT_CONFIG_GLOBAL",
			       GIT_CONFIG_LEVEL_GLOBAL, repo);
	if (!ret)
		ret = git_config_snapshot(&out->files, config);
	if (ret)
		*err = g_strdup_printf("cannot read git's configuration: %s",
				       git_error_last()->message);
	git_config_free(config);
	return ret ? -1 : 0;
}

int gitconfig_open(struct gitconfig **out, struct git_repository *repo,
		   char **err)
{
	struct gitconfig *config = g_new0(struct gitconfig, 1);

	config->environment = g_hash_table_new_full(g_str_hash, g_str_equal,
						    g_free, g_free);
	config->strings = g_ptr_array_new_with_free_func(g_free);
	if (open_files(config, repo, err) < 0 ||
	    read_count(config, err) < 0 || read_parameters(config, err) < 0) {
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
	git_config_free(config->files);
	g_hash_table_unref(config->environment);
	g_ptr_array_unref(config->strings);
	g_free(config);
}

const char *gitconfig_string(struct gitconfig *config, const char *key)
{
	const char *value = g_hash_table_lookup(config->environment, key);
	git_config_entry *entry;

	if (!value && !git_config_get_entry(&entry, config->files, key)) {
		/* a key alone on its line means true */
		value = g_strdup(entry->value ? entry->value : "true");
		g_ptr_array_add(config->strings, (char *)value);
		git_config_entry_free(entry);
	}
	git_error_clear();
	return value;
}

char *expand_home(const char *path)
{
	if (path[0] == '~' && (path[1] == '/' || !path[1]))
		return g_build_filename(g_get_home_dir(), path + 1, NULL);
	return g_strdup(path);
}

char *gitconfig_path(struct gitconfig *config, const char *key)
{
	const char *value = gitconfig_string(config, key);

	return value && *value ? expand_home(value) : NULL;
}

int gitconfig_parse_bool(const char *text, gboolean *value)
{
	int out;

	if (git_config_parse_bool(&out, text) < 0)
		return -1;
	*value = out;
	return 0;
}

int gitconfig_bool(struct gitconfig *config, const char *key,
		   gboolean *value, char **err)
{
	const char *text = gitconfig_string(config, key);

	if (!text || !gitconfig_parse_bool(text, value))
		return 0;
	*err = g_strdup_printf("bad boolean config value '%s' for '%s'",
			       text, key);
	return -1;
}

int gitconfig_int(struct gitconfig *config, const char *key,
		  int *value, char **err)
{
	const char *text = gitconfig_string(config, key);

	if (!text || !git_config_parse_int32(value, text))
		return 0;
	*err = g_strdup_printf("bad numeric config value '%s' for '%s'",
			       text, key);
	return -1;
}
