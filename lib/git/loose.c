#include <stdio.h>
#include <string.h>
#include <gio/gio.h>
#include "git/loose.h"

/* "commit 1234567890\0" and more */
#define MAX_HEADER 32

/* "blob 123" */
static int parse_header(char *header, enum object_type *type, size_t *size)
{
	char *space = strchr(header, ' ');
	guint64 number;

	if (!space || !g_ascii_string_to_unsigned(space + 1, 10, 0, G_MAXSSIZE,
						  &number, NULL))
		return -1;
	*space = '\0';
	*type = objects_type_of(header);
	*size = number;
	return *type ? 0 : -1;
}

/*
 * Read all of a file whose length was len before it was inflated.  Memory grows
 * as the data comes, because a damaged header may promise any size.  Only by
 * asking for one byte more than promised does zlib check what ends the file.
 * Returns 1 if that is more than max.
 */
static int inflate(struct object *out, GInputStream *in, size_t len, size_t max)
{
	size_t room = MAX_HEADER, header, end, done, n;
	char *more;

	out->copy = g_malloc(room + 1);
	if (!g_input_stream_read_all(in, out->copy, room, &done, NULL, NULL))
		return -1;
	out->copy[done] = '\0';
	header = strlen(out->copy) + 1;
	if (header > done ||
	    parse_header(out->copy, &out->type, &out->size) < 0)
		return -1;
	if (out->size > max)
		return 1;
	end = header + out->size;
	while (done == room && done <= end) {
		room = MIN(end, 4 * MAX(room, len)) + 1;
		more = g_try_realloc(out->copy, room + 1);
		if (!more)
			return -1;
		out->copy = more;
		if (!g_input_stream_read_all(in, more + done, room - done, &n,
					     NULL, NULL))
			return -1;
		done += n;
	}
	out->copy[done] = '\0';
	out->data = out->copy + header;
	return done == end ? 0 : -1;
}

static int read_file(struct object *out, const char *path, size_t max)
{
	g_autofree char *deflated = NULL;
	g_autoptr(GConverter) zlib = NULL;
	g_autoptr(GInputStream) file = NULL;
	g_autoptr(GInputStream) in = NULL;
	gsize len;
	int ret;

	if (!g_file_get_contents(path, &deflated, &len, NULL))
		return -1;
	zlib = G_CONVERTER(g_zlib_decompressor_new(
					G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
	file = g_memory_input_stream_new_from_data(deflated, len, NULL);
	in = g_converter_input_stream_new(file, zlib);
	ret = inflate(out, in, len, max);
	if (ret)
		objects_release(out);
	return ret;
}

int loose_read(struct object *out, const GPtrArray *folders, const char *id,
	       size_t max)
{
	guint i;

	for (i = 0; i < folders->len; i++) {
		g_autofree char *path = g_strdup_printf("%s/%.2s/%s",
				(char *)folders->pdata[i], id, id + 2);
		int ret = read_file(out, path, max);

		if (ret >= 0)
			return ret;
	}
	return -1;
}

/* The caller frees the result. */
static GBytes *deflate(GBytes *bytes)
{
	g_autoptr(GConverter) zlib = G_CONVERTER(g_zlib_compressor_new(
					G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1));
	g_autoptr(GOutputStream) memory =
		g_memory_output_stream_new_resizable();
	g_autoptr(GOutputStream) out = g_converter_output_stream_new(memory,
								     zlib);
	gsize size;
	const void *data = g_bytes_get_data(bytes, &size);

	g_output_stream_write_all(out, data, size, NULL, NULL, NULL);
	g_output_stream_close(out, NULL, NULL);
	return g_memory_output_stream_steal_as_bytes(
					G_MEMORY_OUTPUT_STREAM(memory));
}

int loose_write(char *id, const char *folder, enum object_type type,
		const char *data, size_t size)
{
	GString *text = g_string_new(NULL);
	g_autoptr(GBytes) object = NULL;
	g_autoptr(GBytes) deflated = NULL;
	g_autofree char *digits = NULL;
	g_autofree char *subfolder = NULL;
	g_autofree char *path = NULL;
	FILE *file;
	gsize len;
	const void *bytes;

	g_string_append_printf(text, "%s %zu", objects_type_name(type), size);
	g_string_append_c(text, '\0');
	g_string_append_len(text, data, size);
	object = g_string_free_to_bytes(text);
	digits = g_compute_checksum_for_bytes(G_CHECKSUM_SHA1, object);
	deflated = deflate(object);
	bytes = g_bytes_get_data(deflated, &len);
	subfolder = g_strdup_printf("%s/%.2s", folder, digits);
	path = g_strdup_printf("%s/%s", subfolder, digits + 2);
	file = g_mkdir_with_parents(subfolder, 0777) ? NULL : fopen(path, "we");
	if (!file)
		return -1;
	len -= fwrite(bytes, 1, len, file);
	if (fclose(file) || len)
		return -1;
	g_strlcpy(id, digits, HEX_ID_LEN + 1);
	return 0;
}
