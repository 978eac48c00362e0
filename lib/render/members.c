#include <json-glib/json-glib.h>
#include "render/members.h"
#include "screen/scrub.h"

void members_start(struct json *json, const struct digest *digest,
		   const struct format_options *options, FILE *out)
{
	*json = (struct json) {
		digest, options, out, json_builder_new_immutable(),
	};
}

void members_end(struct json *json)
{
	g_object_unref(json->b);
}

/*
 * Like scrub_unsafe(), but also for the marks that give a direction to the
 * letters around them (U+061C, U+200E and U+200F).
 */
static size_t must_escape(const char *s, const char *end, unsigned *code)
{
	size_t len = scrub_unsafe(s, end, code);

	if (len)
		return len;
	*code = g_utf8_get_char(s);
	return *code == 0x061c || *code == 0x200e || *code == 0x200f ?
	       (size_t)(g_utf8_next_char(s) - s) : 0;
}

/*
 * Write what was built.  json-glib would keep a whole document in memory, so
 * each element of the large arrays is built and written by itself.
 */
static void put_built(struct json *json)
{
	JsonGenerator *generator = json_generator_new();
	JsonNode *root = json_builder_get_root(json->b);
	g_autofree char *text = NULL;
	const char *s, *clean, *end;
	gsize len;

	json_generator_set_root(generator, root);
	text = json_generator_to_data(generator, &len);
	end = text + len;
	/* json-glib escapes the control characters of ASCII, but U+001F */
	for (s = clean = text; s < end;) {
		unsigned code;
		/* most text is ASCII, which needs no closer look */
		size_t n = *s >= ' ' && *s < 0x7f ? 0 :
			   must_escape(s, end, &code);

		if (!n) {
			s++;
			continue;
		}
		fwrite(clean, 1, s - clean, json->out);
		fprintf(json->out, "\\u%04x", code);
		s += n;
		clean = s;
	}
	fwrite(clean, 1, end - clean, json->out);
	json_node_free(root);
	g_object_unref(generator);
	json_builder_reset(json->b);
}

void members_put_object(struct json *json, const char *name,
			void (*add)(struct json *json))
{
	fprintf(json->out, ",\n\"%s\":\n", name);
	json_builder_begin_object(json->b);
	add(json);
	json_builder_end_object(json->b);
	put_built(json);
}

void members_put_array(struct json *json, const char *name,
		       const GPtrArray *items,
		       void (*add)(struct json *json, const void *item))
{
	guint i;

	fprintf(json->out, ",\n\"%s\": [", name);
	for (i = 0; i < items->len; i++) {
		fputs(i ? ",\n" : "\n", json->out);
		json_builder_begin_object(json->b);
		add(json, items->pdata[i]);
		json_builder_end_object(json->b);
		put_built(json);
	}
	fputs("\n]", json->out);
}

static void set_name(struct json *json, const char *name)
{
	if (name)
		json_builder_set_member_name(json->b, name);
}

void members_string(struct json *json, const char *name, const char *value)
{
	set_name(json, name);
	if (value)
		json_builder_add_string_value(json->b, value);
	else
		json_builder_add_null_value(json->b);
}

void members_number(struct json *json, const char *name, gint64 value)
{
	set_name(json, name);
	json_builder_add_int_value(json->b, value);
}

void members_boolean(struct json *json, const char *name, gboolean value)
{
	set_name(json, name);
	json_builder_add_boolean_value(json->b, value);
}

void members_optional(struct json *json, const char *name, int value)
{
	if (value >= 0)
		members_number(json, name, value);
	else
		members_string(json, name, NULL);
}

void members_mode(struct json *json, const char *name, unsigned mode)
{
	g_autofree char *text = mode ? g_strdup_printf("%06o", mode) : NULL;

	members_string(json, name, text);
}

void members_time(struct json *json, const char *name, gint64 seconds)
{
	g_autoptr(GDateTime) date = seconds < 0 ? NULL :
		g_date_time_new_from_unix_utc(seconds);
	g_autofree char *text = date ?
		g_date_time_format(date, "%Y-%m-%dT%H:%M:%S+00:00") : NULL;

	members_string(json, name, text);
}

void members_strings(struct json *json, const char *name,
		     const GPtrArray *strings)
{
	guint i;

	members_begin_array(json, name);
	for (i = 0; strings && i < strings->len; i++)
		members_string(json, NULL, strings->pdata[i]);
	members_end_array(json);
}

void members_address(struct json *json, const char *name,
		     const struct address *address)
{
	if (!address) {
		members_string(json, name, NULL);
		return;
	}
	members_begin_object(json, name);
	members_string(json, "name", address->name);
	members_string(json, "email", address->email);
	members_end_object(json);
}

void members_domain(struct json *json, const struct tally_line *line,
		    const char *more)
{
	members_string(json, "domain", line->text);
	members_number(json, "count", line->count);
	members_number(json, more, line->more);
}

void members_person(struct json *json, const struct tally_line *line,
		    const char *more)
{
	members_string(json, "name", line->person.name);
	members_string(json, "email", line->person.email);
	members_number(json, "count", line->count);
	members_number(json, more, line->more);
}

void members_begin_object(struct json *json, const char *name)
{
	set_name(json, name);
	json_builder_begin_object(json->b);
}

void members_end_object(struct json *json)
{
	json_builder_end_object(json->b);
}

void members_begin_array(struct json *json, const char *name)
{
	set_name(json, name);
	json_builder_begin_array(json->b);
}

void members_end_array(struct json *json)
{
	json_builder_end_array(json->b);
}
