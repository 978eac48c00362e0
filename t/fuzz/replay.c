/*
 * Read each file of a corpus with a fuzzer's parser, and each of its
 * beginnings that a broken transfer could leave: usage: replay-<parser> <file>...
 * Prints TAP, one test a file.
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
			/* just that size: a sanitizer sees what reads past it */
			g_autofree char *copy = g_malloc(n ? n : 1);

			memcpy(copy, data, n);
			fuzz_one(copy, n);
		}
		printf("ok %d - %s\n", i, argv[i]);
	}
	return 0;
}
