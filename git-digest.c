/*
 * git digest: what happened on a mailing list between two commits of its
 * mirror, or in a code repository.
 *
 * This file is the command: options, the pipeline, exit codes.  It is the
 * only one that dies.
 *
 * Copyright (C) 2026 the git-digest authors
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "digest/digest.h"
#include "git/abbrev.h"
#include "git/cherry.h"
#include "git/children.h"
#include "git/git.h"
#include "git/gitconfig.h"
#include "git/history.h"
#include "git/libgit2.h"
#include "git/range.h"
#include "git/repository.h"
#include "mail/mail.h"
#include "render/format.h"
#include "screen/color.h"
#include "screen/output.h"
#include "screen/pager.h"
#include "screen/progress.h"
#include "screen/scrub.h"
#include "screen/signals.h"
#include "settings/config.h"
#include "settings/options.h"
#include "settings/settings.h"
#include "source/commits.h"
#include "source/inbox.h"
#include "source/source.h"

#ifdef __SANITIZE_ADDRESS__
#define LEAKS_ARE_LOOKED_FOR 1
#else
#define LEAKS_ARE_LOOKED_FOR 0
#endif

/*
 * To sum up what a thousand commits change costs half as much as to read them:
 * so many are summed up without being asked.
 */
#define MAX_SUMMED_UP 200

#define EXIT_FATAL 128
#define EXIT_USAGE 129

static void die(const char *format, ...) G_GNUC_NORETURN G_GNUC_PRINTF(1, 2);

/* One line of text, which is freed.  It may have names that strangers chose. */
static void tell(const char *what, char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	fprintf(stderr, "%s: ", what);
	scrub_string(stderr, g_strdelimit(valid, "\n", ' '));
	fputc('\n', stderr);
	g_free(text);
}

static void die(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	tell("fatal", g_strdup_vprintf(format, ap));
	va_end(ap);
	children_stop();
	pager_wait();
	exit(EXIT_FATAL);
}

static void usage_error(char *why) G_GNUC_NORETURN;

static void usage_error(char *why)
{
	tell("error", why);
	options_print_usage(stderr);
	exit(EXIT_USAGE);
}

/* Open the manual page, as git does for its own commands. */
static void show_manual(void)
{
	execlp("git", "git", "help", "digest", (char *)NULL);
	die("cannot run 'git help digest'");
}

static void parse_options(struct options *options, int argc, char **argv)
{
	char *err = NULL;

	switch (options_parse(options, argc, argv, &err)) {
	case OPTIONS_RUN:
		break;
	case OPTIONS_SHOW_USAGE:
		options_print_usage(stdout);
		exit(EXIT_USAGE);
	case OPTIONS_SHOW_MANUAL:
		show_manual();
		break;
	case OPTIONS_SHOW_VERSION:
		puts("git-digest version " VERSION);
		exit(0);
	default:
		usage_error(err);
	}
	if (options->config_file && options->list)
		die("options '--config' and '--list' cannot be used together");
}

/*
 * Where lists' files are looked for by name or List-Id: the user's folder,
 * then the one that "make install" fills.
 */
static void find_list(char **path, const char *id, gboolean by_name)
{
	const char *installed = getenv("GIT_DIGEST_LISTS");
	g_autofree char *user = g_build_filename(g_get_user_config_dir(),
						 "git-digest", NULL);
	char *err = NULL;

	if (!installed)
		installed = LISTS_DIR;
	if (config_find(path, user, id, by_name, &err) < 0 ||
	    (!*path && config_find(path, installed, id, by_name, &err) < 0))
		die("%s", err);
	if (!*path && by_name)
		die("there is no list '%s' in %s or %s; write a file with "
		    "that list.name, or give one with --config", id, user,
		    installed);
}

static void read_config(struct config *config, const char *path)
{
	char *err = NULL;

	if (config_read(config, path, &err) < 0)
		die("%s", err);
}

