/*
 * git digest: what happened on a mailing list between two commits of its
 * mirror, or on a branch of a code repository.
 *
 * This file is the command: main() tells the story, and what it calls reports
 * errors to here.  Nothing else prints messages, dies, or knows exit codes.
 *
 * Copyright (C) 2026 the git-digest authors
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "digest/builder.h"
#include "digest/discussion.h"
#include "git/abbrev.h"
#include "git/children.h"
#include "git/history.h"
#include "render/format.h"
#include "render/listing.h"
#include "render/words.h"
#include "screen/color.h"
#include "screen/output.h"
#include "screen/pager.h"
#include "screen/progress.h"
#include "screen/scrub.h"
#include "screen/signals.h"
#include "settings/known.h"
#include "settings/limiting.h"
#include "settings/lists.h"
#include "settings/notice.h"
#include "settings/options.h"
#include "settings/settings.h"
#include "settings/target.h"
#include "source/against.h"
#include "source/branch.h"
#include "source/crossposts.h"
#include "source/mailmaps.h"
#include "source/marks.h"
#include "source/mirror.h"
#include "source/past.h"

/*
 * At the end the system frees all memory at once, which is quicker than we
 * are.  But a search for leaks, or a count of the lines that ran, needs an end
 * in good order.
 */
#if defined(__SANITIZE_ADDRESS__) || defined(COVERAGE)
#define END_IN_ORDER 1
#else
#define END_IN_ORDER 0
#endif

#define EXIT_NOTHING_NEW 1
#define EXIT_FATAL 128
#define EXIT_USAGE 129

/* A list, or the only repository, and its part of what is printed. */
struct part {
	const struct options *options;
	/* Where there are several lists; else NULL: */
	char *name;
	GHashTable *shown;	/* see crossposts_leave_out(); of all of them */
	struct target target;
	GPtrArray *log_limits;	/* of code: see history.h */
	struct limit limit;	/* of a mirror */
	struct settings settings;
	struct history *history;
	struct people *people;
	struct builder builder;
	gint64 stale;		/* seconds */
	struct mirror *mirror;	/* NULL of code */
	struct marks *marks;	/* to be moved; or NULL */
	const struct digest *digest;	/* the finished one */
};

/* Everything that is open while the command runs. */
struct command {
	struct options options;
	GPtrArray *files;	/* char *: the YAML files of several lists; or
				   NULL */
	GHashTable *shown;	/* for the parts */
	struct part *parts;	/* nr of them, one at least */
	unsigned nr;
};

/* What went wrong, from whatever failed: see must(). */
static char *err;

/* The list that messages are about, where there are several; or NULL. */
static const char *current_list;

/* Print a message, which may hold names that strangers chose, as one line. */
static void tell(const char *what, const char *message)
{
	g_autofree char *text = current_list ?
		g_strdup_printf("%s: %s", current_list, message) :
		g_strdup(message);
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	fprintf(stderr, "%s: ", what);
	scrub_string(stderr, g_strdelimit(valid, "\n", ' '));
	fputc('\n', stderr);
}

/*
 * GLib ends the process where there is no memory left; so this allocates none,
 * and any thread may come here.
 */
static void end_for_glib(const char *domain, GLogLevelFlags level,
			 const char *message, void *data)
{
	if (!(level & (G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL))) {
		g_log_default_handler(domain, level, message, data);
		return;
	}
	fputs("fatal: ", stderr);
	fputs(message, stderr);
	fputc('\n', stderr);
	signals_clean_up();
	_exit(EXIT_FATAL);
}

/*
 * GLib calls abort(3), after a message of its own, where not even the memory
 * for a lock is left.
 */
static void end_for_abort(int signo)
{
	static const char message[] = "fatal: the process was aborted\n";

	(void)signo;
	if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		errno = 0;	/* there is nobody to tell */
	signals_clean_up();
	_exit(EXIT_FATAL);
}

static void die(const char *message) G_GNUC_NORETURN;

