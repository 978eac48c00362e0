#include <string.h>
#include "settings/limiting.h"
#include "settings/value.h"

const char *const limiting_states[] = {
	[STATE_APPLIED] = "applied",
	[STATE_SUPERSEDED] = "superseded",
	[STATE_PARTLY_APPLIED] = "partly-applied",
	[STATE_REJECTED] = "rejected",
	[STATE_REVIEWED] = "reviewed",
	[STATE_UNDER_REVIEW] = "under-review",
	[STATE_BOTS_ONLY] = "bots-only",
	[STATE_NO_ANSWER] = "no-answer",
	NULL
};

/* The options that add a text, in the order in which they are said. */
#define LIST(name, member) { name, offsetof(struct limiting, member) }

static const struct {
	const char *name;
	size_t offset;
} lists[] = {
	LIST("author", authors), LIST("grep", greps), LIST("to", to),
	LIST("cc", cc), LIST("involves", involves), LIST("state", states),
};

/* By enum pattern_syntax. */
static const char *const syntaxes[] = {
	[PATTERN_BASIC] = "--basic-regexp",
	[PATTERN_EXTENDED] = "--extended-regexp",
	[PATTERN_FIXED] = "--fixed-strings",
	[PATTERN_PERL] = "--perl-regexp",
};

static GPtrArray **list_at(const struct limiting *words, size_t i)
{
	return &G_STRUCT_MEMBER(GPtrArray *, words, lists[i].offset);
}

void limiting_init(struct limiting *words)
{
	size_t i;

	memset(words, 0, sizeof(*words));
	words->syntax = -1;
	for (i = 0; i < G_N_ELEMENTS(lists); i++)
		*list_at(words, i) = g_ptr_array_new_with_free_func(g_free);
}

void limiting_clear(struct limiting *words)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(lists); i++)
		g_ptr_array_unref(*list_at(words, i));
}

int limiting_add(void *into, const char *text, char **err)
{
	(void)err;
	g_ptr_array_add(*(GPtrArray **)into, g_strdup(text));
	return 0;
}

int limiting_add_address(void *into, const char *text, char **err)
{
	if (*text)
		return limiting_add(into, text, err);
	*err = g_strdup("the address is empty");
	return -1;
}

int limiting_add_states(void *into, const char *text, char **err)
{
	g_auto(GStrv) names = g_strsplit(text, ",", -1);
	char **name;
	int ignored;

	if (!*text)
		return value_choose(&ignored, text, limiting_states, err);
	for (name = names; *name; name++)
		if (value_choose(&ignored, *name, limiting_states, err) < 0)
			return -1;
	return limiting_add(into, text, err);
}

/* By enum pattern_syntax; and what says nothing. */
static const char *const types[] = {
	[PATTERN_BASIC] = "basic",
	[PATTERN_EXTENDED] = "extended",
	[PATTERN_FIXED] = "fixed",
	[PATTERN_PERL] = "perl",
	"default",
	NULL
};

int limiting_take_syntax(void *into, const char *text, char **err)
{
	return value_choose(into, text, types, err);
}

/*
 * As git-log(1) does: the command line, then grep.patternType, and if that says
 * nothing grep.extendedRegexp.
 */
static int settle_syntax(enum pattern_syntax *out, const struct limiting *words,
			 const struct gitconfig *gitconfig, char **err)
{
	const char *type = gitconfig_string(gitconfig, "grep.patterntype");
	g_autofree char *why = NULL;
	gboolean extended = FALSE;
	int chosen = PATTERN_PERL + 1;

	if (words->syntax >= 0) {
		*out = words->syntax;
		return 0;
	}
	if (type && limiting_take_syntax(&chosen, type, &why) < 0) {
		*err = g_strdup_printf("bad value for 'grep.patternType': %s",
				       why);
		return -1;
	}
	if (gitconfig_bool(gitconfig, "grep.extendedregexp", &extended,
			   err) < 0)
		return -1;
	*out = chosen <= PATTERN_PERL ? chosen :
	       extended ? PATTERN_EXTENDED : PATTERN_BASIC;
	return 0;
}

/* As for git-log(1), each line of a text is a pattern. */
static char *join_lines(const GPtrArray *texts)
{
	GString *lines = g_string_new(NULL);
	guint i;

	for (i = 0; i < texts->len; i++)
		g_string_append_printf(lines, "%s%s", i ? "\n" : "",
				       (char *)texts->pdata[i]);
	return g_string_free(lines, FALSE);
}

static int compile(GPtrArray *patterns, const char *option,
		   const GPtrArray *texts, enum pattern_syntax syntax,
		   gboolean ignore_case, char **err)
{
	g_autofree char *all = join_lines(texts);
	g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
	g_autofree char *why = NULL;
	char **line;

	for (line = lines; texts->len && *line; line++) {
		struct pattern *pattern = pattern_new(*line, syntax,
						      ignore_case, &why);

		if (!pattern) {
			*err = g_strdup_printf("--%s: %s", option, why);
			return -1;
		}
		g_ptr_array_add(patterns, pattern);
	}
	return 0;
}