/*
 * The file that is named, without a look at any mail: --config, --list,
 * digest.config, digest.list, digest.yaml in the repository.  repo may be
 * NULL.  NULL if there is none.
 */
static char *named_config(const struct options *options,
			  const struct gitconfig *gitconfig,
			  const struct repository *repo)
{
	const char *list = options->list;
	char *path = NULL;

	if (options->config_file)
		return g_strdup(options->config_file);
	if (!list) {
		path = gitconfig_path(gitconfig, "digest.config");
		list = gitconfig_string(gitconfig, "digest.list");
	}
	if (!path && list)
		find_list(&path, list, TRUE);
	if (!path && repo) {
		path = g_build_filename(repo->common_dir, "digest.yaml", NULL);
		if (!g_file_test(path, G_FILE_TEST_EXISTS))
			g_clear_pointer(&path, g_free);
	}
	return path;
}

/* Everything that is open while the command runs. */
struct command {
	struct options options;
	struct config config;
	struct settings settings;
	gboolean configured;	/* config was read from a file */
	gboolean sections_named;	/* by the command line or the file */
	struct repository *repo;
	struct gitconfig *gitconfig;
	struct objects *objects;
	struct git_process *config_question, *range_question;	/* or NULL */
	struct range range;
	struct history_options history_options;
	struct history *history;
	struct people *people;
	struct inbox_counts losses;	/* of an inbox */
	struct digest digest;
};

static void warn(const struct command *cmd, const char *format, ...)
	G_GNUC_PRINTF(2, 3);

static void warn(const struct command *cmd, const char *format, ...)
{
	va_list ap;

	if (cmd->options.quiet)
		return;
	va_start(ap, format);
	tell("warning", g_strdup_vprintf(format, ap));
	va_end(ap);
}

static void open_gitconfig(struct command *cmd)
{
	const char *folder = cmd->repo ? cmd->repo->folder : NULL;
	char *err = NULL;

	gitconfig_free(cmd->gitconfig);
	if (!cmd->config_question)
		cmd->config_question = gitconfig_ask(folder, &err);
	if (!cmd->config_question ||
	    gitconfig_open(&cmd->gitconfig,
			   g_steal_pointer(&cmd->config_question), &err) < 0)
		die("%s", err);
	if (cmd->repo)
		cmd->repo->refetch = gitconfig_refetch(cmd->gitconfig);
}

static void forget_range_question(struct command *cmd)
{
	if (cmd->range_question)
		git_stop(g_steal_pointer(&cmd->range_question));
}

/* Files among the words may be paths: see split_paths(). */
static gboolean has_files(const struct options *options)
{
	guint i;

	for (i = 0; !options->has_dashes && i < options->range.words->len; i++)
		if (g_file_test(options->range.words->pdata[i],
				G_FILE_TEST_EXISTS))
			return TRUE;
	return FALSE;
}

/*
 * Ask git at once for what most commands need: it answers while others start.
 */
static void ask_early(struct command *cmd)
{
	char *err = NULL;

	cmd->config_question = gitconfig_ask(NULL, &err);
	if (!err && !cmd->options.list && !has_files(&cmd->options))
		cmd->range_question = range_ask(NULL, &cmd->options.range,
						&err);
	if (err)
		die("%s", err);
	message_setup();
}

/* The mirror of a list, wherever this command runs. */
static void open_mirror(struct command *cmd, const char *path)
{
	g_autofree char *epoch = NULL;
	char *err = NULL;

	repository_free(cmd->repo);
	cmd->repo = NULL;
	forget_range_question(cmd);
	if (source_find_epoch(&epoch, path, &err) < 0 ||
	    repository_find(&cmd->repo, epoch, &err) < 0)
		die("%s", err);
	open_gitconfig(cmd);
}

/*
 * The repository to read: the one here; but the mirror of a list that was
 * asked for with --list, or of a configuration when there is none here.
 */
