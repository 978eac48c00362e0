#include "digest/reviewers.h"
#include "digest/series.h"
#include "digest/sender.h"
#include "mail/tags.h"

static void count_tags(struct tally *tally, const struct reply *reply,
		       const char *domain, const struct people *people)
{
	guint i;

	for (i = 0; reply->tags && i < reply->tags->len; i++) {
		const struct tag *tag = reply->tags->pdata[i];

		if (sender_gave(reply, &tag->person, people))
			tally_add_more(tally, &reply->person, domain);
	}
}

struct tally *reviewers_count(const GPtrArray *replies,
			      const struct people *people)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
						g_str_equal, g_free, NULL);
	struct tally *tally = tally_new();
	guint i;

	for (i = 0; i < replies->len; i++) {
		const struct reply *reply = replies->pdata[i];
		const struct address *person = &reply->person;
		g_autofree char *domain = NULL;
		g_autofree char *email = NULL;
		char *key;

		if (!reply->series || reply->series->is_left_out ||
		    reply->is_bot ||
		    sender_is_authors(reply, reply->patch))
			continue;
		domain = people_domain(people, person->email);
		email = g_ascii_strdown(person->email, -1);
		key = g_strdup_printf("%p %s", (void *)reply->patch, email);
		if (g_hash_table_add(seen, key))
			tally_add(tally, person, domain);
		count_tags(tally, reply, domain, people);
	}
	return tally;
}
