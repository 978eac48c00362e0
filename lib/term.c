#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "children.h"
#include "cleanup.h"
#include "gitconfig.h"
#include "run-git.h"
#include "term.h"

/*
 * The length of the character at s, which must not reach a terminal, or 0 if
 * it may; *code is its number.
 */
static size_t unsafe_len(const unsigned char *s, const unsigned char *end,
			 unsigned *code)
{
	*code = *s;
	if (*s < 0x20)
		return *s != '\t' && *s != '\n';
	if (*s == 0x7f)
		return 1;
	if (*s == 0xc2 && end - s >= 2 && s[1] < 0xa0) {
		*code = s[1];			/* U+0080 to U+009F */
		return 2;
	}
	if (*s == 0xe2 && end - s >= 3) {
		*code = 0x2000 | (s[1] & 0x3f) << 6 | (s[2] & 0x3f);
		if ((*code >= 0x202a && *code <= 0x202e) ||
		    (*code >= 0x2066 && *code <= 0x2069))
			return 3;
	}
	return 0;
}

void term_scrub(FILE *out, const char *text, size_t len)
{
	const unsigned char *s = (const unsigned char *)text;
	const unsigned char *end = s + len, *clean = s;

	while (s < end) {
		unsigned code;
		size_t n;

		/* nearly all of it */
		if (*s >= 0x20 && *s < 0x7f) {
			s++;
			continue;
		}
		n = unsafe_len(s, end, &code);
		if (!n) {
			s++;
			continue;
		}
		fwrite(clean, 1, s - clean, out);
		if (code < 0x80)
			fprintf(out, "^%c", code ^ 0x40);
		else
			fprintf(out, "<U+%04X>", code);
		s += n;
		clean = s;
	}
	fwrite(clean, 1, s - clean, out);
}

void term_scrub_str(FILE *out, const char *s)
{
	term_scrub(out, s, strlen(s));
}

int color_parse_when(const char *text, enum color_when *when)
{
	gboolean on;

	if (!g_ascii_strcasecmp(text, "always"))
		*when = COLOR_ALWAYS;
	else if (!g_ascii_strcasecmp(text, "never"))
		*when = COLOR_NEVER;
	else if (!g_ascii_strcasecmp(text, "auto"))
		*when = COLOR_AUTO;
	else if (!gitconfig_parse_bool(text, &on))
		*when = on ? COLOR_AUTO : COLOR_NEVER;
	else
		return -1;
	return 0;
}

int color_from_config(struct gitconfig *config, enum color_when *when,
		      char **err)
{
	static const char *const keys[] = { "color.digest", "color.ui" };
	size_t i;

	*when = COLOR_AUTO;
	for (i = 0; i < G_N_ELEMENTS(keys); i++) {
		const char *value = gitconfig_string(config, keys[i]);

		if (!value)
			continue;
		if (!color_parse_when(value, when))
			return 0;
		*err = g_strdup_printf("bad value '%s' for '%s'; it may be "
				       "always, auto or never", value, keys[i]);
		return -1;
	}
	return 0;
}

/* As git reads a boolean of the environment. */
static gboolean env_bool(const char *name)
{
	const char *value = getenv(name);
	gboolean on = FALSE;

	return value && !gitconfig_parse_bool(value, &on) && on;
}

/*
 * The command that is to read standard output, which the caller frees; NULL if
 * there is to be none.
 */
static char *choose_pager(struct gitconfig *config)
{
	static char *built_in;	/* git is asked for it only once */
	const char *set = getenv("GIT_PAGER");
	char *pager;

	if (!isatty(STDOUT_FILENO) || env_bool("GIT_PAGER_IN_USE"))
		return NULL;
	if (!set)
		set = gitconfig_string(config, "core.pager");
	if (!set)
		set = getenv("PAGER");
	/* what git was built with: "less", or "pager" on Debian */
	if (!set && !built_in)
		built_in = git_ask(NULL, NULL, "var", "GIT_PAGER", NULL);
	if (!set && !built_in)
		built_in = g_strdup("less");
	pager = g_strdup(set ? set : built_in);
	if (!*pager || !strcmp(pager, "cat"))
		g_clear_pointer(&pager, g_free);
	return pager;
}

