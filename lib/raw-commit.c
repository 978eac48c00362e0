#include <string.h>
#include <git2.h>
#include "raw-commit.h"

#define PARENT_LINE (strlen("parent ") + GIT_OID_HEXSZ + 1)

static gboolean is_id(const char *s)
{
	git_oid oid;

	return !git_oid_fromstr(&oid, s);
}

/*
 * "tree <id>\n", a line "parent <id>\n" for each parent, "author ...\n",
 * "committer ...\n", maybe more, an empty line, the message.
 */
int raw_commit_read(struct raw_commit *out, struct git_odb *odb,
		    const struct git_oid *oid)
{
	const char *text, *end, *line;
	int ret;

	memset(out, 0, sizeof(*out));
	ret = git_odb_read(&out->object, odb, oid);
	if (ret)
		return ret;
	text = git_odb_object_data(out->object);
	end = text + git_odb_object_size(out->object);
	if (git_odb_object_type(out->object) != GIT_OBJECT_COMMIT ||
	    end - text < 5 + GIT_OID_HEXSZ + 1 || memcmp(text, "tree ", 5) ||
	    !is_id(text + 5)) {
		raw_commit_clear(out);
		git_error_set_str(GIT_ERROR_OBJECT, "an object is no commit");
		return GIT_ENOTFOUND;
	}
	out->tree = text + 5;
	out->parents = text + 5 + GIT_OID_HEXSZ + 1;
	for (line = out->parents; (size_t)(end - line) >= PARENT_LINE &&
	     !memcmp(line, "parent ", 7) && is_id(line + 7);
	     line += PARENT_LINE)
		out->nr_parents++;
	out->message = end;
	while (line < end) {
		const char *nl = memchr(line, '\n', end - line);
		const char *stop = nl ? nl : end;

		if (stop == line) {
			out->message = line + 1;
			break;
		}
		/* "committer A <b> 1700000000 +0000" */
		if (stop - line > 10 && !memcmp(line, "committer ", 10)) {
			const char *close = memrchr(line, '>', stop - line);

			out->time = close ? g_ascii_strtoll(close + 1, NULL, 10) :
				    0;
		}
		line = nl ? nl + 1 : end;
	}
	out->message_len = end - out->message;
	return 0;
}

void raw_commit_clear(struct raw_commit *commit)
{
	git_odb_object_free(commit->object);
	commit->object = NULL;
}

void raw_commit_parent(const struct raw_commit *commit, unsigned n,
		       struct git_oid *out)
{
	git_oid_fromstr(out, commit->parents + n * PARENT_LINE +
			strlen("parent "));
}
