#include <string.h>
#include <json-glib/json-glib.h>
#include "render/format.h"

/*
 * One element of an array at a time is built and written: json-glib would
 * keep a whole document in memory.
 */
static void put_element(FILE *out, JsonBuilder *builder, gboolean *first)
{
	JsonGenerator *generator = json_generator_new();
	JsonNode *root = json_builder_get_root(builder);
	g_autofree char *text = NULL;
	const char *s, *unit;
	gsize len;

	json_generator_set_root(generator, root);
	text = json_generator_to_data(generator, &len);
	if (!*first)
		fputc(',', out);
	fputc('\n', out);
	*first = FALSE;
	/* json-glib escapes all control characters but this one. */
	for (s = text; (unit = memchr(s, '\037', text + len - s));
	     s = unit + 1) {
		fwrite(s, 1, unit - s, out);
		fputs("\\u001f", out);
	}
	fwrite(s, 1, text + len - s, out);
	json_node_free(root);
	g_object_unref(generator);
	json_builder_reset(builder);
}

static void add_string(JsonBuilder *b, const char *name, const char *value)
{
	json_builder_set_member_name(b, name);
	if (value)
		json_builder_add_string_value(b, value);
	else
		json_builder_add_null_value(b);
}

static void add_number(JsonBuilder *b, const char *name, gint64 value)
{
	json_builder_set_member_name(b, name);
	json_builder_add_int_value(b, value);
}

/* A number that a Subject may lack is negative then. */
static void add_optional(JsonBuilder *b, const char *name, int value)
{
	if (value >= 0)
		add_number(b, name, value);
	else
		add_string(b, name, NULL);
}

static void add_mailbox(JsonBuilder *b, const char *name,
			const struct address *address)
{
	json_builder_set_member_name(b, name);
	json_builder_begin_object(b);
	add_string(b, "name", address->name);
	add_string(b, "email", address->email);
	json_builder_end_object(b);
}

/* A text that may have NUL bytes, which json-glib's strings may not. */
static void add_text(JsonBuilder *b, const char *name, const char *text,
		     size_t len)
{
	g_autofree char *valid = g_utf8_make_valid(text, len);

	add_string(b, name, valid);
}

static void add_list(JsonBuilder *b, const struct digest *d)
{
	json_builder_begin_object(b);
	add_string(b, "name", d->name);
	add_string(b, "id", d->list_id);
	add_string(b, "address", d->address);
	add_string(b, "archive", d->archive);
	json_builder_end_object(b);
}

static void add_range(JsonBuilder *b, const struct digest *d)
{
	const char *from = *d->from.commit ? d->from.commit : NULL;

	json_builder_begin_object(b);
	add_string(b, "from", from);
	add_string(b, "to", d->to.commit);
	add_string(b, "from_abbrev", d->from.abbrev);
	add_string(b, "to_abbrev", d->to.abbrev);
	json_builder_end_object(b);
}

static void add_counts(JsonBuilder *b, const struct digest *d)
{
	json_builder_begin_object(b);
	add_number(b, "messages", d->counts.messages);
	add_number(b, "patches", d->patches->len);
	add_number(b, "series", d->series->len);
	add_number(b, "replies", d->counts.replies);
	add_number(b, "removed", d->counts.removed);
	add_number(b, "unreadable", d->counts.unreadable);
	add_number(b, "people", d->people->len);
	json_builder_end_object(b);
}

static void add_diffstat(JsonBuilder *b, const struct diffstat *diffstat)
{
	add_number(b, "files", diffstat->files);
	add_number(b, "insertions", diffstat->insertions);
	add_number(b, "deletions", diffstat->deletions);
}

static void add_summary(JsonBuilder *b, const struct digest *d)
{
	const struct merge *merge = &d->merge;
	guint i;

	json_builder_begin_object(b);
	add_number(b, "merges", d->counts.merges);
	if (merge->no_diffstat) {
		add_string(b, "files", NULL);
		add_string(b, "insertions", NULL);
		add_string(b, "deletions", NULL);
	} else {
		add_diffstat(b, &merge->diffstat);
	}
	add_string(b, "diffstat_unknown", merge->no_diffstat);
	add_string(b, "merge_base", *merge->base ? merge->base : NULL);
	add_string(b, "merge", merge_result_name(merge->result));
	add_string(b, "merge_unknown", merge->unknown);
	json_builder_set_member_name(b, "conflicts");
	json_builder_begin_array(b);
	for (i = 0; i < merge->conflicts->len; i++)
		json_builder_add_string_value(b, merge->conflicts->pdata[i]);
	json_builder_end_array(b);
	json_builder_end_object(b);
}

static void put_checks(FILE *out, JsonBuilder *b, const struct digest *d)
{
	gboolean first = TRUE;
	guint i;

	for (i = 0; i < d->findings->len; i++) {
		const struct finding *finding = d->findings->pdata[i];

		json_builder_begin_object(b);
		add_string(b, "check", checks_name(finding->check));
		add_string(b, "commit", finding->commit);
		add_string(b, "subject", finding->subject);
		add_string(b, "text", finding->text);
		json_builder_end_object(b);
		put_element(out, b, &first);
	}
}

static void put_domains(FILE *out, JsonBuilder *b, const struct digest *d)
{
	gboolean first = TRUE;
	guint i;

	for (i = 0; i < d->domains->len; i++) {
		const struct tally_line *line =
			&g_array_index(d->domains, struct tally_line, i);

		json_builder_begin_object(b);
		add_string(b, "domain", line->text);
		add_number(b, "count", line->count);
		json_builder_end_object(b);
		put_element(out, b, &first);
	}
}

