#include <stdlib.h>
#include <string.h>
#include <git2.h>
#include "ask-git.h"
#include "limited-read.h"
#include "source.h"

/* Bytes that libgit2 keeps of what it has read: some 5,000 commits. */
#define MAX_CACHE (3 * 1024 * 1024)

static void shut_down(void)
{
	git_libgit2_shutdown();
}

void source_setup(void)
{
	/*
	 * Extensions that libgit2 does not know and that change nothing for a
	 * reader: it says so itself where an object is missing.
	 */
	static const char *extensions[] = {
		"partialclone", "preciousobjects", "worktreeconfig",
	};

	limited_read_setup();
	git_libgit2_init();
	atexit(shut_down);
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
			 G_N_ELEMENTS(extensions));
	/* As git: an object's checksum is fsck's business. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	/* Only commits are read again, soon, by who walks and who reads. */
	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)MAX_CACHE);
	git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE,
			 (size_t)0);
}

/*
 * Is it somebody else's repository, which git would not touch either?
 * libgit2 1.5 says so in two ways; the second when safe.directory is not set.
 */
static gboolean is_foreign(int error)
{
	const git_error *e = git_error_last();

	return error == GIT_EOWNER ||
	       (error == GIT_ENOTFOUND && e && strstr(e->message,
						      "safe.directory"));
}

/* git has more places for safe.directory than libgit2, and more forms. */
static gboolean git_trusts_it(void)
{
	g_autofree char *answer = ask_git(NULL, "rev-parse", "--git-dir", NULL);

	return answer != NULL;
}

static int open_failed(int error, const char *path, char **err)
{
	const git_error *e = git_error_last();
	const char *message = e ? e->message : "unknown error";

	if (is_foreign(error))
		*err = g_strdup_printf("detected dubious ownership in the "
			"repository%s%s%s; to trust it, run 'git config "
			"--global --add safe.directory <its folder>'",
			path ? " '" : " here", path ? path : "",
			path ? "'" : "");
	else if (path)
		*err = g_strdup_printf("cannot open the mirror '%s': %s", path,
				       message);
	else
		*err = g_strdup_printf("cannot open the repository: %s",
				       message);
	git_error_clear();
	return -1;
}

/* "12.git" -> 12, other names -> -1 */
static long epoch_number(const char *name)
{
	char *end;
	long n;

	if (!g_ascii_isdigit(*name))
		return -1;
	n = strtol(name, &end, 10);
	return strcmp(end, ".git") ? -1 : n;
}

/*
 * The one epoch of the inbox at path; NULL if it is no inbox, or, with *err
 * set, if it has no epoch or several.
 */
static char *only_epoch(const char *path, char **err)
{
	g_autofree char *epochs = g_build_filename(path, "git", NULL);
	GDir *dir = g_dir_open(epochs, 0, NULL);
	long newest = -1;
	int nr = 0;
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		long n = epoch_number(name);

		nr += n >= 0;
		newest = MAX(newest, n);
	}
	if (dir)
		g_dir_close(dir);
	if (nr == 1)
		return g_strdup_printf("%s/%ld.git", epochs, newest);
	if (nr > 1)
		*err = g_strdup_printf("'%s' is an inbox of %d epochs, which "
			"cannot be read as one yet; name an epoch: "
			"%s/%ld.git is the newest", path, nr, epochs, newest);
	return NULL;
}

/*
 * Open what git would use here.  Of the environment libgit2 does not know
 * GIT_WORK_TREE.
 */
static int open_from_env(git_repository **out)
{
	const char *env = getenv("GIT_WORK_TREE");
	g_autofree char *tree = env ? g_canonicalize_filename(env, NULL) : NULL;
	int ret;

	if (tree)
		unsetenv("GIT_WORK_TREE");
	ret = git_repository_open_ext(out, NULL, GIT_REPOSITORY_OPEN_FROM_ENV,
				      NULL);
	if (!ret && tree)
		ret = git_repository_set_workdir(*out, tree, 0);
	return ret;
}

int source_open(struct git_repository **out, const char *path, char **err)
{
	g_autofree char *epoch = NULL;
	int ret;

	if (!path) {
		/* As git: who names a repository trusts it. */
		git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION,
				 getenv("GIT_DIR") == NULL);
		ret = open_from_env(out);
		if (ret && is_foreign(ret) && git_trusts_it()) {
			git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
			ret = open_from_env(out);
		}
		if (ret == GIT_ENOTFOUND && !getenv("GIT_DIR") &&
		    !is_foreign(ret)) {
			git_error_clear();
			return 1;
		}
		return ret ? open_failed(ret, NULL, err) : 0;
	}
	epoch = only_epoch(path, err);
	if (*err)
		return -1;
	ret = git_repository_open_ext(out, epoch ? epoch : path,
				      GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
	return ret ? open_failed(ret, path, err) : 0;
}

