#include <fnmatch.h>
#include <string.h>
#include <gmime/gmime.h>
#include "mail/address.h"
#include "mail/field.h"

/* Groups may hold groups; nobody has a use for more levels of them. */
#define MAX_GROUP_DEPTH 32

/*
 * Read an address in which GMime finds none: what is in angle brackets, even
 * without an '@' ("Name <name at example.org>"), or else the word around the
 * first '@'.  The rest is the name.
 */
static void parse_loosely(struct address *out, const char *value)
{
	const char *start = strchr(value, '<'), *at = strchr(value, '@');
	const char *end = start ? strchr(start, '>') : NULL;
	g_autofree char *name = NULL;

	if (end && start[1] != '>') {
		start++;
	} else {
		if (!at)
			return;
		start = at;
		while (start > value &&
		       !strchr(FIELD_SPACE "<(\"", start[-1]))
			start--;
		end = at + strcspn(at, " \t\r\n>)\"");
		if (start == at || end == at + 1)
			return;
	}
	name = g_strdup_printf("%.*s%s", (int)(start - value), value, end);
	out->name = field_decode(g_strdelimit(name, "<>()\"", ' '));
	out->email = field_clean(start, end - start);
}

/*
 * "Bee, Ann (Acme) <ab@example.org>": by RFC 5322 the comma ends an address,
 * and what is in parentheses is a comment.  To git, which writes an in-body
 * From like this, and to people all of it is a name.  Put what stands around a
 * single address into quotes, so that GMime keeps it.
 */
static char *quote_name(const char *value)
{
	const char *open = strchr(value, '<');
	const char *close = open ? strchr(open, '>') : NULL;

	if (!close || !strpbrk(value, "(),;:[]") ||
	    strpbrk(value, "\"\\") || strchr(close, '<') ||
	    memchr(value, '@', open - value) || strchr(close, '@') ||
	    /* "group: A <a@example.org>;" */
	    (memchr(value, ':', open - value) && strchr(close, ';')))
		return g_strdup(value);
	return g_strdup_printf("\"%.*s%s\" %.*s", (int)(open - value), value,
			       close + 1, (int)(close + 1 - open), open);
}

/* The first address of a list, also inside a group, that is not but. */
static InternetAddressMailbox *first_mailbox(InternetAddressList *list,
					     const char *but, int depth)
{
	int i, nr = list ? internet_address_list_length(list) : 0;

	for (i = 0; i < nr; i++) {
		InternetAddress *one = internet_address_list_get_address(list,
									 i);
		InternetAddressMailbox *found = NULL;

		if (INTERNET_ADDRESS_IS_MAILBOX(one))
			found = INTERNET_ADDRESS_MAILBOX(one);
		else if (depth < MAX_GROUP_DEPTH)
			found = first_mailbox(
				internet_address_group_get_members(
					INTERNET_ADDRESS_GROUP(one)),
				but, depth + 1);
		if (found && found->addr && strchr(found->addr, '@') &&
		    (!but || g_ascii_strcasecmp(found->addr, but)))
			return found;
	}
	return NULL;
}

int address_parse_other(struct address *out, const char *value,
			const char *email)
{
	g_autofree char *start = g_strndup(value, ADDRESS_MAX);
	g_autofree char *words = field_prepare(start);
	g_autofree char *quoted = quote_name(words);
	InternetAddressList *list = internet_address_list_parse(NULL, quoted);
	InternetAddressMailbox *found = first_mailbox(list, email, 0);

	out->name = out->email = NULL;
	if (found) {
		out->name = field_clean(internet_address_get_name(
					INTERNET_ADDRESS(found)), -1);
		out->email = field_clean(found->addr, -1);
	} else if (!email) {
		parse_loosely(out, quoted);
	}
	g_clear_object(&list);
	if (!out->email || !*out->email) {	/* none, or "< >" */
		address_clear(out);
		return -1;
	}
	if (!*out->name) {
		g_free(out->name);
		out->name = g_strdup(out->email);
	}
	return 0;
}

int address_parse(struct address *out, const char *value)
{
	return address_parse_other(out, value, NULL);
}

/* Behind a quoted text or a comment (RFC 5322 §3.2.2, §3.2.4). */
static const char *skip_quoted(const char *s)
{
	const char close = *s == '"' ? '"' : ')';
	int depth = 0;

	do {
		if (*s == '(' && close == ')')
			depth++;
		else if (*s == ')' && close == ')')
			depth--;
		else if (*s == '\\' && s[1])
			s++;
		s++;
		if (close == '"' && *s == '"')
			return s + 1;
	} while (*s && (close == '"' || depth));
	return s;
}

/*
 * Not by GMime, which calls itself for each group in a list, and here the list
 * may be long.  What has an '@' is an address, whatever stands around it.
 */
void address_add_emails(GPtrArray *emails, const char *value)
{
	static const char between[] = FIELD_SPACE "<>,;:()\"";

	while (*value) {
		size_t len = strcspn(value, between);
		const char *at = memchr(value, '@', len);

		if (at && at > value && at + 1 < value + len)
			g_ptr_array_add(emails, field_clean(value, len));
		value += len;
		if (*value == '"' || *value == '(')
			value = skip_quoted(value);
		else if (*value)
			value++;
	}
}

void address_settle(struct address *address)
{
	if (address->email)
		return;
	address->name = g_strdup("unknown");
	address->email = g_strdup("unknown");
}

void address_copy(struct address *out, const struct address *address)
{
	out->name = g_strdup(address->name);
	out->email = g_strdup(address->email);
}

void address_clear(struct address *address)
{
	g_clear_pointer(&address->name, g_free);
	g_clear_pointer(&address->email, g_free);
}

void address_free(void *address)
{
	address_clear(address);
	g_free(address);
}

gboolean address_matches(const char *glob, const char *email)
{
	g_autofree char *folded_glob = g_ascii_strdown(glob, -1);
	g_autofree char *folded = g_ascii_strdown(email, -1);

	/* FNM_CASEFOLD would fold as the locale does. */
	return !fnmatch(folded_glob, folded, 0);
}
