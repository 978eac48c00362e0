#include "git/abbrev.h"
#include "render/jsontalk.h"

static void add_list(struct json *json)
{
	const struct digest *d = json->digest;

	members_string(json, "name", d->name);
	members_string(json, "id", d->list_id);
	members_string(json, "address", d->address);
	members_string(json, "archive", d->archive);
}

static const char *abbreviate(const struct json *json, const char *id)
{
	return abbrev_of(json->options->abbrev, id);
}

static void add_range(struct json *json)
{
	const char *from = *json->digest->from ? json->digest->from : NULL;
	const char *to = json->digest->to;

	members_string(json, "from", from);
	members_string(json, "to", to);
	members_string(json, "from_abbrev", from ? abbreviate(json, from) :
						   NULL);
	members_string(json, "to_abbrev", abbreviate(json, to));
	members_string(json, "from_date", json->digest->from_date);
	members_string(json, "to_date", json->digest->to_date);
	members_strings(json, "limited_to", json->digest->limits);
}

static void add_counts(struct json *json)
{
	const struct digest *d = json->digest;

	members_number(json, "messages", d->counts.messages);
	members_number(json, "patches", d->patches->len);
	members_number(json, "series", d->series->len);
	members_number(json, "replies", d->counts.replies);
	members_number(json, "removed", d->counts.removed);
	members_number(json, "unreadable", d->counts.unreadable);
	members_number(json, "people", d->people->len);
	members_number(json, "listed_before", d->counts.listed);
}

static void add_diffstat(struct json *json, const struct diffstat *diffstat)
{
	members_number(json, "files", diffstat->files);
	members_number(json, "insertions", diffstat->insertions);
	members_number(json, "deletions", diffstat->deletions);
}

static void add_change(struct json *json, const struct change *change)
{
	const char status[] = { change->status, '\0' };
	g_autofree char *path = changes_quote_path(change->path);
	g_autofree char *from = change->from ?
				changes_quote_path(change->from) : NULL;

	members_begin_object(json, NULL);
	members_string(json, "status", status);
	members_string(json, "path", path);
	members_string(json, "from", from);
	members_mode(json, "old_mode", change->old_mode);
	members_mode(json, "new_mode", change->new_mode);
	members_optional(json, "insertions", change->is_binary ? -1 :
			 (int)change->insertions);
	members_optional(json, "deletions", change->is_binary ? -1 :
			 (int)change->deletions);
	members_end_object(json);
}

static void add_files(struct json *json, const GPtrArray *files)
{
	guint i;

	members_begin_array(json, "changes");
	for (i = 0; files && i < files->len; i++)
		add_change(json, files->pdata[i]);
	members_end_array(json);
}

static void add_signatures(struct json *json,
			   const struct signatures *signatures)
{
	members_begin_object(json, "signatures");
	members_number(json, "good", signatures->nr[SIGNATURE_GOOD]);
	members_number(json, "bad", signatures->nr[SIGNATURE_BAD]);
	members_number(json, "unknown", signatures->nr[SIGNATURE_UNKNOWN]);
	members_number(json, "none", signatures->nr[SIGNATURE_NONE]);
	members_end_object(json);
}

static void add_summary(struct json *json)
{
	const struct merge *merge = &json->digest->merge;

	members_number(json, "merges", json->digest->counts.merges);
	members_string(json, "refs", json->digest->refs);
	if (merge->no_changes) {
		members_string(json, "files", NULL);
		members_string(json, "insertions", NULL);
		members_string(json, "deletions", NULL);
	} else {
		add_diffstat(json, &merge->changes.sum);
	}
	members_string(json, "diffstat_unknown", merge->no_changes);
	members_string(json, "merge_base", *merge->base ? merge->base : NULL);
	members_time(json, "base_date", *merge->base ? merge->base_time : -1);
	members_number(json, "behind", merge->behind);
	members_string(json, "merge", merge_result_name(merge->result));
	members_string(json, "merge_unknown", merge->unknown);
	members_strings(json, "conflicts", merge->conflicts);
	members_strings(json, "both_changed", merge->both);
	members_string(json, "side_unknown", merge->no_side);
	add_files(json, merge->changes.files);
	members_number(json, "tests", json->digest->tests);
	add_signatures(json, &json->digest->signatures);
}

