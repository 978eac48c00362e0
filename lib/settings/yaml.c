#include <string.h>
#include <glib.h>
#include <yaml.h>
#include "git/file.h"
#include "settings/nearest.h"
#include "settings/yaml.h"

/* No person writes such a file, and a larger one would fill the memory. */
#define MAX_FILE_SIZE (1024 * 1024)

/* How many nodes a file may have once its anchors are expanded. */
#define MAX_NODES 100000
#define MAX_DEPTH 100

struct reader {
	const char *path;
	yaml_document_t doc;
	const struct yaml_key *file;	/* what the whole file is read by ... */
	void *into;			/* ... and into */
	unsigned nodes;		/* counted by check_expansion() */
	char **err;
};

/* Fail because of what stands at the mark, and free the text that says why. */
static int fail_at(struct reader *r, yaml_mark_t mark, char *why)
{
	*r->err = g_strdup_printf("%s:%zu:%zu: %s", r->path, mark.line + 1,
				  mark.column + 1, why);
	g_free(why);
	return -1;
}

static int wrong_type(struct reader *r, const yaml_node_t *node,
		      const char *name, const char *wanted)
{
	const char *found = node->type == YAML_MAPPING_NODE ? "a mapping" :
			    node->type == YAML_SEQUENCE_NODE ? "a list" :
			    "a text";

	return fail_at(r, node->start_mark,
		       g_strdup_printf("'%s' must be %s, not %s", name, wanted,
				       found));
}

static gboolean is_plain(const yaml_node_t *node)
{
	return node->type == YAML_SCALAR_NODE &&
	       node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static gboolean is_null(const yaml_node_t *node)
{
	const char *s = (const char *)node->data.scalar.value;

	return is_plain(node) &&
	       (!*s || !strcmp(s, "~") || !strcmp(s, "null"));
}

static int get_text(struct reader *r, const yaml_node_t *node,
		    const char *name, const char **out)
{
	const char *s = (const char *)node->data.scalar.value;

	if (node->type != YAML_SCALAR_NODE)
		return wrong_type(r, node, name, "a text");
	if (!*s || strlen(s) != node->data.scalar.length)
		return fail_at(r, node->start_mark,
			       g_strdup_printf("'%s' %s", name,
					       *s ? "holds a NUL byte" :
					       "is empty"));
	*out = s;
	return 0;
}

/* The items of a list; the keys of a mapping, each with its value after it. */
static GPtrArray *children(struct reader *r, const yaml_node_t *node)
{
	GPtrArray *nodes = g_ptr_array_new();
	yaml_node_item_t *item;
	yaml_node_pair_t *pair;

	if (node->type == YAML_SEQUENCE_NODE)
		for (item = node->data.sequence.items.start;
		     item < node->data.sequence.items.top; item++)
			g_ptr_array_add(nodes, yaml_document_get_node(
						       &r->doc, *item));
	if (node->type == YAML_MAPPING_NODE)
		for (pair = node->data.mapping.pairs.start;
		     pair < node->data.mapping.pairs.top; pair++) {
			g_ptr_array_add(nodes, yaml_document_get_node(
						       &r->doc, pair->key));
			g_ptr_array_add(nodes, yaml_document_get_node(
						       &r->doc, pair->value));
		}
	return nodes;
}

static int unknown_key(struct reader *r, const yaml_node_t *node,
		       const char *name, const struct yaml_key *keys)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *all = NULL;
	const char *meant;

	for (; keys->name; keys++)
		g_ptr_array_add(names, (char *)keys->name);
	meant = nearest_name(name, names);
	if (meant)
		return fail_at(r, node->start_mark, g_strdup_printf(
			"unknown key '%s'; did you mean '%s'?", name, meant));
	g_ptr_array_add(names, NULL);
	all = g_strjoinv(", ", (char **)names->pdata);
	return fail_at(r, node->start_mark, g_strdup_printf(
			"unknown key '%s'; there are: %s", name, all));
}

