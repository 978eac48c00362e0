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
	char *end;
	long n;

	if (!value)
		return 0;
	n = strtol(value, &end, 0);
	if (!g_ascii_strcasecmp(value, "auto"))
		*digits = ABBREV_AUTO;
	else if (end == value && !gitconfig_parse_bool(value, &on) && !on)
		*digits = ABBREV_FULL;
	else if (end == value || *end)
		*err = g_strdup_printf("bad numeric config value '%s' for "
				       "'core.abbrev'", value);
	else if (n < MIN_DIGITS || n > ABBREV_FULL)
		*err = g_strdup_printf("abbrev length out of range: %ld", n);
	else
		*digits = n;
	return *err ? -1 : 0;
}

/*
 * Add the number of objects in a pack to *count.  Its index ends a table of 256
 * big-endian numbers with it; the table follows a header of 8 bytes or, where
 * there is no "\377tOc", begins the file (gitformat-pack(5)).
 */
static void count_pack(guint64 *count, const char *path)
{
	GMappedFile *file = g_mapped_file_new(path, FALSE, NULL);
	const char *data = file ? g_mapped_file_get_contents(file) : NULL;
	guint32 nr;

	if (data && g_mapped_file_get_length(file) >= 8 + 256 * sizeof(nr)) {
		data += memcmp(data, "\377tOc", 4) ? 0 : 8;
		memcpy(&nr, data + 255 * sizeof(nr), sizeof(nr));
		*count += GUINT32_FROM_BE(nr);
	}
	if (file)
		g_mapped_file_unref(file);
}

static void count_packs(guint64 *count, const char *folder)
{
	g_autofree char *packs = g_build_filename(folder, "pack", NULL);
	g_autoptr(GDir) dir = g_dir_open(packs, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(packs, name, NULL);

		if (g_str_has_suffix(name, ".idx"))
			count_pack(count, path);
	}
}

/* As git, count only packed objects. */
static int auto_digits(const GPtrArray *folders)
{
	guint64 count = 0;
	guint i;

	for (i = 0; i < folders->len; i++)
		count_packs(&count, folders->pdata[i]);
	/* of 2^n objects, hardly two share their first n/2 digits */
	return MAX((g_bit_storage(count) + 1) / 2, DEFAULT_DIGITS);
}

struct abbrev *abbrev_new(const struct repository *repository,
			  struct objects *objects, int digits)
{
	struct abbrev *abbrev = g_new0(struct abbrev, 1);

	abbrev->objects = objects;
	abbrev->digits = digits == ABBREV_AUTO ?
			 auto_digits(repository->object_folders) : digits;
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
