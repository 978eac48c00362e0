#include <string.h>
#include "settings/nearest.h"

/* A shorter name is an edit away from too many others. */
#define MIN_LEN 3

/* How many edits turn a into b: cost[i][k] is that of their first letters. */
static size_t count_edits(const char *a, size_t a_len, const char *b,
			  size_t b_len)
{
	const size_t width = b_len + 1;
	g_autofree size_t *cost = g_new(size_t, (a_len + 1) * width);
	size_t i, k;

	for (i = 0; i <= a_len; i++)
		for (k = 0; k <= b_len; k++) {
			size_t *at = cost + i * width + k;

			if (!i || !k) {
				*at = i + k;
				continue;
			}
			*at = MIN(at[-1], *(at - width)) + 1;
			*at = MIN(*at, *(at - width - 1) +
				  (a[i - 1] != b[k - 1]));
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] &&
			    a[i - 2] == b[k - 1])
				*at = MIN(*at, *(at - 2 * width - 2) + 1);
		}
	return cost[a_len * width + b_len];
}

const char *nearest_name(const char *name, const GPtrArray *names)
{
	size_t len = strlen(name), fewest = G_MAXSIZE;
	const char *found = NULL;
	guint i;

	for (i = 0; i < names->len; i++) {
		const char *other = names->pdata[i];
		size_t other_len = strlen(other), edits;

		/* so that a name of a megabyte costs nothing */
		if (MIN(len, other_len) < MIN_LEN || len > 2 * other_len)
			continue;
		edits = count_edits(name, len, other, other_len);
		if (edits < fewest && edits <= other_len / 3) {
			fewest = edits;
			found = other;
		}
	}
	return found;
}