gboolean color_on_stdout(enum color_when when, struct gitconfig *config)
{
	const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
	g_autofree char *pager = NULL;
	gboolean in_pager = TRUE;
	char *ignored = NULL;

	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	if ((no_color && *no_color) || !term || !strcmp(term, "dumb"))
		return FALSE;
	if (gitconfig_bool(config, "color.pager", &in_pager, &ignored) < 0)
		g_free(ignored);
	pager = choose_pager(config);
	if (pager || env_bool("GIT_PAGER_IN_USE"))
		return in_pager;
	return isatty(STDOUT_FILENO);
}

static const struct {
	const char *name;
	const char *start;
} slots[NR_COLOR_SLOTS] = {
	[COLOR_HEADING] = { "heading", "\033[1m" },
	[COLOR_COUNT] = { "count", "\033[36m" },
	[COLOR_COMMIT] = { "commit", "\033[33m" },
	[COLOR_SUBJECT] = { "subject", "\033[33m" },
	[COLOR_AUTHOR] = { "author", "" },
	[COLOR_NEW] = { "new", "\033[1;32m" },
	[COLOR_EXIST] = { "exist", "\033[36m" },
	[COLOR_SKIP] = { "skip", "\033[31m" },
	[COLOR_INSERTIONS] = { "insertions", "\033[32m" },
	[COLOR_DELETIONS] = { "deletions", "\033[31m" },
};

int palette_init(struct palette *palette, gboolean on,
		 struct gitconfig *config, char **err)
{
	int i;

	memset(palette, 0, sizeof(*palette));
	palette->reset = on ? "\033[m" : "";
	for (i = 0; i < NR_COLOR_SLOTS; i++) {
		g_autofree char *key = g_strconcat("color.digest.",
						   slots[i].name, NULL);
		const char *value = on ? gitconfig_string(config, key) : NULL;

		/* a color in git's words: "bold red", "#ff8000 ul" */
		palette->start[i] = value ?
			git_ask(NULL, NULL, "config", "--get-color", "", value,
				NULL) :
			g_strdup(on ? slots[i].start : "");
		if (!palette->start[i]) {
			*err = g_strdup_printf("bad color '%s' for '%s'", value,
					       key);
			return -1;
		}
	}
	return 0;
}

void palette_clear(struct palette *palette)
{
	int i;

	for (i = 0; i < NR_COLOR_SLOTS; i++)
		g_free(palette->start[i]);
}

void term_export_columns(void)
{
	struct winsize size;
	char buf[16];

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
		return;
	snprintf(buf, sizeof(buf), "%d", size.ws_col);
	setenv("COLUMNS", buf, 0);
}

void pager_start(struct gitconfig *config)
{
	g_autofree char *pager = choose_pager(config);
	const char *const by_shell[] = { "/bin/sh", "-c", pager, NULL };
	const char *const alone[] = { pager, NULL };
	struct child child = { .argv = alone, .out = -1, .errors = -1 };
	int pipes[2] = { -1, -1 };

	if (!pager)
		return;
	term_export_columns();
	setenv("GIT_PAGER_IN_USE", "true", 1);
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	if (strpbrk(pager, "|&;<>()$`\\\"' \t\n*?[#~=%"))
		child.argv = by_shell;
	child.environment = environ;
	if (!pipe2(pipes, O_CLOEXEC))
		child.in = pipes[0];
	if (pipes[0] < 0 || children_start(&child, &cleanup_pager) < 0) {
		fprintf(stderr, "warning: cannot run the pager '%s': %s\n",
			pager, g_strerror(errno));
	} else {
		dup2(pipes[1], STDOUT_FILENO);
		if (isatty(STDERR_FILENO))
			dup2(pipes[1], STDERR_FILENO);
	}
	if (pipes[0] >= 0) {
		close(pipes[0]);
		close(pipes[1]);
	}
}

void pager_wait(void)
{
	fflush(stdout);
	fflush(stderr);
	cleanup_wait_for_pager();
}
