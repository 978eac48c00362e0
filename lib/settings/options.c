#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "git/abbrev.h"
#include "screen/color.h"
#include "settings/lists.h"
#include "settings/nearest.h"
#include "settings/options.h"
#include "settings/value.h"
#include "source/marks.h"

#define MAX_THREADS 1000

/* Of the command line's options, only this one is not for people. */
#define COMPLETION_HELPER "git-completion-helper"

static int take_text(void *into, const char *text, char **err)
{
	(void)err;
	*(const char **)into = text;
	return 0;
}

static int add_list(void *into, const char *text, char **err)
{
	(void)err;
	g_ptr_array_add(*(GPtrArray **)into, (char *)text);
	return 0;
}

static int take_mark(void *into, const char *text, char **err)
{
	*(const char **)into = text;
	return marks_check_name(text, err);
}

/* As for git log, a number below zero is no limit. */
static int take_count(void *into, const char *text, char **err)
{
	char *end;
	long n = strtol(text, &end, 10);

	*(long *)into = n < 0 ? LONG_MAX : n;
	if (*text && !*end)
		return 0;
	*err = g_strdup_printf("'%s' is not a number of commits", text);
	return -1;
}

static const char *const kinds[] = {
	[DIGEST_INBOX] = "inbox",
	[DIGEST_CODE] = "code",
	NULL
};

static int take_kind(void *into, const char *text, char **err)
{
	return value_choose(into, text, kinds, err);
}

static int take_abbrev(void *into, const char *text, char **err)
{
	if (text)
		return abbrev_parse_option(text, into, err);
	*(int *)into = -1;	/* as if git config were to say it */
	return 0;
}

static int take_threads(void *into, const char *text, char **err)
{
	guint64 n;

	if (!g_ascii_string_to_unsigned(text, 10, 0, MAX_THREADS, &n, NULL)) {
		*err = g_strdup_printf("'%s' is not a number from 0 to %d",
				       text, MAX_THREADS);
		return -1;
	}
	/* As in pack.threads, 0 means one for each processor. */
	*(unsigned *)into = n ? n : g_get_num_processors();
	return 0;
}

/*
 * An option, and the member of struct options that take() puts its value into.
 * One without take() is passed on to git-rev-list(1) as a word of the range.
 * One without a help text is not shown: mostly another name for the one above.
 * A row with a help text alone is a heading.
 */
struct row {
	const char *name;
	const char *value;	/* "<n>"; or "[=<n>]" if it may be left out */
	const char *help;
	value_fn *take;
	size_t offset;
	char letter;
	const char *alone;	/* what the option means without a value */
	const char *no_name;	/* "no-<name>", if that is an option too ... */
	const char *no;		/* ... and what it means */
	value_fn *check;	/* take() keeps the text, and this judges it */
	const char *const *words;	/* the values that there are, if they
					   can be listed, up to a NULL ... */
	GPtrArray *(*list)(void);	/* ... or what lists them: char * */
};

#define AT(field) offsetof(struct options, field)
#define SAID(setting) take_text, AT(said[SETTING_##setting])
#define LIMIT(member) AT(limiting.member)
#define BOOLEAN(negated) .alone = "true", .no_name = negated, .no = "false"

