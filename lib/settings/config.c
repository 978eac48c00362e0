#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>
#include "settings/config.h"
#include "git/gitconfig.h"

/* What a person writes is far below; what is above fills the memory. */
#define MAX_FILE_SIZE (1024 * 1024)

/* Nodes that a file may have once its anchors are expanded. */
#define MAX_NODES 100000
#define MAX_DEPTH 100

void config_init(struct config *config)
{
	memset(config, 0, sizeof(*config));
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
	filter_clear(&config->filter);
	people_config_clear(&config->people);
}

int parse_top(const char *text, unsigned *top, char **err)
{
	guint64 n;

	if (g_ascii_string_to_unsigned(text, 10, 1, 1000000, &n, NULL)) {
		*top = n;
		return 0;
	}
	*err = g_strdup_printf("'%s' is not a number from 1 to 1000000", text);
	return -1;
}

int parse_patches_mode(const char *text, enum patches_mode *mode, char **err)
{
	if (!strcmp(text, "first"))
		*mode = PATCHES_FIRST;
	else if (!strcmp(text, "all"))
		*mode = PATCHES_ALL;
	else if (!strcmp(text, "none"))
		*mode = PATCHES_NONE;
	else {
		*err = g_strdup_printf("'%s' is none of: first, all, none",
				       text);
		return -1;
	}
	return 0;
}

/* A file while it is read. */
struct reader {
	const char *path;
	const char *key;	/* whose value is being read */
	yaml_document_t doc;
	struct config *config;
	char **err;
};

static int fail_at(struct reader *r, const yaml_mark_t *mark,
		   const char *format, ...) G_GNUC_PRINTF(3, 4);

static int fail_at(struct reader *r, const yaml_mark_t *mark,
		   const char *format, ...)
{
	g_autofree char *what = NULL;
	va_list ap;

	va_start(ap, format);
	what = g_strdup_vprintf(format, ap);
	va_end(ap);
	*r->err = g_strdup_printf("%s:%lu:%lu: %s", r->path,
				  (unsigned long)mark->line + 1,
				  (unsigned long)mark->column + 1, what);
	return -1;
}

/* As fail_at() with an error text that is freed. */
static int fail_with(struct reader *r, const yaml_mark_t *mark, char *what)
{
	int ret = fail_at(r, mark, "%s", what);

	g_free(what);
	return ret;
}

static const char *kind_of(const yaml_node_t *node)
{
	switch (node->type) {
	case YAML_MAPPING_NODE:
		return "a mapping";
	case YAML_SEQUENCE_NODE:
		return "a list";
	default:
		return "a text";
	}
}

/* "key:" without a value, "~" and "null" leave a key unset. */
static gboolean is_null(const yaml_node_t *node)
{
	const char *s = (const char *)node->data.scalar.value;

	return node->type == YAML_SCALAR_NODE &&
	       node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       (!*s || !strcmp(s, "~") || !strcmp(s, "null"));
}

static int get_text(struct reader *r, const yaml_node_t *node,
		    const char *key, const char **out)
{
	const char *s = (const char *)node->data.scalar.value;

	if (node->type != YAML_SCALAR_NODE)
		return fail_at(r, &node->start_mark,
			       "'%s' must be a text, not %s", key,
			       kind_of(node));
	if (strlen(s) != node->data.scalar.length || !*s)
		return fail_at(r, &node->start_mark, "'%s' %s", key,
			       *s ? "holds a NUL byte" : "is empty");
	*out = s;
	return 0;
}

/* How many edits make b of a; git's "did you mean" counts them so, too. */
static unsigned edit_distance(const char *a, const char *b)
{
	size_t n = strlen(b), i, k;
	g_autofree unsigned *row = g_new(unsigned, n + 1);

	for (k = 0; k <= n; k++)
		row[k] = k;
	for (i = 0; a[i]; i++) {
		unsigned left_above = row[0];

		row[0] = i + 1;
		for (k = 0; k < n; k++) {
			unsigned above = row[k + 1];
			unsigned best = left_above + (a[i] != b[k]);

			best = MIN(best, above + 1);
			row[k + 1] = MIN(best, row[k] + 1);
			left_above = above;
		}
	}
	return row[n];
}

/* One key of a mapping: its value is read, or it is a list of texts to add. */
struct key {
	const char *name;
	size_t offset;		/* of what it is read into */
	int (*read)(struct reader *r, yaml_node_t *value, void *into);
	int (*add)(struct reader *r, const yaml_node_t *item, const char *text,
		   void *into);
};