static int read_text(struct reader *r, yaml_node_t *node,
		     const struct yaml_key *key, void *into)
{
	const char *text;
	char *why = NULL;

	if (get_text(r, node, key->name, &text) < 0)
		return -1;
	if (key->kind == YAML_BARE_TEXT && !is_plain(node))
		return fail_at(r, node->start_mark,
			       g_strdup_printf("'%s' must not be in quotes",
					       key->name));
	return key->take(into, text, &why) < 0 ?
	       fail_at(r, node->start_mark, why) : 0;
}

static int read_pair(struct reader *r, const char *name, yaml_node_t *value,
		     GHashTable *table)
{
	const char *text;

	if (get_text(r, value, name, &text) < 0)
		return -1;
	g_hash_table_insert(table, g_ascii_strdown(name, -1),
			    g_ascii_strdown(text, -1));
	return 0;
}

static int read_value(struct reader *r, yaml_node_t *node,
		      const struct yaml_key *key, void *into);

static int read_key(struct reader *r, yaml_node_t *k, const char *name,
		    yaml_node_t *value, const struct yaml_key *keys, void *into)
{
	const struct yaml_key *key = keys;

	while (key->name && strcmp(key->name, name))
		key++;
	if (!key->name)
		return unknown_key(r, k, name, keys);
	return is_null(value) ? 0 :
	       read_value(r, value, key, (char *)into + key->offset);
}

static int read_mapping(struct reader *r, yaml_node_t *node,
			const struct yaml_key *mapping, void *into)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) nodes = children(r, node);
	char *why = NULL;
	guint i;

	if (node->type != YAML_MAPPING_NODE)
		return wrong_type(r, node, mapping->name, "a mapping");
	for (i = 0; i < nodes->len; i += 2) {
		yaml_node_t *k = nodes->pdata[i], *value = nodes->pdata[i + 1];
		const char *name;

		if (get_text(r, k, "a key", &name) < 0)
			return -1;
		if (!g_hash_table_add(seen, g_ascii_strdown(name, -1)))
			return fail_at(r, k->start_mark, g_strdup_printf(
				"duplicate key '%s'", name));
		if ((mapping->kind == YAML_PAIRS ?
		     read_pair(r, name, value, *(GHashTable **)into) :
		     read_key(r, k, name, value, mapping->keys, into)) < 0)
			return -1;
	}
	return mapping->done && mapping->done(into, &why) < 0 ?
	       fail_at(r, node->start_mark, why) : 0;
}

static int read_list(struct reader *r, yaml_node_t *node,
		     const struct yaml_key *key, void *into)
{
	g_autoptr(GPtrArray) nodes = children(r, node);
	guint i;

	if (node->type != YAML_SEQUENCE_NODE)
		return wrong_type(r, node, key->name, "a list like [a, b]");
	for (i = 0; i < nodes->len; i++)
		if ((key->kind == YAML_TEXTS ? read_text : read_mapping)
		    (r, nodes->pdata[i], key, into) < 0)
			return -1;
	return 0;
}

static int read_value(struct reader *r, yaml_node_t *node,
		      const struct yaml_key *key, void *into)
{
	switch (key->kind) {
	case YAML_TEXTS:
	case YAML_MAPPINGS:
		return read_list(r, node, key, into);
	case YAML_MAPPING:
	case YAML_PAIRS:
		return read_mapping(r, node, key, into);
	default:
		return read_text(r, node, key, into);
	}
}

/*
 * By its anchor a node may stand in many places, even inside itself.  Count
 * the nodes of all places first, so that reading them is sure to end.
 */
