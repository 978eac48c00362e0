#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "git/abbrev.h"
#include "settings/options.h"
#include "screen/color.h"
#include "screen/pager.h"
#include "screen/scrub.h"

#define MAX_THREADS 1000

/* getopt_long() returns the place of a row, and so much. */
#define FIRST_ROW 256

/*
 * A way to spell an option, and what it does to the options.  One without a
 * help text is another spelling of the one before it; one without a take() ends
 * the options; one with a usage alone is a heading.
 */
struct row {
	const char *name;
	char letter;
	int has_arg;
	/* Returns 0, an action, or -1 and sets *err. */
	int (*take)(struct options *options, const struct row *row,
		    const char *arg, char **err);
	size_t number;		/* what take() makes of it */
	const char *usage, *help;
};

#define OFFSET(field) offsetof(struct options, field)

static void *field_of(struct options *options, const struct row *row)
{
	return (char *)options + row->number;
}

static int take_text(struct options *options, const struct row *row,
		     const char *arg, char **err)
{
	(void)err;
	*(const char **)field_of(options, row) = arg;
	return 0;
}

static int take_true(struct options *options, const struct row *row,
		     const char *arg, char **err)
{
	(void)arg, (void)err;
	*(int *)field_of(options, row) = TRUE;
	return 0;
}

static int take_false(struct options *options, const struct row *row,
		      const char *arg, char **err)
{
	(void)arg, (void)err;
	*(int *)field_of(options, row) = FALSE;
	return 0;
}

static int take_count(struct options *options, const struct row *row,
		      const char *arg, char **err)
{
	char *end;
	long n = strtol(arg, &end, 10);

	*(long *)field_of(options, row) = n;
	if (*arg && !*end)
		return 0;
	*err = g_strdup_printf("'%s' is not a number of commits", arg);
	return -1;
}

static int take_kind(struct options *options, const struct row *row,
		     const char *arg, char **err)
{
	(void)row;
	options->kind = !strcmp(arg, "inbox") ? DIGEST_INBOX :
			!strcmp(arg, "code") ? DIGEST_CODE : -1;
	if (options->kind >= 0)
		return 0;
	*err = g_strdup_printf("--kind: '%s' is none of: inbox, code", arg);
	return -1;
}

static int take_color(struct options *options, const struct row *row,
		      const char *arg, char **err)
{
	enum color_when when;

	(void)row;
	if (color_parse_when(arg ? arg : "always", &when) < 0) {
		*err = g_strdup("option 'color' expects \"always\", \"auto\", "
				"or \"never\"");
		return -1;
	}
	options->color = when;
	return 0;
}

static int take_no_color(struct options *options, const struct row *row,
			 const char *arg, char **err)
{
	(void)row, (void)arg, (void)err;
	options->color = COLOR_NEVER;
	return 0;
}

static int take_abbrev(struct options *options, const struct row *row,
		       const char *arg, char **err)
{
	g_autofree char *why = NULL;

	(void)row;
	options->abbrev = -1;
	if (!arg || !abbrev_parse_option(arg, &options->abbrev, &why))
		return 0;
	*err = g_strdup_printf("--abbrev: %s", why);
	return -1;
}

static int take_no_abbrev(struct options *options, const struct row *row,
			  const char *arg, char **err)
{
	(void)row, (void)arg, (void)err;
	options->abbrev = ABBREV_FULL;
	return 0;
}

static int take_threads(struct options *options, const struct row *row,
			const char *arg, char **err)
{
	guint64 n;

	(void)row;
	if (!g_ascii_string_to_unsigned(arg, 10, 0, MAX_THREADS, &n, NULL)) {
		*err = g_strdup_printf("--threads: '%s' is not a number from 0 "
				       "to %d", arg, MAX_THREADS);
		return -1;
	}
	/* as for git's: one for each processor */
	options->threads = n ? n : g_get_num_processors();
	return 0;
}

static int take_setting(struct options *options, const struct row *row,
			const char *arg, char **err)
{
	struct settings ignored;
	g_autofree char *why = NULL;

	options->said[row->number] = arg;
	if (!settings_set(&ignored, row->number, arg, &why))
		return 0;
	*err = g_strdup_printf("--%s: %s", row->name, why);
	return -1;
}

static int take_on(struct options *options, const struct row *row,
		   const char *arg, char **err)
{
	(void)arg, (void)err;
	options->said[row->number] = "true";
	return 0;
}

static int take_off(struct options *options, const struct row *row,
		    const char *arg, char **err)
{
	(void)arg, (void)err;
	options->said[row->number] = "false";
	return 0;
}

/* What git-rev-list(1) takes as a revision. */
static int take_word(struct options *options, const struct row *row,
		     const char *arg, char **err)
{
	(void)err;
	options_add_word(options, g_strconcat("--", row->name, arg ? "=" : NULL,
					      arg, NULL));
	return 0;
}