static void die(const char *message)
{
	tell("fatal", message);
	signals_remove_files();
	children_stop();
	pager_wait();
	exit(EXIT_FATAL);
}

/* Take the result of what returns -1 and sets err if it fails. */
static void must(int result)
{
	if (result < 0)
		die(err);
}

static void warn(const struct part *part, const char *message)
{
	if (!part->options->quiet)
		tell("warning", message);
}

static void parse_options(struct options *options, int argc, char **argv)
{
	if (options_parse(options, argc, argv, &err) < 0) {
		tell("error", err);
		if (options->is_unknown)
			options_print_usage(stderr);
		exit(EXIT_USAGE);
	}
	if (options->show_usage) {
		options_print_usage(stdout);
		exit(EXIT_USAGE);
	}
	if (options->show_version) {
		puts("git-digest version " VERSION);
		exit(0);
	}
	if (options->show_names) {
		options_print_completion(options, stdout);
		exit(0);
	}
	if (options->show_manual) {
		execlp("git", "git", "help", "digest", (char *)NULL);
		die("cannot run 'git help digest'");
	}
	if (options->output && !*options->output)
		die("cannot create a file with an empty name; name one with "
		    "'-o <file>'");
	if (options->config_file && options->lists->len)
		die("options '--config' and '--list' cannot be used together");
	if (options->all_lists && options->config_file)
		die("options '--config' and '--all-lists' cannot be used "
		    "together");
	if (options->all_lists && options->lists->len)
		die("options '--list' and '--all-lists' cannot be used "
		    "together");
}

/*
 * The YAML files of the lists that are wanted, each once: char *.  NULL if
 * target_open() is to find what is meant.
 */
static GPtrArray *find_lists(const struct options *options)
{
	GPtrArray *files;
	guint i;

	if (options->all_lists) {
		files = lists_all(&err);
		must(files ? lists_keep_mirrors(files, &err) : -1);
		if (!files->len)
			die("--all-lists: no list has a mirror; set "
			    "list.mirror in the YAML file of each list that "
			    "you read");
		return files;
	}
	if (options->lists->len < 2)
		return NULL;
	files = g_ptr_array_new_with_free_func(g_free);
	for (i = 0; i < options->lists->len; i++) {
		char *path;

		must(lists_find(&path, options->lists->pdata[i], TRUE, &err));
		if (g_ptr_array_find_with_equal_func(files, path, g_str_equal,
						     NULL))
			g_free(path);
		else
			g_ptr_array_add(files, path);
	}
	return files;
}

/* Several lists have several repositories, but one output. */
static void check_several(const struct options *options)
{
	if (options->kind == DIGEST_CODE)
		die("--kind=code reads one repository, and not several lists");
	if (options->compare)
		die("--compare is for one list; name one with --list");
}

static void settle(struct part *part)
{
	const struct target *target = &part->target;
	g_autoptr(GPtrArray) unknown = settings_unknown(target->gitconfig);
	guint i;

	for (i = 0; i < unknown->len; i++)
		digest_warn(part->builder.digest, "unknown variable '%s' in "
			    "git config", (char *)unknown->pdata[i]);
	if (target->remark)
		digest_warn(part->builder.digest, "%s", target->remark);
	must(settings_settle(&part->settings, &target->config,
			     target->gitconfig, part->options->said,
			     target->kind, &err));
	part->stale = DISCUSSION_STALE;
	if (part->options->stale)
		must(range_age(&part->stale, target->repository->folder,
			       part->options->stale, &err));
}

static gboolean prints(const struct part *part, enum section section)
{
	return sections_have(&part->settings.sections, section);
}

/* What is wanted of a code repository. */
static struct branch_options branch_options(const struct part *part)
{
	const struct settings *settings = &part->settings;
	gboolean all = settings->format->says_all;
	struct branch_options options = {
		.paths = part->target.paths,
		.with_diffstats = settings->is_short ||
				  settings->patches != PATCHES_NONE,
		.with_twins = settings->is_short || all ||
			      prints(part, SECTION_PATCHES) ||
			      settings->patches != PATCHES_NONE,
		.with_tags = settings->is_short || all ||
			     prints(part, SECTION_REVIEWERS) ||
			     prints(part, SECTION_CHECKS),
		.tests = part->target.config.tests,
		.with_checks = all || prints(part, SECTION_CHECKS),
		.with_contents = settings->sections_named &&
				 prints(part, SECTION_CHECKS),
		.processes = part->options->threads,
		.range_diff = part->options->range_diff,
	};