static int unknown_key(struct reader *r, const yaml_node_t *node,
		       const char *name, const struct key *keys)
{
	const struct key *key, *nearest = keys;

	for (key = keys; key->name; key++)
		if (edit_distance(name, key->name) <
		    edit_distance(name, nearest->name))
			nearest = key;
	return fail_at(r, &node->start_mark,
		       "unknown key '%s'; did you mean '%s'?", name,
		       nearest->name);
}

/* Call add for each text of a list. */
static int read_texts(struct reader *r, yaml_node_t *node,
		      int (*add)(struct reader *r, const yaml_node_t *item,
				 const char *text, void *into), void *into)
{
	yaml_node_item_t *item;

	if (node->type != YAML_SEQUENCE_NODE)
		return fail_at(r, &node->start_mark,
			       "'%s' must be a list, [a, b], not %s", r->key,
			       kind_of(node));
	for (item = node->data.sequence.items.start;
	     item < node->data.sequence.items.top; item++) {
		yaml_node_t *n = yaml_document_get_node(&r->doc, *item);
		const char *text;

		if (get_text(r, n, "an item of a list", &text) < 0 ||
		    add(r, n, text, into) < 0)
			return -1;
	}
	return 0;
}

/*
 * Read a mapping by its table of keys, which ends with a NULL name.  into is
 * what the keys' offsets count from.
 */
static int read_mapping(struct reader *r, yaml_node_t *node,
			const struct key *keys, void *into)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	yaml_node_pair_t *pair;

	if (is_null(node))
		return 0;
	if (node->type != YAML_MAPPING_NODE)
		return fail_at(r, &node->start_mark,
			       "'%s' must be a mapping, not %s", r->key,
			       kind_of(node));
	for (pair = node->data.mapping.pairs.start;
	     pair < node->data.mapping.pairs.top; pair++) {
		yaml_node_t *k = yaml_document_get_node(&r->doc, pair->key);
		yaml_node_t *v = yaml_document_get_node(&r->doc, pair->value);
		const struct key *key;
		const char *name;

		if (get_text(r, k, "a key", &name) < 0)
			return -1;
		for (key = keys; key->name && strcmp(key->name, name); key++)
			;
		if (!key->name)
			return unknown_key(r, k, name, keys);
		if (!g_hash_table_add(seen, (char *)name))
			return fail_at(r, &k->start_mark,
				       "duplicate key '%s'", name);
		if (is_null(v))
			continue;
		r->key = key->name;
		if ((key->add ? read_texts(r, v, key->add,
					   (char *)into + key->offset) :
		     key->read(r, v, (char *)into + key->offset)) < 0)
			return -1;
	}
	return 0;
}

static int read_string(struct reader *r, yaml_node_t *node, void *into)
{
	const char *text;

	if (get_text(r, node, r->key, &text) < 0)
		return -1;
	*(char **)into = g_strdup(text);
	return 0;
}

static int read_lower_string(struct reader *r, yaml_node_t *node, void *into)
{
	const char *text;

	if (get_text(r, node, r->key, &text) < 0)
		return -1;
	*(char **)into = g_ascii_strdown(text, -1);
	return 0;
}

/* A path; one that is not absolute starts from the folder of the file. */
static int read_path(struct reader *r, yaml_node_t *node, void *into)
{
	g_autofree char *dir = g_path_get_dirname(r->path);
	g_autofree char *path = NULL;
	const char *text;

	if (get_text(r, node, r->key, &text) < 0)
		return -1;
	path = gitconfig_expand_home(text);
	*(char **)into = g_path_is_absolute(path) ? g_steal_pointer(&path) :
			 g_build_filename(dir, path, NULL);
	return 0;
}

static int read_mailmap(struct reader *r, yaml_node_t *node, void *into)
{
	char **path = into;
	FILE *file;

	if (read_path(r, node, into) < 0)
		return -1;
	file = fopen(*path, "r");
	if (!file)
		return fail_at(r, &node->start_mark,
			       "cannot read mailmap '%s': %s", *path,
			       g_strerror(errno));
	fclose(file);
	return 0;
}

static int read_top(struct reader *r, yaml_node_t *node, void *into)
{
	const char *text;
	char *why = NULL;

	if (get_text(r, node, r->key, &text) < 0)
		return -1;
	return parse_top(text, into, &why) < 0 ?
	       fail_with(r, &node->start_mark, why) : 0;
}

