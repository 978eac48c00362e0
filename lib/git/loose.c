#include <stdlib.h>
#include <string.h>
#include <gio/gio.h>
#include "git/loose.h"

/* "commit 1234567890\0" and more */
#define MAX_HEADER 32

/*
 * Inflate up to size bytes from *in, which is moved on.  Returns how many came:
 * fewer than size at the end, and where the file is damaged or was cut short.
 * Sets *ended if it is the end, with the right checksum.
 */
static size_t inflate(GConverter *zlib, const char **in, const char *end,
		      char *out, size_t size, gboolean *ended)
{
	GConverterResult result = G_CONVERTER_CONVERTED;
	size_t done = 0;

	while (done < size && result == G_CONVERTER_CONVERTED) {
		gsize taken = 0, given = 0;

		result = g_converter_convert(zlib, *in, end - *in, out + done,
					     size - done,
					     G_CONVERTER_INPUT_AT_END, &taken,
					     &given, NULL);
		*in += taken;
		done += given;
	}
	*ended = result == G_CONVERTER_FINISHED;
	return done;
}

/* "blob 123" */
static int parse_header(const char *header, enum object_type *type,
			guint64 *size)
{
	const char *space = strchr(header, ' ');
	int i;

	if (!space || !g_ascii_string_to_unsigned(space + 1, 10, 0,
						  G_MAXSIZE - 2, size, NULL))
		return -1;
	for (i = OBJECT_COMMIT; i <= OBJECT_TAG; i++) {
		const char *name = objects_type_name(i);

		if (strlen(name) == (size_t)(space - header) &&
		    !strncmp(header, name, space - header)) {
			*type = i;
			return 0;
		}
	}
	return -1;
}

/*
 * Room is made as the bytes come, and for one more: what a damaged header says
 * of the size may be anything.
 */
static char *inflate_all(GConverter *zlib, const char *in, const char *end,
			 const char *begun, size_t nr_begun, gboolean ended,
			 size_t size)
{
	size_t room = MIN(size, MAX(nr_begun, (size_t)(end - in) * 4)) + 1;
	size_t done = nr_begun;
	/* one more for a NUL */
	char *data = malloc(room + 1), *more;

	if (data)
		memcpy(data, begun, nr_begun);
	while (data && !ended) {
		done += inflate(zlib, &in, end, data + done, room - done,
				&ended);
		if (ended)
			break;
		more = NULL;
		if (done == room && done <= size) {
			room = MIN(size, room * 2) + 1;
			more = realloc(data, room + 1);
		}
		if (!more)
			free(data);
		data = more;
	}
	if (data && done != size)
		g_clear_pointer(&data, free);
	if (data)
		data[size] = '\0';
	return data;
}

static int read_file(struct object *out, const char *path)
{
	g_autofree char *deflated = NULL;
	char header[MAX_HEADER + 1];
	const char *in, *end, *nul;
	gboolean ended;
	GConverter *zlib;
	guint64 size;
	gsize len;
	size_t n;

	if (!g_file_get_contents(path, &deflated, &len, NULL))
		return -1;
	in = deflated;
	end = deflated + len;
	zlib = G_CONVERTER(g_zlib_decompressor_new(
					G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
	n = inflate(zlib, &in, end, header, MAX_HEADER, &ended);
	header[n] = '\0';
	nul = memchr(header, '\0', n);
	if (nul && !parse_header(header, &out->type, &size) &&
	    (guint64)(header + n - (nul + 1)) <= size) {
		out->loose = inflate_all(zlib, in, end, nul + 1,
					 header + n - (nul + 1), ended, size);
		out->data = out->loose;
		out->size = size;
	}
	g_object_unref(zlib);
	return out->loose ? 0 : -1;
}

int loose_read(struct object *out, const GPtrArray *folders, const char *id)
{
	guint i;

	for (i = 0; i < folders->len; i++) {
		g_autofree char *path = g_strdup_printf("%s/%.2s/%s",
				(char *)folders->pdata[i], id, id + 2);

		if (!read_file(out, path))
			return 0;
	}
	return -1;
}