static void add_rangediff(struct json *json)
{
	const struct rangediff *rangediff = json->digest->rangediff;
	guint i;

	members_begin_array(json, "commits");
	for (i = 0; i < rangediff->lines->len; i++) {
		const struct rangediff_line *line = rangediff->lines->pdata[i];
		const char status[] = { line->status, '\0' };

		members_begin_object(json, NULL);
		members_string(json, "status", status);
		members_string(json, "line", line->text);
		members_end_object(json);
	}
	members_end_array(json);
	members_string(json, "text", rangediff->text);
}

static void add_against(struct json *json)
{
	members_string(json, "repository", json->digest->against);
	members_string(json, "commit", json->digest->against_tip);
}

static void add_finding(struct json *json, const void *item)
{
	const struct finding *finding = item;

	members_string(json, "check", checks_name(finding->check));
	members_string(json, "commit", finding->commit);
	members_string(json, "subject", finding->subject);
	members_string(json, "text", finding->text);
}

static void add_review(struct json *json, const void *item)
{
	const struct review *review = item;

	members_string(json, "name", review->person.name);
	members_string(json, "email", review->person.email);
	members_number(json, "count", review->total);
	members_number(json, "reviewed", review->nr[TAG_REVIEWED]);
	members_number(json, "acked", review->nr[TAG_ACKED]);
	members_number(json, "tested", review->nr[TAG_TESTED]);
	members_number(json, "nacked", review->nr[TAG_NACKED]);
}

static void add_domain(struct json *json, const void *item)
{
	members_domain(json, item, "series");
}

static void add_contributor(struct json *json, const void *item)
{
	members_person(json, item, "series");
}

/* What a series and an entry both say of their patch. */
static void add_patch(struct json *json, const struct patch *patch)
{
	members_string(json, "commit", patch->commit);
	members_string(json, "message_id", patch->message_id);
	members_string(json, "subject", patch->subject.text);
	members_address(json, "author", &patch->author);
	members_address(json, "sender", &patch->sender);
	members_string(json, "date", patch->date);
	members_strings(json, "also_on", patch->also_on);
}

static void add_supersedes(struct json *json, const GPtrArray *supersedes)
{
	guint i;

	members_begin_array(json, "supersedes");
	for (i = 0; i < supersedes->len; i++) {
		const struct series *older = supersedes->pdata[i];

		members_begin_object(json, NULL);
		members_string(json, "commit", older->head->commit);
		members_string(json, "why", older->why);
		members_end_object(json);
	}
	members_end_array(json);
}

static void add_previous(struct json *json, const struct previous *previous)
{
	if (!previous) {
		members_string(json, "previous", NULL);
		return;
	}
	members_begin_object(json, "previous");
	members_string(json, "commit", previous->commit);
	members_string(json, "date", previous->date);
	members_number(json, "version", previous->version);
	members_end_object(json);
}

static void add_missing(struct json *json, const struct series *series)
{
	g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
	int total = series->head->subject.total, n;
	guint i;

	if (total > SERIES_MAX_TOTAL) {
		members_string(json, "missing", NULL);
		return;
	}
	for (i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];

		g_hash_table_add(numbers,
				 GINT_TO_POINTER(patch->subject.number));
	}
	members_begin_array(json, "missing");
	for (n = 1; n <= total; n++)
		if (!g_hash_table_contains(numbers, GINT_TO_POINTER(n)))
			members_number(json, NULL, n);
	members_end_array(json);
}

static void add_series(struct json *json, const void *item)
{
	const struct series *series = item;
	const struct patch *head = series->head;
	guint i;

	add_patch(json, head);
	members_string(json, "title", head->subject.title);
	members_number(json, "version", head->subject.version);
	members_optional(json, "total", head->subject.total);
	members_strings(json, "prefixes", head->subject.prefixes);
	members_string(json, "commit_abbrev",
		       abbreviate(json, head->commit));
	members_string(json, "superseded_by", series->superseded_by ?
		   series->superseded_by->head->commit : NULL);
	add_supersedes(json, series->supersedes);
	add_previous(json, series->previous);
	add_missing(json, series);
	if (json->digest->twins) {
		const struct cherry_twin *twin = digest_twin(json->digest,
							     head->commit);

		members_string(json, "exist", twin ? twin->commit : NULL);
	}
	if (series->conversation)
		jsontalk_add_conversation(json, series);
	members_begin_array(json, "patches");
	for (i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];

		members_begin_object(json, NULL);
		members_optional(json, "number", patch->subject.number);
		add_patch(json, patch);
		members_string(json, "applied_as", patch->applied_as);
		members_end_object(json);
	}
	members_end_array(json);
}

