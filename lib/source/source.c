#include <stdlib.h>
#include <string.h>
#include "git/epochs.h"
#include "source/mailcommit.h"
#include "source/source.h"

/*
 * How many commits are looked at, until one has a tree as public-inbox makes
 * it: the newest commit may be somebody's accident.
 */
#define MAX_KIND_TRIES 5

/* What is larger than any mail is not read. */
static int read_entry(struct object *out, struct objects *objects,
		      const struct tree_entry *entry)
{
	char hex[HEX_ID_LEN + 1];

	objects_hex(hex, entry->id);
	return objects_read_upto(out, objects, hex, MAILCOMMIT_MAX_MAIL);
}

static gboolean is_v1_folder(const struct tree_entry *entry)
{
	return mailcommit_is_v1(entry, 0);
}

static gboolean is_v1_mail(const struct tree_entry *entry)
{
	return mailcommit_is_v1(entry, 1);
}

static gboolean is_old_removal(const struct tree_entry *entry)
{
	return entry->is_blob && !strcmp(entry->name, "D");
}

/* Does the tree have entries, and do all of them fit? */
static gboolean all_fit(const struct object *tree,
			gboolean (*fits)(const struct tree_entry *entry))
{
	gboolean fit = FALSE;
	struct tree_entry entry;
	size_t at = 0;

	while (objects_next_entry(tree, &at, &entry)) {
		fit = fits(&entry);
		if (!fit)
			break;
	}
	return fit;
}

static gboolean holds(struct objects *objects, const struct tree_entry *folder,
		      gboolean (*fits)(const struct tree_entry *entry))
{
	struct object tree;
	gboolean fit;

	if (read_entry(&tree, objects, folder))
		return FALSE;
	fit = all_fit(&tree, fits);
	objects_release(&tree);
	return fit;
}

/*
 * Does the file begin with a field, "Name: value" (RFC 5322 §2.2), or as in an
 * mbox?  A purged mail is empty, and one that cannot be read may be anything.
 */
static gboolean is_mail(struct objects *objects, const struct tree_entry *file)
{
	struct object blob;
	gboolean is_mail;
	size_t len = 0;

	if (read_entry(&blob, objects, file))
		return TRUE;
	while (len < blob.size && blob.data[len] > ' ' &&
	       blob.data[len] < 0x7f && blob.data[len] != ':')
		len++;
	is_mail = !blob.size ||
		  (len && len < blob.size &&
		   (blob.data[len] == ':' ||
		    !strncmp(blob.data, "From ", 5)));
	objects_release(&blob);
	return is_mail;
}

/* A mail or a removal, or a removal as it was written before 2018. */
static gboolean is_v2_entry(struct objects *objects,
			    const struct tree_entry *entry)
{
	static const char *const names[] = { "m", "d", "D", NULL };

	if (entry->is_tree)
		return !strcmp(entry->name, "_") &&
		       holds(objects, entry, is_old_removal);
	return entry->is_blob && g_strv_contains(names, entry->name) &&
	       is_mail(objects, entry);
}

static enum digest_kind kind_of_tree(struct objects *objects,
				     const struct object *tree)
{
	struct tree_entry first, second;
	size_t at = 0;

	if (!objects_next_entry(tree, &at, &first))
		return DIGEST_CODE;
	/* "be" and "fe" may be folders of anything. */
	if (all_fit(tree, is_v1_folder) &&
	    holds(objects, &first, is_v1_mail))
		return DIGEST_INBOX;
	return !objects_next_entry(tree, &at, &second) &&
	       is_v2_entry(objects, &first) ? DIGEST_INBOX : DIGEST_CODE;
}

int source_kind(enum digest_kind *out, struct objects *objects,
		const char *commit)
{
	char id[HEX_ID_LEN + 1], tree_id[HEX_ID_LEN + 1];
	int i, ret = -1;

	*out = DIGEST_CODE;
	g_strlcpy(id, commit, sizeof(id));
	for (i = 0; *id && *out == DIGEST_CODE && i < MAX_KIND_TRIES; i++) {
		struct object tree;

		if (objects_read_commit(objects, id, tree_id, id, NULL))
			break;
		if (objects_read(&tree, objects, tree_id))
			continue;
		if (tree.type == OBJECT_TREE) {
			*out = kind_of_tree(objects, &tree);
			ret = 0;
		}
		objects_release(&tree);
	}
	return ret;
}

char *source_folder_name(const struct repository *repository)
{
	g_autofree char *text = g_filename_display_name(repository->common_dir);
	g_autofree char *path = g_canonicalize_filename(text, NULL);
	g_autofree char *base = g_path_get_basename(path);
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *name = g_path_get_basename(folder);
	g_autofree char *inbox = g_path_get_dirname(folder);

	if (epochs_number(base) >= 0 && !strcmp(name, "git"))
		return g_path_get_basename(inbox);
	if (epochs_number(base) >= 0 || !strcmp(base, ".git"))
		return g_steal_pointer(&name);
	if (g_str_has_suffix(base, ".git"))
		base[strlen(base) - 4] = '\0';
	return g_steal_pointer(&base);
}