static int check_expansion(struct reader *r, yaml_node_t *node, int depth)
{
	g_autoptr(GPtrArray) nodes = NULL;
	guint i;

	if (depth > MAX_DEPTH)
		return fail_at(r, node->start_mark, g_strdup_printf(
			"nested without end, or deeper than %d levels",
			MAX_DEPTH));
	if (++r->nodes > MAX_NODES)
		return fail_at(r, node->start_mark, g_strdup_printf(
			"more than %d nodes, with all anchors expanded",
			MAX_NODES));
	nodes = children(r, node);
	for (i = 0; i < nodes->len; i++)
		if (check_expansion(r, nodes->pdata[i], depth + 1) < 0)
			return -1;
	return 0;
}

static int fail_at_problem(struct reader *r, const yaml_parser_t *parser)
{
	return fail_at(r, parser->problem_mark,
		       g_strdup(parser->problem ? parser->problem :
				"not a YAML file"));
}

/* Load the next document; *root is NULL if there is none. */
static int load(struct reader *r, yaml_parser_t *parser, yaml_node_t **root)
{
	if (!yaml_parser_load(parser, &r->doc))
		return fail_at_problem(r, parser);
	*root = yaml_document_get_root_node(&r->doc);
	return 0;
}

static int read_documents(struct reader *r, yaml_parser_t *parser)
{
	yaml_node_t *root;
	int ret = 0;

	if (load(r, parser, &root) < 0)
		return -1;
	if (root && (check_expansion(r, root, 0) < 0 ||
		     (!is_null(root) &&
		      read_value(r, root, r->file, r->into) < 0)))
		ret = -1;
	yaml_document_delete(&r->doc);
	if (ret < 0 || !root)
		return ret;

	if (load(r, parser, &root) < 0)
		return -1;
	if (root)
		ret = fail_at(r, r->doc.start_mark, g_strdup(
			"a second document; only one may be in the file"));
	yaml_document_delete(&r->doc);
	return ret;
}

int yaml_get_contents(char **buf, size_t *len, const char *path, char **err)
{
	return file_read(buf, len, path, MAX_FILE_SIZE, err);
}

/*
 * For each token libyaml looks at all levels around it: a megabyte of "[" would
 * take an hour.  So this stops where nobody would nest any more.
 */
static int check_nesting(struct reader *r, yaml_parser_t *parser)
{
	gboolean at_end = FALSE;
	int depth = 0, ret = 0;

	while (!at_end && !ret) {
		yaml_event_t event;

		if (!yaml_parser_parse(parser, &event))
			return fail_at_problem(r, parser);
		depth += event.type == YAML_SEQUENCE_START_EVENT ||
			 event.type == YAML_MAPPING_START_EVENT;
		depth -= event.type == YAML_SEQUENCE_END_EVENT ||
			 event.type == YAML_MAPPING_END_EVENT;
		if (depth > MAX_DEPTH)
			ret = fail_at(r, event.start_mark, g_strdup_printf(
				"nested deeper than %d levels", MAX_DEPTH));
		at_end = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	return ret;
}

/* Call read() with a parser at the begin of the file. */
static int with_parser(struct reader *r, const char *buf, size_t len,
		       int (*read)(struct reader *r, yaml_parser_t *parser))
{
	yaml_parser_t parser;
	int ret;

	if (!yaml_parser_initialize(&parser)) {
		*r->err = g_strdup_printf("cannot read '%s': out of memory",
					  r->path);
		return -1;
	}
	yaml_parser_set_input_string(&parser, (const unsigned char *)buf, len);
	ret = read(r, &parser);
	yaml_parser_delete(&parser);
	return ret;
}

int yaml_read(void *into, const struct yaml_key *keys, const char *path,
	      char **err)
{
	const struct yaml_key file = {
		.name = "the file", .kind = YAML_MAPPING, .keys = keys,
	};
	struct reader r = {
		.path = path, .err = err, .file = &file, .into = into,
	};
	g_autofree char *buf = NULL;
	size_t len;

	if (yaml_get_contents(&buf, &len, path, err) < 0)
		return -1;
	return with_parser(&r, buf, len, check_nesting) < 0 ? -1 :
	       with_parser(&r, buf, len, read_documents);
}
