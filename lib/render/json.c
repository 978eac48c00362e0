#include <string.h>
#include <json-glib/json-glib.h>
#include "git/abbrev.h"
#include "render/format.h"
#include "screen/scrub.h"

/* A digest while it is printed. */
struct json {
	const struct digest *digest;
	struct abbrev *abbrev;
	FILE *out;
	JsonBuilder *b;
};

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

static void put_object(struct json *json, const char *name,
		       void (*add)(struct json *json))
{
	fprintf(json->out, ",\n\"%s\":\n", name);
	json_builder_begin_object(json->b);
	add(json);
	json_builder_end_object(json->b);
	put_built(json);
}

static void put_array(struct json *json, const char *name,
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

/* value may be NULL. */
static void add_string(struct json *json, const char *name, const char *value)
{
	json_builder_set_member_name(json->b, name);
	if (value)
		json_builder_add_string_value(json->b, value);
	else
		json_builder_add_null_value(json->b);
}

static void add_number(struct json *json, const char *name, gint64 value)
{
	json_builder_set_member_name(json->b, name);
	json_builder_add_int_value(json->b, value);
}

/* A number that a Subject may lack; it is negative then. */
static void add_optional(struct json *json, const char *name, int value)
{
	if (value >= 0)
		add_number(json, name, value);
	else
		add_string(json, name, NULL);
}

static void add_strings(struct json *json, const char *name,
			const GPtrArray *strings)
{
	guint i;

	json_builder_set_member_name(json->b, name);
	json_builder_begin_array(json->b);
	for (i = 0; i < strings->len; i++)
		json_builder_add_string_value(json->b, strings->pdata[i]);
	json_builder_end_array(json->b);
}

static void add_address(struct json *json, const char *name,
			const struct address *address)
{
	json_builder_set_member_name(json->b, name);
	json_builder_begin_object(json->b);
	add_string(json, "name", address->name);
	add_string(json, "email", address->email);
	json_builder_end_object(json->b);
}

static void add_list(struct json *json)
{
	const struct digest *d = json->digest;

	add_string(json, "name", d->name);
	add_string(json, "id", d->list_id);
	add_string(json, "address", d->address);
	add_string(json, "archive", d->archive);
}

static void add_range(struct json *json)
{
	const char *from = *json->digest->from ? json->digest->from : NULL;
	const char *to = json->digest->to;

	add_string(json, "from", from);
	add_string(json, "to", to);
	add_string(json, "from_abbrev", from ? abbrev_of(json->abbrev, from) :
		   NULL);
	add_string(json, "to_abbrev", abbrev_of(json->abbrev, to));
	add_string(json, "from_date", json->digest->from_date);
	add_string(json, "to_date", json->digest->to_date);
}

static void add_counts(struct json *json)
{
	const struct digest *d = json->digest;

	add_number(json, "messages", d->counts.messages);
	add_number(json, "patches", d->patches->len);
	add_number(json, "series", d->series->len);
	add_number(json, "replies", d->counts.replies);
	add_number(json, "removed", d->counts.removed);
	add_number(json, "unreadable", d->counts.unreadable);
	add_number(json, "people", d->people->len);
}

static void add_diffstat(struct json *json, const struct diffstat *diffstat)
{
	add_number(json, "files", diffstat->files);
	add_number(json, "insertions", diffstat->insertions);
	add_number(json, "deletions", diffstat->deletions);
}

static void add_summary(struct json *json)
{
	const struct merge *merge = &json->digest->merge;

	add_number(json, "merges", json->digest->counts.merges);
	if (merge->no_diffstat) {
		add_string(json, "files", NULL);
		add_string(json, "insertions", NULL);
		add_string(json, "deletions", NULL);
	} else {
		add_diffstat(json, &merge->diffstat);
	}
	add_string(json, "diffstat_unknown", merge->no_diffstat);
	add_string(json, "merge_base", *merge->base ? merge->base : NULL);
	add_string(json, "merge", merge_result_name(merge->result));
	add_string(json, "merge_unknown", merge->unknown);
	add_strings(json, "conflicts", merge->conflicts);
}

static void add_finding(struct json *json, const void *item)
{
	const struct finding *finding = item;

	add_string(json, "check", checks_name(finding->check));
	add_string(json, "commit", finding->commit);
	add_string(json, "subject", finding->subject);
	add_string(json, "text", finding->text);
}

static void add_domain(struct json *json, const void *item)
{
	const struct tally_line *line = item;

	add_string(json, "domain", line->text);
	add_number(json, "count", line->count);
	add_number(json, "series", line->more);
}

static void add_contributor(struct json *json, const void *item)
{
	const struct tally_line *line = item;

	add_string(json, "name", line->person.name);
	add_string(json, "email", line->person.email);
	add_number(json, "count", line->count);
	add_number(json, "series", line->more);
}

/* What a series and an entry both say of their patch. */
static void add_patch(struct json *json, const struct patch *patch)
{
	add_string(json, "commit", patch->commit);
	add_string(json, "message_id", patch->message_id);
	add_string(json, "subject", patch->subject.text);
	add_address(json, "author", &patch->author);
	add_address(json, "sender", &patch->sender);
	add_string(json, "date", patch->date);
}

static void add_supersedes(struct json *json, const GPtrArray *supersedes)
{
	guint i;

	json_builder_set_member_name(json->b, "supersedes");
	json_builder_begin_array(json->b);
	for (i = 0; i < supersedes->len; i++) {
		const struct series *older = supersedes->pdata[i];

		json_builder_begin_object(json->b);
		add_string(json, "commit", older->head->commit);
		add_string(json, "why", older->why);
		json_builder_end_object(json->b);
	}
	json_builder_end_array(json->b);
}

static void add_previous(struct json *json, const struct previous *previous)
{
	if (!previous) {
		add_string(json, "previous", NULL);
		return;
	}
	json_builder_set_member_name(json->b, "previous");
	json_builder_begin_object(json->b);
	add_string(json, "commit", previous->commit);
	add_string(json, "date", previous->date);
	add_number(json, "version", previous->version);
	json_builder_end_object(json->b);
}

/* A larger total is a mistake, or a trick to print many numbers. */
#define MAX_TOTAL 1000

static void add_missing(struct json *json, const struct series *series)
{
	g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
	int total = series->head->subject.total, n;
	guint i;

	if (total > MAX_TOTAL) {
		add_string(json, "missing", NULL);
		return;
	}
	for (i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];

		g_hash_table_add(numbers,
				 GINT_TO_POINTER(patch->subject.number));
	}
	json_builder_set_member_name(json->b, "missing");
	json_builder_begin_array(json->b);
	for (n = 1; n <= total; n++)
		if (!g_hash_table_contains(numbers, GINT_TO_POINTER(n)))
			json_builder_add_int_value(json->b, n);
	json_builder_end_array(json->b);
}

