#include <string.h>
#include "digest/patch.h"
#include "mail/field.h"
#include "mail/span.h"
#include "mail/tags.h"

static void set_author(struct patch *patch, const char *inbody_from)
{
	if (inbody_from && !address_parse(&patch->author, inbody_from))
		return;
	address_copy(&patch->author, &patch->sender);
}

static void set_sender(struct patch *patch, struct message *message)
{
	patch->sender = message->from;
	message->from.name = message->from.email = NULL;
	address_settle(&patch->sender);
}

/* The length of what is kept of a body; it must not end within a line. */
static size_t cut_body(const char *text, size_t len)
{
	const char *nl;

	if (len <= PATCH_MAX_BODY)
		return len;
	nl = memrchr(text, '\n', PATCH_MAX_BODY);
	return nl ? (size_t)(nl - text) : 0;
}

static void add_path(const char *path, void *data)
{
	GPtrArray *paths = data;

	g_ptr_array_add(paths, g_strdup(path));
}

/* Returns whether the text quotes a diff, and has none of its own. */
static gboolean read_body(struct patch *patch, const char *text, size_t len)
{
	gboolean only_quotes_diff;
	struct body body;

	body_parse(&body, text, len);
	set_author(patch, body.from);
	if (body.subject) {
		g_autofree char *subject = field_decode(body.subject);

		subject_take_title(&patch->subject, subject);
	}
	patch->change_id = g_steal_pointer(&body.change_id);
	patch->older = g_steal_pointer(&body.older);
	patch->body_len = cut_body(text + body.start, body.end - body.start);
	patch->body = g_malloc(patch->body_len + 1);
	memcpy(patch->body, text + body.start, patch->body_len);
	patch->body[patch->body_len] = '\0';
	patch->files = g_steal_pointer(&body.files);
	patch->has_diff = body.has_diff;
	patch->has_diffstat = body.has_diffstat;
	patch->diffstat = body.diffstat;
	only_quotes_diff = body.quotes_diff && !body.has_diff;
	body_clear(&body);
	return only_quotes_diff;
}

/*
 * What the Subject alone does not tell.  Returns FALSE if the mail is neither a
 * patch nor maybe a cover letter.
 */
static gboolean settle_kind(struct patch *patch, gboolean only_quotes_diff)
{
	struct subject *subject = &patch->subject;

	/* an answer without "Re:" */
	if (subject->is_patch && subject->number != 0 && only_quotes_diff &&
	    patch->references->len)
		return FALSE;
	if (subject->needs_diff && patch->has_diff)
		subject->is_patch = TRUE;
	if (subject->is_set && subject->number > 0 && !patch->has_diff)
		subject->number = subject->total = -1;
	patch->may_be_cover = !subject->is_patch;
	if (patch->may_be_cover)
		subject->number = 0;
	return subject->is_patch || (!patch->has_diff && patch->message_id);
}

struct patch *patch_from_message(struct message *message, unsigned wants)
{
	const char *text = message->text ? message->text->str : "";
	size_t len = message->text ? message->text->len : 0;
	gboolean only_quotes_diff;
	struct subject subject;
	struct patch *patch;

	subject_parse(&subject, message->subject);
	if (subject.is_reply) {
		subject_clear(&subject);
		return NULL;
	}
	patch = g_new0(struct patch, 1);
	patch->subject = subject;
	patch->message_id = g_steal_pointer(&message->message_id);
	patch->date = g_steal_pointer(&message->date);
	patch->references = g_steal_pointer(&message->references);
	set_sender(patch, message);
	only_quotes_diff = read_body(patch, text, len) &&
			   /* its own may be attached */
			   !message->may_have_attachments;
	if (!settle_kind(patch, only_quotes_diff)) {
		patch_free(patch);
		return NULL;
	}
	patch->title_key = subject_title_key(patch->subject.title);
	patch->tree = subject_tree(&patch->subject);
	if (wants & PATCH_TAGS)
		patch_read_tags(patch, text, len);
	if (wants & PATCH_PATHS) {
		patch->paths = g_ptr_array_new_with_free_func(g_free);
		body_each_path(text, len, add_path, patch->paths);
	}
	return patch;
}

void patch_cut_body(struct patch *patch, unsigned max_lines)
{
	struct span rest = { patch->body, patch->body_len }, line;
	unsigned nr = 0;

	while (nr < max_lines && span_line(&rest, &line))
		nr++;
	if (!rest.len)
		return;
	/* without the newline before the rest */
	patch->body_len = rest.s - 1 - patch->body;
	patch->body[patch->body_len] = '\0';
	while (span_line(&rest, &line))
		patch->lines_left_out++;
}

void patch_free(struct patch *patch)
{
	if (!patch)
		return;
	g_free(patch->message_id);
	g_free(patch->date);
	g_clear_pointer(&patch->references, g_ptr_array_unref);
	subject_clear(&patch->subject);
	g_free(patch->title_key);
	g_free(patch->tree);
	address_clear(&patch->author);
	address_clear(&patch->sender);
	g_free(patch->body);
	g_free(patch->change_id);
	g_clear_pointer(&patch->older, g_ptr_array_unref);
	g_clear_pointer(&patch->files, g_ptr_array_unref);
	g_clear_pointer(&patch->paths, g_ptr_array_unref);
	g_clear_pointer(&patch->contents, g_ptr_array_unref);
	g_clear_pointer(&patch->tags, g_ptr_array_unref);
	g_free(patch->applied_as);
	g_free(patch->merged);
	g_clear_pointer(&patch->also_on, g_ptr_array_unref);
	g_free(patch);
}

void patch_read_tags(struct patch *patch, const char *text, size_t len)
{
	patch->tags = tags_parse(text, len, TRUE);
	if (!patch->tags->len)
		g_clear_pointer(&patch->tags, g_ptr_array_unref);
}

gboolean patch_is_reviewed(const struct patch *patch)
{
	guint i;

	for (i = 0; patch->tags && i < patch->tags->len; i++)
		if (tags_is_review(patch->tags->pdata[i]))
			return TRUE;
	return FALSE;
}

gboolean patch_is_cover(const struct patch *patch)
{
	return patch->subject.number == 0;
}

gboolean patch_is_lone(const struct patch *patch)
{
	return patch->subject.number < 0;
}

gboolean patch_same_sender(const struct patch *a, const struct patch *b)
{
	return !g_ascii_strcasecmp(a->sender.email, b->sender.email);
}

gboolean patch_same_author(const struct patch *a, const struct patch *b)
{
	return !g_ascii_strcasecmp(a->author.email, b->author.email);
}
