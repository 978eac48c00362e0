/*
 * members: what the members of JSON objects are written with.
 *
 * A member has a name; what is in an array has none, and NULL stands for it.  A
 * text or an address may be NULL, too, and becomes null.
 */
#ifndef RENDER_MEMBERS_H
#define RENDER_MEMBERS_H

#include "render/format.h"

struct _JsonBuilder;

/* A digest while it is printed. */
struct json {
	const struct digest *digest;
	const struct format_options *options;
	FILE *out;
	struct _JsonBuilder *b;	/* what is built, and not yet written */
};

void members_start(struct json *json, const struct digest *digest,
		   const struct format_options *options, FILE *out);
void members_end(struct json *json);

/* Write a member of the whole document: an object that add() fills, ... */
void members_put_object(struct json *json, const char *name,
			void (*add)(struct json *json));

/* ... or an array of objects, each of which add() makes of an item. */
void members_put_array(struct json *json, const char *name,
		       const GPtrArray *items,
		       void (*add)(struct json *json, const void *item));

/* Add to what is built. */
void members_string(struct json *json, const char *name, const char *value);
void members_number(struct json *json, const char *name, gint64 value);
void members_boolean(struct json *json, const char *name, gboolean value);

/* An array of texts (char *); NULL becomes an empty one. */
void members_strings(struct json *json, const char *name,
		     const GPtrArray *strings);
void members_address(struct json *json, const char *name,
		     const struct address *address);

/* A line of a tally: what it is of, its count, and what its more counts. */
void members_domain(struct json *json, const struct tally_line *line,
		    const char *more);
void members_person(struct json *json, const struct tally_line *line,
		    const char *more);

/* A number that a Subject may lack: it is negative then, and becomes null. */
void members_optional(struct json *json, const char *name, int value);

/* The mode of a file, "100644"; null if there is no file. */
void members_mode(struct json *json, const char *name, unsigned mode);

/* A time in seconds since 1970, in UTC; null if there is none. */
void members_time(struct json *json, const char *name, gint64 seconds);

void members_begin_object(struct json *json, const char *name);
void members_end_object(struct json *json);
void members_begin_array(struct json *json, const char *name);
void members_end_array(struct json *json);

#endif
