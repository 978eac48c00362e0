/*
 * value: what the text of a setting means.
 *
 * One function serves wherever such a text may stand: on the command line
 * (--top=<n>), in git config (digest.top), in a YAML file (digest: {top: <n>}).
 *
 * Each function stores the value in *into and returns 0.  Or it returns -1 and
 * sets *err, NULL on entry, to a message about the text alone ("'x' is not a
 * number"), which the caller frees; the caller knows where the text stood.
 */
#ifndef SETTINGS_VALUE_H
#define SETTINGS_VALUE_H

typedef int value_fn(void *into, const char *text, char **err);

/* *into is an unsigned of 1 or more, a gboolean, an enum patches_mode. */
int value_number(void *into, const char *text, char **err);
int value_boolean(void *into, const char *text, char **err);
int value_patches(void *into, const char *text, char **err);

/* By enum patches_mode, up to a NULL. */
extern const char *const value_patches_words[];

/* *into is an enum links_mode: a boolean, or the word. */
int value_links(void *into, const char *text, char **err);
extern const char *const value_links_words[];

/* *into is a const struct format *. */
int value_format(void *into, const char *text, char **err);

/*
 * *into is a struct sections.  The first function adds the one section that
 * the text names; the second makes it those of a list with commas.
 */
int value_section(void *into, const char *text, char **err);
int value_sections(void *into, const char *text, char **err);

/*
 * A value_fn for an int or an enum can be made with this function: it stores
 * the place of the text among the words, which end with NULL.
 */
int value_choose(void *into, const char *text, const char *const *words,
		 char **err);

#endif
