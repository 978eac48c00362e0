#include "render/listing.h"
#include "render/members.h"
#include "render/table.h"

enum { COLUMN_NAME, COLUMN_MIRROR, COLUMN_NEWS, NR_COLUMNS };

void listing_free(void *data)
{
	struct listing *listing = data;

	g_free(listing->name);
	g_free(listing->id);
	g_free(listing->file);
	g_free(listing->mirror);
	g_free(listing->problem);
	g_free(listing);
}

/* A path may have any bytes, but is one line. */
static char *one_line(const char *text)
{
	return text ? g_strdelimit(g_utf8_make_valid(text, -1), "\n", ' ') :
		      NULL;
}

static void add_line(struct table *table, const struct listing *listing)
{
	table_line(table);
	table_cell(table, one_line(listing->name), COLOR_SUBJECT);
	table_cell(table, one_line(listing->mirror), PLAIN);
	if (listing->problem)
		table_cell(table, one_line(listing->problem), COLOR_REJECTED);
	else if (!listing->mirror)
		table_cell(table, NULL, PLAIN);
	else
		table_cell(table, words_news_since(listing->has_mark,
						   listing->news,
						   listing->since),
			   listing->news ? COLOR_NEW : PLAIN);
}

void listing_print(const GPtrArray *lists, const struct format_options *options,
		   FILE *out)
{
	const struct page t = { NULL, options, out };
	struct table *table = table_new(NR_COLUMNS, COLUMN_NAME);
	guint i;

	for (i = 0; i < lists->len; i++)
		add_line(table, lists->pdata[i]);
	table_print(table, &t);
	table_free(table);
}

static void add_text(struct json *json, const char *name, const char *text)
{
	g_autofree char *valid = text ? g_utf8_make_valid(text, -1) : NULL;

	members_string(json, name, valid);
}

static void add_listing(struct json *json, const void *item)
{
	const struct listing *listing = item;

	add_text(json, "name", listing->name);
	add_text(json, "id", listing->id);
	add_text(json, "file", listing->file);
	add_text(json, "mirror", listing->mirror);
	add_text(json, "problem", listing->problem);
	members_optional(json, "new", listing->has_mark ?
			 (int)MIN(listing->news, G_MAXINT) : -1);
	members_time(json, "since", listing->has_mark ? listing->since : -1);
}

void listing_print_json(const GPtrArray *lists,
			const struct format_options *options, FILE *out)
{
	struct json json;

	members_start(&json, NULL, options, out);
	fputs("{\n\"schema\": 1", out);
	members_put_array(&json, "lists", lists, add_listing);
	fputs("\n}\n", out);
	members_end(&json);
}