static int take_action(struct options *options, const struct row *row,
		       const char *arg, char **err)
{
	(void)options, (void)arg, (void)err;
	return row->number;
}

/* In the order of the usage text. */
static const struct row rows[] = {
	{ .usage = "Range" },
	{ "max-count", 'n', required_argument, take_count, OFFSET(max_count),
	  "-n, --max-count <n>", "read as many commits at most" },
	{ "since", 0, required_argument, take_text, OFFSET(range.since),
	  "--since <date>", "only what arrived after the date" },
	{ "after", 0, required_argument, take_text, OFFSET(range.since) },
	{ "until", 0, required_argument, take_text, OFFSET(range.until),
	  "--until <date>", "only what arrived before the date" },
	{ "before", 0, required_argument, take_text, OFFSET(range.until) },
	{ "all", 0, no_argument, take_word, 0,
	  "--all", "begin with all refs and HEAD" },
	{ "branches", 0, optional_argument, take_word, 0,
	  "--branches[=<glob>]",
	  "begin with all branches, or those that match" },
	{ "tags", 0, optional_argument, take_word, 0,
	  "--tags[=<glob>]", "begin with all tags, or those that match" },
	{ "remotes", 0, optional_argument, take_word, 0,
	  "--remotes[=<glob>]", "begin with all remote-tracking branches" },
	{ "glob", 0, required_argument, take_word, 0,
	  "--glob <glob>", "begin with all refs that match" },
	{ "exclude", 0, required_argument, take_word, 0,
	  "--exclude <glob>",
	  "do not include refs that match in what follows" },
	{ "bisect", 0, no_argument, take_word, 0,
	  "--bisect", "begin with the bad bisection ref" },
	{ "not", 0, no_argument, take_word, 0,
	  "--not", "reverse the meaning of ^ for what follows" },
	{ "end-of-options", 0, no_argument, NULL, 0,
	  "--end-of-options", "only revisions and paths follow" },
	{ "merges", 0, no_argument, take_true, OFFSET(merges),
	  "--[no-]merges", "merge commits count too" },
	{ "no-merges", 0, no_argument, take_false, OFFSET(merges) },
	{ "kind", 0, required_argument, take_kind, 0,
	  "--kind <kind>", "what the repository is: inbox or code" },
	{ .usage = "Output" },
	{ "format", 0, required_argument, take_setting, SETTING_FORMAT,
	  "--format <format>", "text, or json for programs" },
	{ "output", 'o', required_argument, take_text, OFFSET(output),
	  "-o, --output <file>",
	  "write to the file instead of standard output" },
	{ "color", 0, optional_argument, take_color, 0,
	  "--[no-]color[=<when>]", "color the text: always, never or auto" },
	{ "no-color", 0, no_argument, take_no_color, 0 },
	{ "top", 0, required_argument, take_setting, SETTING_TOP,
	  "--top <n>", "lines of the domains and contributors" },
	{ "sections", 0, required_argument, take_setting, SETTING_SECTIONS,
	  "--sections <list>",
	  "of summary,checks,domains,contributors,"
	  "patches,messages" },
	{ "patches", 0, required_argument, take_setting, SETTING_PATCHES,
	  "--patches <which>", "print whole: first, all or none" },
	{ "reverse", 0, no_argument, take_on, SETTING_REVERSE,
	  "--[no-]reverse", "begin with the oldest series" },
	{ "no-reverse", 0, no_argument, take_off, SETTING_REVERSE },
	{ "links", 0, no_argument, take_on, SETTING_LINKS,
	  "--[no-]links", "link each message to the list's archive" },
	{ "no-links", 0, no_argument, take_off, SETTING_LINKS },
	{ "abbrev", 0, optional_argument, take_abbrev, 0,
	  "--[no-]abbrev[=<n>]", "show commits with as many digits at least" },
	{ "no-abbrev", 0, no_argument, take_no_abbrev, 0 },
	{ "progress", 0, no_argument, take_true, OFFSET(progress),
	  "--[no-]progress", "show a progress meter, or none" },
	{ "no-progress", 0, no_argument, take_false, OFFSET(progress) },
	{ "quiet", 'q', no_argument, take_true, OFFSET(quiet),
	  "-q, --quiet", "no progress meter and no warnings" },
	{ "threads", 0, required_argument, take_threads, 0,
	  "--threads <n>", "read with so many threads at most" },
	{ .usage = "Configuration" },
	{ "config", 0, required_argument, take_text, OFFSET(config_file),
	  "--config <file>", "read this YAML file about the list" },
	{ "list", 0, required_argument, take_text, OFFSET(list),
	  "--list <name>", "use the list's YAML file, and its mirror" },
	{ .usage = "Other" },
	{ NULL, 'h', no_argument, take_action, OPTIONS_SHOW_USAGE },
	{ "help", 0, no_argument, take_action, OPTIONS_SHOW_MANUAL,
	  "-h, --help", "show this text, or the manual page" },
	{ "version", 0, no_argument, take_action, OPTIONS_SHOW_VERSION,
	  "--version", "show the version" },
};

