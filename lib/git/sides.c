#include <string.h>
#include "git/filenames.h"
#include "git/history.h"
#include "git/sides.h"

/* The files of more commits are looked at by two gits, side by side. */
#define MANY 100

/* A longer summary is cut. */
#define MAX_SUMMARY (1024 * 1024)

static void commit_free(void *data)
{
	struct side_commit *commit = data;

	g_free(commit->subject);
	g_free(commit);
}

static GHashTable *table_new(GDestroyNotify free_value)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
				     free_value);
}

struct sides *sides_new(void)
{
	struct sides *sides = g_new0(struct sides, 1);

	sides->base_time = -1;
	sides->theirs = g_ptr_array_new_with_free_func(commit_free);
	sides->ours = table_new(NULL);
	sides->parents = table_new(NULL);
	sides->times = table_new(g_free);
	return sides;
}

static void forget_walk(struct sides *sides)
{
	g_clear_pointer(&sides->ours, g_hash_table_unref);
	g_clear_pointer(&sides->parents, g_hash_table_unref);
	g_clear_pointer(&sides->times, g_hash_table_unref);
}

void sides_free(struct sides *sides)
{
	if (!sides)
		return;
	forget_walk(sides);
	g_ptr_array_unref(sides->theirs);
	g_free(sides);
}

static void add_theirs(struct sides *sides, const struct commit *commit)
{
	struct side_commit *theirs;

	sides->behind++;
	if (commit->nr_parents > 1)
		return;
	theirs = g_new0(struct side_commit, 1);
	g_strlcpy(theirs->id, commit->id, sizeof(theirs->id));
	theirs->subject = g_utf8_make_valid(commit->subject,
				strnlen(commit->subject, MAX_SUMMARY));
	g_ptr_array_add(sides->theirs, theirs);
}

static void add_ours(struct sides *sides, const struct commit *commit)
{
	g_auto(GStrv) list = g_strsplit(commit->parents, " ", -1);
	char **parent;

	g_hash_table_add(sides->ours, g_strdup(commit->id));
	for (parent = list; *parent; parent++)
		g_hash_table_add(sides->parents, g_strdup(*parent));
}

/* The ends come first. */
static void keep_tree(char *kept, const char *tree)
{
	if (!*kept)
		g_strlcpy(kept, tree, HEX_ID_LEN + 1);
}

void sides_add(struct sides *sides, const struct commit *commit)
{
	if (commit->side == COMMIT_THEIRS) {
		keep_tree(sides->into_tree, commit->tree);
		add_theirs(sides, commit);
	} else if (commit->side == COMMIT_OURS) {
		keep_tree(sides->tip_tree, commit->tree);
		add_ours(sides, commit);
	} else {
		g_hash_table_insert(sides->times, g_strdup(commit->id),
			g_strdup_printf("%" G_GINT64_FORMAT, commit->time));
	}
}

/* If one parent of ours is none of ours, all ways to theirs lead through it. */
static void find_base(struct sides *sides)
{
	GHashTableIter iter;
	const char *time;
	gpointer id;

	g_hash_table_iter_init(&iter, sides->parents);
	while (g_hash_table_iter_next(&iter, &id, NULL))
		if (g_hash_table_contains(sides->ours, id))
			g_hash_table_iter_remove(&iter);
	if (g_hash_table_size(sides->parents) != 1)
		return;
	g_hash_table_iter_init(&iter, sides->parents);
	g_hash_table_iter_next(&iter, &id, NULL);
	time = g_hash_table_lookup(sides->times, id);
	if (!time)
		return;
	g_strlcpy(sides->base, id, sizeof(sides->base));
	sides->base_time = g_ascii_strtoll(time, NULL, 10);
}

void sides_settle(struct sides *sides)
{
	if (sides->ours)
		find_base(sides);
	forget_walk(sides);
}

struct sides_files {
	struct filenames *names;	/* that are read */
	struct filenames *second;	/* of the rest of theirs; or NULL */
	const GPtrArray *theirs;
	guint split;		/* with which of them the second begins */
	struct sides_found found;	/* so far */
	GHashTable *ours;	/* GBytes, the files of a commit, each with its
				   NUL -> GString: the ids of those of ours that
				   change just these, a line each; "" once one
				   of theirs was found */
	guint nr_ours;		/* commits that are still to come */
};

static void free_text(void *text)
{
	g_string_free(text, TRUE);
}

static void add_ids(GString *ids, const GPtrArray *commits, guint from,
		    guint to)
{
	for (; from < to; from++) {
		const struct side_commit *commit = commits->pdata[from];

		g_string_append_printf(ids, "%s\n", commit->id);
	}
}

