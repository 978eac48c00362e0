/*
 * epochs: an inbox, which is a folder with the repositories of a list: the
 * epochs git/0.git, git/1.git, ... (public-inbox-v2-format(5)).  They are read
 * as one long history, in which the first commit of an epoch follows the last
 * one of the epoch before.
 *
 * An inbox with several epochs is the repository of the newest of them, whose
 * gits and objects also know what the others hold.
 */
#ifndef GIT_EPOCHS_H
#define GIT_EPOCHS_H

#include "git/range.h"
#include "git/repository.h"

/* Of the epochs of a repository (repository.h). */
struct epoch {
	unsigned number;
	char *folder;
	char tip[HEX_ID_LEN + 1];	/* its HEAD */
	GPtrArray *objects;	/* char *: the folders of its own objects */
};

/* Free a struct epoch. */
void epochs_free(void *epoch);

/* The number in the name of an epoch: 12 of "12.git", and -1 of other names. */
long epochs_number(const char *name);

/* How many epochs has it in its folder git?  0 if it is no inbox. */
guint epochs_count(const char *inbox);

/*
 * The inbox that a folder is, or that it lies in: as its folder git, as an
 * epoch, or as the all.git of public-inbox.  NULL if it is none; the caller
 * owns it.
 */
char *epochs_find_inbox(const char *folder);

/*
 * Open an inbox.  Epochs without a commit are left out.  Returns 0 and sets
 * *out, for repository_free(); or -1 and sets *err, NULL on entry, to a message
 * that the caller frees.
 */
int epochs_open(struct repository **out, const char *inbox, char **err);

/* The same of the mirror in a folder, which is an inbox or a single epoch. */
int epochs_open_mirror(struct repository **out, const char *folder, char **err);

/*
 * Which of the epochs, by their order, has a commit?  repository->epochs->len
 * if none has that can be read; and 0 if there are no several epochs.
 */
guint epochs_index(const struct repository *repository, const char *id);

/* The same, but where none has it, -1 is returned, and *err set. */
int epochs_find(guint *index, const struct repository *repository,
		const char *id, char **err);

/*
 * Make ids of the words that only an inbox knows: "1:HEAD~3" is one of epoch 1,
 * "HEAD~100000" goes on into older epochs, and an abbreviated id may be in any
 * of them.  Returns 0; or -1 and sets *err if an id fits several commits, or if
 * there is no such epoch.  What git has to complain of stays as it is.
 */
int epochs_translate(struct range_words *words,
		     const struct repository *repository, char **err);

#endif