	/* some of the commits are not what would be merged */
	if (part->log_limits && part->log_limits->len)
		options.summary = BRANCH_NO_SUMMARY;
	else if (all || (prints(part, SECTION_SUMMARY) &&
			 settings->sections_named))
		options.summary = BRANCH_SUMMARY;
	else if (prints(part, SECTION_SUMMARY))
		options.summary = BRANCH_SUMMARY_OF_FEW;
	return options;
}

static void open_history(struct part *part)
{
	gboolean is_inbox = part->target.kind == DIGEST_INBOX;
	struct history_options options = {
		.paths = is_inbox ? NULL : part->target.paths,
		.max_count = part->options->max_count,
		.merges_are_free = !is_inbox && !part->options->merges,
		.is_inbox = is_inbox,
	};

	part->log_limits = g_ptr_array_new_with_free_func(g_free);
	if (!is_inbox)
		must(limiting_add_arguments(part->log_limits,
					    &part->options->limiting, &err));
	options.limits = part->log_limits;
	if (!is_inbox) {
		const struct branch_options wanted = branch_options(part);

		options.with_sides = branch_wants_sides(&wanted);
	}
	must(history_open(&part->history, part->target.repository,
			  &part->target.range, &options, &err));
}

static void open_people(struct part *part)
{
	const struct target *target = &part->target;

	part->people = people_new(&target->config.people);
	must(mailmaps_read(part->people, target->repository, target->gitconfig,
			   target->objects, target->kind == DIGEST_CODE,
			   target->config.people.mailmap, &err));
}

/* What the command line leaves out of a mirror; git does it in code. */
static void settle_limit(struct part *part)
{
	const struct target *target = &part->target;
	const struct options *options = part->options;
	struct builder *builder = &part->builder;

	/* the paths of code are a part of its range */
	limiting_say(builder->digest->limits, &options->limiting,
		     target->kind == DIGEST_CODE ? NULL : target->paths);
	if (target->kind == DIGEST_CODE || !builder->digest->limits->len)
		return;
	must(limiting_settle(&part->limit, &options->limiting, target->paths,
			     target->gitconfig, part->people, &err));
	builder->limit = &part->limit;
	part->settings.with_replies |= limit_needs_replies(&part->limit);
}

/* What stands against the mark: it must say that all up to the tip was seen. */
static const char *find_gap(const struct part *part)
{
	const struct options *options = part->options;
	const struct target *target = &part->target;
	g_autofree char *head = NULL;

	if (options->max_count >= 0)
		return "with '-n' some mails may not be read";
	if (target->range.until >= 0)
		return "with '--until' the newest mails are not read";
	if (part->builder.digest->limits->len)
		return "with options that limit the digest, not all mails are "
		       "shown";
	head = range_commit(target->repository->folder, "HEAD");
	return target->words.words->len && !options->since_last &&
	       g_strcmp0(head, range_tip(&target->range)) ?
	       "the range does not end with the newest mail" : NULL;
}

/* Get the mark before anything is read, which may take its time. */
static void open_mark(struct part *part)
{
	const char *gap;

	if (!part->options->mark)
		return;
	gap = find_gap(part);
	if (gap) {
		err = g_strdup_printf("cannot set a mark: %s", gap);
		die(err);
	}
	must(marks_open(&part->marks, part->target.repository,
			part->options->mark, &err));
}

