#include <fnmatch.h>
#include <string.h>
#include <git2.h>
#include "person.h"

struct people {
	const struct people_config *config;
	GString *text;		/* of all mailmaps, one after the other */
	git_mailmap *mailmap;	/* of that text; NULL until it is needed */
};

static void mailbox_free(void *data)
{
	mailbox_clear(data);
	g_free(data);
}

void people_config_init(struct people_config *config)
{
	memset(config, 0, sizeof(*config));
	config->aliases = g_hash_table_new_full(g_str_hash, g_str_equal,
						g_free, mailbox_free);
	config->domains = g_hash_table_new_full(g_str_hash, g_str_equal,
						g_free, g_free);
	config->bots = g_ptr_array_new_with_free_func(g_free);
}

void people_config_clear(struct people_config *config)
{
	g_free(config->mailmap);
	g_hash_table_unref(config->aliases);
	g_hash_table_unref(config->domains);
	g_ptr_array_unref(config->bots);
}

void people_config_add_alias(struct people_config *config, const char *address,
			     const struct mailbox *as)
{
	struct mailbox *copy = g_new0(struct mailbox, 1);

	copy->name = g_strdup(as->name);
	copy->addr = g_strdup(as->addr);
	g_hash_table_replace(config->aliases, g_ascii_strdown(address, -1),
			     copy);
}

struct people *people_new(const struct people_config *config)
{
	struct people *people = g_new0(struct people, 1);

	people->config = config;
	people->text = g_string_new(NULL);
	return people;
}

void people_free(struct people *people)
{
	if (!people)
		return;
	git_mailmap_free(people->mailmap);
	g_string_free(people->text, TRUE);
	g_free(people);
}

/*
 * Lower the case of what a mailmap line is looked up by: its last address
 * and, where there is an address before that, the name between the two.
 */
static void lower_keys(char *line)
{
	char *end = line + strcspn(line, "#\n");
	char *key, *close, *p;

	key = memchr(line, '<', end - line);
	close = key ? memchr(key, '>', end - key) : NULL;
	if (close && memchr(close, '<', end - close))
		key = close;
	for (p = key; p && p < end; p++)
		*p = g_ascii_tolower(*p);
}

void people_add_mailmap(struct people *people, const char *buf, size_t len)
{
	size_t start = people->text->len;
	char *line, *nl;

	g_string_append_len(people->text, buf, len);
	for (size_t i = start; i < people->text->len; i++)
		if (!people->text->str[i])	/* libgit2 takes no NUL */
			people->text->str[i] = ' ';
	g_string_append_c(people->text, '\n');
	for (line = people->text->str + start; (nl = strchr(line, '\n'));
	     line = nl + 1)
		lower_keys(line);
	git_mailmap_free(people->mailmap);
	people->mailmap = NULL;
}

static void apply_mailmap(struct people *people, struct mailbox *mailbox)
{
	g_autofree char *name = g_ascii_strdown(mailbox->name, -1);
	g_autofree char *addr = g_ascii_strdown(mailbox->addr, -1);
	const char *real_name, *real_addr;

	if (!people->mailmap &&
	    git_mailmap_from_buffer(&people->mailmap, people->text->str,
				    people->text->len) < 0)
		return;
	if (git_mailmap_resolve(&real_name, &real_addr, people->mailmap,
				name, addr) < 0)
		return;
	/* What it does not map comes back as the pointer that went in. */
	if (real_name != name) {
		g_free(mailbox->name);
		mailbox->name = g_strdup(real_name);
	}
	if (real_addr != addr) {
		g_free(mailbox->addr);
		mailbox->addr = g_strdup(real_addr);
	}
}

void people_resolve(struct people *people, struct mailbox *mailbox)
{
	if (people->text->len)
		apply_mailmap(people, mailbox);
	if (g_hash_table_size(people->config->aliases)) {
		g_autofree char *addr = g_ascii_strdown(mailbox->addr, -1);
		const struct mailbox *as =
			g_hash_table_lookup(people->config->aliases, addr);

		if (as) {
			mailbox_clear(mailbox);
			mailbox->name = g_strdup(as->name);
			mailbox->addr = g_strdup(as->addr);
		}
	}
}

gboolean people_is_bot(const struct people *people, const char *address)
{
	guint i;

	for (i = 0; i < people->config->bots->len; i++)
		if (address_matches(people->config->bots->pdata[i], address))
			return TRUE;
	return FALSE;
}

char *people_domain(const struct people *people, const char *address)
{
	const char *at = strrchr(address, '@');
	char *domain = g_ascii_strdown(at ? at + 1 : address, -1);
	const char *as = g_hash_table_lookup(people->config->domains, domain);

	if (as) {
		g_free(domain);
		domain = g_strdup(as);
	}
	return domain;
}

gboolean address_matches(const char *glob, const char *address)
{
	g_autofree char *folded_glob = g_ascii_strdown(glob, -1);
	g_autofree char *folded = g_ascii_strdown(address, -1);

	/* FNM_CASEFOLD would fold as the locale does. */
	return !fnmatch(folded_glob, folded, 0);
}
