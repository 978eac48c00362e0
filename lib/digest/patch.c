#include <string.h>
#include "digest/patch.h"

/* The author: the same rule as git am, but for cover letters too. */
static void set_author(struct patch *patch, const char *inbody_from)
{
	if (inbody_from &&
	    !address_parse(&patch->author, inbody_from))
		return;
	patch->author.name = g_strdup(patch->sender.name);
	patch->author.email = g_strdup(patch->sender.email);
}

/* How much of a text is kept, which must not end within a line. */
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

struct patch *patch_from_mail(struct message *mail, gboolean with_paths)
{
	struct patch *patch;
	struct subject subject;
	struct body body;

	subject_parse(&subject, mail->subject);
	if (!subject.is_patch) {
		subject_clear(&subject);
		return NULL;
	}
	patch = g_new0(struct patch, 1);
	patch->subject = subject;
	patch->message_id = g_steal_pointer(&mail->message_id);
	patch->date = g_steal_pointer(&mail->date);
	patch->references = g_steal_pointer(&mail->references);
	patch->sender = mail->from;
	mail->from.name = mail->from.email = NULL;
	if (!patch->sender.email) {	/* RFC 5322 §3.6 wants a From; still */
		patch->sender.name = g_strdup("unknown");
		patch->sender.email = g_strdup("unknown");
	}

	if (!mail->text)
		mail->text = g_string_new(NULL);
	body_parse(&body, mail->text->str, mail->text->len);
	set_author(patch, body.from);
	if (body.subject) {
		g_autofree char *text = field_decode(body.subject);

		subject_take_title(&patch->subject, text);
	}
	patch->change_id = g_steal_pointer(&body.change_id);
	patch->older = g_steal_pointer(&body.older);
	patch->body_len = cut_body(mail->text->str + body.start,
				   body.end - body.start);
	patch->body = g_malloc(patch->body_len + 1);
	memcpy(patch->body, mail->text->str + body.start, patch->body_len);
	patch->body[patch->body_len] = '\0';
	patch->has_diffstat = body.has_diffstat;
	patch->diffstat = body.diffstat;
	body_clear(&body);
	if (with_paths) {
		patch->paths = g_ptr_array_new_with_free_func(g_free);
		body_each_path(mail->text->str, mail->text->len, add_path,
			       patch->paths);
	}
	return patch;
}

void patch_free(struct patch *patch)
{
	if (!patch)
		return;
	g_free(patch->message_id);
	g_free(patch->date);
	if (patch->references)
		g_ptr_array_unref(patch->references);
	subject_clear(&patch->subject);
	address_clear(&patch->author);
	address_clear(&patch->sender);
	g_free(patch->body);
	g_free(patch->change_id);
	if (patch->older)
		g_ptr_array_unref(patch->older);
	if (patch->paths)
		g_ptr_array_unref(patch->paths);
	g_free(patch);
}

gboolean patch_is_cover(const struct patch *patch)
{
	return patch->subject.number == 0;
}

gboolean patch_is_lone(const struct patch *patch)
{
	return patch->subject.number < 0;
}

gboolean patch_same_author(const struct patch *a, const struct patch *b)
{
	return !g_ascii_strcasecmp(a->author.email, b->author.email);
}