static void open_repository(struct command *cmd)
{
	g_autofree char *path = NULL;
	g_autofree char *why = NULL;
	int missing;

	missing = repository_find(&cmd->repo, NULL, &why);
	if (missing < 0 && !cmd->options.list)
		die("%s", why);
	open_gitconfig(cmd);
	path = named_config(&cmd->options, cmd->gitconfig, cmd->repo);
	if (path) {
		read_config(&cmd->config, path);
		cmd->configured = TRUE;
	}
	if (cmd->config.mirror && (cmd->options.list || missing))
		open_mirror(cmd, cmd->config.mirror);
	if (missing < 0 && !cmd->repo)
		die("%s", why);
	if (!cmd->repo && path)
		die("not a git repository, and '%s' names no list.mirror", path);
	if (!cmd->repo)
		die("not a git repository (or any of the parent directories): "
		    "run this in the mirror of a mailing list, or name a list "
		    "that has a mirror with --list=<name>");
	cmd->objects = objects_new(cmd->repo);
}

/* What the repository is, seen from a commit. */
static enum digest_kind find_kind(const struct command *cmd, const char *commit)
{
	enum source_kind kind;

	if (cmd->options.kind >= 0)
		return cmd->options.kind;
	if (source_kind(&kind, cmd->objects, commit) < 0)
		die("cannot read commit %s, nor its tree, to tell what this "
		    "repository is, as --kind can: %s", commit,
		    repository_explain(cmd->repo, cmd->repo->refetch ? NULL :
			g_strdup("'git fsck' tells what is missing")));
	if (kind == SOURCE_INBOX_V1)
		die("this is a public-inbox v1 mirror, which cannot be read "
		    "yet; public-inbox-convert(1) makes a v2 mirror of it, and "
		    "--kind=code reads it as code");
	return kind == SOURCE_CODE ? DIGEST_CODE : DIGEST_INBOX;
}

static void resolve_range(struct command *cmd)
{
	char *err = NULL;

	range_clear(&cmd->range);
	if (!cmd->range_question)
		cmd->range_question = range_ask(cmd->repo->folder,
						&cmd->options.range, &err);
	if (!cmd->range_question ||
	    range_resolve(&cmd->range, g_steal_pointer(&cmd->range_question),
			  cmd->repo, cmd->objects, &cmd->options.range,
			  &err) < 0)
		die("%s", err);
}

/* In code: what the branch has that its upstream has not. */
static void default_to_upstream(struct command *cmd)
{
	const char *folder = cmd->repo->folder;
	g_autofree char *branch = NULL;
	g_autofree char *upstream = git_ask(folder, NULL, "rev-parse",
					    "--verify", "-q", "@{upstream}",
					    NULL);

	if (!upstream) {
		branch = git_ask(folder, NULL, "symbolic-ref", "--short", "-q",
				 "HEAD", NULL);
		if (!branch)
			die("HEAD is on no branch, so there is no upstream to "
			    "compare it with; give a range like HEAD~10..HEAD");
		die("branch '%s' has no upstream to compare it with; give a "
		    "range like HEAD~10..HEAD, or name an upstream with 'git "
		    "branch --set-upstream-to'", branch);
	}
	options_add_word(&cmd->options, g_strdup("@{upstream}..HEAD"));
	resolve_range(cmd);
}

/* As git log, take a word for a path, and all that follow it. */
static void take_paths(struct command *cmd, guint first)
{
	GPtrArray *words = cmd->options.range.words;
	guint i;

	for (i = first; i < words->len; i++) {
		const char *word = words->pdata[i];

		if (!g_file_test(word, G_FILE_TEST_EXISTS) &&
		    !strpbrk(word, "*?["))
			die("%s: no such path in the working tree; put '--' "
			    "before paths that do not exist", word);
		g_ptr_array_add(cmd->options.paths, g_strdup(word));
	}
	g_ptr_array_set_size(words, first);
}

