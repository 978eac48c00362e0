#include <stdlib.h>
#include <string.h>
#include "source/source.h"

/*
 * How many commits are looked at for one that adds a mail as public-inbox
 * does, with nothing beside it: the newest may be somebody's accident.
 */
#define MAX_KIND_TRIES 5

/* "12.git" -> 12, other names -> -1 */
static long epoch_number(const char *name)
{
	char *end;
	long n;

	if (!g_ascii_isdigit(*name))
		return -1;
	n = strtol(name, &end, 10);
	return strcmp(end, ".git") ? -1 : n;
}

int source_find_epoch(char **epoch, const char *path, char **err)
{
	g_autofree char *epochs = g_build_filename(path, "git", NULL);
	GDir *dir = g_dir_open(epochs, 0, NULL);
	long newest = -1;
	int nr = 0;
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		long n = epoch_number(name);

		nr += n >= 0;
		newest = MAX(newest, n);
	}
	if (dir)
		g_dir_close(dir);
	if (nr > 1) {
		*err = g_strdup_printf("'%s' is an inbox of %d epochs, which "
			"cannot be read as one yet; name an epoch: "
			"%s/%ld.git is the newest", path, nr, epochs, newest);
		return -1;
	}
	*epoch = nr ? g_strdup_printf("%s/%ld.git", epochs, newest) :
		 g_strdup(path);
	return 0;
}

static gboolean is_hex(const char *s, size_t len)
{
	return strspn(s, "0123456789abcdef") == len && !s[len];
}

static int read_entry(struct object *out, struct objects *objects,
		      const struct tree_entry *entry)
{
	char hex[HEX_ID_LEN + 1];

	objects_hex(hex, entry->id);
	return objects_read(out, objects, hex);
}

/* What is left of a SHA-1 whose first two digits name the folder. */
static gboolean is_v1_mail(const char *name)
{
	return is_hex(name, HEX_ID_LEN - 2);
}

static gboolean is_old_removal(const char *name)
{
	return !strcmp(name, "D");
}

/* Has this folder files alone, and all of such a name? */
static gboolean holds(struct objects *objects, const struct tree_entry *folder,
		      gboolean (*fits)(const char *name))
{
	struct tree_entry entry;
	gboolean all = FALSE;
	struct object tree;
	size_t at = 0;

	if (read_entry(&tree, objects, folder))
		return FALSE;
	while (objects_next_entry(&tree, &at, &entry)) {
		all = entry.is_blob && fits(entry.name);
		if (!all)
			break;
	}
	objects_release(&tree);
	return all;
}

/*
 * Does it begin with a field, "Name: value" (RFC 5322 §2.2), or as in an mbox?
 * A purged mail is empty, and one that is not here may be anything.
 */
static gboolean is_mail(struct objects *objects, const struct tree_entry *file)
{
	gboolean is_mail = TRUE;
	struct object blob;
	size_t len = 0;

	if (read_entry(&blob, objects, file))
		return TRUE;
	while (len < blob.size && blob.data[len] > ' ' &&
	       blob.data[len] < 0x7f && blob.data[len] != ':')
		len++;
	if (blob.size)
		is_mail = len && len < blob.size &&
			  (blob.data[len] == ':' ||
			   !strncmp(blob.data, "From ", 5));
	objects_release(&blob);
	return is_mail;
}

/* A mail, a removal, and those of before 2018. */
static gboolean is_v2_entry(struct objects *objects,
			    const struct tree_entry *entry)
{
	if (entry->is_tree)
		return !strcmp(entry->name, "_") &&
		       holds(objects, entry, is_old_removal);
	return entry->is_blob &&
	       (!strcmp(entry->name, "m") || !strcmp(entry->name, "d") ||
		!strcmp(entry->name, "D")) && is_mail(objects, entry);
}

static enum source_kind kind_of_tree(struct objects *objects,
				     const struct object *tree)
{
	gboolean is_v2 = FALSE, is_v1 = FALSE;
	struct tree_entry entry;
	size_t at = 0, nr;

	for (nr = 0; objects_next_entry(tree, &at, &entry); nr++) {
		is_v2 = !nr && is_v2_entry(objects, &entry);
		is_v1 = (!nr || is_v1) && entry.is_tree && is_hex(entry.name, 2);
		/* "be" and "fe" may be folders of anything */
		if (is_v1 && !nr)
			is_v1 = holds(objects, &entry, is_v1_mail);
		if (!is_v1 && nr)
			break;
	}
	return is_v2 ? SOURCE_INBOX_V2 : is_v1 ? SOURCE_INBOX_V1 : SOURCE_CODE;
}

int source_kind(enum source_kind *out, struct objects *objects,
		const char *commit)
{
	char id[HEX_ID_LEN + 1], tree_id[HEX_ID_LEN + 1];
	gboolean known = FALSE;
	int i;

	*out = SOURCE_CODE;
	g_strlcpy(id, commit, sizeof(id));
	for (i = 0; *id && *out == SOURCE_CODE && i < MAX_KIND_TRIES; i++) {
		struct object tree;

		if (objects_read_commit(objects, id, tree_id, id))
			break;
		if (objects_read(&tree, objects, tree_id))
			continue;
		known |= tree.type == OBJECT_TREE;
		if (tree.type == OBJECT_TREE)
			*out = kind_of_tree(objects, &tree);
		objects_release(&tree);
	}
	return known ? 0 : -1;
}

char *source_folder_name(const struct repository *repository)
{
	g_autofree char *path = g_filename_display_name(repository->common_dir);
	g_autofree char *base = NULL;
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
	base = g_path_get_basename(path);
	if (epoch_number(base) >= 0 || !strcmp(base, ".git")) {
		g_autofree char *dir = g_path_get_dirname(path);
		g_autofree char *name = g_path_get_basename(dir);

		if (!strcmp(name, "git")) {
			g_autofree char *inbox = g_path_get_dirname(dir);

			return g_path_get_basename(inbox);
		}
		return g_steal_pointer(&name);
	}
	if (g_str_has_suffix(base, ".git"))
		base[strlen(base) - 4] = '\0';
	return g_steal_pointer(&base);
}
