/*
 * jsontalk: the keys of the JSON that say what was said in a mirror, and what
 * became of its series: gitdigest-json(5).
 */
#ifndef RENDER_JSONTALK_H
#define RENDER_JSONTALK_H

#include "render/members.h"

/* Add to the object that is built what became of a series. */
void jsontalk_add_conversation(struct json *json, const struct series *series);

/* Make an object of the digest's summary, or of an item of its arrays. */
void jsontalk_add_summary(struct json *json);
void jsontalk_add_unanswered(struct json *json, const void *series);
void jsontalk_add_reviewer(struct json *json, const void *line);
void jsontalk_add_reviewer_domain(struct json *json, const void *line);
void jsontalk_add_pull(struct json *json, const void *request);
void jsontalk_add_report(struct json *json, const void *report);
void jsontalk_add_thread(struct json *json, const void *thread);

#endif
