#include <string.h>
#include "source/mailcommit.h"

enum mailcommit mailcommit_read(struct objects *objects, const char *tree,
				char *blob)
{
	enum mailcommit did = MAILCOMMIT_NONE;
	char folder[HEX_ID_LEN + 1] = "";
	struct tree_entry entry;
	struct object object;
	size_t at = 0;

	if (objects_read(&object, objects, tree))
		return MAILCOMMIT_UNREADABLE;
	while (did != MAILCOMMIT_ADDED &&
	       objects_next_entry(&object, &at, &entry)) {
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
	    mailcommit_read(objects, folder, blob) == MAILCOMMIT_REMOVED)
		did = MAILCOMMIT_REMOVED;	/* "_/D" */
	return did;
}

int mailcommit_message(struct message *out, struct objects *objects,
		       const char *tree, unsigned wants)
{
	char blob[HEX_ID_LEN + 1];
	struct object object;

	if (mailcommit_read(objects, tree, blob) != MAILCOMMIT_ADDED ||
	    objects_read_upto(&object, objects, blob, MAILCOMMIT_MAX_MAIL))
		return -1;
	message_parse(out, object.data, object.size, wants);
	objects_release(&object);
	return 0;
}