/* Two files may be about one inbox, or about two epochs of one. */
static void check_marks(const struct command *cmd)
{
	g_autoptr(GHashTable) paths = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	unsigned i;

	for (i = 0; cmd->options.mark && i < cmd->nr; i++) {
		const struct part *part = &cmd->parts[i];
		char *path = marks_path(part->target.repository,
					cmd->options.mark);
		const char *other = g_hash_table_lookup(paths, path);

		if (other) {
			err = g_strdup_printf("the lists '%s' and '%s' have "
					      "the same mirror, and so one "
					      "mark; leave one of them out",
					      other, part->name);
			die(err);
		}
		g_hash_table_insert(paths, path, part->name);
	}
}

static struct progress *start_progress(const struct part *part,
				       const char *title)
{
	const struct options *options = part->options;
	gboolean wanted = options->progress >= 0 ? options->progress :
			  isatty(STDERR_FILENO) && !options->quiet;

	return wanted ? progress_start(title, part->name) : NULL;
}

/* How far to look back, if the command line does not say. */
static long look_back(const struct part *part)
{
	gboolean wanted = part->settings.format->says_all ||
			  part->settings.with_replies;

	return part->options->look_back >= 0 ? part->options->look_back :
	       wanted ? PAST_LOOK_BACK : 0;
}

static void read_mails(struct part *part)
{
	const struct options *options = part->options;
	const struct mirror_options mirror = {
		.threads = options->threads,
		.is_cut = options->max_count >= 0 ||
			  range_has_dates(&part->target.range),
		.look_back = look_back(part),
		.with_summary = prints(part, SECTION_SUMMARY),
		.with_newcomers = prints(part, SECTION_SUMMARY) &&
				  !part->settings.is_short,
		.compare = options->compare,
		.shown = part->shown,
		.stale = part->stale,
		.now = part->target.now,
	};
	struct progress *progress = start_progress(part, "Reading mails");
	int ret = mirror_read(&part->mirror, &part->builder,
			      part->target.repository, part->target.objects,
			      &part->target.range, part->history, &mirror,
			      progress, &err);

	progress_stop(progress);
	must(ret);
}

static void read_commits(struct part *part)
{
	const struct branch_options options = branch_options(part);
	struct progress *progress;
	int ret;

	/* git makes its diffstats as wide as the terminal */
	pager_export_columns();
	progress = start_progress(part, "Reading commits");
	ret = branch_read(&part->builder, part->target.repository,
			  &part->target.range, part->history, &options,
			  progress, &err);
	progress_stop(progress);
	must(ret);
}

/* Some versions of git write "Z" for the zone that all others call "+00:00". */
static char *date_of(const struct part *part, const char *id)
{
	g_autofree char *date = history_date(part->target.repository, id, "%cI",
					     &err);

	must(date ? 0 : -1);
	return g_str_has_suffix(date, "Z") ?
	       g_strdup_printf("%.*s+00:00", (int)strlen(date) - 1, date) :
	       g_steal_pointer(&date);
}

/* What is wanted beside the commits, once all of them are read. */
static void finish_digest(struct part *part)
{
	struct digest *digest = part->builder.digest;
	g_autofree char *notice = part->name ? NULL :
		notice_of(digest, &part->target, part->options);

	if (notice)
		digest_warn(digest, "%s", notice);
	if (part->settings.format->says_all) {
		digest->to_date = date_of(part, digest->to);
		digest->from_date = *digest->from ?
				    date_of(part, digest->from) : NULL;
	}
	if (part->mirror)
		must(mirror_finish(part->mirror, &err));
}

/* Where the patches may have gone; opened before much time is spent. */
static void open_against(struct part *part)
{
	const char *text = part->options->against;
	struct digest *digest = part->builder.digest;

	if (!text)
		return;
	if (part->target.kind == DIGEST_CODE)
		die("--against needs the mirror of a mailing list, and this is "
		    "a code repository");
	if (!*text)
		text = part->target.config.code;
	if (!text)
		die("--against needs a repository: name it with "
		    "--against=<repository>, or set list.code in the YAML file "
		    "of the list");
	must(against_open(digest, text, &err));
}