static void add_entry(struct json *json, const void *item)
{
	const struct entry *entry = item;
	const struct patch *patch = entry->patch;
	const char *exist = entries_exist_commit(entry);
	g_autofree char *link = digest_link(json->digest,
					      patch->message_id);
	/* json-glib's strings end at a NUL byte, which a body may have */
	g_autofree char *body = patch->body ?
		g_utf8_make_valid(patch->body, patch->body_len) : NULL;

	members_string(json, "label", exist ? "exist" : "new");
	add_patch(json, patch);
	members_string(json, "title", patch->subject.title);
	members_optional(json, "number", patch->subject.number);
	members_optional(json, "total", patch->subject.total);
	members_number(json, "version", patch->subject.version);
	members_string(json, "link", link);
	members_string(json, "body", body);
	members_number(json, "lines_left_out", patch->lines_left_out);
	if (patch->has_diffstat) {
		members_begin_object(json, "diffstat");
		add_diffstat(json, &patch->diffstat);
		members_end_object(json);
	} else {
		members_string(json, "diffstat", NULL);
	}
	members_string(json, "exist", exist);
}

static gboolean prints(const struct json *json, enum section section)
{
	return sections_have(&json->options->sections, section);
}

static void put_talk(struct json *json)
{
	const struct digest *digest = json->digest;

	if (prints(json, SECTION_DISCUSSED))
		members_put_array(json, "discussed", digest->discussed,
				  add_series);
	if (prints(json, SECTION_UNANSWERED))
		members_put_array(json, "unanswered", digest->unanswered,
				  jsontalk_add_unanswered);
	if (prints(json, SECTION_REVIEWERS)) {
		members_put_array(json, "reviewer_domains",
				  digest->reviewer_domains,
				  jsontalk_add_reviewer_domain);
		members_put_array(json, "reviewers", digest->reviewers,
				  jsontalk_add_reviewer);
	}
	if (prints(json, SECTION_PULLS))
		members_put_array(json, "pulls", digest->pulls,
				  jsontalk_add_pull);
	if (prints(json, SECTION_REPORTS))
		members_put_array(json, "reports", digest->reports,
				  jsontalk_add_report);
	if (prints(json, SECTION_THREADS))
		members_put_array(json, "threads", digest->threads,
				  jsontalk_add_thread);
}

/* All of it but the beginning. */
static void put_digest(const struct format_part *part, FILE *out)
{
	const struct digest *digest = part->digest;
	struct json json;

	members_start(&json, digest, &part->options, out);
	fprintf(out, "\"kind\": \"%s\"",
		digest->kind == DIGEST_CODE ? "code" : "inbox");
	members_put_object(&json, "list", add_list);
	members_put_object(&json, "range", add_range);
	members_put_object(&json, "counts", add_counts);
	members_put_array(&json, "domains", digest->domains, add_domain);
	members_put_array(&json, "contributors", digest->people,
			  add_contributor);
	if (digest->against)
		members_put_object(&json, "against", add_against);
	if (digest->has_merge)
		members_put_object(&json, "summary", add_summary);
	if (digest->summary)
		members_put_object(&json, "summary", jsontalk_add_summary);
	if (digest->rangediff)
		members_put_object(&json, "range_diff", add_rangediff);
	if (digest->findings)
		members_put_array(&json, "checks", digest->findings,
				  add_finding);
	if (digest->reviews)
		members_put_array(&json, "reviewers", digest->reviews,
				  add_review);
	members_put_array(&json, "series", digest->series, add_series);
	if (digest->replies)
		put_talk(&json);
	members_put_array(&json, "entries", digest->entries, add_entry);
	fputs("\n}", out);
	members_end(&json);
}

/* One digest is the document; several are in an array. */
static void print(const struct format_part *parts, unsigned nr, FILE *out)
{
	unsigned i;

	fputs("{\n\"schema\": 1,\n", out);
	if (nr == 1)
		put_digest(parts, out);
	else
		fputs("\"kind\": \"inbox\",\n\"lists\": [", out);
	for (i = 0; nr > 1 && i < nr; i++) {
		fputs(i ? ",\n{\n" : "\n{\n", out);
		put_digest(&parts[i], out);
	}
	fputs(nr > 1 ? "\n]\n}\n" : "\n", out);
}

const struct format json_format = {
	.says_all = TRUE,
	.print = print,
};
