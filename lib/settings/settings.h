/*
 * settings: what may be said in several places, settled in one.  The command
 * line counts before git config, git config before the YAML file of the list,
 * and that before the default.
 */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include "digest/digest.h"
#include "git/gitconfig.h"
#include "render/format.h"
#include "settings/config.h"

enum setting {
	SETTING_FORMAT,
	SETTING_TOP,
	SETTING_SECTIONS,
	SETTING_PATCHES,
	SETTING_LINKS,
	SETTING_REVERSE,
	SETTING_SHORT,
	NR_SETTINGS
};

struct settings {
	const struct format *format;
	gboolean is_short;	/* ... is that of --short */
	unsigned top;
	struct sections sections;	/* at least one */
	gboolean sections_named;	/* somebody chose them */
	gboolean with_replies;	/* what is printed needs them */
	enum patches_mode patches;
	enum links_mode links;
	gboolean reverse;
};

/*
 * Settle all settings for a repository of this kind.  said[] holds the texts
 * of the command line, NULL where it says nothing.  Returns 0; or -1 and sets
 * *err, NULL on entry, to a message that the caller frees, if a text makes no
 * sense, or if the settings ask for what cannot be printed.
 */
int settings_settle(struct settings *out, const struct config *config,
		    const struct gitconfig *gitconfig,
		    const char *const said[NR_SETTINGS], enum digest_kind kind,
		    char **err);

/* Settle only the format. */
int settings_format(const struct format **out,
		    const struct gitconfig *gitconfig,
		    const char *const said[NR_SETTINGS], char **err);

/*
 * The keys "digest.<name>" of git config that mean nothing, sorted: char *, in
 * an array that owns them.
 */
GPtrArray *settings_unknown(const struct gitconfig *gitconfig);

#endif