/* --range-diff and its section need each other, and both sides of a branch. */
static void check_range_diff(const struct part *part)
{
	const char *previous = part->options->range_diff;
	const struct range *range = &part->target.range;

	if (!previous && prints(part, SECTION_RANGE_DIFF) &&
	    part->options->said[SETTING_SECTIONS] &&
	    strstr(part->options->said[SETTING_SECTIONS], "range-diff"))
		die("the section 'range-diff' needs --range-diff=<previous>");
	if (!previous)
		return;
	if (part->target.kind != DIGEST_CODE)
		die("--range-diff needs a code repository, and this is the "
		    "mirror of a mailing list");
	if (range->tips->len != 1 || range->hidden->len != 1)
		die("--range-diff needs a range with two ends, main..topic");
	if (!*previous ||
	    !range_is_known(part->target.repository->folder, previous)) {
		err = g_strdup_printf("--range-diff: '%s' is no commit and no "
				      "range", previous);
		die(err);
	}
}

static void compare_with_code(struct part *part)
{
	struct digest *digest = part->builder.digest;
	struct progress *progress;
	int ret;

	if (!digest->against)
		return;
	progress = start_progress(part, "Comparing commits");
	ret = against_find(digest, part->target.objects, part->options->threads,
			   progress, &err);
	progress_stop(progress);
	must(ret);
}

/* Read all that is in the range. */
static void read_part(struct part *part)
{
	struct builder *builder = &part->builder;
	g_autoptr(GPtrArray) failures = NULL;
	guint i;

	if (!part->history)
		open_history(part);
	builder->filter = &part->target.config.filter;
	builder->people = part->people;
	builder->mode = part->settings.patches;
	builder->max_lines = part->options->max_lines;
	builder->with_merges = part->options->merges;
	builder->reverse = part->settings.reverse;
	/* which mails went to other lists, too, only the mails tell */
	if (part->settings.with_replies || part->name)
		builder->digest->replies = g_ptr_array_new_with_free_func(
						(GDestroyNotify)reply_free);
	if (part->target.kind == DIGEST_CODE)
		read_commits(part);
	else
		read_mails(part);
	failures = filter_failures(builder->filter);
	if (builder->limit)
		limit_add_failures(failures, builder->limit);
	for (i = 0; i < failures->len; i++)
		digest_warn(builder->digest, "%s", (char *)failures->pdata[i]);
	history_ends(part->history, builder->digest->from, builder->digest->to);
}

/* Make a digest of it. */
static void finish_part(struct part *part)
{
	builder_group(&part->builder);
	compare_with_code(part);
	finish_digest(part);
	part->digest = builder_finish(&part->builder);
}

static struct abbrev *open_abbrev(const struct part *part)
{
	struct abbrev *abbrev;
	int digits = ABBREV_AUTO;

	must(abbrev_from_config(part->target.gitconfig, &digits, &err));
	if (part->options->abbrev >= 0)
		digits = part->options->abbrev;
	abbrev = abbrev_new(part->target.repository, part->target.objects,
			    digits, &err);
	must(abbrev ? 0 : -1);
	return abbrev;
}

static void open_part(struct part *part, const char *file)
{
	gboolean is_inbox;

	must(target_open(&part->target, part->options, file, &err));
	is_inbox = part->target.kind == DIGEST_INBOX;

	/* git walks while the rest is settled */
	if (is_inbox && !file)
		open_history(part);
	if (is_inbox)
		target_expect_mails(&part->target);
	builder_init(&part->builder, part->target.kind);
	must(target_identify(&part->target, part->builder.digest, &err));
	part->builder.digest->refs = range_describe(&part->target.words);
	settle(part);
	/* ... but what it has to tell of code depends on the settings */
	if (!part->history && !file)
		open_history(part);
	open_people(part);
	settle_limit(part);
	check_range_diff(part);
	open_against(part);
	if (file)
		objects_rest(part->target.objects);
}

/* What went to several lists is listed once. */
static void settle_crossposts(const struct command *cmd)
{
	struct crossposts *crossposts = crossposts_new();
	unsigned i;

	for (i = 0; i < cmd->nr; i++)
		crossposts_add(crossposts, &cmd->parts[i].builder,
			       cmd->parts[i].target.objects);
	crossposts_settle(crossposts);
	crossposts_free(crossposts);
}

