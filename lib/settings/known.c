#include <string.h>
#include "git/epochs.h"
#include "render/listing.h"
#include "settings/config.h"
#include "settings/known.h"
#include "settings/lists.h"
#include "source/marks.h"

/* What is new since the mark; *err is set if that cannot be told. */
static void find_news(struct listing *listing, const char *name, char **err)
{
	struct repository *repository = NULL;
	struct mark mark;
	int there;

	if (epochs_open_mirror(&repository, listing->mirror, err) < 0)
		return;
	there = marks_read(&mark, repository, name, err);
	if (there > 0 &&
	    !marks_count_since(&listing->news, &mark, repository, err)) {
		listing->has_mark = TRUE;
		listing->since = mark.time;
	}
	repository_free(repository);
}

static struct listing *make_listing(const char *path, const char *mark,
				    char **err)
{
	struct listing *listing = g_new0(struct listing, 1);
	struct config config;

	if (!lists_read(&config, path, NULL, err)) {
		listing->name = lists_name_of(path);
		listing->id = g_strdup(config.id);
		listing->file = g_strdup(path);
		listing->mirror = g_strdup(config.mirror);
		if (listing->mirror)
			find_news(listing, mark, &listing->problem);
	}
	config_clear(&config);
	return listing;
}

static int compare(const void *a, const void *b)
{
	const struct listing *x = *(struct listing *const *)a;
	const struct listing *y = *(struct listing *const *)b;

	if (!x->mirror != !y->mirror)
		return x->mirror ? -1 : 1;
	return strcmp(x->name, y->name);
}

GPtrArray *known_lists(const char *mark, char **err)
{
	g_autoptr(GPtrArray) files = lists_all(err);
	GPtrArray *lists = g_ptr_array_new_with_free_func(listing_free);
	guint i;

	for (i = 0; files && i < files->len && !*err; i++)
		g_ptr_array_add(lists, make_listing(files->pdata[i], mark,
						    err));
	if (*err)
		g_clear_pointer(&lists, g_ptr_array_unref);
	else
		g_ptr_array_sort(lists, compare);
	return lists;
}
