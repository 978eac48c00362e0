#include "digest/reply.h"
#include "mail/tags.h"

#define MAX_REFERENCES 200

static void read_text(struct reply *reply, const GString *text)
{
	struct pull pull;

	reply->tags = tags_parse(text->str, text->len, FALSE);
	if (!reply->tags->len)
		g_clear_pointer(&reply->tags, g_ptr_array_unref);
	statements_parse(&reply->says, text->str, text->len);
	/* few mails have one; and an answer may quote it without a ">" */
	if (reply->answered == reply->subject &&
	    pull_parse(&pull, text->str, text->len))
		reply->pull = g_memdup2(&pull, sizeof(pull));
}

/*
 * Of many References the nearest are kept, one of which will be known, and the
 * last, which began the thread.
 */
static GPtrArray *take_references(struct message *message)
{
	GPtrArray *references = g_steal_pointer(&message->references);

	if (references->len > MAX_REFERENCES)
		g_ptr_array_remove_range(references, MAX_REFERENCES - 1,
					 references->len - MAX_REFERENCES);
	return references;
}

struct reply *reply_from_message(struct message *message)
{
	struct reply *reply = g_new0(struct reply, 1);

	reply->message_id = g_steal_pointer(&message->message_id);
	reply->date = g_steal_pointer(&message->date);
	reply->references = take_references(message);
	reply->subject = g_steal_pointer(&message->subject);
	reply->answered = subject_skip_reply_marks(reply->subject);
	reply->sender = message->from;
	message->from.name = message->from.email = NULL;
	address_settle(&reply->sender);
	if (message->text)
		read_text(reply, message->text);
	return reply;
}

struct reply *reply_from_patch(struct patch *patch)
{
	struct reply *reply = g_new0(struct reply, 1);

	memcpy(reply->commit, patch->commit, sizeof(reply->commit));
	memcpy(reply->blob, patch->blob, sizeof(reply->blob));
	reply->place = patch->place;
	reply->arrived = patch->arrived;
	reply->is_listed = patch->is_listed;
	reply->also_on = g_steal_pointer(&patch->also_on);
	reply->is_wanted = patch->is_wanted;
	reply->is_involved = patch->is_involved;
	reply->message_id = g_steal_pointer(&patch->message_id);
	reply->date = g_steal_pointer(&patch->date);
	reply->references = g_steal_pointer(&patch->references);
	reply->subject = g_strdup(patch->subject.text);
	reply->answered = reply->subject;
	reply->sender = patch->sender;
	patch->sender.name = patch->sender.email = NULL;
	patch_free(patch);
	return reply;
}

void reply_free(struct reply *reply)
{
	if (!reply)
		return;
	g_free(reply->message_id);
	g_free(reply->date);
	g_clear_pointer(&reply->references, g_ptr_array_unref);
	g_free(reply->subject);
	address_clear(&reply->sender);
	address_clear(&reply->person);
	g_clear_pointer(&reply->tags, g_ptr_array_unref);
	statements_clear(&reply->says);
	g_clear_pointer(&reply->also_on, g_ptr_array_unref);
	if (reply->pull)
		pull_clear(reply->pull);
	g_free(reply->pull);
	g_free(reply);
}
