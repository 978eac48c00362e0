/*
 * people: who somebody is.  A mailmap (gitmailmap(5)) and the aliases of a
 * configuration make one person of several names and addresses; and the
 * domain of an address stands for a company.
 */
#ifndef DIGEST_PEOPLE_H
#define DIGEST_PEOPLE_H

#include <glib.h>
#include "mail/address.h"

/* What a configuration says of people. */
struct people_config {
	char *mailmap;		/* path of a file, or NULL */
	GHashTable *aliases;	/* lower-case address -> struct address *, which
				   people_config_add_alias() adds */
	GHashTable *domains;	/* lower-case domain -> the one it counts as;
				   both char *, owned */
	GPtrArray *bots;	/* char *: address globs, owned */
};

void people_config_init(struct people_config *config);
void people_config_clear(struct people_config *config);
void people_config_add_alias(struct people_config *config, const char *address,
			     const struct address *as);

/* A configuration and a mailmap together. */
struct people;

/* The mailmap is empty at first.  The configuration must outlive the result. */
struct people *people_new(const struct people_config *config);
void people_free(struct people *people);

/*
 * Add the lines of a mailmap to those there are; a later line wins.  Names
 * and addresses are compared case-blind, as git does.  NUL bytes may be there.
 */
void people_add_mailmap(struct people *people, const char *buf, size_t len);

/*
 * Make of *address, whose members are owned, the person that it stands for:
 * first by the mailmap, then by the aliases.
 */
void people_resolve(const struct people *people, struct address *address);

/* Is it the address of a bot that the configuration names? */
gboolean people_is_bot(const struct people *people, const char *address);

/*
 * Is it that, or of one of the bots that answer mails on many lists, and need
 * not be named?  Their patches count, unless they are named.
 */
gboolean people_is_known_bot(const struct people *people, const char *address);

/*
 * The domain that an address counts for, lower case; the whole address if
 * there is no '@' in it.  The caller owns it.
 */
char *people_domain(const struct people *people, const char *address);

#endif