void options_print_usage(FILE *out)
{
	size_t i;

	fputs("usage: git digest [<options>] [<revision range>] "
	      "[--] [<path>...]\n", out);
	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (rows[i].help)
			fprintf(out, "    %-23s %s\n", rows[i].usage,
				rows[i].help);
		else if (rows[i].usage)
			fprintf(out, "\n%s\n", rows[i].usage);
	}
	fputc('\n', out);
}

void options_add_word(struct options *options, char *word)
{
	g_ptr_array_add(options->range.words, word);
}

/* What getopt_long() could not make sense of: "--foo", or the "-x" of "-qx". */
static int explain_unknown(char **argv, int id, char **err)
{
	const char *word = argv[optind - 1];

	/* optopt is the letter of a switch, and 0 or FIRST_ROW and up else */
	if (id == ':')
		*err = g_strdup_printf("option '%s' requires a value", word);
	else if (optopt > 0 && optopt < FIRST_ROW)
		*err = g_strdup_printf("unknown switch '%c'", optopt);
	else
		*err = g_strdup_printf("unknown or ambiguous option '%s'",
				       word);
	return -1;
}

static const struct row *find_row(int id)
{
	size_t i;

	for (i = 0; id < FIRST_ROW && i < G_N_ELEMENTS(rows); i++)
		if (rows[i].letter == id)
			return &rows[i];
	return &rows[id - FIRST_ROW];
}

static int take_revision(struct options *options, const char *word, char **err)
{
	if (!strcmp(word, "-")) {
		*err = g_strdup("unknown option '-'");
		return -1;
	}
	options_add_word(options, g_strdup(word));
	return 0;
}

static void start(struct options *options)
{
	memset(options, 0, sizeof(*options));
	options->range.words = g_ptr_array_new_with_free_func(g_free);
	options->paths = g_ptr_array_new_with_free_func(g_free);
	options->max_count = -1;
	options->kind = options->color = -1;
	options->abbrev = options->progress = -1;
	options->threads = g_get_num_processors();
}

/* The tables of getopt_long(3), the letters after "-:0123456789". */
static void list_rows(struct option *names, char *letters)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (rows[i].name)
			*names++ = (struct option) {
				.name = rows[i].name,
				.has_arg = rows[i].has_arg,
				.val = FIRST_ROW + i,
			};
		if (rows[i].letter)
			*letters++ = rows[i].letter;
		if (rows[i].letter && rows[i].has_arg)
			*letters++ = ':';
	}
}

/* "-15" is "-n 15": a digit of the word that was digits_word. */
static void take_digit(struct options *options, int digit, gboolean is_first)
{
	long n = is_first ? 0 : options->max_count;

	options->max_count = MIN(n * 10 + digit, INT_MAX);
}

/* After "--end-of-options": revisions, whatever they begin with. */
static void take_rest(struct options *options, int argc, char **argv)
{
	options_add_word(options, g_strdup("--end-of-options"));
	while (optind < argc && strcmp(argv[optind], "--"))
		options_add_word(options, g_strdup(argv[optind++]));
	optind += optind < argc;
}

int options_parse(struct options *out, int argc, char **argv, char **err)
{
	struct option names[G_N_ELEMENTS(rows) + 1] = { 0 };
	char letters[2 * G_N_ELEMENTS(rows) + 16] = "-:0123456789";
	int id, word, digits_word = -1, ret = 0;
	const char *value = NULL;	/* of the last option */

	start(out);
	list_rows(names, letters + strlen(letters));
	opterr = 0;
	/* As git, take options also after a revision, but not after "--". */
	while (!ret && (word = optind, (id = getopt_long(argc, argv, letters,
						names, NULL)) != -1)) {
		const struct row *row;

		if (id == '?' || id == ':')
			return explain_unknown(argv, id, err);
		if (g_ascii_isdigit(id)) {
			take_digit(out, id - '0', word != digits_word);
			digits_word = word;
			continue;
		}
		digits_word = -1;
		value = optarg;
		row = id == 1 ? NULL : find_row(id);
		if (row && !row->take) {
			take_rest(out, argc, argv);
			break;
		}
		ret = row ? row->take(out, row, optarg, err) :
		      take_revision(out, optarg, err);
	}
	/* in "-o --" it is the name of a file */
	out->has_dashes = optind > 1 && argv[optind - 1] != value &&
			  !strcmp(argv[optind - 1], "--");
	for (; optind < argc; optind++)
		g_ptr_array_add(out->paths, g_strdup(argv[optind]));
	return ret;
}

void options_clear(struct options *options)
{
	g_ptr_array_unref(options->range.words);
	g_ptr_array_unref(options->paths);
}
