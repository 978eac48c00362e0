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
#include "render/words.h"
#include "screen/color.h"
#include "screen/output.h"
#include "screen/pager.h"
#include "screen/progress.h"
#include "screen/scrub.h"
#include "screen/signals.h"
#include "settings/limiting.h"
#include "settings/notice.h"
#include "settings/options.h"
#include "settings/settings.h"
#include "settings/target.h"
#include "source/against.h"
#include "source/branch.h"
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

/* Everything that is open while the command runs. */
struct command {
	struct options options;
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

/* What went wrong, from whatever failed: see must(). */
static char *err;

/* Print a message, which may hold names that strangers chose, as one line. */
static void tell(const char *what, const char *message)
{
	g_autofree char *valid = g_utf8_make_valid(message, -1);

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

static void warn(const struct command *cmd, const char *message)
{
	if (!cmd->options.quiet)
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
	if (options->config_file && options->list)
		die("options '--config' and '--list' cannot be used together");
}

static void open_history(struct command *cmd)
{
	gboolean is_inbox = cmd->target.kind == DIGEST_INBOX;
	struct history_options options = {
		.paths = is_inbox ? NULL : cmd->target.paths,
		.max_count = cmd->options.max_count,
		.merges_are_free = !is_inbox && !cmd->options.merges,
		.is_inbox = is_inbox,
	};

	cmd->log_limits = g_ptr_array_new_with_free_func(g_free);
	if (!is_inbox)
		must(limiting_add_arguments(cmd->log_limits,
					    &cmd->options.limiting, &err));
	options.limits = cmd->log_limits;
	must(history_open(&cmd->history, cmd->target.repository,
			  &cmd->target.range, &options, &err));
}

static void settle(struct command *cmd)
{
	const struct target *target = &cmd->target;
	g_autoptr(GPtrArray) unknown = settings_unknown(target->gitconfig);
	guint i;

	for (i = 0; i < unknown->len; i++)
		digest_warn(cmd->builder.digest, "unknown variable '%s' in git "
			    "config", (char *)unknown->pdata[i]);
	if (target->remark)
		digest_warn(cmd->builder.digest, "%s", target->remark);
	must(settings_settle(&cmd->settings, &target->config,
			     target->gitconfig, cmd->options.said,
			     target->kind, &err));
	cmd->stale = DISCUSSION_STALE;
	if (cmd->options.stale)
		must(range_age(&cmd->stale, cmd->options.stale, &err));
}

static void open_people(struct command *cmd)
{
	const struct target *target = &cmd->target;

	cmd->people = people_new(&target->config.people);
	must(mailmaps_read(cmd->people, target->repository, target->gitconfig,
			   target->objects, target->kind == DIGEST_CODE,
			   target->config.people.mailmap, &err));
}

/* What the command line leaves out of a mirror; git does it in code. */
static void settle_limit(struct command *cmd)
{
	const struct target *target = &cmd->target;
	const struct options *options = &cmd->options;
	struct builder *builder = &cmd->builder;

	/* the paths of code are a part of its range */
	limiting_say(builder->digest->limits, &options->limiting,
		     target->kind == DIGEST_CODE ? NULL : target->paths);
	if (target->kind == DIGEST_CODE || !builder->digest->limits->len)
		return;
	must(limiting_settle(&cmd->limit, &options->limiting, target->paths,
			     target->gitconfig, cmd->people, &err));
	builder->limit = &cmd->limit;
	cmd->settings.with_replies |= limit_needs_replies(&cmd->limit);
}

/* What stands against the mark: it must say that all up to the tip was seen. */
static const char *find_gap(const struct command *cmd)
{
	const struct options *options = &cmd->options;
	const struct target *target = &cmd->target;
	g_autofree char *head = NULL;

	if (options->max_count >= 0)
		return "with '-n' some mails may not be read";
	if (target->range.until >= 0)
		return "with '--until' the newest mails are not read";
	if (cmd->builder.digest->limits->len)
		return "with options that limit the digest, not all mails are "
		       "shown";
	head = range_commit(target->repository->folder, "HEAD");
	return target->words.words->len && !options->since_last &&
	       g_strcmp0(head, range_tip(&target->range)) ?
	       "the range does not end with the newest mail" : NULL;
}

/* Get the mark before anything is read, which may take its time. */
static void open_mark(struct command *cmd)
{
	const char *gap;

	if (!cmd->options.mark)
		return;
	gap = find_gap(cmd);
	if (gap) {
		err = g_strdup_printf("cannot set a mark: %s", gap);
		die(err);
	}
	must(marks_open(&cmd->marks, cmd->target.repository, cmd->options.mark,
			&err));
}

static struct progress *start_progress(const struct command *cmd,
				       const char *title)
{
	gboolean wanted = cmd->options.progress >= 0 ? cmd->options.progress :
			  isatty(STDERR_FILENO) && !cmd->options.quiet;

	return wanted ? progress_start(title) : NULL;
}

static gboolean prints(const struct command *cmd, enum section section)
{
	return sections_have(&cmd->settings.sections, section);
}

/* How far to look back, if the command line does not say. */
static long look_back(const struct command *cmd)
{
	gboolean wanted = cmd->settings.format->says_all ||
			  cmd->settings.with_replies;

	return cmd->options.look_back >= 0 ? cmd->options.look_back :
	       wanted ? PAST_LOOK_BACK : 0;
}

static void read_mails(struct command *cmd)
{
	const struct options *options = &cmd->options;
	const struct mirror_options mirror = {
		.threads = options->threads,
		.is_cut = options->max_count >= 0 ||
			  range_has_dates(&cmd->target.range),
		.look_back = look_back(cmd),
		.with_summary = prints(cmd, SECTION_SUMMARY),
		.with_newcomers = prints(cmd, SECTION_SUMMARY) &&
				  !cmd->settings.is_short,
		.compare = options->compare,
		.stale = cmd->stale,
		.now = cmd->target.now,
	};
	struct progress *progress = start_progress(cmd, "Reading mails");
	int ret = mirror_read(&cmd->mirror, &cmd->builder,
			      cmd->target.repository, cmd->target.objects,
			      &cmd->target.range, cmd->history, &mirror,
			      progress, &err);

	progress_stop(progress);
	must(ret);
}

static void read_commits(struct command *cmd)
{
	const struct settings *settings = &cmd->settings;
	const struct sections *sections = &settings->sections;
	gboolean all = settings->format->says_all;
	struct branch_options options = {
		.paths = cmd->target.paths,
		.with_diffstats = settings->is_short ||
				  settings->patches != PATCHES_NONE,
		.with_tags = settings->is_short,
		.with_checks = all || sections_have(sections, SECTION_CHECKS),
		.processes = cmd->options.threads,
	};
	struct progress *progress;
	int ret;

	/* some of the commits are not what would be merged */
	if (cmd->log_limits->len)
		options.summary = BRANCH_NO_SUMMARY;
	else if (all || (sections_have(sections, SECTION_SUMMARY) &&
		    settings->sections_named))
		options.summary = BRANCH_SUMMARY;
	else if (sections_have(sections, SECTION_SUMMARY))
		options.summary = BRANCH_SUMMARY_OF_FEW;
	/* git makes its diffstats as wide as the terminal */
	pager_export_columns();
	progress = start_progress(cmd, "Reading commits");
	ret = branch_read(&cmd->builder, cmd->target.repository,
			  &cmd->target.range, cmd->history, &options, progress,
			  &err);
	progress_stop(progress);
	must(ret);
}

/* Some versions of git write "Z" for the zone that all others call "+00:00". */
static char *date_of(const struct command *cmd, const char *id)
{
	g_autofree char *date = history_date(cmd->target.repository, id, "%cI",
					     &err);

	must(date ? 0 : -1);
	return g_str_has_suffix(date, "Z") ?
	       g_strdup_printf("%.*s+00:00", (int)strlen(date) - 1, date) :
	       g_steal_pointer(&date);
}

/* What is wanted beside the commits, once all of them are read. */
static void finish_digest(struct command *cmd)
{
	struct digest *digest = cmd->builder.digest;
	g_autofree char *notice = notice_of(digest, &cmd->target,
					    &cmd->options);

	if (notice)
		digest_warn(digest, "%s", notice);
	if (cmd->settings.format->says_all) {
		digest->to_date = date_of(cmd, digest->to);
		digest->from_date = *digest->from ?
				    date_of(cmd, digest->from) : NULL;
	}
	if (cmd->mirror)
		must(mirror_finish(cmd->mirror, &err));
}

/* Where the patches may have gone; opened before much time is spent. */
static void open_against(struct command *cmd)
{
	const char *text = cmd->options.against;
	struct digest *digest = cmd->builder.digest;

	if (!text)
		return;
	if (cmd->target.kind == DIGEST_CODE)
		die("--against needs the mirror of a mailing list, and this is "
		    "a code repository");
	if (!*text)
		text = cmd->target.config.code;
	if (!text)
		die("--against needs a repository: name it with "
		    "--against=<repository>, or set list.code in the YAML file "
		    "of the list");
	must(against_open(digest, text, &err));
}

static void compare_with_code(struct command *cmd)
{
	struct digest *digest = cmd->builder.digest;
	struct progress *progress;
	int ret;

	if (!digest->against)
		return;
	progress = start_progress(cmd, "Comparing commits");
	ret = against_find(digest, cmd->target.objects, cmd->options.threads,
			   progress, &err);
	progress_stop(progress);
	must(ret);
}

static void fill_digest(struct command *cmd)
{
	struct builder *builder = &cmd->builder;
	g_autoptr(GPtrArray) failures = NULL;
	guint i;

	builder->filter = &cmd->target.config.filter;
	builder->people = cmd->people;
	builder->mode = cmd->settings.patches;
	builder->max_lines = cmd->options.max_lines;
	builder->with_merges = cmd->options.merges;
	builder->reverse = cmd->settings.reverse;
	if (cmd->settings.with_replies)
		builder->digest->replies = g_ptr_array_new_with_free_func(
						(GDestroyNotify)reply_free);
	if (cmd->target.kind == DIGEST_CODE)
		read_commits(cmd);
	else
		read_mails(cmd);
	failures = filter_failures(builder->filter);
	if (builder->limit)
		limit_add_failures(failures, builder->limit);
	for (i = 0; i < failures->len; i++)
		digest_warn(builder->digest, "%s", (char *)failures->pdata[i]);
	history_ends(cmd->history, builder->digest->from, builder->digest->to);
	builder_group(builder);
	compare_with_code(cmd);
	finish_digest(cmd);
	cmd->digest = builder_finish(builder);
}

static struct abbrev *open_abbrev(const struct command *cmd)
{
	struct abbrev *abbrev;
	int digits = ABBREV_AUTO;

	must(abbrev_from_config(cmd->target.gitconfig, &digits, &err));
	if (cmd->options.abbrev >= 0)
		digits = cmd->options.abbrev;
	abbrev = abbrev_new(cmd->target.repository, cmd->target.objects,
			    digits, &err);
	must(abbrev ? 0 : -1);
	return abbrev;
}

static void print_digest(struct command *cmd)
{
	const GPtrArray *warnings = cmd->digest->warnings;
	struct palette palette;
	const struct format_options options = {
		.top = cmd->settings.top,
		.sections = cmd->settings.sections,
		.patches = cmd->settings.patches,
		.links = cmd->settings.links,
		.ids = cmd->options.ids,
		.columns = cmd->options.output ? 0 : pager_columns(),
		.palette = &palette,
		.abbrev = open_abbrev(cmd),
	};
	g_autofree char *no_pager = NULL;
	g_autofree char *hint = NULL;
	struct output output;
	guint i;

	must(color_open(&palette, cmd->options.color,
			cmd->options.output != NULL, cmd->target.gitconfig,
			&err));
	if (cmd->marks)
		must(marks_write(cmd->marks, cmd->digest->to, &err));
	must(output_open(&output, cmd->options.output, &err));
	if (!cmd->options.output && pager_start(&no_pager) < 0)
		warn(cmd, no_pager);
	for (i = 0; i < warnings->len; i++)
		warn(cmd, warnings->pdata[i]);
	cmd->settings.format->print(cmd->digest, &options, output.fp);
	must(output_close(&output, &err));
	hint = isatty(STDERR_FILENO) && !cmd->options.quiet ?
	       words_hint(cmd->digest) : NULL;
	if (hint)
		tell("hint", hint);
	/* who is left with half a page gets it again */
	if (pager_wait() < 0 && cmd->marks) {
		signals_remove_files();
		exit(EXIT_FATAL);
	}
	if (cmd->marks)
		must(marks_move(cmd->marks, &err));
	color_close(&palette);
	abbrev_free(options.abbrev);
}

static void end(struct command *cmd, int code)
{
	if (!END_IN_ORDER)
		_exit(code);
	digest_free(cmd->builder.digest);
	people_free(cmd->people);
	history_free(cmd->history);
	g_ptr_array_unref(cmd->log_limits);
	if (cmd->builder.limit)
		limit_clear(&cmd->limit);
	target_clear(&cmd->target);
	options_clear(&cmd->options);
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

	must(target_open(&cmd.target, &cmd.options, &err));
	open_history(&cmd);
	builder_init(&cmd.builder, cmd.target.kind);
	must(target_identify(&cmd.target, cmd.builder.digest, &err));
	settle(&cmd);
	open_people(&cmd);
	settle_limit(&cmd);
	open_mark(&cmd);
	open_against(&cmd);
	fill_digest(&cmd);
	print_digest(&cmd);
	code = cmd.options.exit_code && !cmd.digest->counts.messages ?
	       EXIT_NOTHING_NEW : 0;
	end(&cmd, code);
	return code;
}
