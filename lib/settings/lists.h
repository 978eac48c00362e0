#ifndef SETTINGS_LISTS_H
#define SETTINGS_LISTS_H
#include "settings/config.h"
#include "git/gitconfig.h"
#include "git/repository.h"
int lists_find(char **path, const char *id, gboolean by_name, char **err);
int lists_choose(char **path, const char *file, const char *list,
		 const struct gitconfig *gitconfig,
		 const struct repository *repo, char **err);
#endif
