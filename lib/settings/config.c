#include <string.h>
#include "git/file.h"
#include "git/gitconfig.h"
#include "settings/config.h"
#include "settings/yaml.h"
#include "source/mailmaps.h"

/* Where tests mostly are, and how they are called. */
static const char *const usual_tests[] = {
	"t", "*/t/*", "test*", "*/test*", "*_test.*", "*-test.*", "*.test.*",
	"spec", "*_spec.*", NULL
};

void config_init(struct config *config)
{
	const char *const *glob;

	memset(config, 0, sizeof(*config));
	config->tests = g_ptr_array_new_with_free_func(g_free);
	for (glob = usual_tests; *glob; glob++)
		g_ptr_array_add(config->tests, g_strdup(*glob));
	config->top = 15;
	config->patches = PATCHES_FIRST;
	filter_init(&config->filter);
	people_config_init(&config->people);
}

void config_clear(struct config *config)
{
	g_free(config->name);
	g_free(config->id);
	g_free(config->address);
	g_free(config->archive);
	g_free(config->mirror);
	g_free(config->code);
	g_clear_pointer(&config->tests, g_ptr_array_unref);
	filter_clear(&config->filter);
	people_config_clear(&config->people);
}

/* The keys of a file are read into this. */
struct reading {
	struct config config;
	struct sections sections;	/* of this file alone */
	GPtrArray *tests;	/* the same */
	const char *path;
	struct address as;	/* of the alias that is being read */
	GPtrArray *addresses;	/* char *: the same */
};

#define AT(field) offsetof(struct reading, field)

/* The value of a key takes the place of the one below it. */
static void replace(char **value, char *by)
{
	g_free(*value);
	*value = by;
}

static int take_text(void *into, const char *text, char **err)
{
	(void)err;
	replace(into, g_strdup(text));
	return 0;
}

static int take_lower(void *into, const char *text, char **err)
{
	(void)err;
	replace(into, g_ascii_strdown(text, -1));
	return 0;
}

static int add_text(void *into, const char *text, char **err)
{
	(void)err;
	g_ptr_array_add(*(GPtrArray **)into, g_strdup(text));
	return 0;
}

static int add_path(void *into, const char *text, char **err)
{
	(void)err;
	g_ptr_array_add(*(GPtrArray **)into, filter_normalize_path(text));
	return 0;
}

/* A path in a file that is not absolute starts from the file's folder. */
static char *resolve_path(const struct reading *reading, const char *text)
{
	g_autofree char *folder = g_path_get_dirname(reading->path);
	g_autofree char *path = gitconfig_expand_home(text);

	return g_path_is_absolute(path) ? g_steal_pointer(&path) :
	       g_build_filename(folder, path, NULL);
}

static int take_mirror(void *into, const char *text, char **err)
{
	struct reading *reading = into;

	(void)err;
	replace(&reading->config.mirror, resolve_path(reading, text));
	return 0;
}

static int take_code(void *into, const char *text, char **err)
{
	struct reading *reading = into;

	(void)err;
	replace(&reading->config.code, resolve_path(reading, text));
	return 0;
}

static int take_mailmap(void *into, const char *text, char **err)
{
	struct reading *reading = into;
	char *path = resolve_path(reading, text);
	g_autofree char *buf = NULL;
	size_t len;

	replace(&reading->config.people.mailmap, path);
	/* It is read later, but only here the line is known. */
	return file_read(&buf, &len, path, MAILMAPS_MAX_SIZE, err);
}

static int take_address(void *into, const char *text, char **err)
{
	if (!address_parse(into, text))
		return 0;
	*err = g_strdup_printf("'%s' is not of the form 'Name <address>'",
			       text);
	return -1;
}

static int add_subject(void *into, const char *text, char **err)
{
	return filter_add_subject(into, text, err);
}