static gboolean is_revision(const struct command *cmd, const char *word)
{
	g_autofree char *answer = git_ask(cmd->repo->folder, NULL, "rev-parse",
					  "--revs-only", "--end-of-options",
					  word, "--", NULL);

	return answer && *answer;
}

/* Where a file stands among the revisions, paths begin. */
static void split_paths(struct command *cmd)
{
	GPtrArray *words = cmd->options.range.words;
	guint i;

	for (i = 0; i < words->len; i++) {
		const char *word = words->pdata[i];

		if (!g_file_test(word, G_FILE_TEST_EXISTS))
			continue;
		if (!is_revision(cmd, word))
			break;
		if (cmd->repo->in_work_tree)
			die("'%s' is both a revision and a file; put '--' "
			    "between revisions and files", word);
	}
	take_paths(cmd, i);
}

/*
 * The range, and the kind of repository that it tells; with no range, in a
 * mirror what came in the last seven days, in code what upstream has not.
 */
static void settle_range(struct command *cmd)
{
	struct range_words *range = &cmd->options.range;
	gboolean is_given;

	if (has_files(&cmd->options))
		split_paths(cmd);
	is_given = range->words->len || range->since || range->until ||
		   cmd->options.max_count >= 0;
	resolve_range(cmd);
	cmd->digest.kind = find_kind(cmd, range_tip(&cmd->range));
	if (is_given)
		return;
	if (cmd->digest.kind == DIGEST_CODE)
		default_to_upstream(cmd);
	else
		cmd->range.since = (gint64)time(NULL) - 7 * 24 * 60 * 60;
}

static void open_history(struct command *cmd)
{
	gboolean is_inbox = cmd->digest.kind == DIGEST_INBOX;
	char *err = NULL;

	if (is_inbox && cmd->options.paths->len)
		die("'%s' is a path, and this is the mirror of a mailing list, "
		    "where a path names nothing; a filter in its YAML file "
		    "chooses by the files that patches change",
		    (char *)cmd->options.paths->pdata[0]);
	cmd->history_options = (struct history_options) {
		.paths = cmd->options.paths,
		.max_count = cmd->options.max_count,
		.merges_are_free = !is_inbox && !cmd->options.merges,
		.is_inbox = is_inbox,
	};
	if (history_open(&cmd->history, cmd->repo, &cmd->range,
			 &cmd->history_options, &err) < 0)
		die("%s", err);
}

/*
 * The name of the list or the repository, and, if no file was named, the file
 * that is about it: by its name only, lest a repository chooses it.
 */
static void identify_list(struct command *cmd)
{
	const struct config *config = &cmd->config;
	struct digest *digest = &cmd->digest;
	g_autofree char *path = NULL;

	if (config->id)
		digest->list_id = g_strdup(config->id);
	else if (digest->kind == DIGEST_INBOX)
		digest->list_id = inbox_list_id(cmd->objects,
						range_tip(&cmd->range));
	if (!cmd->configured && digest->list_id)
		find_list(&path, digest->list_id, FALSE);
	if (path)
		read_config(&cmd->config, path);
	if (config->name)
		digest->name = g_strdup(config->name);
	else if (digest->list_id)
		digest->name = g_strndup(digest->list_id,
					 strcspn(digest->list_id, "."));
	else
		digest->name = source_folder_name(cmd->repo);
}

static void read_mailmap_file(struct command *cmd, const char *path)
{
	g_autofree char *buf = NULL;
	GError *error = NULL;
	gsize len;

	if (!g_file_get_contents(path, &buf, &len, &error))
		die("cannot read mailmap '%s': %s", path, error->message);
	people_add_mailmap(cmd->people, buf, len);
}

