#include <stdlib.h>
#include <string.h>
#include "git/epochs.h"
#include "git/file.h"
#include "git/git.h"
#include "git/objects.h"

/* git takes no shorter id. */
#define MIN_DIGITS 4

void epochs_free(void *data)
{
	struct epoch *epoch = data;

	g_free(epoch->folder);
	if (epoch->objects)
		g_ptr_array_unref(epoch->objects);
	g_free(epoch);
}

long epochs_number(const char *name)
{
	char *end;
	long n;

	if (!g_ascii_isdigit(*name))
		return -1;
	n = strtol(name, &end, 10);
	return strcmp(end, ".git") ? -1 : n;
}

static int compare_numbers(const void *a, const void *b)
{
	long x = epochs_number(*(char *const *)a);
	long y = epochs_number(*(char *const *)b);

	return x > y ? -1 : x < y;
}

/* The names of the epochs in an inbox, the newest first; NULL sets *err. */
static GPtrArray *list_names(const char *inbox, char **err)
{
	g_autofree char *folder = g_build_filename(inbox, "git", NULL);
	GPtrArray *names = file_names(folder, ".git", err);
	guint i;

	for (i = names ? names->len : 0; i > 0; i--)
		if (epochs_number(names->pdata[i - 1]) < 0)
			g_ptr_array_remove_index(names, i - 1);
	if (names)
		g_ptr_array_sort(names, compare_numbers);
	return names;
}

guint epochs_count(const char *inbox)
{
	g_autofree char *ignored = NULL;
	g_autoptr(GPtrArray) names = list_names(inbox, &ignored);

	return names ? names->len : 0;
}

char *epochs_find_inbox(const char *folder)
{
	g_autofree char *path = g_canonicalize_filename(folder, NULL);
	g_autofree char *base = g_path_get_basename(path);
	g_autofree char *above = g_path_get_dirname(path);
	g_autofree char *name = g_path_get_basename(above);
	char *inbox = NULL;

	if (epochs_count(path))
		return g_steal_pointer(&path);
	if (epochs_number(base) >= 0 && !strcmp(name, "git"))
		inbox = g_path_get_dirname(above);
	else if (!strcmp(base, "git") || !strcmp(base, "all.git"))
		inbox = g_steal_pointer(&above);
	if (inbox && !epochs_count(inbox))
		g_clear_pointer(&inbox, g_free);
	return inbox;
}

static void add_folders(GPtrArray *folders, const struct repository *from)
{
	guint i;

	for (i = 0; i < from->object_folders->len; i++)
		g_ptr_array_add(folders,
				g_strdup(from->object_folders->pdata[i]));
}

/*
 * Open an epoch.  Returns 1 if it has no commit: it has just begun, or a clone
 * has left it out.
 */
static int open_epoch(struct repository **out, struct epoch **epoch,
		      const char *inbox, const char *name, char **err)
{
	g_autofree char *folder = g_build_filename(inbox, "git", name, NULL);
	g_autofree char *tip = NULL;

	if (repository_find(out, folder, err) < 0)
		return -1;
	tip = range_commit(folder, "HEAD");
	if (!tip) {
		repository_free(g_steal_pointer(out));
		return 1;
	}
	*epoch = g_new0(struct epoch, 1);
	(*epoch)->number = epochs_number(name);
	(*epoch)->folder = g_steal_pointer(&folder);
	g_strlcpy((*epoch)->tip, tip, sizeof((*epoch)->tip));
	(*epoch)->objects = g_ptr_array_new_with_free_func(g_free);
	add_folders((*epoch)->objects, *out);
	return 0;
}

int epochs_open(struct repository **out, const char *inbox, char **err)
{
	g_autoptr(GPtrArray) names = list_names(inbox, err);
	GPtrArray *epochs = g_ptr_array_new_with_free_func(epochs_free);
	struct repository *newest = NULL, *repository = NULL;
	guint i;

	for (i = 0; names && i < names->len && !*err; i++) {
		struct epoch *epoch;

		if (open_epoch(&repository, &epoch, inbox, names->pdata[i],
			       err))
			continue;
		g_ptr_array_add(epochs, epoch);
		if (!newest) {
			newest = repository;
			continue;
		}
		add_folders(newest->object_folders, repository);
		repository_free(repository);
	}
	if (!newest && !*err)
		*err = g_strdup_printf("no epoch of the inbox '%s' has a mail "
				       "yet", inbox);
	if (*err || epochs->len < 2) {
		g_ptr_array_unref(epochs);
	} else {
		newest->epochs = epochs;
		git_add_objects(newest->folder, newest->object_folders);
	}
	if (*err)
		repository_free(newest);
	else
		*out = newest;
	return *err ? -1 : 0;
}

