#include <stdlib.h>
#include <string.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include "git/libgit2.h"
#include "git/loose.h"
#include "git/objects.h"

/* Tags of tags are followed so far. */
#define MAX_TAGS 100

#define RAW_ID_LEN (HEX_ID_LEN / 2)

struct objects {
	GPtrArray *folders;	/* char *: as repository_object_folders() */
	git_odb *packs;		/* NULL if libgit2 cannot open it */
	git_odb *names;		/* of all objects: none is read from it; NULL
				   until somebody asks, or if that fails */
	gboolean was_loose;	/* the last one that was read */
};

const char *objects_type_name(enum object_type type)
{
	static const char *const names[] = {
		[OBJECT_COMMIT] = "commit",
		[OBJECT_TREE] = "tree",
		[OBJECT_BLOB] = "blob",
		[OBJECT_TAG] = "tag",
	};

	return names[type];
}

/* The first folder has the highest priority. */
static git_odb *open_odb(const GPtrArray *folders, gboolean with_loose)
{
	git_odb_backend *backend;
	git_odb *odb;
	guint i;

	if (git_odb_new(&odb))
		return NULL;
	for (i = 0; i < folders->len; i++) {
		const char *folder = folders->pdata[i];
		int priority = 2 * (folders->len - i);

		if (!git_odb_backend_pack(&backend, folder))
			git_odb_add_backend(odb, backend, priority);
		if (with_loose &&
		    !git_odb_backend_loose(&backend, folder, -1, 0, 0, 0))
			git_odb_add_backend(odb, backend, priority - 1);
	}
	return odb;
}

struct objects *objects_new(const struct repository *repository)
{
	struct objects *objects = g_new0(struct objects, 1);

	libgit2_ready();
	objects->folders = repository_object_folders(repository);
	objects->packs = open_odb(objects->folders, FALSE);
	return objects;
}

void objects_free(struct objects *objects)
{
	if (!objects)
		return;
	git_odb_free(objects->packs);
	git_odb_free(objects->names);
	g_ptr_array_unref(objects->folders);
	g_free(objects);
}

static int read_packed(struct object *out, git_odb *packs, const char *id)
{
	git_oid oid;

	if (!packs || git_oid_fromstr(&oid, id) ||
	    git_odb_read(&out->packed, packs, &oid))
		return -1;
	switch (git_odb_object_type(out->packed)) {
	case GIT_OBJECT_COMMIT:
		out->type = OBJECT_COMMIT;
		break;
	case GIT_OBJECT_TREE:
		out->type = OBJECT_TREE;
		break;
	case GIT_OBJECT_TAG:
		out->type = OBJECT_TAG;
		break;
	default:
		out->type = OBJECT_BLOB;
		break;
	}
	out->data = git_odb_object_data(out->packed);
	out->size = git_odb_object_size(out->packed);
	return 0;
}

int objects_read(struct object *out, struct objects *objects, const char *id)
{
	gboolean loose = objects->was_loose;
	int tries, ret = -1;

	memset(out, 0, sizeof(*out));
	/* Neighbours are kept alike, and to miss one costs as much as a read. */
	for (tries = 0; ret && tries < 2; tries++, loose = !loose) {
		ret = loose ? loose_read(out, objects->folders, id) :
			      read_packed(out, objects->packs, id);
		if (!ret)
			objects->was_loose = loose;
	}
	return ret;
}

void objects_release(struct object *object)
{
	git_odb_object_free(object->packed);
	free(object->loose);
	memset(object, 0, sizeof(*object));
}

gboolean objects_is_unique(struct objects *objects, const char *id,
			   unsigned digits)
{
	char prefix[HEX_ID_LEN + 1];
	git_oid oid, found;

	if (digits >= HEX_ID_LEN)
		return TRUE;
	if (!objects->names)
		objects->names = open_odb(objects->folders, TRUE);
	g_strlcpy(prefix, id, digits + 1);
	return !objects->names || git_oid_fromstrn(&oid, prefix, digits) ||
	       git_odb_exists_prefix(&found, objects->names, &oid, digits) !=
	       GIT_EAMBIGUOUS;
}

static gboolean begins_with_id(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < HEX_ID_LEN; i++)
		if (i == len || !g_ascii_isxdigit(text[i]))
			return FALSE;
	return TRUE;
}

gboolean objects_is_id(const char *text)
{
	size_t len = strlen(text);

	return len == HEX_ID_LEN && begins_with_id(text, len);
}

/* "<word> <id>\n..." -> the id; returns FALSE if it is something else. */
static gboolean take_id(const char *text, size_t len, const char *word,
			char *id)
{
	size_t n = strlen(word);

	if (len <= n || memcmp(text, word, n) || text[n] != ' ' ||
	    !begins_with_id(text + n + 1, len - n - 1))
		return FALSE;
	g_strlcpy(id, text + n + 1, HEX_ID_LEN + 1);
	return TRUE;
}

int objects_peel(struct objects *objects, char *id)
{
	struct object object;
	gboolean is_tag;
	int i;

	for (i = 0; i < MAX_TAGS; i++) {
		if (objects_read(&object, objects, id))
			return -1;
		is_tag = object.type == OBJECT_TAG;
		if (is_tag && !take_id(object.data, object.size, "object", id))
			i = MAX_TAGS;
		objects_release(&object);
		if (!is_tag)
			return 0;
	}
	return -1;
}

int objects_read_commit(struct objects *objects, const char *id, char *tree,
			char *first_parent)
{
	const size_t tree_line = strlen("tree ") + HEX_ID_LEN + 1;
	struct object object;
	int ret = -1;

	if (objects_read(&object, objects, id))
		return -1;
	*first_parent = '\0';
	if (object.type == OBJECT_COMMIT &&
	    take_id(object.data, object.size, "tree", tree)) {
		ret = 0;
		if (object.size > tree_line)
			take_id(object.data + tree_line,
				object.size - tree_line, "parent",
				first_parent);
	}
	objects_release(&object);
	return ret;
}

gboolean objects_next_entry(const struct object *tree, size_t *at,
		   struct tree_entry *out)
{
	const char *mode = tree->data + *at, *end = tree->data + tree->size;
	const char *nul = *at < tree->size ? memchr(mode, '\0', end - mode) :
			  NULL;
	const char *space = nul ? memchr(mode, ' ', nul - mode) : NULL;

	if (!space || end - nul - 1 < RAW_ID_LEN)
		return FALSE;
	out->name = space + 1;
	out->is_blob = g_str_has_prefix(mode, "100");
	out->is_tree = g_str_has_prefix(mode, "40000 ") ||
		       g_str_has_prefix(mode, "040000 ");
	out->id = (const unsigned char *)nul + 1;
	*at = nul + 1 + RAW_ID_LEN - tree->data;
	return TRUE;
}

void objects_hex(char *out, const unsigned char *id)
{
	git_oid oid;

	memcpy(oid.id, id, RAW_ID_LEN);
	git_oid_tostr(out, HEX_ID_LEN + 1, &oid);
}