static void add_series(struct json *json, const void *item)
{
	const struct series *series = item;
	const struct patch *head = series->head;
	guint i;

	add_patch(json, head);
	add_string(json, "title", head->subject.title);
	add_number(json, "version", head->subject.version);
	add_optional(json, "total", head->subject.total);
	add_strings(json, "prefixes", head->subject.prefixes);
	add_string(json, "commit_abbrev",
		   abbrev_of(json->abbrev, head->commit));
	add_string(json, "superseded_by", series->superseded_by ?
		   series->superseded_by->head->commit : NULL);
	add_supersedes(json, series->supersedes);
	add_previous(json, series->previous);
	add_missing(json, series);
	json_builder_set_member_name(json->b, "patches");
	json_builder_begin_array(json->b);
	for (i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];

		json_builder_begin_object(json->b);
		add_optional(json, "number", patch->subject.number);
		add_patch(json, patch);
		json_builder_end_object(json->b);
	}
	json_builder_end_array(json->b);
}

static void add_entry(struct json *json, const void *item)
{
	const struct entry *entry = item;
	const struct patch *patch = entry->patch;
	const char *exist = entries_exist_commit(entry);
	g_autofree char *link = digest_link(json->digest, patch);
	/* json-glib's strings end at a NUL byte, which a body may have */
	g_autofree char *body = g_utf8_make_valid(patch->body,
						  patch->body_len);

	add_string(json, "label", exist ? "exist" : "new");
	add_patch(json, patch);
	add_string(json, "title", patch->subject.title);
	add_optional(json, "number", patch->subject.number);
	add_optional(json, "total", patch->subject.total);
	add_number(json, "version", patch->subject.version);
	add_string(json, "link", link);
	add_string(json, "body", body);
	if (patch->has_diffstat) {
		json_builder_set_member_name(json->b, "diffstat");
		json_builder_begin_object(json->b);
		add_diffstat(json, &patch->diffstat);
		json_builder_end_object(json->b);
	} else {
		add_string(json, "diffstat", NULL);
	}
	add_string(json, "exist", exist);
}

static void print(const struct digest *digest,
		  const struct format_options *options, FILE *out)
{
	struct json json = {
		digest, options->abbrev, out, json_builder_new_immutable(),
	};

	fprintf(out, "{\n\"schema\": 1,\n\"kind\": \"%s\"",
		digest->kind == DIGEST_CODE ? "code" : "inbox");
	put_object(&json, "list", add_list);
	put_object(&json, "range", add_range);
	put_object(&json, "counts", add_counts);
	put_array(&json, "domains", digest->domains, add_domain);
	put_array(&json, "contributors", digest->people, add_contributor);
	if (digest->has_merge)
		put_object(&json, "summary", add_summary);
	if (digest->findings)
		put_array(&json, "checks", digest->findings, add_finding);
	put_array(&json, "series", digest->series, add_series);
	put_array(&json, "entries", digest->entries, add_entry);
	fputs("\n}\n", out);
	g_object_unref(json.b);
}

const struct format json_format = {
	.says_all = TRUE,
	.print = print,
};
