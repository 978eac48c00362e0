/*
 * Let a fuzzer parse each file of its corpus: the whole file, and its first
 * eighth, two eighths and so on, as a broken transfer could leave them.
 * Prints TAP, with one test for each file.
 *
 * usage: replay-<parser> <file>...
 */
#include <stdio.h>
#include "fuzz.h"

int main(int argc, char **argv)
{
	int i;

	fuzz_setup();
	printf("1..%d\n", argc - 1);
	for (i = 1; i < argc; i++) {
		g_autofree char *data = NULL;
		gsize size, cut;

		if (!g_file_get_contents(argv[i], &data, &size, NULL)) {
			printf("not ok %d - %s\n", i, argv[i]);
			continue;
		}
		for (cut = 1; cut <= 8; cut++) {
			gsize n = size * cut / 8;
			/* sanitizers see a read past the end of this copy */
			g_autofree char *copy = g_malloc(n ? n : 1);

			memcpy(copy, data, n);
			fuzz_one(copy, n);
		}
		printf("ok %d - %s\n", i, argv[i]);
	}
	return 0;
}