static int read_patches(struct reader *r, yaml_node_t *node, void *into)
{
	const char *text;
	char *why = NULL;

	if (get_text(r, node, r->key, &text) < 0)
		return -1;
	return parse_patches_mode(text, into, &why) < 0 ?
	       fail_with(r, &node->start_mark, why) : 0;
}

static int read_bool(struct reader *r, yaml_node_t *node, void *into)
{
	const char *text;

	if (get_text(r, node, r->key, &text) < 0)
		return -1;
	if (node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE ||
	    gitconfig_parse_bool(text, into) < 0)
		return fail_at(r, &node->start_mark,
			       "'%s' is neither true nor false", text);
	return 0;
}

static int add_section(struct reader *r, const yaml_node_t *item,
		       const char *text, void *into)
{
	char *why = NULL;

	return sections_add(into, text, &why) < 0 ?
	       fail_with(r, &item->start_mark, why) : 0;
}

static int read_sections(struct reader *r, yaml_node_t *node, void *into)
{
	struct sections *sections = into;

	sections->nr = 0;
	return read_texts(r, node, add_section, into);
}

static int add_subject(struct reader *r, const yaml_node_t *item,
		       const char *text, void *into)
{
	char *why = NULL;

	return filter_add_subject(into, text, &why) < 0 ?
	       fail_with(r, &item->start_mark, why) : 0;
}

static int add_from(struct reader *r, const yaml_node_t *item,
		    const char *text, void *into)
{
	(void)r, (void)item;
	filter_add_from(into, text);
	return 0;
}

static int add_prefix(struct reader *r, const yaml_node_t *item,
		      const char *text, void *into)
{
	(void)r, (void)item;
	filter_add_prefix(into, text);
	return 0;
}

static int add_path(struct reader *r, const yaml_node_t *item,
		    const char *text, void *into)
{
	(void)r, (void)item;
	filter_add_path(into, text);
	return 0;
}

static int read_rules(struct reader *r, yaml_node_t *node, void *into)
{
	static const struct key keys[] = {
		{ "subject", 0, .add = add_subject },
		{ "from", 0, .add = add_from },
		{ "prefix", 0, .add = add_prefix },
		{ "path", 0, .add = add_path },
		{ NULL },
	};

	return read_mapping(r, node, keys, into);
}

/* An alias while it is read: {as: 'Name <address>', addresses: [...]} */
struct alias {
	struct address as;
	GPtrArray *addresses;
};

static int read_alias_as(struct reader *r, yaml_node_t *node, void *into)
{
	struct alias *alias = into;
	const char *text;

	if (get_text(r, node, r->key, &text) < 0)
		return -1;
	if (address_parse(&alias->as, text) < 0)
		return fail_at(r, &node->start_mark,
			       "'%s' is not of the form 'Name <address>'",
			       text);
	return 0;
}

static int add_alias_address(struct reader *r, const yaml_node_t *item,
			     const char *text, void *into)
{
	struct alias *alias = into;

	(void)r, (void)item;
	g_ptr_array_add(alias->addresses, g_strdup(text));
	return 0;
}

static int read_alias(struct reader *r, yaml_node_t *node, void *into)
{
	static const struct key keys[] = {
		{ "as", 0, read_alias_as },
		{ "addresses", 0, .add = add_alias_address },
		{ NULL },
	};
	struct people_config *people = into;
	struct alias alias = { .addresses =
			g_ptr_array_new_with_free_func(g_free) };
	int ret = read_mapping(r, node, keys, &alias);
	guint i;

	if (!ret && !alias.as.email)
		ret = fail_at(r, &node->start_mark, "an alias needs the key 'as'");
	for (i = 0; !ret && i < alias.addresses->len; i++)
		people_config_add_alias(people, alias.addresses->pdata[i],
					&alias.as);
	address_clear(&alias.as);
	g_ptr_array_unref(alias.addresses);
	return ret;
}

static int read_aliases(struct reader *r, yaml_node_t *node, void *into)
{
	yaml_node_item_t *item;

	if (node->type != YAML_SEQUENCE_NODE)
		return fail_at(r, &node->start_mark,
			       "'%s' must be a list, not %s", r->key,
			       kind_of(node));
	for (item = node->data.sequence.items.start;
	     item < node->data.sequence.items.top; item++)
		if (read_alias(r, yaml_document_get_node(&r->doc, *item),
			       into) < 0)
			return -1;
	return 0;
}