/* In the order of the usage text. */
static const struct row rows[] = {
	{ .help = "Range" },
	{ "max-count", "<n>", "limit the number of commits to read",
	  take_count, AT(max_count), .letter = 'n' },
	{ "since", "<date>", "read commits more recent than a specific date",
	  take_text, AT(range.since) },
	{ "after", "<date>", NULL, take_text, AT(range.since) },
	{ "until", "<date>", "read commits older than a specific date",
	  take_text, AT(range.until) },
	{ "before", "<date>", NULL, take_text, AT(range.until) },
	{ "all", NULL, "start from all refs and HEAD" },
	{ "branches", "[=<glob>]",
	  "start from all branches, or from those that match" },
	{ "tags", "[=<glob>]",
	  "start from all tags, or from those that match" },
	{ "remotes", "[=<glob>]", "start from all remote-tracking branches" },
	{ "glob", "<glob>", "start from all refs that match" },
	{ "exclude", "<glob>",
	  "exclude matching refs from what follows" },
	{ "bisect", NULL, "start from the bad bisection ref" },
	{ "not", NULL, "reverse the meaning of ^ for all later revisions" },
	{ "end-of-options", NULL,
	  "take all that follows as revisions and paths" },
	{ "merges", NULL, "include merges, or leave them out (default)",
	  value_boolean, AT(merges), BOOLEAN("no-merges") },
	{ "kind", "<kind>", "read the repository as inbox or as code",
	  take_kind, AT(kind), .words = kinds },
	{ .help = "Limiting" },
	{ "author", "<pattern>", "show only series by authors who match",
	  limiting_add, LIMIT(authors) },
	{ "grep", "<pattern>", "show only series with a patch that matches",
	  limiting_add, LIMIT(greps) },
	{ "invert-grep", NULL, "show only series with one that does not match",
	  value_boolean, LIMIT(invert_grep), .alone = "true" },
	{ "regexp-ignore-case", NULL, "ignore upper and lower case in patterns",
	  value_boolean, LIMIT(ignore_case), .letter = 'i', .alone = "true" },
	{ "basic-regexp", NULL, "take patterns as basic regular expressions",
	  limiting_take_syntax, LIMIT(syntax), .alone = "basic" },
	{ "extended-regexp", NULL, "take them as extended regular expressions",
	  limiting_take_syntax, LIMIT(syntax), .letter = 'E',
	  .alone = "extended" },
	{ "fixed-strings", NULL, "take them as texts, not as expressions",
	  limiting_take_syntax, LIMIT(syntax), .letter = 'F',
	  .alone = "fixed" },
	{ "perl-regexp", NULL, "take them as Perl-compatible expressions",
	  limiting_take_syntax, LIMIT(syntax), .letter = 'P', .alone = "perl" },
	{ "to", "<address>", "show only series that were sent to <address>",
	  limiting_add_address, LIMIT(to) },
	{ "cc", "<address>", "show only series with a copy for <address>",
	  limiting_add_address, LIMIT(cc) },
	{ "involves", "<address>", "show only what involves <address>, or 'me'",
	  limiting_add_address, LIMIT(involves) },
	{ "state", "<list>", "show only series in one of these states",
	  limiting_add_states, LIMIT(states), .words = limiting_states },
	{ .help = "Output" },
	{ "format", "<format>", "print text, or json for programs",
	  SAID(FORMAT), .check = value_format, .words = format_names },
	{ "output", "<file>", "write to <file> instead of standard output",
	  take_text, AT(output), .letter = 'o' },
	{ "color", "[=<when>]", "color the text: always, never or auto",
	  color_parse_when, AT(color), .alone = "always",
	  .words = color_words, .no_name = "no-color", .no = "never" },
	{ "top", "<n>", "limit the number of domains and of contributors",
	  SAID(TOP), .check = value_number },
	{ "short", NULL, "print one line for each series or commit",
	  SAID(SHORT), .letter = 's', BOOLEAN("no-short") },
	{ "sections", "<list>",
	  "print these sections, in this order",
	  SAID(SECTIONS), .check = value_sections, .words = sections_names },
	{ "patches", "<which>", "print whole: first, cover, all or none",
	  SAID(PATCHES), .check = value_patches,
	  .words = value_patches_words },
	{ "max-lines", "<n>", "cut the text of each message after <n> lines",
	  value_number, AT(max_lines) },
	{ "reverse", NULL, "print the oldest series first",
	  SAID(REVERSE), BOOLEAN("no-reverse") },
	{ "ids", NULL, "print commit, date and Message-ID of each message",
	  value_boolean, AT(ids), BOOLEAN("no-ids") },
	{ "links", "[=b4]", "print a link to the archive, or what b4 takes",
	  SAID(LINKS), .check = value_links, .words = value_links_words,
	  BOOLEAN("no-links") },
	{ "abbrev", "[=<n>]", "show at least <n> digits of commit ids",
	  take_abbrev, AT(abbrev), .no_name = "no-abbrev", .no = "40" },
	{ "progress", NULL, "show a progress meter, or do not show it",
	  value_boolean, AT(progress), BOOLEAN("no-progress") },
	{ "quiet", NULL, "show no progress meter and no warnings",
	  value_boolean, AT(quiet), .letter = 'q', .alone = "true" },
	{ "threads", "<n>", "limit the number of threads",
	  take_threads, AT(threads) },
	{ .help = "Conversation" },
	{ "look-back", "<n>", "find older versions in <n> earlier commits",
	  take_count, AT(look_back) },
	{ "against", "[=<where>]", "find the commits that patches have become",
	  take_text, AT(against), .alone = "" },
	{ "compare", NULL, "compare the summary with that of earlier mails",
	  value_boolean, AT(compare), .alone = "true" },
	{ "stale", "<age>", "count as unanswered after this time (7.days)",
	  take_text, AT(stale) },
	{ .help = "Branch" },
	{ "range-diff", "<previous>", "tell what changed since <previous>",
	  take_text, AT(range_diff) },
	{ .help = "State" },
	{ "since-last", "[=<name>]", "read what came after the mark",
	  take_mark, AT(since_last), .alone = MARKS_DEFAULT },
	{ "mark", "[=<name>]", "set the mark to the end of this digest",
	  take_mark, AT(mark), .alone = MARKS_DEFAULT },
	{ "exit-code", NULL, "exit with 1 if there is nothing new",
	  value_boolean, AT(exit_code), .alone = "true" },
	{ .help = "Configuration" },
	{ "config", "<file>", "read the configuration of the list from <file>",
	  take_text, AT(config_file) },
	{ "list", "<name>", "read the mirror of this list, by its YAML file",
	  add_list, AT(lists), .list = lists_names },
	{ "all-lists", NULL, "read all lists whose files name a mirror",
	  value_boolean, AT(all_lists), .alone = "true" },
	{ "lists", NULL, "show the lists, their mirrors, and what is new",
	  value_boolean, AT(show_lists), .alone = "true" },
	{ .help = "Other" },
	/* This row, as it comes first, says what "-h" does. */
	{ NULL, NULL, NULL,
	  value_boolean, AT(show_usage), .letter = 'h', .alone = "true" },
	{ "help", NULL, "show this text, or the manual page",
	  value_boolean, AT(show_manual), .letter = 'h', .alone = "true" },
	{ "version", NULL, "show the version",
	  value_boolean, AT(show_version), .alone = "true" },
	{ COMPLETION_HELPER, "[=<option>]", NULL,
	  take_text, AT(show_names), .alone = "" },
};