/* An alias has been read: keep it, and make room for the next. */
static int add_alias(void *into, char **err)
{
	struct reading *reading = into;
	guint i;

	if (!reading->as.email) {
		*err = g_strdup("an alias needs the key 'as'");
		return -1;
	}
	for (i = 0; i < reading->addresses->len; i++)
		people_config_add_alias(&reading->config.people,
					reading->addresses->pdata[i],
					&reading->as);
	g_ptr_array_set_size(reading->addresses, 0);
	address_clear(&reading->as);
	return 0;
}

static const struct yaml_key list_keys[] = {
	{ "name", AT(config.name), YAML_TEXT, take_text },
	{ "id", AT(config.id), YAML_TEXT, take_lower },
	{ "address", AT(config.address), YAML_TEXT, take_text },
	{ "archive", AT(config.archive), YAML_TEXT, take_text },
	{ "mirror", 0, YAML_TEXT, take_mirror },
	{ "code", 0, YAML_TEXT, take_code },
	{ NULL }
};

static const struct yaml_key digest_keys[] = {
	{ "top", AT(config.top), YAML_TEXT, value_number },
	{ "sections", AT(sections), YAML_TEXTS, value_section },
	{ "patches", AT(config.patches), YAML_TEXT, value_patches },
	{ "links", AT(config.links), YAML_BARE_TEXT, value_links },
	{ NULL }
};

#define PATTERNS(rule) offsetof(struct filter_rules, patterns[FILTER_##rule])

static const struct yaml_key rules_keys[] = {
	{ "subject", 0, YAML_TEXTS, add_subject },
	{ "from", PATTERNS(FROM), YAML_TEXTS, add_text },
	{ "prefix", PATTERNS(PREFIX), YAML_TEXTS, add_text },
	{ "path", PATTERNS(PATH), YAML_TEXTS, add_path },
	{ NULL }
};

static const struct yaml_key filters_keys[] = {
	{ "include", AT(config.filter.include), YAML_MAPPING,
	  .keys = rules_keys },
	{ "exclude", AT(config.filter.exclude), YAML_MAPPING,
	  .keys = rules_keys },
	{ NULL }
};

static const struct yaml_key alias_keys[] = {
	{ "as", AT(as), YAML_TEXT, take_address },
	{ "addresses", AT(addresses), YAML_TEXTS, add_text },
	{ NULL }
};

static const struct yaml_key people_keys[] = {
	{ "mailmap", 0, YAML_TEXT, take_mailmap },
	{ "aliases", 0, YAML_MAPPINGS, .keys = alias_keys, .done = add_alias },
	{ "domains", AT(config.people.domains), YAML_PAIRS },
	{ "bots", AT(config.people.bots), YAML_TEXTS, add_text },
	{ NULL }
};

static const struct yaml_key summary_keys[] = {
	{ "tests", AT(tests), YAML_TEXTS, add_path },
	{ NULL }
};

static const struct yaml_key keys[] = {
	{ "list", 0, YAML_MAPPING, .keys = list_keys },
	{ "digest", 0, YAML_MAPPING, .keys = digest_keys },
	{ "summary", 0, YAML_MAPPING, .keys = summary_keys },
	{ "filters", 0, YAML_MAPPING, .keys = filters_keys },
	{ "people", 0, YAML_MAPPING, .keys = people_keys },
	{ NULL }
};

int config_read(struct config *config, const char *path, char **err)
{
	struct reading reading = {
		.config = *config,
		.path = path,
		.addresses = g_ptr_array_new_with_free_func(g_free),
		.tests = g_ptr_array_new_with_free_func(g_free),
	};
	int ret = yaml_read(&reading, keys, path, err);

	*config = reading.config;
	if (reading.sections.nr)
		config->sections = reading.sections;
	if (reading.tests->len) {
		g_ptr_array_unref(config->tests);
		config->tests = g_ptr_array_ref(reading.tests);
	}
	address_clear(&reading.as);
	g_ptr_array_unref(reading.addresses);
	g_ptr_array_unref(reading.tests);
	return ret;
}
