#include "digest/answers.h"
#include "digest/conversation.h"
#include "digest/discussion.h"
#include "digest/reviewers.h"
#include "digest/versions.h"

static int compare_places(const void *a, const void *b)
{
	const struct reply *x = *(struct reply *const *)a;
	const struct reply *y = *(struct reply *const *)b;

	return x->place < y->place ? -1 : x->place > y->place;
}

void discussion_link(struct digest *digest)
{
	/* some were patches that turned out not to count */
	g_ptr_array_sort(digest->replies, compare_places);
	answers_link(digest->replies, digest->patches, NULL);
}

static void add_patch_sender(struct summary *summary,
			     const struct patch *patch,
			     const struct people *people)
{
	if (!people_is_known_bot(people, patch->sender.email))
		summary_add(summary, people, &patch->sender);
}

static void add_reply_sender(struct summary *summary,
			     const struct reply *reply,
			     const struct people *people)
{
	if (!reply->is_bot && !reply->is_excluded)
		summary_add(summary, people, &reply->sender);
}

/* In the order of the walk; both arrays have it. */
static void add_senders(struct summary *summary, const struct digest *digest,
			const struct people *people)
{
	const GPtrArray *patches = digest->patches, *replies = digest->replies;
	guint i = 0, k = 0;

	while (i < patches->len || k < replies->len) {
		const struct patch *patch = i < patches->len ?
					    patches->pdata[i] : NULL;
		const struct reply *reply = k < replies->len ?
					    replies->pdata[k] : NULL;

		if (!reply || (patch && patch->place < reply->place)) {
			add_patch_sender(summary, patch, people);
			i++;
		} else {
			add_reply_sender(summary, reply, people);
			k++;
		}
	}
}

/* How many replies are left, of those that say that they are. */
static unsigned long count_replies(const GPtrArray *replies)
{
	unsigned long nr = 0;
	guint i;

	for (i = 0; i < replies->len; i++) {
		const struct reply *reply = replies->pdata[i];

		nr += reply->answered != reply->subject;
	}
	return nr;
}

void discussion_sum_up(struct digest *digest, const struct people *people)
{
	struct summary *summary = summary_new();
	unsigned long *counts = summary->counts;
	guint i;

	add_senders(summary, digest, people);
	for (i = 0; i < digest->series->len; i++) {
		const struct series *series = digest->series->pdata[i];

		counts[SUMMARY_NEW_VERSIONS] +=
			series->head->subject.version > 1;
	}
	counts[SUMMARY_MAILS] = digest->counts.messages;
	counts[SUMMARY_PATCHES] = digest->patches->len;
	counts[SUMMARY_SERIES] = digest->series->len;
	counts[SUMMARY_REPLIES] = digest->counts.replies;
	if (digest->limits->len) {
		counts[SUMMARY_MAILS] = digest->patches->len +
					digest->replies->len;
		counts[SUMMARY_REPLIES] = count_replies(digest->replies);
	}
	counts[SUMMARY_REMOVED] = digest->counts.removed;
	counts[SUMMARY_UNREADABLE] = digest->counts.unreadable;
	digest->summary = summary;
}

/* A series among others than its own, which do not change it. */
struct stand_in {
	struct series series;
	struct series *of;
};

static void stand_in_free(void *data)
{
	struct stand_in *stand_in = data;

	g_ptr_array_unref(stand_in->series.supersedes);
	g_free(stand_in);
}

static struct stand_in *add_stand_in(GPtrArray *all, struct series *series)
{
	struct stand_in *stand_in = g_new0(struct stand_in, 1);

	stand_in->of = series;
	stand_in->series.patches = series->patches;
	stand_in->series.head = series->head;
	stand_in->series.supersedes = g_ptr_array_new();
	g_ptr_array_add(all, stand_in);
	return stand_in;
}

static int compare_orders(const void *a, const void *b)
{
	const struct stand_in *x = *(struct stand_in *const *)a;
	const struct stand_in *y = *(struct stand_in *const *)b;

	return x->of->order < y->of->order ? -1 : x->of->order > y->of->order;
}

/*
 * Which series of the range, or newer ones of before it, stand for the older
 * series?  What is older changes nothing within the range.
 */
static void supersede_older(struct digest *digest)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(
					stand_in_free);
	guint i, nr = digest->series->len;

	if (!digest->older_series->len)
		return;
	for (i = 0; i < nr; i++)
		add_stand_in(all, digest->series->pdata[i]);
	g_ptr_array_sort(all, compare_orders);
	for (i = 0; i < digest->older_series->len; i++)
		add_stand_in(all, digest->older_series->pdata[i]);
	for (i = 0; i < all->len; i++)
		((struct stand_in *)all->pdata[i])->series.order = i;
	versions_link(all);
	for (i = nr; i < all->len; i++) {
		struct stand_in *stand_in = all->pdata[i];
		const struct series *newest = stand_in->series.superseded_by;

		if (newest)
			stand_in->of->superseded_by =
				((const struct stand_in *)newest)->of;
	}
}

/* Which of the older series are discussed: those that a reply is about. */
static void find_discussed(struct digest *digest)
{
	guint i;

	digest->discussed = g_ptr_array_new();
	for (i = 0; i < digest->older_series->len; i++) {
		struct series *series = digest->older_series->pdata[i];
		const struct conversation *said = series->conversation;

		if ((said->replies || said->bots->len) && !series->is_left_out)
			g_ptr_array_add(digest->discussed, series);
	}
}

static void find_unanswered(struct digest *digest, gint64 stale)
{
	gint64 latest = digest->newest - stale;
	guint i;

	digest->unanswered = g_ptr_array_new();
	for (i = 0; i < digest->series->len; i++) {
		struct series *series = digest->series->pdata[i];
		enum series_state state = series->conversation->state;

		if ((state == STATE_NO_ANSWER || state == STATE_BOTS_ONLY) &&
		    series->head->arrived <= latest)
			g_ptr_array_add(digest->unanswered, series);
	}
}

void discussion_read(struct digest *digest, GPtrArray *older,
		     const struct people *people)
{
	digest->older = older;
	if (older->len)
		answers_link(digest->replies, digest->patches, older);
	digest->older_series = series_group(older);
	supersede_older(digest);
	conversation_read(digest->series, digest->replies, people);
	conversation_read(digest->older_series, digest->replies, people);
}

/* The replies, and those that only another list counts, in the walk's order. */
static GPtrArray *list_heard(const struct digest *digest)
{
	const GPtrArray *left_out = digest->left_out_replies;
	GPtrArray *heard = g_ptr_array_copy(digest->replies, NULL, NULL);
	guint i;

	/* the copy does not own them */
	g_ptr_array_set_free_func(heard, NULL);
	for (i = 0; i < left_out->len; i++) {
		struct reply *reply = left_out->pdata[i];

		if (reply->is_listed)
			g_ptr_array_add(heard, reply);
	}
	g_ptr_array_sort(heard, compare_places);
	return heard;
}

void discussion_fill(struct digest *digest, const struct people *people,
		     gint64 stale)
{
	g_autoptr(GPtrArray) heard = list_heard(digest);
	struct tally *reviewers;

	find_discussed(digest);
	find_unanswered(digest, stale);
	digest->threads = threads_find(digest->series, digest->replies, people);
	digest->pulls = pulls_find(digest->replies, heard);
	digest->reports = reports_find(digest->replies);
	reviewers = reviewers_count(heard, people);
	digest->reviewers = tally_people(reviewers);
	digest->reviewer_domains = tally_domains(reviewers);
	tally_free(reviewers);
}