/* Call a function for each part; what it says is about this. */
static void each_part(const struct command *cmd, void (*fn)(struct part *part))
{
	unsigned i;

	for (i = 0; i < cmd->nr; i++) {
		current_list = cmd->parts[i].name;
		fn(&cmd->parts[i]);
		if (cmd->nr > 1)
			objects_rest(cmd->parts[i].target.objects);
	}
	current_list = NULL;
}

static void open_parts(struct command *cmd)
{
	unsigned i;

	cmd->files = find_lists(&cmd->options);
	cmd->nr = cmd->files ? cmd->files->len : 1;
	cmd->parts = g_new0(struct part, cmd->nr);
	if (cmd->nr > 1) {
		check_several(&cmd->options);
		cmd->shown = g_hash_table_new_full(g_str_hash, g_str_equal,
						   g_free, NULL);
	}
	for (i = 0; i < cmd->nr; i++) {
		const char *file = cmd->files ? cmd->files->pdata[i] : NULL;
		struct part *part = &cmd->parts[i];

		part->options = &cmd->options;
		if (cmd->nr > 1) {
			current_list = part->name = lists_name_of(file);
			part->shown = cmd->shown;
		}
		open_part(part, file);
	}
	current_list = NULL;
	check_marks(cmd);
	each_part(cmd, open_mark);
	for (i = 1; i < cmd->nr; i++)
		if (cmd->parts[i].settings.format !=
		    cmd->parts[0].settings.format)
			die("git config has different formats for these lists; "
			    "choose one with --format or --short");
}

/* One line, however many lists are quiet. */
static void warn_of_quiet(const struct command *cmd)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *notice = NULL;
	unsigned i;

	for (i = 0; cmd->nr > 1 && i < cmd->nr; i++)
		if (digest_is_empty(cmd->parts[i].digest))
			g_ptr_array_add(names, cmd->parts[i].name);
	notice = notice_of_quiet(names);
	if (notice)
		warn(&cmd->parts[0], notice);
}

static void warn_of_part(struct part *part)
{
	const GPtrArray *warnings = part->digest->warnings;
	guint i;

	for (i = 0; i < warnings->len; i++)
		warn(part, warnings->pdata[i]);
}

static void hint_at_people(struct part *part)
{
	g_autofree char *hint = words_hint(part->digest);

	if (hint)
		tell("hint", hint);
}

static void write_mark(struct part *part)
{
	if (part->marks)
		must(marks_write(part->marks, part->digest->to, &err));
}

static void move_mark(struct part *part)
{
	if (part->marks)
		must(marks_move(g_steal_pointer(&part->marks), &err));
}

/* What to print of each part. */
static struct format_part *format_parts(const struct command *cmd,
					const struct palette *palette)
{
	struct format_part *out = g_new0(struct format_part, cmd->nr);
	unsigned i;

	for (i = 0; i < cmd->nr; i++) {
		const struct part *part = &cmd->parts[i];

		out[i].digest = part->digest;
		out[i].options = (struct format_options) {
			.top = part->settings.top,
			.sections = part->settings.sections,
			.patches = part->settings.patches,
			.links = part->settings.links,
			.ids = cmd->options.ids,
			.columns = cmd->options.output ? 0 : pager_columns(),
			.palette = palette,
			.abbrev = open_abbrev(part),
		};
	}
	return out;
}

