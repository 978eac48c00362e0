#include <fnmatch.h>
#include <string.h>
#include "digest/people.h"

struct people {
	const struct people_config *config;
	GHashTable *mailmap;	/* mailmap_key() -> struct address, of which
				   each member may be NULL */
};

static void address_free(void *data)
{
	address_clear(data);
	g_free(data);
}

void people_config_init(struct people_config *config)
{
	memset(config, 0, sizeof(*config));
	config->aliases = g_hash_table_new_full(g_str_hash, g_str_equal,
						g_free, address_free);
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
			     const struct address *as)
{
	struct address *copy = g_new0(struct address, 1);

	copy->name = g_strdup(as->name);
	copy->email = g_strdup(as->email);
	g_hash_table_replace(config->aliases, g_ascii_strdown(address, -1),
			     copy);
}

struct people *people_new(const struct people_config *config)
{
	struct people *people = g_new0(struct people, 1);

	people->config = config;
	people->mailmap = g_hash_table_new_full(g_str_hash, g_str_equal,
						g_free, address_free);
	return people;
}

void people_free(struct people *people)
{
	if (!people)
		return;
	g_hash_table_unref(people->mailmap);
	g_free(people);
}

static char *take_name(const char *start, const char *end)
{
	g_autofree char *name = g_strstrip(g_strndup(start, end - start));

	return *name ? g_steal_pointer(&name) : NULL;
}

/*
 * Take "Name <address>" off the text; *name is NULL where there is none.
 * Returns what follows the address, or NULL if there is no address.
 */
static const char *take_address(const char *text, char **name, char **email)
{
	const char *open = strchr(text, '<');
	const char *close = open ? strchr(open, '>') : NULL;

	if (!close)
		return NULL;
	*name = take_name(text, open);
	*email = g_strndup(open + 1, close - open - 1);
	return close + 1;
}

/* What an entry of the mailmap is looked up by; name may be NULL. */
static char *mailmap_key(const char *email, const char *name)
{
	g_autofree char *key = g_strconcat(email, name ? "\n" : NULL, name,
					   NULL);

	return g_ascii_strdown(key, -1);
}

/*
 * "Name <address>", "<address> <old>", "Name <address> <old>" or
 * "Name <address> Old Name <old>".  A line says either or both of the name and
 * the address; what it leaves out stays as an earlier line has it.
 */
static void add_mailmap_line(struct people *people, const char *line)
{
	struct address as = { NULL, NULL }, old = { NULL, NULL }, *entry;
	const char *rest = *line == '#' ? NULL :
			   take_address(line, &as.name, &as.email);
	char *key;

	if (rest && *as.email) {
		if (!take_address(rest, &old.name, &old.email))
			old.email = g_steal_pointer(&as.email);
		key = mailmap_key(old.email, old.name);
		entry = g_hash_table_lookup(people->mailmap, key);
		if (!entry) {
			entry = g_new0(struct address, 1);
			g_hash_table_insert(people->mailmap, g_strdup(key),
					    entry);
		}
		if (as.name) {
			g_free(entry->name);
			entry->name = g_steal_pointer(&as.name);
		}
		if (as.email) {
			g_free(entry->email);
			entry->email = g_steal_pointer(&as.email);
		}
		g_free(key);
	}
	address_clear(&as);
	address_clear(&old);
}

void people_add_mailmap(struct people *people, const char *buf, size_t len)
{
	g_autoptr(GString) text = g_string_new_len(buf, len);
	char *line, *rest = text->str;
	size_t i;

	for (i = 0; i < len; i++)
		if (!text->str[i])
			text->str[i] = ' ';
	while ((line = strsep(&rest, "\n")))
		add_mailmap_line(people, line);
}

static void apply_mailmap(struct people *people, struct address *address)
{
	g_autofree char *with_name = mailmap_key(address->email, address->name);
	g_autofree char *alone = mailmap_key(address->email, NULL);
	const struct address *as = g_hash_table_lookup(people->mailmap,
						       with_name);

	if (!as)
		as = g_hash_table_lookup(people->mailmap, alone);
	if (as && as->name) {
		g_free(address->name);
		address->name = g_strdup(as->name);
	}
	if (as && as->email) {
		g_free(address->email);
		address->email = g_strdup(as->email);
	}
}

void people_resolve(struct people *people, struct address *address)
{
	if (g_hash_table_size(people->mailmap))
		apply_mailmap(people, address);
	if (g_hash_table_size(people->config->aliases)) {
		g_autofree char *addr = g_ascii_strdown(address->email, -1);
		const struct address *as =
			g_hash_table_lookup(people->config->aliases, addr);

		if (as) {
			address_clear(address);
			address->name = g_strdup(as->name);
			address->email = g_strdup(as->email);
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
