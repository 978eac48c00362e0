#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "git/catfile.h"
#include "git/epochs.h"
#include "git/git.h"
#include "mail/message.h"
#include "render/words.h"
#include "settings/lists.h"
#include "settings/target.h"
#include "source/inbox.h"
#include "source/marks.h"
#include "source/source.h"

#define SEVEN_DAYS (7 * 24 * 60 * 60)

static int fail(char **err, const char *format, ...) G_GNUC_PRINTF(2, 3);

static int fail(char **err, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	*err = g_strdup_vprintf(format, ap);
	va_end(ap);
	return -1;
}

/* Ask git about the repository here, which it mostly will be. */
static int ask_early(struct target *target, const struct options *options,
		     char **err)
{
	target->config_question = gitconfig_ask(NULL, err);
	if (!*err && !options_only_list(options))
		target->range_question = range_ask(NULL, &target->words, err);
	if (!*err)
		target->catfile = catfile_new(NULL);
	return *err ? -1 : 0;
}

static int open_gitconfig(struct target *target, char **err)
{
	const char *folder = target->repository ? target->repository->folder :
			     NULL;

	gitconfig_free(g_steal_pointer(&target->gitconfig));
	if (!target->config_question)
		target->config_question = gitconfig_ask(folder, err);
	if (!target->config_question ||
	    gitconfig_open(&target->gitconfig,
			   g_steal_pointer(&target->config_question), err) < 0)
		return -1;
	if (target->repository)
		target->repository->refetch =
			gitconfig_refetch(target->gitconfig);
	return 0;
}

static int read_config(struct target *target, const char *path, const char *id,
		       char **err)
{
	config_clear(&target->config);
	return lists_read(&target->config, path, id, err);
}

/* Read another repository than that which the current folder is in. */
static int change_repository(struct target *target,
			     struct repository *repository, char **err)
{
	repository_free(target->repository);
	target->repository = repository;
	if (target->range_question)
		git_stop(g_steal_pointer(&target->range_question));
	if (target->config_question)
		git_stop(g_steal_pointer(&target->config_question));
	g_clear_pointer(&target->catfile, catfile_free);
	return open_gitconfig(target, err);
}

/* Read the list's mirror: an inbox, or one epoch. */
static int open_mirror(struct target *target, char **err)
{
	struct repository *repository;

	return epochs_open_mirror(&repository, target->config.mirror, err) < 0 ?
	       -1 : change_repository(target, repository, err);
}

/*
 * The inbox that the current folder is, or that the repository here belongs to;
 * NULL if there is none.
 */
static char *find_inbox(const struct target *target)
{
	char *inbox = getenv("GIT_DIR") ? NULL : epochs_find_inbox(".");

	if (!inbox && target->repository)
		inbox = epochs_find_inbox(target->repository->common_dir);
	return inbox;
}

/* Somebody may keep code in git/1.git and git/2.git. */
static gboolean is_code(const struct repository *repository)
{
	g_autofree char *tip = range_commit(repository->folder, "HEAD");
	struct objects *objects = tip ? objects_few(repository, NULL) : NULL;
	enum digest_kind kind;
	gboolean is_code = objects && !source_kind(&kind, objects, tip) &&
			   kind == DIGEST_CODE;

	objects_free(objects);
	return is_code;
}

/*
 * Find the repository of the current folder, and the inbox that it belongs to.
 * Returns what repository_find() does.
 */
static int find_here(struct target *target, char **err)
{
	int missing = repository_find(&target->repository, NULL, err);
	g_autofree char *inbox = missing < 0 ? NULL : find_inbox(target);
	struct repository *repository;

	/* one epoch is a repository like any other */
	if (!inbox || (!missing && (epochs_count(inbox) == 1 ||
				    is_code(target->repository))))
		return missing;
	if (epochs_open(&repository, inbox, err) < 0)
		return -1;
	return change_repository(target, repository, err);
}

/*
 * The repository is the one here, but the list's mirror if --list asks for it,
 * or if there is no repository here.
 */
static int open_repository(struct target *target,
			   const struct options *options, char **err)
{
	const char *path, *list = options_only_list(options);
	g_autofree char *why = NULL;
	g_autofree char *file = NULL;
	int missing;

	missing = find_here(target, &why);
	if (missing < 0 && !list)
		return fail(err, "%s", why);
	if ((!target->gitconfig && open_gitconfig(target, err) < 0) ||
	    lists_choose(&target->config_path, options->config_file, list,
			 target->gitconfig, target->repository, err) < 0)
		return -1;
	target->list_is_named = list != NULL;
	path = target->config_path;
	if (path && read_config(target, path, NULL, err) < 0)
		return -1;
	if (target->config.mirror && (list || missing) &&
	    open_mirror(target, err) < 0)
		return -1;
	if (missing < 0 && !target->repository)
		return fail(err, "%s", why);
	file = path ? lists_user_file(path) : NULL;
	if (!target->repository && path)
		return fail(err, "not a git repository, and no mirror of the "
			    "list is known; set list.mirror in '%s'", file);
	if (!target->repository)
		return fail(err, "not a git repository (or any of the parent "
			    "directories): run this in the mirror of a mailing "
			    "list, or name a list that has a mirror with "
			    "--list=<name>");
	return 0;
}

