/*
 * What a fuzzer, fuzz-<parser>.c, defines.  It is linked with libFuzzer
 * ("make fuzz"), or with replay.c, which reads the corpus ("make test").
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdlib.h>
#include <string.h>
#include <glib.h>

void fuzz_setup(void);

/* Read data[0..size); abort() if what comes out cannot be. */
void fuzz_one(const char *data, size_t size);

#define FUZZ_ASSERT(condition) do { if (!(condition)) abort(); } while (0)

#endif
