#include <string.h>
#include "source/mailcommit.h"

/* How many digits the names in a v1 mirror have, from its top. */
static const size_t v1_digits[] = {
	2,
	HEX_ID_LEN - 2,
	/* ssoma put mails of one Message-ID into a folder */
	HEX_ID_LEN,
};

#define V1_LEVELS G_N_ELEMENTS(v1_digits)

/* The trees of a v1 mirror before and after a commit. */
struct v1 {
	struct objects *objects;
	GArray *changes;	/* struct v1_change */
	gboolean is_unreadable;
};

struct v1_change {
	enum mailcommit did;
	char blob[HEX_ID_LEN + 1];
};

/* One of two trees that are read side by side. */
struct side {
	struct object tree;
	size_t at;
	struct tree_entry entry;
	gboolean has_entry;
};

gboolean mailcommit_is_v1(const struct tree_entry *entry, unsigned level)
{
	return strspn(entry->name, "0123456789abcdef") == v1_digits[level] &&
	       !entry->name[v1_digits[level]] &&
	       (level ? entry->is_blob || level + 1 < V1_LEVELS :
			entry->is_tree);
}

/* Go on to the next entry that is a mail, or a folder of mails. */
static void step(struct side *side, unsigned level)
{
	do
		side->has_entry = objects_next_entry(&side->tree, &side->at,
						     &side->entry);
	while (side->has_entry && !mailcommit_is_v1(&side->entry, level));
}

/* Without a tree, the side is empty.  Returns FALSE if it cannot be read. */
static gboolean open_side(struct side *side, struct objects *objects,
			  const char *tree, unsigned level)
{
	memset(side, 0, sizeof(*side));
	if (tree && objects_read(&side->tree, objects, tree))
		return FALSE;
	if (tree)
		step(side, level);
	return TRUE;
}

static void add_change(struct v1 *v1, enum mailcommit did,
		       const struct tree_entry *entry)
{
	struct v1_change change = { did };

	if (!entry || !entry->is_blob)
		return;
	objects_hex(change.blob, entry->id);
	g_array_append_val(v1->changes, change);
}

static void compare_trees(struct v1 *v1, const char *before, const char *after,
			  unsigned level);

/* An entry differs; where there was none, or is none any more, it is NULL. */
static void compare_entries(struct v1 *v1, const struct tree_entry *before,
			    const struct tree_entry *after, unsigned level)
{
	char old[HEX_ID_LEN + 1], new[HEX_ID_LEN + 1];
	gboolean was_tree = before && before->is_tree;
	gboolean is_tree = after && after->is_tree;

	if (was_tree)
		objects_hex(old, before->id);
	if (is_tree)
		objects_hex(new, after->id);
	add_change(v1, MAILCOMMIT_REMOVED, before);
	if (was_tree || is_tree)
		compare_trees(v1, was_tree ? old : NULL, is_tree ? new : NULL,
			      level + 1);
	add_change(v1, MAILCOMMIT_ADDED, after);
}

static void compare_trees(struct v1 *v1, const char *before, const char *after,
			  unsigned level)
{
	struct side old, new;
	gboolean has_old = open_side(&old, v1->objects, before, level);
	gboolean has_both = open_side(&new, v1->objects, after, level) &&
			    has_old;

	v1->is_unreadable |= !has_both;
	while (has_both && (old.has_entry || new.has_entry)) {
		int order = !old.has_entry ? 1 : !new.has_entry ? -1 :
			    strcmp(old.entry.name, new.entry.name);

		if (order || memcmp(old.entry.id, new.entry.id, OBJECTS_RAW_ID))
			compare_entries(v1, order <= 0 ? &old.entry : NULL,
					order >= 0 ? &new.entry : NULL, level);
		if (order <= 0)
			step(&old, level);
		if (order >= 0)
			step(&new, level);
	}
	objects_release(&old.tree);
	objects_release(&new.tree);
}

static struct v1_change *change_at(const struct v1 *v1, guint i)
{
	return &g_array_index(v1->changes, struct v1_change, i);
}

/* A mail that is removed and added again has only got another name. */
static void drop_moves(struct v1 *v1)
{
	g_autoptr(GHashTable) removed = g_hash_table_new(g_str_hash,
							 g_str_equal);
	guint i, nr = 0;

	for (i = 0; i < v1->changes->len; i++) {
		struct v1_change *change = change_at(v1, i);

		if (change->did == MAILCOMMIT_REMOVED)
			g_hash_table_insert(removed, change->blob, change);
	}
	for (i = 0; i < v1->changes->len; i++) {
		struct v1_change *change = change_at(v1, i), *other = NULL;

		if (change->did == MAILCOMMIT_ADDED)
			other = g_hash_table_lookup(removed, change->blob);
		if (!other)
			continue;
		g_hash_table_remove(removed, change->blob);
		change->did = other->did = MAILCOMMIT_NONE;
	}
	for (i = 0; i < v1->changes->len; i++)
		if (change_at(v1, i)->did != MAILCOMMIT_NONE)
			*change_at(v1, nr++) = *change_at(v1, i);
	g_array_set_size(v1->changes, nr);
}

