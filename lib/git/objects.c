#include <string.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include "git/file.h"
#include "git/libgit2.h"
#include "git/loose.h"
#include "git/objects.h"

/* How many tags may stand between an id and what it means. */
#define MAX_TAGS 100

struct objects {
	const GPtrArray *folders;	/* char *: the repository's */
	git_odb *packs;		/* NULL at rest, and if libgit2 cannot open
				   it */
	git_odb *names;		/* of all objects, none of which is read from
				   it; NULL before the first question */
	gboolean was_loose;	/* the object that was read last */
};

const char *objects_type_name(enum object_type type)
{
	return git_object_type2string((git_object_t)type);
}

/* A backend of higher priority is asked first. */
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
	objects->folders = repository->object_folders;
	return objects;
}

void objects_rest(struct objects *objects)
{
	g_clear_pointer(&objects->packs, git_odb_free);
	g_clear_pointer(&objects->names, git_odb_free);
}

void objects_free(struct objects *objects)
{
	if (!objects)
		return;
	objects_rest(objects);
	g_free(objects);
}

unsigned objects_max_threads(const struct repository *repository)
{
	const GPtrArray *folders = repository->object_folders;
	size_t nr = 0;
	guint i;

	for (i = 0; i < folders->len; i++) {
		g_autofree char *packs = g_build_filename(folders->pdata[i],
							  "pack", NULL);
		g_autofree char *err = NULL;
		g_autoptr(GPtrArray) names = file_names(packs, ".pack", &err);

		if (!names)
			return 1;
		nr += names->len;
	}
	return nr > libgit2_max_packs() ? 1 : G_MAXUINT;
}

/* Returns what objects_read_upto() does. */
static int read_packed(struct object *out, git_odb *packs, const char *id,
		       size_t max)
{
	git_object_t type;
	git_oid oid;
	size_t size;

	if (!packs || git_oid_fromstr(&oid, id))
		return -1;
	if (max < G_MAXSIZE) {
		if (git_odb_read_header(&size, &type, packs, &oid))
			return -1;
		if (size > max)
			return 1;
	}
	if (git_odb_read(&out->packed, packs, &oid))
		return -1;
	out->type = (enum object_type)git_odb_object_type(out->packed);
	out->data = git_odb_object_data(out->packed);
	out->size = git_odb_object_size(out->packed);
	return 0;
}

/*
 * Look first among loose or packed objects, wherever the last object was: what
 * is read together mostly lies together, and a miss costs as much as a read.
 */
int objects_read_upto(struct object *out, struct objects *objects,
		      const char *id, size_t max)
{
	gboolean loose = objects->was_loose;
	int tries, ret = -1;

	memset(out, 0, sizeof(*out));
	if (!objects->packs)
		objects->packs = open_odb(objects->folders, FALSE);
	for (tries = 0; ret < 0 && tries < 2; tries++, loose = !loose) {
		ret = loose ? loose_read(out, objects->folders, id, max) :
			      read_packed(out, objects->packs, id, max);
		if (!ret)
			objects->was_loose = loose;
	}
	return ret;
}

int objects_read(struct object *out, struct objects *objects, const char *id)
{
	return objects_read_upto(out, objects, id, G_MAXSIZE);
}

void objects_release(struct object *object)
{
	git_odb_object_free(object->packed);
	g_free(object->loose);
	memset(object, 0, sizeof(*object));
}

gboolean objects_is_unique(struct objects *objects, const char *id,
			   unsigned digits)
{
	git_oid oid, found;

	if (digits >= HEX_ID_LEN)
		return TRUE;
	if (!objects->names)
		objects->names = open_odb(objects->folders, TRUE);
	return !objects->names || git_oid_fromstrn(&oid, id, digits) ||
	       git_odb_exists_prefix(&found, objects->names, &oid, digits) !=
	       GIT_EAMBIGUOUS;
}

gboolean objects_is_id(const char *text)
{
	return strspn(text, "0123456789abcdefABCDEF") == HEX_ID_LEN &&
	       !text[HEX_ID_LEN];
}

/* Take the id that follows a word in an object, "tree <id>". */
static gboolean take_id(char *id, const struct object *object, size_t at,
			const char *word)
{
	size_t start = at + strlen(word);
	g_autofree char *found = start < object->size ?
		g_strndup(object->data + start,
			  MIN(object->size - start, HEX_ID_LEN)) : NULL;

	if (!found || memcmp(object->data + at, word, strlen(word)) ||
	    !objects_is_id(found))
		return FALSE;
	memcpy(id, found, HEX_ID_LEN + 1);
	return TRUE;
}

int objects_peel(struct objects *objects, char *id)
{
	struct object object;
	gboolean is_tag = TRUE, goes_on = TRUE;
	int i;

	for (i = 0; is_tag && goes_on && i < MAX_TAGS; i++) {
		if (objects_read(&object, objects, id))
			return -1;
		is_tag = object.type == OBJECT_TAG;
		goes_on = is_tag && take_id(id, &object, 0, "object ");
		objects_release(&object);
	}
	return is_tag ? -1 : 0;
}

/* "tree <id>\nparent <id>\n..." */
int objects_read_commit(struct objects *objects, const char *id, char *tree,
			char *first_parent, gboolean *is_merge)
{
	const size_t second_line = strlen("tree ") + HEX_ID_LEN + 1;
	const size_t third_line = second_line + strlen("parent ") +
				  HEX_ID_LEN + 1;
	char other[HEX_ID_LEN + 1];
	struct object object;
	int ret = -1;

	if (objects_read(&object, objects, id))
		return -1;
	*first_parent = '\0';
	if (object.type == OBJECT_COMMIT &&
	    take_id(tree, &object, 0, "tree ")) {
		take_id(first_parent, &object, second_line, "parent ");
		if (is_merge)
			*is_merge = take_id(other, &object, third_line,
					    "parent ");
		ret = 0;
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

	if (!space || end - nul - 1 < OBJECTS_RAW_ID)
		return FALSE;
	out->name = space + 1;
	out->is_blob = g_str_has_prefix(mode, "100");
	out->is_tree = g_str_has_prefix(mode, "40000 ") ||
		       g_str_has_prefix(mode, "040000 ");
	out->id = (const unsigned char *)nul + 1;
	*at = nul + 1 + OBJECTS_RAW_ID - tree->data;
	return TRUE;
}

void objects_hex(char *out, const unsigned char *id)
{
	git_oid oid;

	memcpy(oid.id, id, OBJECTS_RAW_ID);
	git_oid_tostr(out, HEX_ID_LEN + 1, &oid);
}
