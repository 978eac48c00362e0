#include "digest/conversation.h"
#include "render/jsontalk.h"

static void add_repliers(struct json *json, const char *name,
			 const GPtrArray *repliers, gboolean with_names)
{
	guint i;

	members_begin_array(json, name);
	for (i = 0; i < repliers->len; i++) {
		const struct replier *replier = repliers->pdata[i];

		members_begin_object(json, NULL);
		if (with_names)
			members_string(json, "name", replier->person.name);
		members_string(json, "email", replier->person.email);
		members_number(json, "count", replier->count);
		members_end_object(json);
	}
	members_end_array(json);
}

/* A tag of the whole series is one of each patch. */
static void add_numbers(struct json *json, const struct patch_numbers *of,
			int total)
{
	guint i;
	int number;

	members_begin_array(json, "patches");
	for (number = 1; of->all && number <= total; number++)
		members_number(json, NULL, number);
	for (i = 0; !of->all && i < of->list->len; i++)
		members_number(json, NULL, g_array_index(of->list, int, i));
	members_end_array(json);
}

static void add_tags(struct json *json, const struct conversation *said)
{
	guint i;

	members_begin_array(json, "tags");
	for (i = 0; i < said->tags->len; i++) {
		const struct series_tag *tag = said->tags->pdata[i];

		members_begin_object(json, NULL);
		members_string(json, "tag", tag->name);
		members_string(json, "name", tag->person.name);
		members_string(json, "email", tag->person.email);
		add_numbers(json, &tag->of, said->total);
		members_boolean(json, "matches", tag->matches);
		members_address(json, "sent_by", tag->sent_by);
		members_end_object(json);
	}
	members_end_array(json);
}

static void add_applied(struct json *json, const struct conversation *said)
{
	static const char *const how[] = {
		[LIST_NONE] = "reply",
		[LIST_B4_TY] = "b4-ty",
		[LIST_PATCHWORK] = "patchwork-bot",
		[LIST_TIP] = "tip-bot",
		[LIST_PULLED] = "pr-tracker-bot",
	};
	guint i;

	members_begin_array(json, "applied");
	for (i = 0; i < said->applied->len; i++) {
		const struct application *patch = said->applied->pdata[i];

		members_begin_object(json, NULL);
		members_number(json, "number", patch->number);
		members_string(json, "commit", patch->commit);
		members_address(json, "by", patch->by);
		members_string(json, "how", patch->is_found ? "patch-id" :
			       how[patch->how]);
		members_end_object(json);
	}
	members_end_array(json);
}

void jsontalk_add_conversation(struct json *json, const struct series *series)
{
	const struct conversation *said = series->conversation;

	members_string(json, "state", conversation_state_name(said->state));
	members_number(json, "reviewed", said->reviewed);
	members_number(json, "replies", said->replies);
	add_repliers(json, "repliers", said->repliers, TRUE);
	add_repliers(json, "bots", said->bots, FALSE);
	add_tags(json, said);
	add_applied(json, said);
	members_address(json, "rejected_by", said->rejected_by);
}

static void add_counts(struct json *json, const struct summary *summary)
{
	enum summary_count i;

	for (i = 0; i < NR_SUMMARY_COUNTS; i++)
		members_number(json, summary_count_name(i),
			       summary->counts[i]);
}

void jsontalk_add_summary(struct json *json)
{
	const struct summary *summary = json->digest->summary;
	guint i;

	members_time(json, "oldest", json->digest->oldest);
	members_time(json, "newest", json->digest->newest);
	add_counts(json, summary);
	members_begin_array(json, "newcomers");
	for (i = 0; i < summary->newcomers->len; i++)
		members_address(json, NULL, summary->newcomers->pdata[i]);
	members_end_array(json);
	if (!summary->before) {
		members_string(json, "before", NULL);
		return;
	}
	members_begin_object(json, "before");
	add_counts(json, summary->before);
	members_end_object(json);
}

void jsontalk_add_unanswered(struct json *json, const void *item)
{
	const struct series *series = item;
	const struct patch *head = series->head;

	members_string(json, "commit", head->commit);
	members_string(json, "message_id", head->message_id);
	members_string(json, "subject", head->subject.text);
	members_address(json, "author", &head->author);
	members_string(json, "date", head->date);
}

void jsontalk_add_reviewer_domain(struct json *json, const void *item)
{
	members_domain(json, item, "tags");
}

void jsontalk_add_reviewer(struct json *json, const void *item)
{
	members_person(json, item, "tags");
}

/* What a pull request and a report both say of their mail. */
static void add_mail(struct json *json, const struct reply *mail)
{
	members_string(json, "commit", mail->commit);
	members_string(json, "message_id", mail->message_id);
	members_string(json, "subject", mail->subject);
	members_address(json, "sender", &mail->person);
	members_string(json, "date", mail->date);
	members_strings(json, "also_on", mail->also_on);
}

void jsontalk_add_pull(struct json *json, const void *item)
{
	const struct pull_request *request = item;
	const struct pull *pull = request->mail->pull;

	add_mail(json, request->mail);
	members_string(json, "url", pull ? pull->url : NULL);
	members_string(json, "ref", pull ? pull->ref : NULL);
	members_string(json, "tip", pull ? pull->commit : NULL);
	members_boolean(json, "merged", request->merged != NULL);
	members_string(json, "merge_commit", request->commit);
	members_address(json, "merged_by", request->merged ?
			&request->merged->person : NULL);
}

void jsontalk_add_report(struct json *json, const void *item)
{
	const struct report *report = item;

	members_string(json, "kind", reports_kind_name(report->kind));
	add_mail(json, report->mail);
}

void jsontalk_add_thread(struct json *json, const void *item)
{
	const struct thread *thread = item;

	members_string(json, "commit", thread->commit);
	members_string(json, "subject", thread->subject);
	members_boolean(json, "about_patches", thread->of_patch);
	members_number(json, "mails", thread->mails);
	members_number(json, "people", thread->people);
	members_time(json, "first", thread->first);
	members_time(json, "last", thread->last);
}
