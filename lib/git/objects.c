#include <string.h>
#include "git/catfile.h"
#include "git/file.h"
#include "git/loose.h"
#include "git/objects.h"
#include "git/packs.h"

/* How many tags may stand between an id and what it means. */
#define MAX_TAGS 100

struct objects {
	const GPtrArray *folders;	/* char *: the repository's */
	struct catfile *few;	/* what reads packed objects; or NULL, and: */
	struct packs *packs;	/* NULL at rest, and if they cannot be opened */
	struct packs *names;	/* of all objects, none of which is read from
				   it; NULL before the first question */
	gboolean was_loose;	/* the object that was read last */
};

static const char *const type_names[] = {
	[OBJECT_COMMIT] = "commit",
	[OBJECT_TREE] = "tree",
	[OBJECT_BLOB] = "blob",
	[OBJECT_TAG] = "tag",
};

const char *objects_type_name(enum object_type type)
{
	return type_names[type];
}

enum object_type objects_type_of(const char *name)
{
	size_t type;

	for (type = OBJECT_COMMIT; type < G_N_ELEMENTS(type_names); type++)
		if (!strcmp(name, type_names[type]))
			return type;
	return OBJECT_UNKNOWN;
}

static struct objects *make_objects(const struct repository *repository)
{
	struct objects *objects = g_new0(struct objects, 1);

	objects->folders = repository->object_folders;
	return objects;
}

struct objects *objects_new(const struct repository *repository)
{
	packs_ready();
	return make_objects(repository);
}

struct objects *objects_few(const struct repository *repository,
			    struct catfile *catfile)
{
	struct objects *objects = make_objects(repository);

	objects->few = catfile ? catfile : catfile_new(repository->folder);
	return objects;
}

void objects_rest(struct objects *objects)
{
	g_clear_pointer(&objects->packs, packs_free);
	g_clear_pointer(&objects->names, packs_free);
}

void objects_free(struct objects *objects)
{
	if (!objects)
		return;
	objects_rest(objects);
	catfile_free(objects->few);
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
	return nr > packs_max() ? 1 : G_MAXUINT;
}

/* Returns what objects_read_upto() does. */
static int read_packed(struct object *out, struct objects *objects,
		       const char *id, size_t max)
{
	enum catfile_answer answer;
	int ret;

	if (objects->few) {
		answer = catfile_read(out, objects->few, id, max);
		return answer == CATFILE_FOUND ? 0 :
		       answer == CATFILE_TOO_LARGE ? 1 : -1;
	}
	if (!objects->packs)
		objects->packs = packs_open(objects->folders, FALSE);
	ret = objects->packs ? packs_read(&out->packed, objects->packs, id,
					  max) : -1;
	if (!ret) {
		out->type = packs_type(out->packed);
		out->data = packs_data(out->packed, &out->size);
	}
	return ret;
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
	for (tries = 0; ret < 0 && tries < 2; tries++, loose = !loose) {
		ret = loose ? loose_read(out, objects->folders, id, max) :
			      read_packed(out, objects, id, max);
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
	packs_release(object->packed);
	g_free(object->copy);
	memset(object, 0, sizeof(*object));
}

gboolean objects_is_unique(struct objects *objects, const char *id,
			   unsigned digits)
{
	struct object object = { 0 };

	if (digits >= HEX_ID_LEN)
		return TRUE;
	if (objects->few) {
		g_autofree char *name = g_strndup(id, digits);
		enum catfile_answer answer = catfile_read(&object, objects->few,
							  name, G_MAXSIZE);

		objects_release(&object);
		return answer != CATFILE_AMBIGUOUS;
	}
	if (!objects->names)
		objects->names = packs_open(objects->folders, TRUE);
	return !objects->names || packs_is_unique(objects->names, id, digits);
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
	static const char digits[] = "0123456789abcdef";
	int i;

	for (i = 0; i < OBJECTS_RAW_ID; i++) {
		out[2 * i] = digits[id[i] >> 4];
		out[2 * i + 1] = digits[id[i] & 15];
	}
	out[HEX_ID_LEN] = '\0';
}
