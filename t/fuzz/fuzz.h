/*
 * Each fuzzer, fuzz-<parser>.c, defines the two functions of this file.  It is
 * linked with libfuzzer.c for "make fuzz", and with replay.c, which reads the
 * corpus, for "make test".
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdlib.h>
#include <string.h>
#include <glib.h>

/* Prepare the parser; called once, before fuzz_one(). */
void fuzz_setup(void);

/* Parse data[0..size), and abort() if the result breaks a promise. */
void fuzz_one(const char *data, size_t size);

#define FUZZ_ASSERT(condition) do { if (!(condition)) abort(); } while (0)

#endif
