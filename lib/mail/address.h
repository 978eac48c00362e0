/*
 * address: the value of a From field, "Ann Bee <ab@example.org>", and globs.
 *
 * What is read may be any bytes; what comes out is valid UTF-8 on one line.
 */
#ifndef MAIL_ADDRESS_H
#define MAIL_ADDRESS_H

#include <glib.h>

/* An address with the name that stands around it (RFC 5322 §3.4). */
struct address {
	char *name;		/* decoded and unquoted; the address if none */
	char *email;		/* as written, without the angle brackets */
};

/*
 * How many bytes of a value are read.  Nobody writes a longer list of
 * addresses, and GMime calls itself once for each group in it.
 */
#define ADDRESS_MAX 4096

/*
 * Read the first address in the value of a From field, raw as it stands in a
 * header or at the start of a body.  Returns 0 and fills *out, which the caller
 * ends with address_clear(); or returns -1 and leaves *out empty if the value
 * holds no address.
 */
int address_parse(struct address *out, const char *value);

/* The same for the first address that is not email, compared case-blind. */
int address_parse_other(struct address *out, const char *value,
			const char *email);

/*
 * Add all addresses in the value of a To or Cc field, without the names: char *
 * in an array that owns them.
 */
void address_add_emails(GPtrArray *emails, const char *value);

/*
 * Make "unknown" of the address of a mail that names nobody, though it should
 * (RFC 5322 §3.6).
 */
void address_settle(struct address *address);

/* Fill *out, whatever it holds, with copies of both members. */
void address_copy(struct address *out, const struct address *address);

/* Free both members and set them to NULL. */
void address_clear(struct address *address);

/* Free a struct address that was allocated by itself. */
void address_free(void *address);

/* Does an address match a glob, "*@example.org", case-blind? */
gboolean address_matches(const char *glob, const char *email);

#endif
