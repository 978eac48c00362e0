/*
 * target: what a command line is about: the repository, with its git config
 * and its list's YAML file, the range and the kind of digest.
 */
#ifndef SETTINGS_TARGET_H
#define SETTINGS_TARGET_H

#include "git/gitconfig.h"
#include "git/objects.h"
#include "git/range.h"
#include "settings/config.h"
#include "settings/options.h"

struct target {
	struct repository *repository;
	struct gitconfig *gitconfig;
	struct objects *objects;	/* for the main thread */
	struct config config;
	char *config_path;	/* its file; NULL if there is none */
	gboolean list_is_named;	/* by --list or --all-lists */
	struct range_words words;	/* what the command line says of the
					   range, as it is meant here */
	GPtrArray *paths;	/* char *: the same */
	struct range range;
	gboolean range_is_default;	/* nobody named one */
	char *since_mark;	/* what words.since is then, or NULL */
	char *remark;		/* what the reader is to know of it, or NULL */
	enum digest_kind kind;
	gint64 now;		/* when target_open() began: seconds since
				   1970 */

	/* What git was asked at the start, so that it answers while others
	   start; NULL once the answer was taken. */
	struct git_process *config_question, *range_question;
	struct catfile *catfile;	/* the same: for objects */
};

/*
 * Find all of it.  file is the YAML file of one of several lists, whose mirror
 * is meant; NULL: what the options ask for.  Words of the range that turn out
 * to be paths become such; without any word the range gets its default: in a
 * mirror the last seven days, in code what the upstream branch does not have.
 * Returns 0, with *out for target_clear(), or -1 and sets *err, which is NULL
 * on entry, to a message that the caller frees; *out is then good for nothing.
 */
int target_open(struct target *out, const struct options *options,
		const char *file, char **err);
void target_clear(struct target *target);

/*
 * So far the objects are good for few (objects.h); from now on for all mails of
 * an inbox.
 */
void target_expect_mails(struct target *target);

/*
 * Who the digest is about: set its name, list_id, address and archive.  If no
 * YAML file was named so far, the one about the List-Id of the newest mail is
 * read, by that name alone, lest a repository configures its reader.  Under a
 * file without a list.id lies now the one that is installed for that List-Id.
 * Returns 0, or -1 and sets *err.
 */
int target_identify(struct target *target, struct digest *digest, char **err);

#endif