/* As git: it is a setting for all repositories, and not all have the blob. */
static void read_mailmap_blob(struct command *cmd, const char *name)
{
	g_autofree char *id = git_ask(cmd->repo->folder, NULL, "rev-parse",
				      "--verify", "-q", "--end-of-options",
				      name, NULL);
	struct object blob;

	if (!id)
		return;
	if (objects_peel(cmd->objects, id) < 0 ||
	    objects_read(&blob, cmd->objects, id) < 0)
		die("cannot read mailmap.blob '%s': object %s is missing or "
		    "damaged", name, id);
	if (blob.type != OBJECT_BLOB)
		die("cannot read mailmap.blob '%s': it is no blob but a %s",
		    name, objects_type_name(blob.type));
	people_add_mailmap(cmd->people, blob.data, blob.size);
	objects_release(&blob);
}

/* As git: of the work tree, or, if there is none, of HEAD. */
static void read_tracked_mailmap(struct command *cmd, const char *top,
				 gboolean has_blob)
{
	g_autofree char *path = g_build_filename(top, ".mailmap", NULL);

	if (cmd->repo->is_bare) {
		if (!has_blob)
			read_mailmap_blob(cmd, "HEAD:.mailmap");
		return;
	}
	if (!g_file_test(path, G_FILE_TEST_IS_SYMLINK) &&
	    g_file_test(path, G_FILE_TEST_IS_REGULAR))
		read_mailmap_file(cmd, path);
}

/* git's mailmaps, unless log.mailmap is false; the list's own comes last. */
static void open_people(struct command *cmd)
{
	gboolean of_code = cmd->digest.kind == DIGEST_CODE;
	g_autofree char *file = gitconfig_path(cmd->gitconfig, "mailmap.file");
	const char *blob = gitconfig_string(cmd->gitconfig, "mailmap.blob");
	g_autofree char *top = repository_top(cmd->repo);
	gboolean use = TRUE;
	char *err = NULL;

	/* git goes to the top of the work tree before it looks. */
	if (file && !g_path_is_absolute(file)) {
		char *path = g_build_filename(top, file, NULL);

		g_free(file);
		file = path;
	}
	cmd->people = people_new(&cmd->config.people);
	if (gitconfig_bool(cmd->gitconfig, "log.mailmap", &use, &err) < 0)
		die("%s", err);
	if (use && of_code)
		read_tracked_mailmap(cmd, top, blob && *blob);
	if (use && blob && *blob)
		read_mailmap_blob(cmd, blob);
	if (use && file && g_file_test(file, G_FILE_TEST_EXISTS))
		read_mailmap_file(cmd, file);
	if (cmd->config.people.mailmap)
		read_mailmap_file(cmd, cmd->config.people.mailmap);
}

/* What is said in several places: command line, git config, the list's file. */
static void settle(struct command *cmd)
{
	struct settings *settings = &cmd->settings;
	const struct config *config = &cmd->config;
	gboolean of_code = cmd->digest.kind == DIGEST_CODE;
	g_autoptr(GPtrArray) unknown = settings_unknown(cmd->gitconfig);
	char *err = NULL;
	guint i;

	for (i = 0; i < unknown->len; i++)
		warn(cmd, "git config has '%s', which git digest does not know",
		     (char *)unknown->pdata[i]);
	if (settings_settle(settings, config, cmd->gitconfig,
			    cmd->options.said, &err) < 0)
		die("%s", err);
	if (!of_code && sections_code_only(&settings->sections))
		die("the section '%s' is one of code repositories; this is the "
		    "mirror of a mailing list",
		    sections_code_only(&settings->sections));
	cmd->sections_named = settings->sections.nr > 0;
	if (!settings->sections.nr)
		sections_all(&settings->sections, of_code);
	/* What is not printed is not kept. */
	if (!settings->format->says_all &&
	    !sections_have(&settings->sections, SECTION_MESSAGES))
		settings->patches = PATCHES_NONE;
	if (settings->links && !config->archive)
		die("links need to know the list's archive: set list.archive "
		    "in its YAML file");
	cmd->digest.archive = g_strdup(config->archive);
	cmd->digest.address = g_strdup(config->address);
}

