#include <string.h>
#include "digest/reports.h"

const char *reports_kind_name(enum report_kind kind)
{
	static const char *const names[] = {
		[REPORT_SYZBOT] = "syzbot",
		[REPORT_ROBOT] = "test robot",
		[REPORT_REGRESSION] = "regression",
	};

	return names[kind];
}

/* The addresses that the kernel test robot has had. */
static gboolean is_test_robot(const char *email)
{
	static const char *const addresses[] = {
		"lkp@intel.com", "oliver.sang@intel.com",
		"rong.a.chen@intel.com",
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(addresses); i++)
		if (!g_ascii_strcasecmp(email, addresses[i]))
			return TRUE;
	return FALSE;
}

/* Is it a report?  Of a build without a bug the robot reports, too. */
static gboolean find_kind(enum report_kind *kind, const struct reply *reply)
{
	const char *email = reply->sender.email;
	gboolean is_answer = reply->answered != reply->subject;

	if (!g_ascii_strncasecmp(email, "syzbot", strlen("syzbot")) &&
	    !is_answer)
		*kind = REPORT_SYZBOT;
	else if (is_test_robot(email) &&
		 !strstr(reply->subject, "BUILD SUCCESS"))
		*kind = REPORT_ROBOT;
	else if (reply->says.tracked)
		*kind = REPORT_REGRESSION;
	else
		return FALSE;
	return TRUE;
}

GPtrArray *reports_find(const GPtrArray *replies)
{
	GPtrArray *reports = g_ptr_array_new_with_free_func(g_free);
	guint i;

	for (i = 0; i < replies->len; i++) {
		const struct reply *reply = replies->pdata[i];
		enum report_kind kind;
		struct report *report;

		if (!find_kind(&kind, reply))
			continue;
		report = g_new(struct report, 1);
		report->kind = kind;
		report->mail = reply;
		g_ptr_array_add(reports, report);
	}
	return reports;
}
