#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "git/abbrev.h"
#include "git/gitconfig.h"
#include "git/objects.h"

#define MIN_DIGITS 4
#define DEFAULT_DIGITS 7

struct abbrev {
	struct objects *objects;
	int digits;		/* at least */
	GHashTable *known;	/* id -> the text, both owned */
};

int abbrev_parse_option(const char *text, int *digits, char **err)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (!*text || *end) {
		*err = g_strdup_printf("'%s' is not a number of digits", text);
		return -1;
	}
	*digits = CLAMP(n, MIN_DIGITS, ABBREV_FULL);
	return 0;
}

int abbrev_from_config(struct gitconfig *config, int *digits, char **err)
{
	const char *value = gitconfig_string(config, "core.abbrev");
	gboolean on;
	int n;

	if (!value)
		return 0;
	if (!g_ascii_strcasecmp(value, "auto")) {
		*digits = ABBREV_AUTO;
		return 0;
	}
	if (!g_ascii_isdigit(*value) &&
	    !gitconfig_parse_bool(value, &on) && !on) {
		*digits = ABBREV_FULL;
		return 0;
	}
	if (gitconfig_int(config, "core.abbrev", &n, err) < 0)
		return -1;
	if (n < MIN_DIGITS || n > ABBREV_FULL) {
		*err = g_strdup_printf("abbrev length out of range: %d", n);
		return -1;
	}
	*digits = n;
	return 0;
}

/*
 * The number of objects in a pack: the last of the 256 big-endian words of
 * its index's fan-out, which stand after a header of 8 bytes, or, in the old
 * format without "\377tOc", at the start (gitformat-pack(5)).
 */
static guint64 count_objects(const char *path)
{
	FILE *file = fopen(path, "rb");
	unsigned char head[8 + 256 * 4], *last;
	size_t n;

	if (!file)
		return 0;
	n = fread(head, 1, sizeof(head), file);
	fclose(file);
	if (n != sizeof(head))
		return 0;
	last = head + (memcmp(head, "\377tOc", 4) ? 0 : 8) + 255 * 4;
	return (guint64)last[0] << 24 | last[1] << 16 | last[2] << 8 | last[3];
}

static guint64 count_folder(const char *objects)
{
	g_autofree char *pack = g_build_filename(objects, "pack", NULL);
	GDir *dir = g_dir_open(pack, 0, NULL);
	guint64 count = 0;
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(pack, name, NULL);

		if (g_str_has_suffix(name, ".idx"))
			count += count_objects(path);
	}
	if (dir)
		g_dir_close(dir);
	return count;
}

static int auto_digits(const struct repository *repository)
{
	g_autoptr(GPtrArray) folders = repository_object_folders(repository);
	guint64 count = 0;
	int bits = 0;
	guint i;

	for (i = 0; i < folders->len; i++)
		count += count_folder(folders->pdata[i]);
	while (count) {
		count >>= 1;
		bits++;
	}
	/* half as many hexadecimal digits collide once in 2^(2 * digits) */
	return MAX((bits + 1) / 2, DEFAULT_DIGITS);
}

struct abbrev *abbrev_new(const struct repository *repository,
			  struct objects *objects, int digits)
{
	struct abbrev *abbrev = g_new0(struct abbrev, 1);

	abbrev->objects = objects;
	abbrev->digits = digits == ABBREV_AUTO ? auto_digits(repository) :
			 digits;
	abbrev->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					      g_free);
	return abbrev;
}

void abbrev_free(struct abbrev *abbrev)
{
	g_hash_table_unref(abbrev->known);
	g_free(abbrev);
}

const char *abbrev_of(struct abbrev *abbrev, const char *id)
{
	char *known = g_hash_table_lookup(abbrev->known, id);
	int digits = abbrev->digits;

	if (known)
		return known;
	while (!objects_is_unique(abbrev->objects, id, digits))
		digits++;
	known = g_strndup(id, digits);
	g_hash_table_insert(abbrev->known, g_strdup(id), known);
	return known;
}