int epochs_open_mirror(struct repository **out, const char *folder, char **err)
{
	return epochs_count(folder) ? epochs_open(out, folder, err) :
	       repository_find(out, folder, err);
}

static const struct epoch *epoch_at(const struct repository *repository,
				    guint i)
{
	return repository->epochs->pdata[i];
}

/*
 * Not git is asked, but the objects are looked at: what a git says that has
 * failed could not be told from a commit that is not there.
 */
static gboolean has_commit(const struct epoch *epoch, const char *id)
{
	const struct repository own = { .object_folders = epoch->objects };
	struct objects *objects = objects_new(&own);
	struct object object;
	gboolean has = !objects_read(&object, objects, id);

	if (has)
		objects_release(&object);
	objects_free(objects);
	return has;
}

guint epochs_index(const struct repository *repository, const char *id)
{
	guint i, nr = repository->epochs ? repository->epochs->len : 0;

	for (i = 0; i < nr; i++)
		if (has_commit(epoch_at(repository, i), id))
			break;
	return i;
}

int epochs_find(guint *index, const struct repository *repository,
		const char *id, char **err)
{
	*index = epochs_index(repository, id);
	if (!repository->epochs || *index < repository->epochs->len)
		return 0;
	*err = g_strdup_printf("cannot tell in which epoch commit %s is; "
			       "'git fsck' lists what is missing", id);
	return -1;
}

/* "abc1234 in epoch 0": add it to what an id may mean. */
static void add_meaning(GString *out, const struct repository *repository,
			const char *id)
{
	guint i = epochs_index(repository, id);

	g_string_append_printf(out, "%s%.16s", out->len ? ", " : "", id);
	if (i < repository->epochs->len)
		g_string_append_printf(out, " in epoch %u",
				       epoch_at(repository, i)->number);
}

/*
 * The commit whose id begins with these digits.  NULL if there is none, or if
 * there are several, and then *err is set.
 */
static char *find_id(const struct repository *repository, const char *digits,
		     char **err)
{
	g_autofree char *option = g_strconcat("--disambiguate=", digits, NULL);
	g_autofree char *answer = git_ask(repository->folder, NULL, "rev-parse",
					  option, NULL);
	g_auto(GStrv) ids = g_strsplit(answer ? answer : "", "\n", -1);
	g_autoptr(GString) meanings = g_string_new(NULL);
	char **id, *found = NULL;
	guint nr = 0;

	for (id = ids; *id; id++) {
		g_autofree char *type = git_ask(repository->folder, NULL,
						"cat-file", "-t", *id, NULL);

		if (g_strcmp0(type, "commit"))
			continue;
		add_meaning(meanings, repository, *id);
		if (nr++ == 0)
			found = g_strdup(*id);
	}
	if (nr <= 1)
		return found;
	*err = g_strdup_printf("short id '%s' fits several commits: %s; give "
			       "more digits", digits, meanings->str);
	g_free(found);
	return NULL;
}

static gboolean is_short_id(const char *text)
{
	size_t len = strlen(text);

	return len >= MIN_DIGITS && len < HEX_ID_LEN &&
	       strspn(text, "0123456789abcdefABCDEF") == len;
}

/*
 * Take "1:" off a revision, if it begins so.  Returns the epoch's index, the
 * newest one's without that, or -1 if there is no such epoch.
 */
static int take_epoch(const struct repository *repository, const char **text,
		      char **err)
{
	const char *s = *text;
	size_t len = strspn(s, "0123456789");
	unsigned long number = strtoul(s, NULL, 10);
	guint i;

	if (!len || s[len] != ':')
		return 0;
	*text = s + len + 1;
	for (i = 0; i < repository->epochs->len; i++)
		if (epoch_at(repository, i)->number == number)
			return i;
	*err = g_strdup_printf("there is no epoch %.*s in this inbox; the "
			       "newest is %u", (int)len, s,
			       epoch_at(repository, 0)->number);
	return -1;
}

