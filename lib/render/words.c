#include <string.h>
#include "render/words.h"

const char *words_update(enum digest_kind kind)
{
	return kind == DIGEST_CODE ? " update from " :
	       " mailing list update from ";
}

const char *words_heading(enum section section)
{
	static const char *const headings[NR_SECTIONS] = {
		[SECTION_SUMMARY] = "===== Summary =====",
		[SECTION_CHECKS] = "===== Checks =====",
		[SECTION_PATCHES] =
			"===== Patch list in this time period =====",
		[SECTION_MESSAGES] = "===== Patch Commit Messages ====",
	};

	return headings[section];
}

char *words_top(enum section section, enum digest_kind kind, unsigned top)
{
	return g_strdup_printf("Top %u %s (Based on %s)", top,
			       section == SECTION_DOMAINS ?
			       "contributor Email domains" : "contributors",
			       kind == DIGEST_CODE ? "Commit Author" :
			       "Email Body");
}

char *words_no_patches(const struct digest_counts *counts)
{
	const unsigned long mails = counts->messages;
	g_autofree char *unread = counts->unreadable ?
		g_strdup_printf(", of which %lu could not be read",
				counts->unreadable) : NULL;

	return g_strdup_printf("No patches in %lu %s%s.", mails,
			       words_unit(WORDS_MAILS, mails),
			       unread ? unread : "");
}

char *words_day(GDateTime *date)
{
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};

	return g_strdup_printf("%d %s %d", g_date_time_get_day_of_month(date),
			       months[g_date_time_get_month(date) - 1],
			       g_date_time_get_year(date));
}

char *words_update_of(const struct previous *previous)
{
	g_autoptr(GDateTime) date = previous && previous->date ?
		g_date_time_new_from_iso8601(previous->date, NULL) : NULL;
	g_autofree char *day = date ? words_day(date) : NULL;

	return day ? g_strdup_printf("Update (v%u of %s):", previous->version,
				     day) : NULL;
}

char *words_hint(const struct digest *digest)
{
	const GPtrArray *people = digest->people;
	guint i, k;

	for (i = 0; i < MIN(people->len, 10); i++)
		for (k = 0; k < i; k++) {
			const struct tally_line *a = people->pdata[k];
			const struct tally_line *b = people->pdata[i];

			if (strchr(a->person.name, ' ') &&
			    !strcmp(a->person.name, b->person.name))
				return g_strdup_printf("%s has two addresses "
					"here, <%s> and <%s>; a line in a "
					"mailmap makes them one person, see "
					"'git help digest'", a->person.name,
					a->person.email, b->person.email);
		}
	return NULL;
}

const char *words_unit(enum words_unit unit, unsigned long n)
{
	static const struct {
		const char *one, *many;
	} units[] = {
		[WORDS_MAILS] = { "mail", "mails" },
		[WORDS_COMMITS] = { "commit", "commits" },
		[WORDS_MERGES] = { "merge", "merges" },
		[WORDS_PEOPLE] = { "person", "people" },
		[WORDS_FILES] = { "file changed", "files changed" },
		[WORDS_INSERTIONS] = { "insertion", "insertions" },
		[WORDS_DELETIONS] = { "deletion", "deletions" },
	};

	return n == 1 ? units[unit].one : units[unit].many;
}

const char *words_merge(enum merge_result result)
{
	static const char *const results[] = {
		[MERGE_NO_SIDE] = NULL,
		[MERGE_UNRELATED] = "Has no history in common with ",
		[MERGE_UP_TO_DATE] = "Is all contained in ",
		[MERGE_FAST_FORWARD] = "Is a fast-forward of ",
		[MERGE_CLEAN] = "Merges cleanly into ",
		[MERGE_CONFLICTS] = "Conflicts with ",
		[MERGE_UNKNOWN] = "Cannot tell whether it merges into ",
	};

	return results[result];
}
