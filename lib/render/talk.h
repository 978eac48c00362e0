/*
 * talk: the sections of a page that say what was said in a mirror, and what
 * became of its series.  The replies must have been read.
 */
#ifndef RENDER_TALK_H
#define RENDER_TALK_H

#include "render/page.h"

void talk_summary(const struct page *t);
void talk_reviewers(const struct page *t);
void talk_status(const struct page *t);
void talk_discussed(const struct page *t);
void talk_unanswered(const struct page *t);
void talk_pulls(const struct page *t);
void talk_reports(const struct page *t);
void talk_threads(const struct page *t);

#endif