static int read_domains(struct reader *r, yaml_node_t *node, void *into)
{
	GHashTable *domains = *(GHashTable **)into;
	yaml_node_pair_t *pair;

	if (node->type != YAML_MAPPING_NODE)
		return fail_at(r, &node->start_mark,
			       "'%s' must be a mapping, not %s", r->key,
			       kind_of(node));
	for (pair = node->data.mapping.pairs.start;
	     pair < node->data.mapping.pairs.top; pair++) {
		yaml_node_t *k = yaml_document_get_node(&r->doc, pair->key);
		yaml_node_t *v = yaml_document_get_node(&r->doc, pair->value);
		const char *from, *to;

		if (get_text(r, k, "a domain", &from) < 0 ||
		    get_text(r, v, "a domain", &to) < 0)
			return -1;
		if (!g_hash_table_insert(domains, g_ascii_strdown(from, -1),
					 g_ascii_strdown(to, -1)))
			return fail_at(r, &k->start_mark,
				       "duplicate key '%s'", from);
	}
	return 0;
}

static int add_bot(struct reader *r, const yaml_node_t *item,
		   const char *text, void *into)
{
	GPtrArray *bots = *(GPtrArray **)into;

	(void)r, (void)item;
	g_ptr_array_add(bots, g_ascii_strdown(text, -1));
	return 0;
}

static int read_list(struct reader *r, yaml_node_t *node, void *into)
{
	static const struct key keys[] = {
		{ "name", offsetof(struct config, name), read_string },
		{ "id", offsetof(struct config, id), read_lower_string },
		{ "address", offsetof(struct config, address), read_string },
		{ "archive", offsetof(struct config, archive), read_string },
		{ "mirror", offsetof(struct config, mirror), read_path },
		{ NULL },
	};

	return read_mapping(r, node, keys, into);
}

static int read_digest(struct reader *r, yaml_node_t *node, void *into)
{
	static const struct key keys[] = {
		{ "top", offsetof(struct config, top), read_top },
		{ "sections", offsetof(struct config, sections), read_sections },
		{ "patches", offsetof(struct config, patches), read_patches },
		{ "links", offsetof(struct config, links), read_bool },
		{ NULL },
	};

	return read_mapping(r, node, keys, into);
}

static int read_filters(struct reader *r, yaml_node_t *node, void *into)
{
	static const struct key keys[] = {
		{ "include", offsetof(struct filter, include), read_rules },
		{ "exclude", offsetof(struct filter, exclude), read_rules },
		{ NULL },
	};

	return read_mapping(r, node, keys, into);
}

static int read_people(struct reader *r, yaml_node_t *node, void *into)
{
	static const struct key keys[] = {
		{ "mailmap", offsetof(struct people_config, mailmap), read_mailmap },
		{ "aliases", 0, read_aliases },
		{ "domains", offsetof(struct people_config, domains), read_domains },
		{ "bots", offsetof(struct people_config, bots), .add = add_bot },
		{ NULL },
	};

	return read_mapping(r, node, keys, into);
}

static int read_root(struct reader *r, yaml_node_t *node)
{
	static const struct key keys[] = {
		{ "list", 0, read_list },
		{ "digest", 0, read_digest },
		{ "filters", offsetof(struct config, filter), read_filters },
		{ "people", offsetof(struct config, people), read_people },
		{ NULL },
	};

	return read_mapping(r, node, keys, r->config);
}

/*
 * A node may stand in many places by its anchor, also inside itself.  Count
 * what they all expand to, so that no reader of nodes has to.
 */
static int check_expansion(struct reader *r, int index, unsigned *nodes,
			   int depth)
{
	yaml_node_t *node = yaml_document_get_node(&r->doc, index);
	yaml_node_item_t *item;
	yaml_node_pair_t *pair;

	if (depth > MAX_DEPTH)
		return fail_at(r, &node->start_mark,
			       "nested without end, or deeper than %d levels",
			       MAX_DEPTH);
	if (++*nodes > MAX_NODES)
		return fail_at(r, &node->start_mark,
			       "anchors expand to more than %d nodes",
			       MAX_NODES);
	if (node->type == YAML_SEQUENCE_NODE)
		for (item = node->data.sequence.items.start;
		     item < node->data.sequence.items.top; item++)
			if (check_expansion(r, *item, nodes, depth + 1) < 0)
				return -1;
	if (node->type == YAML_MAPPING_NODE)
		for (pair = node->data.mapping.pairs.start;
		     pair < node->data.mapping.pairs.top; pair++)
			if (check_expansion(r, pair->key, nodes,
					    depth + 1) < 0 ||
			    check_expansion(r, pair->value, nodes,
					    depth + 1) < 0)
				return -1;
	return 0;
}

