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

const char *words_unit(enum words_unit unit, unsigned long n)
{
	static const struct {
		const char *one, *many;
	} units[] = {
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
