#include <string.h>
#include "digest/sender.h"
#include "mail/field.h"

static gboolean same_email(const char *a, const char *b)
{
	return !g_ascii_strcasecmp(a, b);
}

/* Have both the same full name?  Of one word, many have the same. */
static gboolean same_full_name(const char *a, const char *b)
{
	return strchr(a, ' ') && !g_strcmp0(a, b);
}

gboolean sender_is(const struct reply *reply, const struct address *other)
{
	return same_email(reply->sender.email, other->email) ||
	       same_email(reply->person.email, other->email) ||
	       same_full_name(reply->person.name, other->name);
}

gboolean sender_is_authors(const struct reply *reply,
			   const struct patch *patch)
{
	return sender_is(reply, &patch->author) ||
	       sender_is(reply, &patch->sender);
}

/* "ann+list@mail.example.org": the length up to the "+", or to the "@" */
static size_t local_len(const char *email)
{
	return strcspn(email, "+@");
}

/* Are the domains the same, or one the other's with one label before it? */
static gboolean same_domain(const char *a, const char *b)
{
	const char *shorter_a = strchr(a, '.'), *shorter_b = strchr(b, '.');

	if (same_email(a, b))
		return TRUE;
	/* but not only "com" */
	return (shorter_a && strchr(shorter_a + 1, '.') &&
		same_email(shorter_a + 1, b)) ||
	       (shorter_b && strchr(shorter_b + 1, '.') &&
		same_email(shorter_b + 1, a));
}

static gboolean same_mailbox(const char *a, const char *b)
{
	const char *at_a = strrchr(a, '@'), *at_b = strrchr(b, '@');
	size_t len = local_len(a);

	return at_a && at_b && len == local_len(b) &&
	       !g_ascii_strncasecmp(a, b, len) &&
	       same_domain(at_a + 1, at_b + 1);
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "Bee, Ann" -> "ann bee ": the words, sorted, each once. */
static char *name_key(const char *name)
{
	g_autofree char *folded = field_fold_case(name);
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	GString *key = g_string_new(NULL);
	char *p = folded, *word = NULL;
	guint i;

	while (*p) {
		char *next = g_utf8_next_char(p);

		if (g_unichar_isalnum(g_utf8_get_char(p))) {
			if (!word)
				g_ptr_array_add(words, word = p);
		} else {
			word = NULL;
			*p = '\0';
		}
		p = next;
	}
	g_ptr_array_sort(words, compare_words);
	for (i = 0; i < words->len; i++)
		if (!i || strcmp(words->pdata[i], words->pdata[i - 1]))
			g_string_append_printf(key, "%s ",
					       (char *)words->pdata[i]);
	return g_string_free(key, FALSE);
}

gboolean sender_matches(const struct address *person,
			const struct address *sender)
{
	g_autofree char *a = NULL, *b = NULL;

	if (same_mailbox(person->email, sender->email))
		return TRUE;
	a = name_key(person->name);
	b = name_key(sender->name);
	return *a && !strcmp(a, b);
}

gboolean sender_gave(const struct reply *reply, const struct address *person,
		     const struct people *people)
{
	struct address resolved;
	gboolean is;

	if (sender_matches(person, &reply->sender))
		return TRUE;
	address_copy(&resolved, person);
	people_resolve(people, &resolved);
	is = same_email(resolved.email, reply->person.email);
	address_clear(&resolved);
	return is;
}
