#include <string.h>
#include "digest/people.h"

struct people {
	const struct people_config *config;
	GHashTable *mailmap;	/* mailmap_key() -> struct address, of which
				   each member may be NULL */
};

static GHashTable *addresses_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
				     address_free);
}

static void replace(char **member, const char *by)
{
	if (by) {
		g_free(*member);
		*member = g_strdup(by);
	}
}

/* Overwrite the members that as has. */
static void become(struct address *address, const struct address *as)
{
	replace(&address->name, as->name);
	replace(&address->email, as->email);
}

/* Say whom the key stands for.  A later call wins. */
static void add_address(GHashTable *addresses, const char *key,
			const struct address *as)
{
	struct address *known = g_hash_table_lookup(addresses, key);

	if (!known) {
		known = g_new0(struct address, 1);
		g_hash_table_insert(addresses, g_strdup(key), known);
	}
	become(known, as);
}

void people_config_init(struct people_config *config)
{
	memset(config, 0, sizeof(*config));
	config->aliases = addresses_new();
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
	g_autofree char *key = g_ascii_strdown(address, -1);

	add_address(config->aliases, key, as);
}

struct people *people_new(const struct people_config *config)
{
	struct people *people = g_new0(struct people, 1);

	people->config = config;
	people->mailmap = addresses_new();
	return people;
}

void people_free(struct people *people)
{
	if (!people)
		return;
	g_hash_table_unref(people->mailmap);
	g_free(people);
}

/*
 * Take "Name <address>" off the text; the name is NULL where there is none.
 * Returns what follows the address, or NULL if there is no address.
 */
static const char *take_address(const char *text, struct address *out)
{
	const char *open = strchr(text, '<');
	const char *close = open ? strchr(open, '>') : NULL;
	g_autofree char *name = NULL;

	if (!close)
		return NULL;
	name = g_strstrip(g_strndup(text, open - text));
	out->name = *name ? g_steal_pointer(&name) : NULL;
	out->email = g_strndup(open + 1, close - open - 1);
	return close + 1;
}

/* What a line of the mailmap is looked up by; name may be NULL. */
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
 *
 * libgit2 has a parser of mailmaps, but its names end at a '#'.  In git only a
 * line that begins with '#' is a comment.
 */
static void add_mailmap_line(struct people *people, const char *line)
{
	struct address as = { NULL, NULL }, old = { NULL, NULL };
	const char *rest = *line == '#' ? NULL : take_address(line, &as);

	if (rest && *as.email) {
		g_autofree char *key = NULL;

		if (!take_address(rest, &old))
			old.email = g_steal_pointer(&as.email);
		key = mailmap_key(old.email, old.name);
		add_address(people->mailmap, key, &as);
	}
	address_clear(&as);
	address_clear(&old);
}

void people_add_mailmap(struct people *people, const char *buf, size_t len)
{
	g_autoptr(GString) text = g_string_new_len(buf, len);
	char *line, *rest = text->str;
	size_t i;

	/* No line ends at a NUL. */
	for (i = 0; i < len; i++)
		if (!rest[i])
			rest[i] = ' ';
	while ((line = strsep(&rest, "\n")))
		add_mailmap_line(people, line);
}

void people_resolve(const struct people *people, struct address *address)
{
	g_autofree char *named = mailmap_key(address->email, address->name);
	g_autofree char *alone = mailmap_key(address->email, NULL);
	g_autofree char *alias = NULL;
	const struct address *as = g_hash_table_lookup(people->mailmap, named);

	if (!as)
		as = g_hash_table_lookup(people->mailmap, alone);
	if (as)
		become(address, as);
	alias = g_ascii_strdown(address->email, -1);
	as = g_hash_table_lookup(people->config->aliases, alias);
	if (as)
		become(address, as);
}

gboolean people_is_bot(const struct people *people, const char *address)
{
	guint i;

	for (i = 0; i < people->config->bots->len; i++)
		if (address_matches(people->config->bots->pdata[i], address))
			return TRUE;
	return FALSE;
}

/* Not simply "*bot*": people are called so. */
static const char *const known_bots[] = {
	"lkp@intel.com", "oliver.sang@intel.com", "rong.a.chen@intel.com",
	"syzbot@*", "syzbot+*@*", "pr-tracker-bot@kernel.org",
	"patchwork-bot+*@kernel.org", "bugbot@kernel.org",
	"sashiko-bot@kernel.org", "tip-bot2@*", "tipbot@zytor.com",
	"bugzilla-daemon@*", "kernelci*@*", "bot@kernelci.org",
	"bot+bpf-ci@kernel.org", "no-reply@*", "*-bot@*",
};

gboolean people_is_known_bot(const struct people *people, const char *address)
{
	/* each of those has one of these, and few other addresses do */
	static const char *const hints[] = {
		"bot", "@intel.com", "bugzilla", "kernelci", "no-reply",
	};
	gboolean may_be = FALSE;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(hints) && !may_be; i++)
		may_be = strcasestr(address, hints[i]) != NULL;
	for (i = 0; i < G_N_ELEMENTS(known_bots) && may_be; i++)
		if (address_matches(known_bots[i], address))
			return TRUE;
	return people_is_bot(people, address);
}

char *people_domain(const struct people *people, const char *address)
{
	const char *at = strrchr(address, '@');
	g_autofree char *domain = g_ascii_strdown(at ? at + 1 : address, -1);
	const char *as = g_hash_table_lookup(people->config->domains, domain);

	return as ? g_strdup(as) : g_steal_pointer(&domain);
}
