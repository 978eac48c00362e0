#include "digest/pulls.h"

/* So far above the mail that says it is merged a request is looked for. */
#define MAX_STEPS 100

static gboolean is_request(const struct reply *reply)
{
	struct subject subject;
	gboolean is;

	if (*reply->subject != '[' || reply->is_bot || reply->is_excluded)
		return FALSE;
	subject_parse(&subject, reply->subject);
	is = !subject.is_reply && subject_has_prefix(&subject, "PULL") &&
	     (subject.number < 1 || reply->pull);
	subject_clear(&subject);
	return is;
}

/* The request that the mail answers, at once or in the end. */
static struct pull_request *find_request(GHashTable *requests,
					 const struct reply *reply)
{
	struct pull_request *request = NULL;
	int i;

	for (i = 0; !request && reply->parent && i < MAX_STEPS; i++) {
		reply = reply->parent;
		request = g_hash_table_lookup(requests, reply);
	}
	return request;
}

/* A bot tracks what Linus Torvalds pulls; others say it themselves. */
static void take_answer(GHashTable *requests, const struct reply *reply)
{
	const struct statements *says = &reply->says;
	gboolean is_tracker = reply->is_bot && says->items &&
			      says->writer == LIST_PULLED;
	struct pull_request *request = NULL;

	if (is_tracker || (says->applied && !reply->is_bot))
		request = find_request(requests, reply);
	if (!request || (request->merged && !is_tracker))
		return;
	request->merged = reply;
	if (is_tracker) {
		const struct applied_item *item = says->items->pdata[0];

		request->commit = item->commit;
	}
}

GPtrArray *pulls_find(const GPtrArray *replies, const GPtrArray *heard)
{
	g_autoptr(GHashTable) requests = g_hash_table_new(NULL, NULL);
	GPtrArray *pulls = g_ptr_array_new_with_free_func(g_free);
	guint i;

	for (i = 0; i < replies->len; i++) {
		struct reply *reply = replies->pdata[i];
		struct pull_request *request;

		if (!is_request(reply))
			continue;
		request = g_new0(struct pull_request, 1);
		request->mail = reply;
		g_hash_table_insert(requests, reply, request);
		g_ptr_array_add(pulls, request);
	}
	for (i = heard->len; i > 0; i--)
		take_answer(requests, heard->pdata[i - 1]);
	return pulls;
}