static int read_document(struct reader *r, yaml_parser_t *parser)
{
	yaml_document_t second;
	yaml_node_t *root;
	unsigned nodes = 0;
	int ret = 0;

	if (!yaml_parser_load(parser, &r->doc))
		return fail_at(r, &parser->problem_mark, "%s",
			       parser->problem ? parser->problem :
			       "not a YAML file");
	root = yaml_document_get_root_node(&r->doc);
	if (root)
		ret = check_expansion(r, 1, &nodes, 0);
	if (root && !ret)
		ret = read_root(r, root);
	yaml_document_delete(&r->doc);
	if (ret || !root)
		return ret;

	if (!yaml_parser_load(parser, &second))
		return fail_at(r, &parser->problem_mark, "%s",
			       parser->problem);
	if (yaml_document_get_root_node(&second))
		ret = fail_at(r, &second.start_mark,
			      "a second document; there may be one");
	yaml_document_delete(&second);
	return ret;
}

static int read_file(const char *path, char **buf, size_t *len, char **err)
{
	FILE *file = fopen(path, "r");
	int ret = -1;

	if (!file) {
		*err = g_strdup_printf("cannot read '%s': %s", path,
				       g_strerror(errno));
		return -1;
	}
	*buf = g_malloc(MAX_FILE_SIZE + 1);
	*len = fread(*buf, 1, MAX_FILE_SIZE + 1, file);
	if (ferror(file))
		*err = g_strdup_printf("cannot read '%s': %s", path,
				       g_strerror(errno));
	else if (*len > MAX_FILE_SIZE)
		*err = g_strdup_printf("'%s' is larger than %d bytes", path,
				       MAX_FILE_SIZE);
	else
		ret = 0;
	fclose(file);
	if (ret)
		g_clear_pointer(buf, g_free);
	return ret;
}

int config_read(struct config *config, const char *path, char **err)
{
	struct reader r = {
		.path = path, .key = "the file", .config = config, .err = err,
	};
	yaml_parser_t parser;
	char *buf;
	size_t len;
	int ret;

	if (read_file(path, &buf, &len, err) < 0)
		return -1;
	if (!yaml_parser_initialize(&parser)) {
		*err = g_strdup_printf("cannot read '%s': out of memory", path);
		g_free(buf);
		return -1;
	}
	yaml_parser_set_input_string(&parser, (unsigned char *)buf, len);
	ret = read_document(&r, &parser);
	yaml_parser_delete(&parser);
	g_free(buf);
	return ret;
}

/* Is the file about the list?  Reads it only if its bytes have the id. */
static int file_is_about(const char *path, const char *id, gboolean by_name,
			 gboolean *found, char **err)
{
	g_autofree char *base = g_path_get_basename(path);
	g_autofree char *low_id = g_ascii_strdown(id, -1);
	g_autofree char *buf = NULL;
	g_autofree char *low = NULL;
	struct config config;
	gboolean by_file;
	size_t len;
	int ret;

	*found = FALSE;
	base[strlen(base) - strlen(".yaml")] = '\0';
	by_file = by_name && !g_ascii_strcasecmp(base, id);
	if (read_file(path, &buf, &len, err) < 0)
		return -1;
	low = g_ascii_strdown(buf, len);
	if (!by_file && !g_strstr_len(low, len, low_id))
		return 0;
	config_init(&config);
	ret = config_read(&config, path, err);
	if (!ret)
		*found = by_file ||
			 (config.id && !strcmp(config.id, low_id)) ||
			 (by_name && config.name &&
			  !g_ascii_strcasecmp(config.name, id));
	config_clear(&config);
	return ret;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int config_find(char **path, const char *dir, const char *id,
		gboolean by_name, char **err)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	GDir *d = g_dir_open(dir, 0, NULL);
	const char *name;
	guint i;

	*path = NULL;
	if (!d)		/* a folder that is not there has no files */
		return 0;
	while ((name = g_dir_read_name(d)))
		if (g_str_has_suffix(name, ".yaml") && *name != '.')
			g_ptr_array_add(names, g_build_filename(dir, name, NULL));
	g_dir_close(d);
	g_ptr_array_sort(names, compare_names);
	for (i = 0; i < names->len; i++) {
		gboolean found;

		if (file_is_about(names->pdata[i], id, by_name, &found, err) < 0)
			return -1;
		if (found) {
			*path = g_strdup(names->pdata[i]);
			return 0;
		}
	}
	return 0;
}