/* Take "~3", "~" and "^" off the end of a revision: how many generations. */
static unsigned long take_generations(char *text)
{
	size_t len = strlen(text);
	unsigned long n = 0;
	char *tilde;

	for (; len && text[len - 1] == '^'; n++)
		text[--len] = '\0';
	tilde = strrchr(text, '~');
	if (!tilde || tilde[1 + strspn(tilde + 1, "0123456789")])
		return n;
	n += tilde[1] ? strtoul(tilde + 1, NULL, 10) : 1;
	*tilde = '\0';
	return n;
}

static unsigned long count_generations(const char *folder, const char *id)
{
	g_autofree char *answer = git_ask(folder, NULL, "rev-list", "--count",
					  "--first-parent", id, "--", NULL);

	return answer ? strtoul(answer, NULL, 10) : 0;
}

/* Go so many commits back, also into older epochs; NULL if there are none. */
static char *go_back(const struct repository *repository, const char *id,
		     unsigned long n)
{
	guint i = epochs_index(repository, id);

	for (; i < repository->epochs->len; i++) {
		const struct epoch *epoch = epoch_at(repository, i);
		g_autofree char *from = g_strdup_printf("%s~%lu", id, n);
		char *found = range_commit(epoch->folder, from);
		unsigned long nr;

		if (found)
			return found;
		nr = count_generations(epoch->folder, id);
		if (!nr || nr > n || i + 1 == repository->epochs->len)
			break;
		n -= nr;
		id = epoch_at(repository, i + 1)->tip;
	}
	return NULL;
}

/* What a revision of an epoch means; NULL if there is none. */
static char *find_revision(const struct repository *repository, guint epoch,
			   const char *text, char **err)
{
	const char *folder = epoch_at(repository, epoch)->folder;
	g_autofree char *revision = g_strdup(*text ? text : "HEAD");
	unsigned long n;
	g_autofree char *id = NULL;

	/* what is more than a name is git's business */
	if (strpbrk(revision, "{}!:"))
		return range_commit(folder, revision);
	n = take_generations(revision);
	if (is_short_id(revision))
		id = find_id(repository, revision, err);
	if (!id && !*err)
		id = range_commit(folder, revision);
	return id && n ? go_back(repository, id, n) : g_steal_pointer(&id);
}

/* One end of a range; NULL if git is to say what is wrong, or *err does. */
static char *translate_end(const struct repository *repository,
			   const char *text, char **err)
{
	const char *revision = text;
	int epoch = take_epoch(repository, &revision, err);
	char *id = epoch < 0 ? NULL :
		   find_revision(repository, epoch, revision, err);

	if (!id && !*err && revision > text)
		*err = g_strdup_printf("'%s' is no commit of epoch %u",
				       revision,
				       epoch_at(repository, epoch)->number);
	return id;
}

/* "A..B" -> "<id of A>..<id of B>"; NULL if *err is set. */
static char *translate_word(const struct repository *repository,
			    const char *word, char **err)
{
	gboolean is_excluded = *word == '^';
	const char *dots = strstr(word, "..");
	const char *right = dots ? dots + strspn(dots, ".") : NULL;
	g_autofree char *left = dots ? g_strndup(word + is_excluded,
						 dots - word - is_excluded) :
				g_strdup(word + is_excluded);
	g_autofree char *a = translate_end(repository, left, err);
	g_autofree char *b = dots && !*err ?
			     translate_end(repository, right, err) : NULL;

	if (*err)
		return NULL;
	if (!dots)
		return g_strconcat(is_excluded ? "^" : "", a ? a : left, NULL);
	if (right - dots == 3 && a && b &&
	    epochs_index(repository, a) != epochs_index(repository, b)) {
		*err = g_strdup_printf("'%s' needs two commits of one epoch",
				       word);
		return NULL;
	}
	return g_strdup_printf("%s%.*s%s", a ? a : left, (int)(right - dots),
			       dots, b ? b : right);
}

int epochs_translate(struct range_words *words,
		     const struct repository *repository, char **err)
{
	guint i;

	for (i = 0; i < words->words->len; i++) {
		char *word = words->words->pdata[i];

		if (*word == '-')
			continue;
		words->words->pdata[i] = translate_word(repository, word, err);
		if (*err) {
			words->words->pdata[i] = word;
			return -1;
		}
		g_free(word);
	}
	return 0;
}