static struct progress *start_progress(const struct command *cmd,
				       const char *title)
{
	gboolean wanted = cmd->options.progress >= 0 ? cmd->options.progress :
			  isatty(STDERR_FILENO) && !cmd->options.quiet;

	return wanted ? progress_start(title) : NULL;
}

static void add_patch(struct command *cmd, struct patch *patch)
{
	digest_add(&cmd->digest, patch, &cmd->config.filter, cmd->people,
		   cmd->settings.patches);
}

static void finish_digest(struct command *cmd)
{
	digest_finish(&cmd->digest, cmd->people, cmd->settings.patches,
		      cmd->settings.reverse);
}

static void warn_of_losses(const struct command *cmd)
{
	const struct inbox_counts *losses = &cmd->losses;

	if (losses->unreadable) {
		const char *of_damage = "objects are missing or broken; 'git "
					"fsck' tells which";
		g_autofree char *why = repository_explain(cmd->repo,
				cmd->repo->refetch ? NULL :
				g_strdup(of_damage));

		warn(cmd, "%lu mail%s could not be read: %s",
		     losses->unreadable, losses->unreadable == 1 ? "" : "s",
		     why);
	}
	if (losses->too_large)
		warn(cmd, "%lu mail%s could not be read: larger than %d MB",
		     losses->too_large, losses->too_large == 1 ? "" : "s",
		     INBOX_MAX_MAIL / (1024 * 1024));
	if (losses->foreign)
		warn(cmd, "%lu commit%s hold%s no mail; --kind=code reads the "
		     "commits themselves", losses->foreign,
		     losses->foreign == 1 ? "" : "s",
		     losses->foreign == 1 ? "s" : "");
}

static void read_mails(struct command *cmd)
{
	struct progress *progress = start_progress(cmd, "Reading mails");
	const struct inbox_options options = {
		.with_paths = filter_wants_paths(&cmd->config.filter),
		.threads = cmd->options.threads,
	};
	struct inbox *inbox = inbox_new(cmd->repo, cmd->history, &options);
	const struct inbox_counts *counts = inbox_counts(inbox);
	struct patch *patch;
	char *err = NULL;
	int ret;

	while ((ret = inbox_next(inbox, &patch, &err)) > 0) {
		if (ret == HISTORY_AGAIN)
			digest_forget(&cmd->digest);
		else
			add_patch(cmd, patch);
		progress_update(progress, counts->commits);
	}
	progress_update(progress, counts->commits);
	progress_stop(progress);
	if (ret < 0)
		die("%s", err);
	cmd->digest.counts = (struct digest_counts) {
		.messages = counts->commits - counts->removals - counts->foreign,
		.replies = counts->replies,
		.removed = counts->removals,
		.unreadable = counts->unreadable + counts->too_large,
	};
	finish_digest(cmd);
	cmd->losses = *counts;
	inbox_free(inbox);
}

/* The commits that the other side has, as pairs of ids: see cherry_find(). */
static GHashTable *find_twins(struct command *cmd, const char *upstream)
{
	GHashTable *twins = g_hash_table_new_full(g_str_hash, g_str_equal,
						  g_free, g_free);
	char *err = NULL;
	guint i;

	for (i = 0; i < cmd->range.tips->len && !err; i++)
		cherry_find(twins, cmd->repo, upstream,
			    cmd->range.tips->pdata[i], &err);
	if (!err)
		return twins;
	err = repository_explain(cmd->repo, err);
	if (!cmd->repo->refetch)
		die("cannot tell what the other side has already: %s", err);
	warn(cmd, "cannot tell what the other side has already: %s", err);
	g_free(err);
	g_hash_table_remove_all(twins);
	return twins;
}

