/*
 * sentence: what a paragraph of a reply says, in words, became of patches.
 *
 * The words are those that maintainers of the kernel, git and QEMU use.  What
 * no rule here knows says nothing: better not told than told wrongly.
 */
#ifndef MAIL_SENTENCE_H
#define MAIL_SENTENCE_H

#include "mail/statements.h"

/*
 * Read the paragraph that text[0..len) begins with, and add to *out that
 * patches are applied or rejected.  Its first sentence counts, and behind
 * "Thanks for this." the second.
 */
void sentence_read(struct statements *out, const char *text, size_t len);

#endif