#define NR_ROWS G_N_ELEMENTS(rows)

void options_print_usage(FILE *out)
{
	const struct row *row;

	fputs("usage: git digest [<options>] [<revision range>] "
	      "[--] [<path>...]\n", out);
	for (row = rows; row < rows + NR_ROWS; row++) {
		char letter[] = { '-', row->letter, ',', ' ', '\0' };
		const char *value = row->value ? row->value : "";
		g_autofree char *spelling = NULL;

		if (!row->help)
			continue;
		if (!row->name) {
			fprintf(out, "\n%s\n", row->help);
			continue;
		}
		spelling = g_strconcat(row->letter ? letter : "", "--",
				       row->no_name ? "[no-]" : "", row->name,
				       *value == '<' ? " " : "", value, NULL);
		fprintf(out, "    %-25s %s\n", spelling, row->help);
	}
	fputc('\n', out);
}

/* "--top= ", and for "[=<n>]" both "--abbrev " and "--abbrev= " */
static void print_spellings(FILE *out, const struct row *row)
{
	if (!row->value || *row->value == '[')
		fprintf(out, "--%s ", row->name);
	if (row->value)
		fprintf(out, "--%s= ", row->name);
}

/* As git's own commands do: what comes after "--" is offered after "--no-". */
static void print_names(FILE *out)
{
	const struct row *row;

	for (row = rows; row < rows + NR_ROWS; row++)
		if (row->name && !g_str_equal(row->name, COMPLETION_HELPER))
			print_spellings(out, row);
	fputs("--", out);
	for (row = rows; row < rows + NR_ROWS; row++)
		if (row->no_name)
			fprintf(out, " --%s", row->no_name);
	fputc('\n', out);
}

