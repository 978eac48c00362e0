/*
 * person: who somebody is: names and addresses made one by a mailmap
 * (gitmailmap(5)) and by the aliases of a configuration, and the domain that
 * stands for a company.
 */
#ifndef DIGEST_PEOPLE_H
#define DIGEST_PEOPLE_H

#include <glib.h>
#include "mail/mail.h"

/* What a configuration says of people. */
struct people_config {
	char *mailmap;		/* path of a file, or NULL */
	GHashTable *aliases;	/* lower-case address -> struct address *, owned */
	GHashTable *domains;	/* lower-case domain -> the one it counts as */
	GPtrArray *bots;	/* char *: address globs, lower case */
};

void people_config_init(struct people_config *config);
void people_config_clear(struct people_config *config);
void people_config_add_alias(struct people_config *config, const char *address,
			     const struct address *as);

struct people;

/* The mailmap is empty at first; config stays the caller's and must live. */
struct people *people_new(const struct people_config *config);
void people_free(struct people *people);

/*
 * Add the lines of a mailmap, as in gitmailmap(5), to those there are; a
 * later line wins.  Names and addresses are compared case-blind, as in git.
 */
void people_add_mailmap(struct people *people, const char *buf, size_t len);

/*
 * Make of *address the person that it stands for, first by the mailmap, then
 * by the aliases.
 */
void people_resolve(struct people *people, struct address *address);

/* Does the address belong to a bot? */
gboolean people_is_bot(const struct people *people, const char *address);

/*
 * The domain that an address counts for, lower case; the whole address if
 * there is no '@' in it.  The caller owns it.
 */
char *people_domain(const struct people *people, const char *address);

/* Does an address match a glob ("*@example.org")?  Case-blind. */
gboolean address_matches(const char *glob, const char *address);

#endif