/* The commits of a code repository that the other side has already. */
static void mark_existing(struct command *cmd)
{
	const char *upstream = range_excluded(&cmd->range);
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	g_autoptr(GHashTable) twins = NULL;
	g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
	GPtrArray *entries = cmd->digest.entries;
	GPtrArray *elsewhere = cmd->digest.elsewhere;
	char *err = NULL;
	guint i;

	if (!upstream || !entries->len)
		return;
	twins = find_twins(cmd, upstream);
	for (i = 0; i < entries->len; i++) {
		struct entry *entry = entries->pdata[i];
		char *id = g_hash_table_lookup(twins, entry->patch->commit);

		if (id)
			g_ptr_array_add(ids, id);
	}
	if (commits_read(cmd->repo, ids, elsewhere, &err) < 0)
		die("%s", err);
	for (i = 0; i < elsewhere->len; i++) {
		struct patch *patch = elsewhere->pdata[i];

		g_hash_table_insert(by_id, patch->commit, patch);
	}
	for (i = 0; i < entries->len; i++) {
		struct entry *entry = entries->pdata[i];
		char *id = g_hash_table_lookup(twins, entry->patch->commit);

		entry->elsewhere = id ? g_hash_table_lookup(by_id, id) : NULL;
	}
}

/* What is about the range as a whole. */
static struct merge_try *start_summary(struct command *cmd)
{
	char *err = NULL;
	struct merge_try *attempt = merge_try_start(cmd->repo,
						history_bottom(cmd->history),
						history_top(cmd->history),
						cmd->options.paths, &err);

	if (!attempt)
		die("%s", err);
	return attempt;
}

static void sum_up(struct command *cmd, struct merge_try *attempt)
{
	const struct range *range = &cmd->range;
	struct merge *merge = &cmd->digest.merge;
	char *err = NULL;

	if (merge_try_finish(merge, attempt, &err) < 0)
		die("%s", err);
	/* Nobody merges a part of a branch, or several at once. */
	if (!range_excluded(range) || history_is_cut(cmd->history) ||
	    range->tips->len > (range->symmetric ? 2 : 1))
		merge_forget_side(merge);
	cmd->digest.has_merge = TRUE;
}

static void warn_of_diffstats(struct command *cmd, const struct commits *code)
{
	const char *why;
	guint nr = commits_unknown_diffstats(code, &why);

	if (nr)
		warn(cmd, "cannot tell the diffstat%s of %u commit%s: %s",
		     nr == 1 ? "" : "s", nr, nr == 1 ? "" : "s", why);
}

static void read_commits(struct command *cmd)
{
	const struct sections *sections = &cmd->settings.sections;
	gboolean all = cmd->settings.format->says_all;
	struct digest *digest = &cmd->digest;
	const struct commits_options options = {
		.paths = cmd->options.paths,
		.with_diffstat = cmd->settings.patches != PATCHES_NONE,
		.with_paths = filter_wants_paths(&cmd->config.filter),
		.processes = cmd->options.threads,
	};
	struct merge_try *attempt = NULL;
	struct progress *progress;
	struct patch *patch;
	struct commits *code;
	char *err = NULL;
	int ret;

	if (all || sections_have(sections, SECTION_CHECKS))
		digest->checks = checks_new(cmd->repo);
	digest->with_merges = cmd->options.merges;
	/* The width of the diffstats. */
	pager_export_columns();
	progress = start_progress(cmd, "Reading commits");
	if (commits_open(&code, cmd->repo, cmd->history, &options, &err) < 0)
		die("%s", err);
	/* git reckons while commits are read; of many only if that is asked for. */
	if (all || (sections_have(sections, SECTION_SUMMARY) &&
		    (cmd->sections_named || commits_count(code) <= MAX_SUMMED_UP)))
		attempt = start_summary(cmd);
	while ((ret = commits_next(code, &patch, &err)) > 0) {
		digest->counts.messages++;
		progress_update(progress, digest->counts.messages);
		add_patch(cmd, patch);
	}
	progress_stop(progress);
	if (ret < 0)
		die("%s", err);
	warn_of_diffstats(cmd, code);
	commits_free(code);
	finish_digest(cmd);
	mark_existing(cmd);
	if (digest->checks &&
	    checks_finish(digest->checks, history_bottom(cmd->history),
			  &digest->findings, &err) < 0)
		die("cannot check the commits: %s", err);
	if (attempt)
		sum_up(cmd, attempt);
}

