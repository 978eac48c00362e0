#include <string.h>
#include "render/format.h"

static const struct format *const formats[] = { &text_format, &json_format };

const struct format *format_find(const char *name, char **err)
{
	const char *names[G_N_ELEMENTS(formats) + 1] = { NULL };
	g_autofree char *all = NULL;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(formats); i++)
		if (!strcmp(name, formats[i]->name))
			return formats[i];
	for (i = 0; i < G_N_ELEMENTS(formats); i++)
		names[i] = formats[i]->name;
	all = g_strjoinv(", ", (char **)names);
	*err = g_strdup_printf("'%s' is none of: %s", name, all);
	return NULL;
}