/* The mirror of one of several lists: none of them is the one here. */
static int open_list(struct target *target, const char *file, char **err)
{
	g_autofree char *name = lists_name_of(file);
	g_autofree char *user_file = lists_user_file(file);

	target->config_path = g_strdup(file);
	target->list_is_named = TRUE;
	if (read_config(target, file, NULL, err) < 0)
		return -1;
	if (!target->config.mirror)
		return fail(err, "no mirror of the list '%s' is known; set "
			    "list.mirror in '%s'", name, user_file);
	return open_mirror(target, err);
}

static int resolve_range(struct target *target, char **err)
{
	const struct repository *repository = target->repository;

	if (!target->range_question)
		target->range_question = range_ask(repository->folder,
						   &target->words, err);
	if (!target->range_question)
		return -1;
	range_clear(&target->range);
	return range_resolve(&target->range,
			     g_steal_pointer(&target->range_question),
			     repository, target->objects, &target->words, err);
}

/* The kind of the repository, told by the tip of the range. */
static int find_kind(struct target *target, char **err)
{
	const struct repository *repository = target->repository;
	const char *tip = range_tip(&target->range);

	if (source_kind(&target->kind, target->objects, tip) < 0) {
		g_autofree char *why = repository_explain(repository,
			repository->refetch ? NULL :
			g_strdup("'git fsck' lists what is missing"));

		return fail(err, "cannot tell whether this is a mirror or "
			    "code; choose with --kind (cannot read commit %s "
			    "or its tree: %s)", tip, why);
	}
	return 0;
}

/*
 * Resolve the range.  Without "--" in the command line, words that are no
 * revisions may be paths.
 */
static int find_range(struct target *target, const struct options *options,
		      char **err)
{
	const struct repository *repository = target->repository;
	struct range_words *words = &target->words;
	g_autofree char *why = NULL;
	int nr;

	if (repository->epochs && epochs_translate(words, repository, err) < 0)
		return -1;
	if (options->has_dashes || !words->words->len)
		return resolve_range(target, err);
	if (!resolve_range(target, &why))
		return range_check_files(words, repository, err);
	nr = range_split_paths(words, target->paths, repository, err);
	if (!nr)
		*err = g_steal_pointer(&why);
	if (nr <= 0 || resolve_range(target, err) < 0)
		return -1;
	return range_check_files(words, repository, err);
}

/* In a mirror, paths are not those of the files that its commits have. */
static int settle_mail_paths(struct target *target,
			     const struct options *options, char **err)
{
	guint i;

	for (i = 0; i < target->paths->len; i++) {
		char *path = target->paths->pdata[i];

		if (!options->has_dashes)
			return fail(err, "'%s' is no revision; in a mirror, "
				    "put '--' before the paths of the files "
				    "that patches change", path);
		if (*path == ':')
			return fail(err, "'%s' is pathspec magic; in a mirror, "
				    "paths are plain globs of the files that "
				    "patches change", path);
		if (!*path)
			return fail(err, "empty string is not a valid path; "
				    "use . to match all paths");
		if (*path == '/' || g_str_has_prefix(path, "../") ||
		    strstr(path, "/../"))
			return fail(err, "'%s' is outside of the repository; "
				    "paths start from its top", path);
		target->paths->pdata[i] = filter_normalize_path(path);
		g_free(path);
	}
	return 0;
}

/* Who names a list wants its mails. */
static int check_list(const struct target *target,
		      const struct options *options, char **err)
{
	g_autofree char *file = NULL;

	if (!target->list_is_named || options->kind >= 0 ||
	    target->kind == DIGEST_INBOX)
		return 0;
	if (target->config.mirror)
		return fail(err, "'%s', which list.mirror names, is no mirror "
			    "of a mailing list", target->config.mirror);
	file = lists_user_file(target->config_path);
	return fail(err, "this is a code repository, and no mirror of the list "
		    "'%s' is known; set list.mirror in '%s'",
		    options_only_list(options), file);
}

/*
 * Begin where the mark is.  If somebody has rewritten the mirror since, begin
 * at its time.
 */
