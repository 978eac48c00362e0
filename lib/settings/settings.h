/*
 * settings: what is said in several places, settled in one: the command line,
 * then git config (digest.<name>), then the list's YAML file, then the default.
 */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include "settings/config.h"
#include "git/gitconfig.h"
#include "render/format.h"

enum setting {
	SETTING_FORMAT,
	SETTING_TOP,
	SETTING_SECTIONS,
	SETTING_PATCHES,
	SETTING_LINKS,
	SETTING_REVERSE,
	NR_SETTINGS
};

struct settings {
	const struct format *format;
	unsigned top;
	struct sections sections;	/* nr is 0 if nobody names them */
	gboolean sections_named;
	enum patches_mode patches;
	gboolean links, reverse;
};

/*
 * Set one to what a text says.  Returns 0, or -1 and sets *err, which the
 * caller frees, if it says nothing of the kind.
 */
int settings_set(struct settings *settings, enum setting setting,
		 const char *text, char **err);

/*
 * Settle them all.  said has a text for each setting, NULL where the command
 * line does not say it; such texts must have passed settings_set().  Returns 0,
 * or -1 and sets *err, which the caller frees, if git config makes no sense.
 */
int settings_settle(struct settings *out, const struct config *config,
		    const struct gitconfig *gitconfig,
		    const char *const said[NR_SETTINGS],
		    enum digest_kind kind, char **err);

/*
 * The keys "digest.<name>" of git config that mean nothing, in the order of
 * their names: char *, in an array that owns them.
 */
GPtrArray *settings_unknown(const struct gitconfig *gitconfig);

#endif