struct sides_files *sides_files_start(const struct repository *repository,
				      const char *base, const char *into,
				      const GString *ours,
				      const GPtrArray *theirs, char **err)
{
	struct sides_files *files = g_new0(struct sides_files, 1);
	g_autoptr(GString) first = g_string_new(ours->str);
	g_autoptr(GString) second = g_string_new(NULL);
	const char *c;

	files->theirs = theirs;
	files->split = theirs->len > MANY ? theirs->len / 2 : theirs->len;
	files->found = (struct sides_found) {
		.ours = g_string_new(NULL),
		.theirs = g_ptr_array_new(),
		.changed = base ? table_new(NULL) : NULL,
	};
	files->ours = g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
					    (GDestroyNotify)g_bytes_unref,
					    free_text);
	for (c = ours->str; *c; c++)
		files->nr_ours += *c == '\n';
	add_ids(first, theirs, 0, files->split);
	add_ids(second, theirs, files->split, theirs->len);
	/* which git takes for its parent from then on */
	if (base)
		g_string_append_printf(second->len ? second : first, "%s %s\n",
				       into, base);
	files->names = filenames_start(repository, first, "off", err);
	if (files->names && second->len)
		files->second = filenames_start(repository, second, "off", err);
	if (*err)
		g_clear_pointer(&files, sides_files_stop);
	return files;
}

static void append_path(const char *path, void *paths)
{
	g_byte_array_append(paths, (const guint8 *)path, strlen(path) + 1);
}

/* FALSE at the end. */
static gboolean read_files(char *id, struct sides_files *files,
			   GByteArray *paths)
{
	g_byte_array_set_size(paths, 0);
	return filenames_next(id, files->names, append_path, paths);
}

static void add_paths(GHashTable *set, const GByteArray *paths)
{
	const char *path = (const char *)paths->data;
	const char *end = path + paths->len;

	for (; path < end; path += strlen(path) + 1)
		g_hash_table_add(set, g_strdup(path));
}

static void add_our_files(struct sides_files *files, const char *id,
			  const GByteArray *paths)
{
	GBytes *key = g_bytes_new(paths->data, paths->len);
	GString *ids = g_hash_table_lookup(files->ours, key);

	if (ids) {
		g_bytes_unref(key);
	} else {
		ids = g_string_new(NULL);
		g_hash_table_insert(files->ours, key, ids);
	}
	g_string_append_printf(ids, "%s\n", id);
}

static void compare_files(struct sides_files *files,
			  struct side_commit *commit, const GByteArray *paths)
{
	g_autoptr(GBytes) key = g_bytes_new(paths->data, paths->len);
	GString *ids = g_hash_table_lookup(files->ours, key);

	if (!ids)
		return;
	g_ptr_array_add(files->found.theirs, commit);
	g_string_append(files->found.ours, ids->str);
	g_string_truncate(ids, 0);
}

/* Go on with the second git. */
static void go_on(struct sides_files *files, char **err)
{
	filenames_finish(files->names, err);
	files->names = g_steal_pointer(&files->second);
}

/* Returns FALSE if git has not printed all. */
static gboolean read_all(struct sides_files *files, char **err)
{
	g_autoptr(GByteArray) paths = g_byte_array_new();
	char id[HEX_ID_LEN + 1];
	guint i;

	for (i = 0; i < files->nr_ours; i++) {
		if (!read_files(id, files, paths))
			return FALSE;
		if (paths->len)
			add_our_files(files, id, paths);
	}
	for (i = 0; i < files->theirs->len; i++) {
		if (files->second && i == files->split)
			go_on(files, err);
		if (*err || !read_files(id, files, paths))
			return FALSE;
		compare_files(files, files->theirs->pdata[i], paths);
	}
	if (!files->found.changed)
		return TRUE;
	if (!read_files(id, files, paths))
		return FALSE;
	add_paths(files->found.changed, paths);
	return TRUE;
}

void sides_found_clear(struct sides_found *found)
{
	if (found->ours)
		g_string_free(found->ours, TRUE);
	g_clear_pointer(&found->theirs, g_ptr_array_unref);
	g_clear_pointer(&found->changed, g_hash_table_unref);
	found->ours = NULL;
}

static void free_files(struct sides_files *files)
{
	sides_found_clear(&files->found);
	g_hash_table_unref(files->ours);
	g_free(files);
}

int sides_files_finish(struct sides_found *out, struct sides_files *files,
		       char **err)
{
	gboolean is_whole = read_all(files, err);

	if (files->second)
		filenames_stop(files->second);
	if (filenames_finish(files->names, *err ? NULL : err) >= 0 && !*err &&
	    !is_whole)
		*err = g_strdup("'git diff-tree' did not print all commits");
	if (!*err) {
		*out = files->found;
		memset(&files->found, 0, sizeof(files->found));
	}
	free_files(files);
	return *err ? -1 : 0;
}

void sides_files_stop(struct sides_files *files)
{
	if (files->names)
		filenames_stop(files->names);
	if (files->second)
		filenames_stop(files->second);
	free_files(files);
}
