/*
 * limiting: the words of the command line that limit a digest -> struct limit.
 */
#ifndef SETTINGS_LIMITING_H
#define SETTINGS_LIMITING_H

#include "digest/limit.h"
#include "digest/people.h"
#include "git/gitconfig.h"

/* What the command line says. */
struct limiting {
	GPtrArray *authors, *greps;	/* char *; so are all of these */
	GPtrArray *to, *cc, *involves;
	GPtrArray *states;
	int syntax;		/* enum pattern_syntax; -1 if nothing is said */
	gboolean ignore_case, invert_grep;
};

void limiting_init(struct limiting *words);
void limiting_clear(struct limiting *words);

/* A value_fn: add a text to the GPtrArray that into points to. */
int limiting_add(void *into, const char *text, char **err);

/* The same of an address, which must not be empty. */
int limiting_add_address(void *into, const char *text, char **err);

/* The same of states, and names of them with commas in between. */
int limiting_add_states(void *into, const char *text, char **err);

/*
 * A value_fn: *into is an int, an enum pattern_syntax, or one more for the word
 * that leaves it to others.  The words are those of grep.patternType.
 */
int limiting_take_syntax(void *into, const char *text, char **err);

/* "under-review", ..., up to a NULL. */
extern const char *const limiting_states[];

/*
 * Make a limit of the words and of paths (char *, which may be NULL).  "me" is
 * user.email, also by the other addresses that people knows.  Returns 0, with
 * *out for limit_clear(); or -1 and sets *err, NULL on entry, to a message that
 * the caller frees.
 */
int limiting_settle(struct limit *out, const struct limiting *words,
		    const GPtrArray *paths, const struct gitconfig *gitconfig,
		    const struct people *people, char **err);

/*
 * The same for git-log(1), which limits the commits of code: arguments (char *)
 * are added to an array that owns them.  Returns 0; or -1 and sets *err if the
 * words ask for what only mails have.
 */
int limiting_add_arguments(GPtrArray *arguments, const struct limiting *words,
			   char **err);

/*
 * Add to said, an array that owns its char *, the words and the paths, which
 * may be NULL, as they can be typed again, "--author=ann".
 */
void limiting_say(GPtrArray *said, const struct limiting *words,
		  const GPtrArray *paths);

#endif
