#include <stdlib.h>
#include <string.h>
#include "git/abbrev.h"
#include "git/file.h"
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
static int count_pack(guint64 *count, const char *path, char **err)
{
	g_autoptr(GError) error = NULL;
	GMappedFile *file = g_mapped_file_new(path, FALSE, &error);
	const char *data = file ? g_mapped_file_get_contents(file) : NULL;
	guint32 nr;

	/* git gc may have removed it in the meantime */
	if (!file && !g_error_matches(error, G_FILE_ERROR,
				      G_FILE_ERROR_NOENT)) {
		*err = g_strdup(error->message);
		return -1;
	}
	if (data && g_mapped_file_get_length(file) >= 8 + 256 * sizeof(nr)) {
		data += memcmp(data, "\377tOc", 4) ? 0 : 8;
		memcpy(&nr, data + 255 * sizeof(nr), sizeof(nr));
		*count += GUINT32_FROM_BE(nr);
	}
	g_clear_pointer(&file, g_mapped_file_unref);
	return 0;
}

static int count_packs(guint64 *count, const char *folder, char **err)
{
	g_autofree char *packs = g_build_filename(folder, "pack", NULL);
	g_autoptr(GPtrArray) names = file_names(packs, ".idx", err);
	guint i;

	for (i = 0; names && i < names->len; i++) {
		g_autofree char *path = g_build_filename(packs,
						names->pdata[i], NULL);

		if (count_pack(count, path, err) < 0)
			return -1;
	}
	return names ? 0 : -1;
}

/* As git, count only packed objects. */
static int auto_digits(int *digits, const GPtrArray *folders, char **err)
{
	guint64 count = 0;
	guint i;

	for (i = 0; i < folders->len; i++)
		if (count_packs(&count, folders->pdata[i], err) < 0)
			return -1;
	/* of 2^n objects, hardly two share their first n/2 digits */
	*digits = MAX((g_bit_storage(count) + 1) / 2, DEFAULT_DIGITS);
	return 0;
}

struct abbrev *abbrev_new(const struct repository *repository,
			  struct objects *objects, int digits, char **err)
{
	struct abbrev *abbrev;

	if (digits == ABBREV_AUTO &&
	    auto_digits(&digits, repository->object_folders, err) < 0)
		return NULL;
	abbrev = g_new0(struct abbrev, 1);
	abbrev->objects = objects;
	abbrev->digits = digits;
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