/*
 * Tell what a commit of a v1 mirror did.  Of a merge nothing is told, as the
 * commits that it brings together tell it.  Returns FALSE if it did nothing.
 */
static gboolean read_v1(struct objects *objects, const char *commit,
			const char *tree, mailcommit_fn *each, void *data)
{
	g_autoptr(GArray) changes = g_array_new(FALSE, FALSE,
						sizeof(struct v1_change));
	struct v1 v1 = { .objects = objects, .changes = changes };
	char own[HEX_ID_LEN + 1], parent[HEX_ID_LEN + 1];
	char before[HEX_ID_LEN + 1], ignored[HEX_ID_LEN + 1];
	gboolean is_merge;
	guint i;

	if (objects_read_commit(objects, commit, own, parent, &is_merge) ||
	    (*parent && objects_read_commit(objects, parent, before, ignored,
					    NULL)))
		v1.is_unreadable = TRUE;
	else if (!is_merge)
		compare_trees(&v1, *parent ? before : NULL, tree, 0);
	if (changes->len > 1)
		drop_moves(&v1);
	for (i = 0; i < changes->len; i++)
		each(change_at(&v1, i)->did, change_at(&v1, i)->blob,
		     changes->len == 1, data);
	if (v1.is_unreadable && !changes->len)
		each(MAILCOMMIT_UNREADABLE, "", TRUE, data);
	return changes->len || v1.is_unreadable;
}

/* What a tree of an epoch says; MAILCOMMIT_NONE of one of a v1 mirror. */
static enum mailcommit read_v2(struct objects *objects, const char *tree,
			       char *blob, gboolean *may_be_v1)
{
	enum mailcommit did = MAILCOMMIT_NONE;
	char folder[HEX_ID_LEN + 1] = "";
	struct tree_entry entry;
	struct object object;
	size_t at = 0;

	if (objects_read(&object, objects, tree))
		return MAILCOMMIT_UNREADABLE;
	*may_be_v1 = !object.size;	/* the last mail is gone */
	while (did != MAILCOMMIT_ADDED &&
	       objects_next_entry(&object, &at, &entry)) {
		*may_be_v1 |= mailcommit_is_v1(&entry, 0);
		if (entry.is_tree && !strcmp(entry.name, "_"))
			objects_hex(folder, entry.id);
		if (!entry.is_blob || (strcmp(entry.name, "m") &&
				       g_ascii_strcasecmp(entry.name, "d")))
			continue;
		objects_hex(blob, entry.id);
		did = *entry.name == 'm' ? MAILCOMMIT_ADDED :
					   MAILCOMMIT_REMOVED;
	}
	objects_release(&object);
	if (did == MAILCOMMIT_NONE && *folder &&
	    read_v2(objects, folder, blob, may_be_v1) == MAILCOMMIT_REMOVED)
		did = MAILCOMMIT_REMOVED;	/* "_/D" */
	return did;
}

void mailcommit_read(struct objects *objects, const char *commit,
		     const char *tree, mailcommit_fn *each, void *data)
{
	char blob[HEX_ID_LEN + 1] = "";
	gboolean may_be_v1 = FALSE;
	enum mailcommit did = read_v2(objects, tree, blob, &may_be_v1);

	if (did != MAILCOMMIT_NONE || !may_be_v1 ||
	    !read_v1(objects, commit, tree, each, data))
		each(did, blob, TRUE, data);
}

int mailcommit_parse(struct message *out, struct objects *objects,
		     const char *blob, unsigned wants)
{
	struct object object;

	if (objects_read_upto(&object, objects, blob, MAILCOMMIT_MAX_MAIL))
		return -1;
	message_parse(out, object.data, object.size, wants);
	objects_release(&object);
	return 0;
}

static void take_added(enum mailcommit did, const char *blob,
		       gboolean is_alone, void *data)
{
	char *first = data;

	(void)is_alone;
	if (did == MAILCOMMIT_ADDED && !*first)
		memcpy(first, blob, HEX_ID_LEN + 1);
}

int mailcommit_message(struct message *out, struct objects *objects,
		       const char *commit, const char *tree, unsigned wants)
{
	char blob[HEX_ID_LEN + 1] = "";

	mailcommit_read(objects, commit, tree, take_added, blob);
	return *blob ? mailcommit_parse(out, objects, blob, wants) : -1;
}