/* "me": user.email, and what a mailmap or an alias makes of it. */
static int add_me(GPtrArray *globs, const struct gitconfig *gitconfig,
		  const struct people *people, char **err)
{
	const char *email = gitconfig_string(gitconfig, "user.email");
	struct address person = { (char *)email, (char *)email };
	struct address me;

	if (!email || !*email) {
		*err = g_strdup("cannot tell who 'me' is: set user.email with "
				"'git config', or give an address");
		return -1;
	}
	address_copy(&me, &person);
	people_resolve(people, &me);
	g_ptr_array_add(globs, g_strdup(email));
	g_ptr_array_add(globs, g_strdup(me.email));
	address_clear(&me);
	return 0;
}

static int add_globs(GPtrArray *globs, const GPtrArray *texts,
		     const struct gitconfig *gitconfig,
		     const struct people *people, char **err)
{
	guint i;

	for (i = 0; i < texts->len; i++) {
		const char *text = texts->pdata[i];

		if (strcmp(text, "me"))
			g_ptr_array_add(globs, g_strdup(text));
		else if (add_me(globs, gitconfig, people, err) < 0)
			return -1;
	}
	return 0;
}

static unsigned settle_states(const GPtrArray *texts)
{
	unsigned states = 0;
	guint i;
	int state;

	for (i = 0; i < texts->len; i++) {
		g_auto(GStrv) names = g_strsplit(texts->pdata[i], ",", -1);

		for (state = 0; limiting_states[state]; state++)
			if (g_strv_contains((const char *const *)names,
					    limiting_states[state]))
				states |= 1u << state;
	}
	return states;
}

int limiting_settle(struct limit *out, const struct limiting *words,
		    const GPtrArray *paths, const struct gitconfig *gitconfig,
		    const struct people *people, char **err)
{
	enum pattern_syntax syntax;
	guint i;

	limit_init(out);
	out->invert_grep = words->invert_grep;
	out->states = settle_states(words->states);
	for (i = 0; paths && i < paths->len; i++)
		g_ptr_array_add(out->paths, g_strdup(paths->pdata[i]));
	if (!settle_syntax(&syntax, words, gitconfig, err) &&
	    !compile(out->authors, "author", words->authors, syntax,
		     words->ignore_case, err) &&
	    !compile(out->greps, "grep", words->greps, syntax,
		     words->ignore_case, err) &&
	    !add_globs(out->to, words->to, gitconfig, people, err) &&
	    !add_globs(out->cc, words->cc, gitconfig, people, err) &&
	    !add_globs(out->involves, words->involves, gitconfig, people, err))
		return 0;
	limit_clear(out);
	return -1;
}

int limiting_add_arguments(GPtrArray *arguments, const struct limiting *words,
			   char **err)
{
	size_t i;
	guint k;

	for (i = 0; i < G_N_ELEMENTS(lists); i++) {
		const GPtrArray *texts = *list_at(words, i);

		if (i > 1 && texts->len) {
			*err = g_strdup_printf("--%s needs the mirror of a "
				"mailing list, and this is a code repository",
				lists[i].name);
			return -1;
		}
		for (k = 0; k < texts->len; k++)
			g_ptr_array_add(arguments, g_strdup_printf("--%s=%s",
						lists[i].name,
						(char *)texts->pdata[k]));
	}
	if (!arguments->len)
		return 0;
	if (words->syntax >= 0)
		g_ptr_array_add(arguments, g_strdup(syntaxes[words->syntax]));
	if (words->ignore_case)
		g_ptr_array_add(arguments, g_strdup("--regexp-ignore-case"));
	if (words->invert_grep)
		g_ptr_array_add(arguments, g_strdup("--invert-grep"));
	return 0;
}

static char *quote(const char *text)
{
	return *text && !text[strspn(text, G_CSET_A_2_Z G_CSET_a_2_z
				     G_CSET_DIGITS "@%+:,./_-")] ?
	       g_strdup(text) : g_shell_quote(text);
}

static void add_text(GPtrArray *said, const char *before, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *quoted = quote(g_strdelimit(valid, "\n", ' '));

	g_ptr_array_add(said, g_strconcat(before, quoted, NULL));
}

static void add_switch(GPtrArray *said, gboolean is_on, const char *name)
{
	if (is_on)
		g_ptr_array_add(said, g_strdup(name));
}

void limiting_say(GPtrArray *said, const struct limiting *words,
		  const GPtrArray *paths)
{
	guint k, before = said->len;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(lists); i++) {
		const GPtrArray *texts = *list_at(words, i);
		g_autofree char *option = g_strdup_printf("--%s=",
							  lists[i].name);

		for (k = 0; k < texts->len; k++)
			add_text(said, option, texts->pdata[k]);
	}
	if (said->len > before && words->syntax >= 0)
		add_switch(said, TRUE, syntaxes[words->syntax]);
	add_switch(said, said->len > before && words->ignore_case, "-i");
	add_switch(said, words->greps->len && words->invert_grep,
		   "--invert-grep");
	add_switch(said, paths && paths->len, "--");
	for (k = 0; paths && k < paths->len; k++)
		add_text(said, "", paths->pdata[k]);
}