void options_print_completion(const struct options *options, FILE *out)
{
	const char *name = options->show_names;
	const struct row *row = rows;
	g_autoptr(GPtrArray) listed = NULL;
	const char *const *word;
	guint i;

	if (!*name) {
		print_names(out);
		return;
	}
	while (row < rows + NR_ROWS && g_strcmp0(row->name, name))
		row++;
	if (row == rows + NR_ROWS)
		return;
	for (word = row->words; word && *word; word++)
		fprintf(out, "%s\n", *word);
	listed = row->list ? row->list() : NULL;
	for (i = 0; listed && i < listed->len; i++)
		fprintf(out, "%s\n", (char *)listed->pdata[i]);
}

static void add_word(struct options *options, char *word)
{
	g_ptr_array_add(options->range.words, word);
}

/*
 * getopt_long() returns the letter of an option, or its row and so much, or
 * with "no-" before it its row, NR_ROWS and so much.
 */
#define FIRST_ROW (UCHAR_MAX + 1)

/* Fill in the tables of getopt_long(3). */
static void list_rows(struct option *names, GString *letters)
{
	size_t i;

	for (i = 0; i < NR_ROWS; i++) {
		const struct row *row = &rows[i];
		int has_arg = !row->value ? no_argument :
			      *row->value == '[' ? optional_argument :
			      required_argument;

		if (row->name)
			*names++ = (struct option) {
				.name = row->name,
				.has_arg = has_arg,
				.val = FIRST_ROW + i,
			};
		if (row->no_name)
			*names++ = (struct option) {
				.name = row->no_name,
				.val = FIRST_ROW + NR_ROWS + i,
			};
		if (row->letter)
			g_string_append_c(letters, row->letter);
		if (row->letter && has_arg == required_argument)
			g_string_append_c(letters, ':');
	}
}

/* All names of options that begin with this: const char *. */
static GPtrArray *list_names(const char *start)
{
	GPtrArray *names = g_ptr_array_new();
	size_t i;

	for (i = 0; i < NR_ROWS; i++) {
		const char *const both[] = { rows[i].name, rows[i].no_name };
		size_t k;

		for (k = 0; k < G_N_ELEMENTS(both); k++)
			if (both[k] && g_str_has_prefix(both[k], start))
				g_ptr_array_add(names, (char *)both[k]);
	}
	return names;
}

/* "ambiguous option '--pro' (could be --a, --b or --c)" */
static char *explain_ambiguous(const char *start, const GPtrArray *names)
{
	GString *out = g_string_new(NULL);
	guint i;

	g_string_printf(out, "ambiguous option '--%s' (could be", start);
	for (i = 0; i < names->len; i++)
		g_string_append_printf(out, "%s --%s",
				       !i ? "" :
				       i + 1 < names->len ? "," : " or",
				       (char *)names->pdata[i]);
	return g_string_free(g_string_append_c(out, ')'), FALSE);
}

/* "--foo", "--foo=bar": getopt_long() knows no such option, or several. */
static void explain_long(struct options *options, const char *word, char **err)
{
	g_autofree char *name = g_strndup(word + 2, strcspn(word + 2, "="));
	g_autoptr(GPtrArray) fit = list_names(name);
	g_autoptr(GPtrArray) all = list_names("");
	const char *meant = nearest_name(name, all);

	options->is_unknown = !*name || !fit->len;
	if (options->is_unknown && !meant)
		*err = g_strdup_printf("unknown option '--%s'", name);
	else if (options->is_unknown)
		*err = g_strdup_printf("unknown option '--%s'; did you mean "
				       "'--%s'?", name, meant);
	else if (fit->len > 1)
		*err = explain_ambiguous(name, fit);
	else
		*err = g_strdup_printf("option '--%s' takes no value",
				       (char *)fit->pdata[0]);
}

/* What getopt_long() could not make sense of: "--foo", or the "-x" of "-qx". */
static int explain(struct options *options, char **argv, int id, char **err)
{
	const char *word = argv[optind - 1];

	/*
	 * optopt is the letter of a switch, as a char, which may be negative;
	 * and 0 or FIRST_ROW and up else
	 */
	if (id == ':' && optopt < FIRST_ROW) {
		*err = g_strdup_printf("option '-%c' requires a value", optopt);
	} else if (id == ':') {
		*err = g_strdup_printf("option '%s' requires a value", word);
	} else if (g_ascii_isdigit(optopt)) {	/* "-2x" */
		*err = g_strdup_printf("'%s' is not a number of commits",
				       argv[optind]);
	} else if (optopt < 0) {
		*err = g_strdup("unknown switch that is not ASCII");
		options->is_unknown = TRUE;
	} else if (optopt > 0 && optopt < FIRST_ROW) {
		*err = g_strdup_printf("unknown switch '%c'", optopt);
		options->is_unknown = TRUE;
	} else {
		explain_long(options, word, err);
	}
	return -1;
}

