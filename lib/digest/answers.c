#include "digest/answers.h"

/* What is known by a Message-ID. */
struct known {
	struct patch *patch;	/* or else */
	struct reply *reply;
};

static void add_patches(GHashTable *ids, const GPtrArray *patches)
{
	guint i;

	for (i = 0; patches && i < patches->len; i++) {
		struct patch *patch = patches->pdata[i];
		struct known *known;

		if (!patch->message_id ||
		    g_hash_table_contains(ids, patch->message_id))
			continue;
		known = g_new0(struct known, 1);
		known->patch = patch;
		g_hash_table_insert(ids, patch->message_id, known);
	}
}

/* Is it a mail that is there already? */
static gboolean is_known(const struct reply *reply, const struct known *known)
{
	return known && (known->patch ||
			 !g_ascii_strcasecmp(known->reply->sender.email,
					     reply->sender.email));
}

/* Also remove what is known already. */
static void add_replies(GHashTable *ids, GPtrArray *replies)
{
	guint i, nr = 0;

	for (i = 0; i < replies->len; i++) {
		struct reply *reply = replies->pdata[i];
		struct known *known = reply->message_id ?
			g_hash_table_lookup(ids, reply->message_id) : NULL;

		if (is_known(reply, known)) {
			reply_free(reply);
			continue;
		}
		replies->pdata[nr++] = reply;
		if (known || !reply->message_id)
			continue;
		known = g_new0(struct known, 1);
		known->reply = reply;
		g_hash_table_insert(ids, reply->message_id, known);
	}
	/* those behind are freed, or have moved */
	for (i = nr; i < replies->len; i++)
		replies->pdata[i] = NULL;
	g_ptr_array_set_size(replies, nr);
}

static const struct known *find_parent(GHashTable *ids,
				       const struct reply *reply)
{
	guint i;

	for (i = 0; reply->references && i < reply->references->len; i++) {
		const struct known *known = g_hash_table_lookup(ids,
					reply->references->pdata[i]);

		if (known && known->reply != reply)
			return known;
	}
	return NULL;
}

/*
 * Follow the parents of a reply up to a patch, to a mail that answers nothing,
 * or to one whose own way up is known already.  The way is noted on all that
 * was passed, so that each mail is passed once.
 */
static void link_reply(GHashTable *ids, struct reply *reply, GPtrArray *way)
{
	struct patch *patch = NULL;
	struct reply *root = NULL;
	guint i;

	g_ptr_array_set_size(way, 0);
	while (!root) {
		const struct known *parent = find_parent(ids, reply);

		g_ptr_array_add(way, reply);
		reply->is_passed = TRUE;
		if (!parent || parent->patch ||
		    (parent->reply->is_passed && !parent->reply->root)) {
			patch = parent ? parent->patch : NULL;
			root = reply;
			break;
		}
		reply->parent = parent->reply;
		reply = parent->reply;
		patch = reply->patch;
		root = reply->is_excluded ? reply : reply->root;
	}
	for (i = 0; i < way->len; i++) {
		reply = way->pdata[i];
		reply->patch = patch;
		reply->root = root;
	}
}

void answers_link(GPtrArray *replies, const GPtrArray *patches,
		  const GPtrArray *older)
{
	g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash,
						g_str_equal, NULL, g_free);
	g_autoptr(GPtrArray) way = g_ptr_array_new();
	guint i;

	add_patches(ids, patches);
	add_patches(ids, older);
	add_replies(ids, replies);
	for (i = 0; i < replies->len; i++) {
		struct reply *reply = replies->pdata[i];

		reply->parent = reply->root = NULL;
		reply->patch = NULL;
		reply->is_passed = FALSE;
	}
	for (i = 0; i < replies->len; i++) {
		struct reply *reply = replies->pdata[i];

		if (!reply->root && !reply->is_excluded)
			link_reply(ids, reply, way);
	}
}