static void set_ends(struct command *cmd)
{
	const char *bottom = history_bottom(cmd->history);

	if (bottom)
		g_strlcpy(cmd->digest.from, bottom, sizeof(cmd->digest.from));
	g_strlcpy(cmd->digest.to, history_top(cmd->history),
		  sizeof(cmd->digest.to));
}

static struct abbrev *open_abbrev(struct command *cmd)
{
	int digits = cmd->options.abbrev;
	char *err = NULL;

	if (digits < 0) {
		digits = ABBREV_AUTO;
		if (abbrev_from_config(cmd->gitconfig, &digits, &err) < 0)
			die("%s", err);
	}
	return abbrev_new(cmd->repo, cmd->objects, digits);
}

static void print_digest(struct command *cmd)
{
	const char *path = cmd->options.output;
	enum color_when when = cmd->options.color;
	struct palette palette;
	const struct format_options render = {
		.top = cmd->settings.top,
		.sections = cmd->settings.sections,
		.links = cmd->settings.links,
		.palette = &palette,
		.abbrev = open_abbrev(cmd),
	};
	struct output output;
	char *err = NULL;

	if (cmd->options.color < 0 &&
	    color_from_config(cmd->gitconfig, &when, &err) < 0)
		die("%s", err);
	/* As git log --output: a file has color only if that is asked for. */
	if (path && when == COLOR_AUTO)
		when = COLOR_NEVER;
	if (color_palette_init(&palette, color_on_stdout(when, cmd->gitconfig),
			 cmd->gitconfig, &err) < 0 ||
	    output_open(&output, path, &err) < 0)
		die("%s", err);
	if (!path)
		pager_start(cmd->gitconfig);
	warn_of_losses(cmd);
	cmd->settings.format->print(&cmd->digest, &render, output.fp);
	if (output_close(&output, &err) < 0)
		die("%s", err);
	pager_wait();
	color_palette_clear(&palette);
	abbrev_free(render.abbrev);
}

static void end_command(struct command *cmd)
{
	digest_clear(&cmd->digest);
	people_free(cmd->people);
	history_free(cmd->history);
	range_clear(&cmd->range);
	config_clear(&cmd->config);
	gitconfig_free(cmd->gitconfig);
	objects_free(cmd->objects);
	repository_free(cmd->repo);
	options_clear(&cmd->options);
}

/* A closed descriptor 0, 1 or 2 would be given to the next file opened. */
static void open_standard_files(void)
{
	int fd = open("/dev/null", O_RDWR);

	while (fd >= 0 && fd < 2)
		fd = dup(fd);
	if (fd > 2)
		close(fd);
}

int main(int argc, char **argv)
{
	struct command cmd = { 0 };

	open_standard_files();
	setlocale(LC_CTYPE, "");
	signals_setup();
	parse_options(&cmd.options, argc, argv);

	config_init(&cmd.config);
	digest_init(&cmd.digest);
	ask_early(&cmd);
	open_repository(&cmd);
	settle_range(&cmd);
	open_history(&cmd);
	identify_list(&cmd);
	settle(&cmd);
	open_people(&cmd);
	if (cmd.digest.kind == DIGEST_CODE)
		read_commits(&cmd);
	else
		read_mails(&cmd);
	set_ends(&cmd);
	print_digest(&cmd);
	/* The system frees it all quicker; but then no leak would show. */
	if (!LEAKS_ARE_LOOKED_FOR)
		_exit(0);
	end_command(&cmd);
	return 0;
}
