#include <string.h>
#include "digest/filter.h"
#include "digest/limit.h"
#include "mail/tags.h"

void limit_init(struct limit *limit)
{
	memset(limit, 0, sizeof(*limit));
	limit->authors = g_ptr_array_new_with_free_func(pattern_free);
	limit->greps = g_ptr_array_new_with_free_func(pattern_free);
	limit->to = g_ptr_array_new_with_free_func(g_free);
	limit->cc = g_ptr_array_new_with_free_func(g_free);
	limit->involves = g_ptr_array_new_with_free_func(g_free);
	limit->paths = g_ptr_array_new_with_free_func(g_free);
}

void limit_clear(struct limit *limit)
{
	g_ptr_array_unref(limit->authors);
	g_ptr_array_unref(limit->greps);
	g_ptr_array_unref(limit->to);
	g_ptr_array_unref(limit->cc);
	g_ptr_array_unref(limit->involves);
	g_ptr_array_unref(limit->paths);
}

gboolean limit_needs_replies(const struct limit *limit)
{
	return limit->involves->len || limit->states;
}

gboolean limit_needs_paths(const struct limit *limit)
{
	return limit->paths->len;
}

gboolean limit_needs_recipients(const struct limit *limit)
{
	return limit->to->len || limit->cc->len || limit->involves->len;
}

static gboolean matches_text(const GPtrArray *patterns, const char *s,
			     size_t len)
{
	guint i;

	for (i = 0; i < patterns->len; i++)
		if (pattern_matches(patterns->pdata[i], s, len))
			return TRUE;
	return FALSE;
}

static gboolean matches_email(const GPtrArray *globs, const char *email)
{
	guint i;

	for (i = 0; i < globs->len; i++)
		if (address_matches(globs->pdata[i], email))
			return TRUE;
	return FALSE;
}

/* The person is found by the address in the mail, and by that of a mailmap. */
static gboolean matches_person(const GPtrArray *globs,
			       const struct people *people,
			       const struct address *address)
{
	struct address person;
	gboolean does;

	if (matches_email(globs, address->email))
		return TRUE;
	address_copy(&person, address);
	people_resolve(people, &person);
	does = matches_email(globs, person.email);
	address_clear(&person);
	return does;
}

static gboolean matches_any(const GPtrArray *globs, const struct people *people,
			    const GPtrArray *emails)
{
	guint i;

	for (i = 0; i < emails->len; i++) {
		struct address address = {
			emails->pdata[i], emails->pdata[i],
		};

		if (matches_person(globs, people, &address))
			return TRUE;
	}
	return FALSE;
}

static gboolean matches_tag(const GPtrArray *globs, const struct people *people,
			    const GPtrArray *tags)
{
	guint i;

	for (i = 0; tags && i < tags->len; i++) {
		const struct tag *tag = tags->pdata[i];

		if (matches_person(globs, people, &tag->person))
			return TRUE;
	}
	return FALSE;
}

static gboolean wants_author(const struct limit *limit,
			     const struct people *people,
			     const struct address *author)
{
	g_autofree char *text = NULL;
	struct address person;

	if (!limit->authors->len)
		return TRUE;
	address_copy(&person, author);
	people_resolve(people, &person);
	text = g_strdup_printf("%s <%s>", person.name, person.email);
	address_clear(&person);
	return matches_text(limit->authors, text, strlen(text));
}

static gboolean wants_text(const struct limit *limit, const char *subject,
			   const char *text, size_t len)
{
	gboolean matches;

	if (!limit->greps->len)
		return TRUE;
	matches = matches_text(limit->greps, subject, strlen(subject)) ||
		  (len && matches_text(limit->greps, text, len));
	return matches != limit->invert_grep;
}

static gboolean wants_recipients(const struct limit *limit,
				 const struct people *people,
				 const struct message *message)
{
	return (!limit->to->len ||
		matches_any(limit->to, people, message->to)) &&
	       (!limit->cc->len ||
		matches_any(limit->cc, people, message->cc));
}

static gboolean wants_paths(const struct limit *limit, const GPtrArray *paths)
{
	guint i, k;

	for (i = 0; i < limit->paths->len; i++)
		for (k = 0; paths && k < paths->len; k++)
			if (filter_path_matches(limit->paths->pdata[i],
						paths->pdata[k]))
				return TRUE;
	return !limit->paths->len;
}

static gboolean is_recipient(const struct limit *limit,
			     const struct people *people,
			     const struct message *message)
{
	return matches_any(limit->involves, people, message->to) ||
	       matches_any(limit->involves, people, message->cc);
}