static void put_contributors(FILE *out, JsonBuilder *b, const struct digest *d)
{
	gboolean first = TRUE;
	guint i;

	for (i = 0; i < d->people->len; i++) {
		const struct tally_line *line =
			&g_array_index(d->people, struct tally_line, i);

		json_builder_begin_object(b);
		add_string(b, "name", line->person.name);
		add_string(b, "email", line->person.email);
		add_number(b, "count", line->count);
		json_builder_end_object(b);
		put_element(out, b, &first);
	}
}

/* What a series and an entry say of their patch alike. */
static void add_patch(JsonBuilder *b, const struct patch *patch)
{
	add_string(b, "commit", patch->commit);
	add_string(b, "message_id", patch->message_id);
	add_string(b, "subject", patch->subject.text);
	add_mailbox(b, "author", &patch->author);
	add_mailbox(b, "sender", &patch->sender);
	add_string(b, "date", patch->date);
}

static void add_prefixes(JsonBuilder *b, const struct subject *subject)
{
	guint i;

	json_builder_set_member_name(b, "prefixes");
	json_builder_begin_array(b);
	for (i = 0; i < subject->prefixes->len; i++)
		json_builder_add_string_value(b, subject->prefixes->pdata[i]);
	json_builder_end_array(b);
}

static void put_series(FILE *out, JsonBuilder *b, const struct digest *d)
{
	gboolean first = TRUE;
	guint i, k;

	for (i = 0; i < d->series->len; i++) {
		const struct series *series = d->series->pdata[i];
		const struct patch *head = series->head;

		json_builder_begin_object(b);
		add_patch(b, head);
		add_string(b, "title", head->subject.title);
		add_number(b, "version", head->subject.version);
		add_optional(b, "total", head->subject.total);
		add_prefixes(b, &head->subject);
		add_string(b, "commit_abbrev", head->abbrev);
		add_string(b, "superseded_by", series->superseded_by ?
			   series->superseded_by->head->commit : NULL);
		json_builder_set_member_name(b, "patches");
		json_builder_begin_array(b);
		for (k = 0; k < series->patches->len; k++) {
			const struct patch *patch = series->patches->pdata[k];

			json_builder_begin_object(b);
			add_optional(b, "number", patch->subject.number);
			add_patch(b, patch);
			json_builder_end_object(b);
		}
		json_builder_end_array(b);
		json_builder_end_object(b);
		put_element(out, b, &first);
	}
}

static void put_entries(FILE *out, JsonBuilder *b, const struct digest *d)
{
	gboolean first = TRUE;
	guint i;

	for (i = 0; i < d->entries->len; i++) {
		const struct entry *entry = d->entries->pdata[i];
		const struct patch *patch = entry->patch;
		const struct patch *exists_as = entries_stand_in(entry);
		g_autofree char *link = digest_link(d, patch);

		json_builder_begin_object(b);
		add_string(b, "label", exists_as ? "exist" : "new");
		add_patch(b, patch);
		add_string(b, "title", patch->subject.title);
		add_optional(b, "number", patch->subject.number);
		add_optional(b, "total", patch->subject.total);
		add_number(b, "version", patch->subject.version);
		add_string(b, "link", link);
		add_text(b, "body", patch->body, patch->body_len);
		if (patch->has_diffstat) {
			json_builder_set_member_name(b, "diffstat");
			json_builder_begin_object(b);
			add_diffstat(b, &patch->diffstat);
			json_builder_end_object(b);
		} else {
			add_string(b, "diffstat", NULL);
		}
		add_string(b, "exist", exists_as ?
			   exists_as->commit : NULL);
		json_builder_end_object(b);
		put_element(out, b, &first);
	}
}

/* One member of the outermost object that is an object itself. */
static void put_object(FILE *out, const char *name, const struct digest *d,
		       void (*add)(JsonBuilder *b, const struct digest *d))
{
	JsonBuilder *b = json_builder_new_immutable();
	gboolean first = TRUE;

	fprintf(out, ",\n\"%s\":", name);
	add(b, d);
	put_element(out, b, &first);
	g_object_unref(b);
}

static void put_array(FILE *out, const char *name, const struct digest *d,
		      void (*put)(FILE *out, JsonBuilder *b,
				  const struct digest *d))
{
	JsonBuilder *b = json_builder_new_immutable();

	fprintf(out, ",\n\"%s\": [", name);
	put(out, b, d);
	fputs("\n]", out);
	g_object_unref(b);
}

void render_json(const struct digest *digest,
		 const struct render_options *options, FILE *out)
{
	(void)options;
	fprintf(out, "{\n\"schema\": 1,\n\"kind\": \"%s\"",
		digest->kind == DIGEST_CODE ? "code" : "inbox");
	put_object(out, "list", digest, add_list);
	put_object(out, "range", digest, add_range);
	put_object(out, "counts", digest, add_counts);
	put_array(out, "domains", digest, put_domains);
	put_array(out, "contributors", digest, put_contributors);
	if (digest->has_merge)
		put_object(out, "summary", digest, add_summary);
	if (digest->findings)
		put_array(out, "checks", digest, put_checks);
	put_array(out, "series", digest, put_series);
	put_array(out, "entries", digest, put_entries);
	fputs("\n}\n", out);
}