static int use_mark(struct target *target, const struct options *options,
		    char **err)
{
	const struct repository *repository = target->repository;
	const char *name = options->since_last;
	struct range_words *range = &target->words;
	struct mark mark;
	int there;

	if (target->range_question)	/* which was asked without the mark */
		git_stop(g_steal_pointer(&target->range_question));
	if (range->words->len || range->since || range->until)
		return fail(err, "--since-last is a range by itself; do not "
			    "give another one");
	there = marks_read(&mark, repository, name, err);
	if (there < 0)
		return -1;
	if (!there) {
		target->remark = g_strdup_printf("there is no mark '%s' yet; "
			"this is the digest of the last seven days", name);
	} else if (marks_is_there(&mark, repository)) {
		g_ptr_array_add(range->words, g_strdup_printf("%s..HEAD",
							      mark.commit));
	} else {
		g_autofree char *time = words_minute_of(mark.time);

		target->since_mark = g_strdup_printf("@%" G_GINT64_FORMAT
						     " +0000", mark.time);
		range->since = target->since_mark;
		target->remark = g_strdup_printf("the commit of the mark '%s' "
			"is gone, as this mirror was rewritten; going on from "
			"%s", name, time ? time : "?");
	}
	return 0;
}

static int settle_range(struct target *target, const struct options *options,
			char **err)
{
	struct range_words *range = &target->words;
	gboolean is_given;

	if (options->since_last && use_mark(target, options, err) < 0)
		return -1;
	if (find_range(target, options, err) < 0)
		return -1;
	is_given = range->words->len || range->since || range->until ||
		   options->max_count >= 0;
	target->kind = options->kind;
	if (options->kind < 0 && find_kind(target, err) < 0)
		return -1;
	if ((options->since_last || options->mark) &&
	    target->kind == DIGEST_CODE)
		return fail(err, "marks are for the mirrors of mailing lists, "
			    "and this is a code repository");
	if (check_list(target, options, err) < 0 ||
	    (target->kind == DIGEST_INBOX &&
	     settle_mail_paths(target, options, err) < 0))
		return -1;
	if (is_given)
		return 0;
	target->range_is_default = TRUE;
	if (target->kind == DIGEST_INBOX) {
		target->range.since = target->now - SEVEN_DAYS;
		return 0;
	}
	if (range_use_upstream(range, target->repository, err) < 0)
		return -1;
	return resolve_range(target, err);
}

int target_open(struct target *out, const struct options *options,
		const char *file, char **err)
{
	int ret;

	memset(out, 0, sizeof(*out));
	out->now = time(NULL);
	out->words = options->range;
	out->words.words = range_copy_texts(options->range.words);
	out->paths = range_copy_texts(options->paths);
	config_init(&out->config);
	ret = file ? 0 : ask_early(out, options, err);
	message_setup();
	if (!ret)
		ret = file ? open_list(out, file, err) :
			     open_repository(out, options, err);
	if (ret < 0)
		return -1;
	out->objects = objects_few(out->repository,
				   g_steal_pointer(&out->catfile));
	return settle_range(out, options, err);
}

void target_expect_mails(struct target *target)
{
	objects_free(target->objects);
	target->objects = objects_new(target->repository);
}

void target_clear(struct target *target)
{
	g_ptr_array_unref(target->words.words);
	g_ptr_array_unref(target->paths);
	range_clear(&target->range);
	g_free(target->remark);
	g_free(target->since_mark);
	config_clear(&target->config);
	g_free(target->config_path);
	gitconfig_free(target->gitconfig);
	objects_free(target->objects);
	repository_free(target->repository);
}

/* The mirror here may be that of another list than the one that was named. */
static void check_identity(const struct target *target, struct digest *digest,
			   const char *id)
{
	const struct config *config = &target->config;

	if (target->list_is_named && !config->mirror && config->id && id &&
	    g_ascii_strcasecmp(config->id, id))
		digest_warn(digest, "the newest mail here is of the list '%s', "
			    "not of '%s'; set list.mirror to read the mirror "
			    "of that", id, config->id);
}

int target_identify(struct target *target, struct digest *digest, char **err)
{
	struct config *config = &target->config;
	g_autofree char *id = NULL;
	gboolean is_unreadable = FALSE;

	if ((!config->id || target->list_is_named) &&
	    target->kind == DIGEST_INBOX)
		id = inbox_list_id(target->objects, range_tip(&target->range),
				   &is_unreadable);
	if (!id && is_unreadable)
		digest_warn(digest, "cannot read the newest mails to tell "
			    "which list this is; name its YAML file with "
			    "--config or --list");
	check_identity(target, digest, id);
	if (!target->config_path && id &&
	    lists_find(&target->config_path, id, FALSE, err) < 0)
		return -1;
	if (target->config_path && id && !config->id &&
	    read_config(target, target->config_path, id, err) < 0)
		return -1;
	digest->list_id = g_strdup(config->id ? config->id : id);
	if (config->name)
		digest->name = g_strdup(config->name);
	else if (digest->list_id)
		digest->name = g_strndup(digest->list_id,
					 strcspn(digest->list_id, "."));
	else
		digest->name = source_folder_name(target->repository);
	digest->archive = g_strdup(config->archive);
	digest->address = g_strdup(config->address);
	return 0;
}