void limit_mark_patch(const struct limit *limit, const struct people *people,
		      struct patch *patch, const struct message *message)
{
	const GPtrArray *globs = limit->involves;

	patch->is_wanted =
		wants_author(limit, people, &patch->author) &&
		wants_text(limit, patch->subject.text, patch->body,
			   patch->body_len) &&
		wants_recipients(limit, people, message) &&
		wants_paths(limit, patch->paths);
	patch->is_involved = globs->len &&
		(matches_person(globs, people, &patch->author) ||
		 matches_person(globs, people, &patch->sender) ||
		 is_recipient(limit, people, message) ||
		 matches_tag(globs, people, patch->tags));
}

/* Is there a condition that a mail has to meet by itself? */
static gboolean asks_for_patches(const struct limit *limit)
{
	return limit->authors->len || limit->greps->len || limit->to->len ||
	       limit->cc->len || limit->paths->len;
}

void limit_mark_reply(const struct limit *limit, const struct people *people,
		      struct reply *reply, const struct message *message,
		      gboolean is_reply)
{
	const GPtrArray *globs = limit->involves;
	const GString *text = message->text;

	reply->is_wanted = (!is_reply || !asks_for_patches(limit)) &&
		wants_author(limit, people, &reply->sender) &&
		wants_text(limit, reply->subject, text ? text->str : "",
			   text ? text->len : 0) &&
		wants_recipients(limit, people, message) &&
		wants_paths(limit, NULL);
	reply->is_involved = globs->len &&
		(matches_person(globs, people, &reply->sender) ||
		 is_recipient(limit, people, message) ||
		 matches_tag(globs, people, reply->tags));
}

/* What the replies add to what the patches say. */
struct involved {
	GHashTable *series;	/* a set of struct series * */
	GHashTable *roots;	/* the same of struct reply *, of threads that
				   are about no patch */
};

static void find_involved(struct involved *out, const GPtrArray *replies)
{
	guint i;

	out->series = g_hash_table_new(NULL, NULL);
	out->roots = g_hash_table_new(NULL, NULL);
	for (i = 0; replies && i < replies->len; i++) {
		struct reply *reply = replies->pdata[i];

		if (reply->is_involved && reply->series)
			g_hash_table_add(out->series, reply->series);
		else if (reply->is_involved)
			g_hash_table_add(out->roots, reply->root);
	}
}

static gboolean wants_series(const struct limit *limit,
			     const struct series *series,
			     const struct involved *involved)
{
	gboolean is_wanted = FALSE, is_involved = !limit->involves->len;
	guint i;

	if (limit->states &&
	    !(limit->states & 1u << series->conversation->state))
		return FALSE;
	for (i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];

		is_wanted |= patch->is_wanted;
		is_involved |= patch->is_involved;
	}
	return is_wanted && (is_involved ||
			     g_hash_table_contains(involved->series, series));
}

static gboolean wants_reply(const struct limit *limit,
			    const struct reply *reply,
			    const struct involved *involved)
{
	if (reply->series)
		return !reply->series->is_left_out;
	if (reply->is_excluded)		/* a patch that does not count */
		return FALSE;
	return !limit->states && reply->root->is_wanted &&
	       (!limit->involves->len ||
		g_hash_table_contains(involved->roots, reply->root));
}

static void mark_series(const struct limit *limit, GPtrArray *series,
			const struct involved *involved)
{
	guint i, k;

	for (i = 0; series && i < series->len; i++) {
		struct series *one = series->pdata[i];

		one->is_left_out = !wants_series(limit, one, involved);
		for (k = 0; k < one->patches->len; k++) {
			struct patch *patch = one->patches->pdata[k];

			patch->is_left_out = one->is_left_out;
		}
	}
}

void limit_apply(const struct limit *limit, struct digest *digest)
{
	GPtrArray *replies = digest->replies;
	struct involved involved;
	guint i;

	find_involved(&involved, replies);
	mark_series(limit, digest->series, &involved);
	mark_series(limit, digest->older_series, &involved);
	for (i = 0; replies && i < replies->len; i++) {
		struct reply *reply = replies->pdata[i];

		reply->is_left_out = !wants_reply(limit, reply, &involved);
	}
	digest_leave_out(digest);
	g_hash_table_unref(involved.series);
	g_hash_table_unref(involved.roots);
}

void limit_add_failures(GPtrArray *failures, const struct limit *limit)
{
	pattern_add_failures(failures, limit->authors, "pattern", "line");
	pattern_add_failures(failures, limit->greps, "pattern", "line");
}
