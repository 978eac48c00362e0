#include <stdarg.h>
#include <string.h>
#include <git2.h>
#include "ask-git.h"

char *ask_git(struct git_repository *repo, const char *argument, ...)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func(g_free);
	char *answer = NULL;
	int status = 0;
	va_list ap;

	g_ptr_array_add(argv, g_strdup("git"));
	if (repo)
		g_ptr_array_add(argv, g_strconcat("--git-dir=",
					git_repository_path(repo), NULL));
	va_start(ap, argument);
	for (; argument; argument = va_arg(ap, const char *))
		g_ptr_array_add(argv, g_strdup(argument));
	va_end(ap);
	g_ptr_array_add(argv, NULL);
	if (!g_spawn_sync(NULL, (char **)argv->pdata, NULL,
			  G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
			  NULL, NULL, &answer, NULL, &status, NULL))
		return NULL;
	if (!g_spawn_check_wait_status(status, NULL)) {
		g_free(answer);
		return NULL;
	}
	if (g_str_has_suffix(answer, "\n"))
		answer[strlen(answer) - 1] = '\0';
	return answer;
}

int parse_date(struct git_repository *repo, const char *text, gint64 *out,
	       char **err)
{
	g_autofree char *option = g_strconcat("--since=", text, NULL);
	g_autofree char *answer = ask_git(repo, "rev-parse", option, NULL);
	const char *prefix = "--max-age=";

	if (answer && g_str_has_prefix(answer, prefix)) {
		*out = g_ascii_strtoll(answer + strlen(prefix), NULL, 10);
		return 0;
	}
	*err = g_strdup_printf("cannot tell the date '%s': 'git rev-parse' "
			       "did not answer", text);
	return -1;
}
