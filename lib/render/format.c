#include <string.h>
#include "render/format.h"

static const struct {
	const char *name;
	render_fn *render;
} formats[] = {
	{ "text", render_text },
	{ "json", render_json },
};

render_fn *format_find(const char *format, char **err)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(formats); i++)
		if (!strcmp(format, formats[i].name))
			return formats[i].render;
	*err = g_strdup_printf("'%s' is none of: text, json", format);
	return NULL;
}