static void print_parts(const struct command *cmd)
{
	const struct options *options = &cmd->options;
	const struct part *first = &cmd->parts[0];
	g_autofree struct format_part *parts = NULL;
	g_autofree char *no_pager = NULL;
	struct palette palette;
	struct output output;
	unsigned i;

	must(color_open(&palette, options->color, options->output != NULL,
			first->target.gitconfig, &err));
	parts = format_parts(cmd, &palette);
	each_part(cmd, write_mark);
	must(output_open(&output, options->output, &err));
	if (!options->output && pager_start(&no_pager) < 0)
		warn(first, no_pager);
	each_part(cmd, warn_of_part);
	warn_of_quiet(cmd);
	first->settings.format->print(parts, cmd->nr, output.fp);
	must(output_close(&output, &err));
	if (isatty(STDERR_FILENO) && !options->quiet)
		each_part(cmd, hint_at_people);
	/* who is left with half a page gets it again */
	if (pager_wait() < 0 && options->mark) {
		signals_remove_files();
		exit(EXIT_FATAL);
	}
	each_part(cmd, move_mark);
	color_close(&palette);
	for (i = 0; i < cmd->nr; i++)
		abbrev_free(parts[i].options.abbrev);
}

/* What --exit-code asks for. */
static gboolean has_news(const struct command *cmd)
{
	unsigned i;

	for (i = 0; i < cmd->nr; i++)
		if (cmd->parts[i].digest->counts.messages)
			return TRUE;
	return FALSE;
}

static void close_part(struct part *part)
{
	digest_free(part->builder.digest);
	people_free(part->people);
	history_free(part->history);
	g_ptr_array_unref(part->log_limits);
	if (part->builder.limit)
		limit_clear(&part->limit);
	target_clear(&part->target);
	g_free(part->name);
}

static void end(struct command *cmd, int code)
{
	unsigned i;

	if (!END_IN_ORDER)
		_exit(code);
	for (i = 0; i < cmd->nr; i++)
		close_part(&cmd->parts[i]);
	g_free(cmd->parts);
	if (cmd->files)
		g_ptr_array_unref(cmd->files);
	if (cmd->shown)
		g_hash_table_unref(cmd->shown);
	options_clear(&cmd->options);
}

/* --lists */
static void print_lists(const struct options *options)
{
	const char *mark = options->since_last ? options->since_last :
			   MARKS_DEFAULT;
	struct palette palette;
	struct format_options form = {
		.columns = options->output ? 0 : pager_columns(),
		.palette = &palette,
	};
	g_autoptr(GPtrArray) lists = NULL;
	g_autofree char *no_pager = NULL;
	const struct format *format;
	struct gitconfig *gitconfig = NULL;
	struct git_process *question;
	struct output output;

	if (options->range.words->len || options->paths->len)
		die("--lists shows all lists, and takes no revisions or paths");
	if (options->mark || options->range.since || options->range.until)
		die("--lists only shows what is new since a mark; name that "
		    "with --since-last=<name>");
	question = gitconfig_ask(NULL, &err);
	must(question ? gitconfig_open(&gitconfig, question, &err) : -1);
	must(settings_format(&format, gitconfig, options->said, &err));
	must(color_open(&palette, options->color, options->output != NULL,
			gitconfig, &err));
	lists = known_lists(mark, &err);
	must(lists ? 0 : -1);
	must(output_open(&output, options->output, &err));
	if (!options->output && pager_start(&no_pager) < 0)
		tell("warning", no_pager);
	if (format == &json_format)
		listing_print_json(lists, &form, output.fp);
	else
		listing_print(lists, &form, output.fp);
	must(output_close(&output, &err));
	pager_wait();
	color_close(&palette);
	gitconfig_free(gitconfig);
}

int main(int argc, char **argv)
{
	struct command cmd = { 0 };
	int code;

	output_setup();
	setlocale(LC_CTYPE, "");
	signals_setup();
	g_log_set_default_handler(end_for_glib, NULL);
	signal(SIGABRT, end_for_abort);
	parse_options(&cmd.options, argc, argv);

	if (cmd.options.show_lists) {
		print_lists(&cmd.options);
		end(&cmd, 0);
		return 0;
	}
	open_parts(&cmd);
	each_part(&cmd, read_part);
	if (cmd.nr > 1)
		settle_crossposts(&cmd);
	each_part(&cmd, finish_part);
	print_parts(&cmd);
	code = cmd.options.exit_code && !has_news(&cmd) ? EXIT_NOTHING_NEW : 0;
	end(&cmd, code);
	return code;
}
