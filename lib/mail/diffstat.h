/*
 * diffstat: the lines that git-diff(1) prints with --stat.
 */
#ifndef MAIL_DIFFSTAT_H
#define MAIL_DIFFSTAT_H

#include <glib.h>

/* The last line of a diffstat; 0 where the line names no number. */
struct diffstat {
	unsigned files, insertions, deletions;
};

/*
 * Is line[0..len) the last of a diffstat, " 2 files changed, 3 insertions(+)"?
 * Fills *out if so.
 */
gboolean diffstat_parse_summary(const char *line, size_t len,
				struct diffstat *out);

/*
 * The offset of the '|' in a line of a diffstat, " path | 12 ++--" or
 * " path | Bin 0 -> 7 bytes"; 0 if line[0..len) is no such line.
 */
size_t diffstat_bar(const char *line, size_t len);

#endif
