/*
 * short: the digest on one screen: a line of summary, and then a line for each
 * series or commit.
 */
#ifndef RENDER_SHORT_H
#define RENDER_SHORT_H

#include "render/format.h"

/* What is wanted of a digest for it: sections_of_short() says which parts. */
extern const struct format short_format;

#endif