GPtrArray *source_object_folders(struct git_repository *repo)
{
	GPtrArray *folders = g_ptr_array_new_with_free_func(g_free);
	const char *objects = getenv("GIT_OBJECT_DIRECTORY");
	const char *more = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	g_auto(GStrv) alternates = g_strsplit(more ? more : "", ":", -1);
	char **folder;

	g_ptr_array_add(folders, objects ? g_strdup(objects) :
			g_build_filename(git_repository_commondir(repo),
					 "objects", NULL));
	for (folder = alternates; *folder; folder++)
		if (**folder)
			g_ptr_array_add(folders, g_strdup(*folder));
	return folders;
}

int source_open_objects(struct git_repository **out,
			struct git_repository *repo)
{
	g_autoptr(GPtrArray) folders = source_object_folders(repo);
	git_odb *odb;
	guint i;
	int ret = git_odb_open(&odb, folders->pdata[0]);

	if (ret)
		return ret;
	for (i = 1; !ret && i < folders->len; i++)
		ret = git_odb_add_disk_alternate(odb, folders->pdata[i]);
	if (!ret)
		ret = git_repository_wrap_odb(out, odb);
	git_odb_free(odb);
	return ret;
}

static gboolean all_hex(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!g_ascii_isxdigit(s[i]))
			return FALSE;
	return !s[len];
}

/*
 * How many commits are looked at for one that adds a mail as public-inbox
 * does, with nothing beside it: the newest may be somebody's accident.
 */
#define MAX_KIND_TRIES 5

static enum source_kind kind_of_tree(const git_tree *tree)
{
	static const char *const names[] = { "m", "d", "D", "_" };
	size_t i, nr = git_tree_entrycount(tree);
	const char *name;

	for (i = 0; nr == 1 && i < G_N_ELEMENTS(names); i++)
		if (git_tree_entry_byname(tree, names[i]))
			return SOURCE_INBOX_V2;
	for (i = 0; i < nr; i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);

		name = git_tree_entry_name(e);
		if (git_tree_entry_type(e) != GIT_OBJECT_TREE ||
		    strlen(name) != 2 || !all_hex(name, 2))
			return SOURCE_CODE;
	}
	return nr ? SOURCE_INBOX_V1 : SOURCE_CODE;
}

struct git_commit *source_parent(struct git_commit *commit)
{
	git_commit *parent;

	if (git_commit_parent(&parent, commit, 0) < 0)
		parent = NULL;
	git_commit_free(commit);
	return parent;
}

int source_kind(enum source_kind *out, struct git_repository *repo,
		const struct git_oid *oid, char **err)
{
	git_commit *commit;
	gboolean known = FALSE;
	int i;

	*out = SOURCE_CODE;
	if (git_commit_lookup(&commit, repo, oid) < 0)
		commit = NULL;
	for (i = 0; commit && *out == SOURCE_CODE && i < MAX_KIND_TRIES; i++) {
		git_tree *tree;

		if (!git_commit_tree(&tree, commit)) {
			known = TRUE;
			*out = kind_of_tree(tree);
			git_tree_free(tree);
		}
		commit = source_parent(commit);
	}
	git_commit_free(commit);
	git_error_clear();
	if (!known)
		*err = g_strdup_printf("cannot read commit %s, nor its tree; "
				       "'git fsck' tells what is missing",
				       git_oid_tostr_s(oid));
	return known ? 0 : -1;
}

char *source_folder_name(struct git_repository *repo)
{
	g_autofree char *path = g_strdup(git_repository_commondir(repo));
	g_autofree char *base = NULL;
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
	base = g_path_get_basename(path);
	if (epoch_number(base) >= 0 || !strcmp(base, ".git")) {
		g_autofree char *dir = g_path_get_dirname(path);
		g_autofree char *name = g_path_get_basename(dir);

		if (!strcmp(name, "git")) {
			g_autofree char *inbox = g_path_get_dirname(dir);

			return g_path_get_basename(inbox);
		}
		return g_steal_pointer(&name);
	}
	if (g_str_has_suffix(base, ".git"))
		base[strlen(base) - 4] = '\0';
	return g_steal_pointer(&base);
}
