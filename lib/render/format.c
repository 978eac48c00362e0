#include <string.h>
#include "render/format.h"

static const struct format *const formats[] = { &text_format, &json_format };

const struct format *format_find(const char *name, char **err)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(formats); i++)
		if (!strcmp(name, formats[i]->name))
			return formats[i];
	*err = g_strdup_printf("'%s' is none of: text, json", name);
	return NULL;
}
