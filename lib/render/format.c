#include <string.h>
#include "render/format.h"

static const struct format *const formats[] = { &text_format, &json_format };
const char *const format_names[] = { "text", "json", NULL };

const struct format *format_find(const char *name, char **err)
{
	g_autofree char *all = NULL;
	size_t i;

	for (i = 0; format_names[i]; i++)
		if (!strcmp(name, format_names[i]))
			return formats[i];
	all = g_strjoinv(", ", (char **)format_names);
	*err = g_strdup_printf("'%s' is none of: %s", name, all);
	return NULL;
}