static int take_revision(struct options *options, const char *word, char **err)
{
	if (!strcmp(word, "-")) {
		*err = g_strdup("unknown option '-'");
		options->is_unknown = TRUE;
		return -1;
	}
	add_word(options, g_strdup(word));
	return 0;
}

/* After "--end-of-options": revisions, whatever they begin with. */
static void take_rest(struct options *options, char **argv)
{
	while (argv[optind] && strcmp(argv[optind], "--"))
		add_word(options, g_strdup(argv[optind++]));
}

static int take_option(struct options *options, int id, char **argv, char **err)
{
	const struct row *row = rows;
	struct settings ignored;
	g_autofree char *why = NULL;
	const char *text = optarg;

	if (id >= FIRST_ROW)
		row += (id - FIRST_ROW) % NR_ROWS;
	else
		while (row->letter != id)
			row++;
	if (!row->take) {
		add_word(options, g_strconcat("--", row->name,
						      text ? "=" : NULL, text,
						      NULL));
		if (!strcmp(row->name, "end-of-options"))
			take_rest(options, argv);
		return 0;
	}
	if (id >= (int)(FIRST_ROW + NR_ROWS))
		text = row->no;
	else if (!text)
		text = row->alone;
	if (!row->take((char *)options + row->offset, text, &why) &&
	    (!row->check || !row->check(&ignored, text, &why)))
		return 0;
	*err = g_strdup_printf("--%s: %s", row->name, why);
	return -1;
}

/* "-15" is "-n 15". */
static gboolean is_count(const char *word)
{
	return word && word[0] == '-' && word[1] &&
	       !word[1 + strspn(word + 1, "0123456789")];
}

static void start(struct options *options)
{
	memset(options, 0, sizeof(*options));
	options->range.words = g_ptr_array_new_with_free_func(g_free);
	options->paths = g_ptr_array_new_with_free_func(g_free);
	options->lists = g_ptr_array_new();
	limiting_init(&options->limiting);
	options->max_count = options->look_back = -1;
	options->kind = options->color = -1;
	options->abbrev = options->progress = -1;
	options->threads = g_get_num_processors();
}

int options_parse(struct options *out, int argc, char **argv, char **err)
{
	g_autoptr(GString) letters = g_string_new("-:");
	struct option names[2 * NR_ROWS + 1] = { 0 };
	int place, id, ret = 0;

	start(out);
	list_rows(names, letters);
	opterr = 0;
	/* As git, take options also after a revision, but not after "--". */
	while (!ret) {
		place = optind;
		if (is_count(argv[place])) {
			take_count(&out->max_count, argv[optind++] + 1, err);
			continue;
		}
		id = getopt_long(argc, argv, letters->str, names, NULL);
		if (id == -1)
			break;
		if (id == '?' || id == ':')
			ret = explain(out, argv, id, err);
		else if (id == 1)
			ret = take_revision(out, optarg, err);
		else
			ret = take_option(out, id, argv, err);
		if (out->show_usage || out->show_manual || out->show_version ||
		    out->show_names)
			return 0;
	}
	/* getopt_long() is past it now, but in "-o --" it is a file's name. */
	out->has_dashes = place < argc && !strcmp(argv[place], "--");
	while (optind < argc)
		g_ptr_array_add(out->paths, g_strdup(argv[optind++]));
	return ret;
}

const char *options_only_list(const struct options *options)
{
	return options->lists->len == 1 ? options->lists->pdata[0] : NULL;
}

void options_clear(struct options *options)
{
	g_ptr_array_unref(options->range.words);
	g_ptr_array_unref(options->paths);
	g_ptr_array_unref(options->lists);
	limiting_clear(&options->limiting);
}
