/*
 * diffstat: the lines of one, as git-diff(1) prints them with --stat.
 */
#ifndef MAIL_DIFFSTAT_H
#define MAIL_DIFFSTAT_H

#include <glib.h>

/* The last line of a diffstat; 0 where it does not say. */
struct diffstat {
	unsigned files, insertions, deletions;
};

/*
 * Does line[0..len) end a diffstat, " 2 files changed, 3 insertions(+)"?
 * Fills *out, which may be NULL, if so.
 */
gboolean diffstat_parse_summary(const char *line, size_t len,
				struct diffstat *out);

/*
 * A line " path | 12 ++--" or " path | Bin 0 -> 7 bytes" of a diffstat:
 * returns the offset of the '|', or 0 if line[0..len) is none.
 */
size_t diffstat_bar(const char *line, size_t len);

#endif
