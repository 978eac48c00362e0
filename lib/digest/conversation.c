#include <string.h>
#include "digest/alike.h"
#include "digest/conversation.h"
#include "digest/sender.h"
#include "mail/tags.h"

/* Of the patches of a series with one title, so many are told apart. */
#define MAX_ALIKE 100

/* A conversation while it is read. */
struct reader {
	struct conversation *out;
	const struct series *series;
	const struct people *people;
	GHashTable *numbers;	/* of the patches that were read */
	gboolean all_reviewed, all_applied;
	gboolean most_applied;	/* all, or all but one */
	GHashTable *reviewed;	/* numbers of patches */
	GHashTable *titles;	/* title key -> GPtrArray of struct patch * */
	GHashTable *applied;	/* number -> struct application * */
	GHashTable *repliers;	/* lower-case address -> struct replier * ... */
	GHashTable *bots;	/* ... of those that are bots */
	GHashTable *tags;	/* tag_key() -> struct series_tag * */
	gboolean was_refused;	/* with a Nacked-by */
	gboolean was_answered;	/* by somebody else than the author */
};

const char *conversation_state_name(enum series_state state)
{
	static const char *const names[] = {
		[STATE_APPLIED] = "applied",
		[STATE_SUPERSEDED] = "superseded",
		[STATE_PARTLY_APPLIED] = "partly applied",
		[STATE_REJECTED] = "rejected",
		[STATE_REVIEWED] = "reviewed",
		[STATE_UNDER_REVIEW] = "under review",
		[STATE_BOTS_ONLY] = "bots only",
		[STATE_NO_ANSWER] = "no answer",
	};

	return names[state];
}

static void replier_free(void *data)
{
	struct replier *replier = data;

	address_clear(&replier->person);
	g_free(replier);
}

static void tag_free(void *data)
{
	struct series_tag *tag = data;

	g_free(tag->name);
	address_clear(&tag->person);
	g_array_unref(tag->of.list);
	g_free(tag);
}

static void application_free(void *data)
{
	struct application *application = data;

	g_free(application->commit);
	g_free(application);
}

void conversation_free(struct conversation *conversation)
{
	if (!conversation)
		return;
	g_ptr_array_unref(conversation->repliers);
	g_ptr_array_unref(conversation->bots);
	g_ptr_array_unref(conversation->tags);
	g_ptr_array_unref(conversation->applied);
	g_free(conversation);
}

/* The number that a conversation knows a patch by. */
static int number_of(const struct patch *patch)
{
	return patch_is_lone(patch) ? 1 : patch->subject.number;
}

static void count_replier(GHashTable *repliers, GPtrArray *list,
			  const struct address *person)
{
	char *key = g_ascii_strdown(person->email, -1);
	struct replier *replier = g_hash_table_lookup(repliers, key);

	if (replier) {
		replier->count++;
		g_free(key);
		return;
	}
	replier = g_new0(struct replier, 1);
	address_copy(&replier->person, person);
	replier->count = 1;
	g_hash_table_insert(repliers, key, replier);
	g_ptr_array_add(list, replier);
}

/* What makes one line of several mails with a tag. */
static char *tag_key(const struct tag *tag, gboolean matches)
{
	g_autofree char *key = g_strdup_printf("%s\n%s\n%d", tag->name,
					       tag->person.email, matches);

	return g_ascii_strdown(key, -1);
}

static void add_number(struct patch_numbers *numbers, int number)
{
	guint i;

	/* they mostly come in order */
	for (i = numbers->list->len; i > 0; i--) {
		int before = g_array_index(numbers->list, int, i - 1);

		if (before == number)
			return;
		if (before < number)
			break;
	}
	g_array_insert_val(numbers->list, i, number);
}

static struct series_tag *find_given(struct reader *reader,
				     const struct reply *reply,
				     const struct tag *tag, gboolean matches)
{
	g_autofree char *key = tag_key(tag, matches);
	struct series_tag *given = g_hash_table_lookup(reader->tags, key);

	if (given || reader->out->tags->len == CONVERSATION_MAX_TAGS)
		return given;
	given = g_new0(struct series_tag, 1);
	given->name = g_strdup(tag->name);
	address_copy(&given->person, &tag->person);
	given->matches = matches;
	given->sent_by = &reply->person;
	given->of.list = g_array_new(FALSE, FALSE, sizeof(int));
	g_hash_table_insert(reader->tags, g_steal_pointer(&key), given);
	g_ptr_array_add(reader->out->tags, given);
	return given;
}

static void take_tag(struct reader *reader, const struct reply *reply,
		     const struct tag *tag, gboolean is_authors)
{
	gboolean matches = sender_gave(reply, &tag->person, reader->people);
	gboolean of_all = patch_is_cover(reply->patch);
	int number = number_of(reply->patch);
	struct series_tag *given;

	/* a bot that applies a patch sends the tags of its commit message */
	if (reply->is_bot && !matches)
		return;
	given = find_given(reader, reply, tag, matches);
	if (given && of_all)
		given->of.all = TRUE;
	else if (given)
		add_number(&given->of, number);
	reader->was_refused |= matches && !strcmp(tag->name, "Nacked-by");
	if (!matches || reply->is_bot || is_authors || !tags_is_review(tag))
		return;
	if (of_all)
		reader->all_reviewed = TRUE;
	else
		g_hash_table_add(reader->reviewed, GINT_TO_POINTER(number));
}

static void apply_one(struct reader *reader, int number, const char *commit,
		      const struct address *by, enum list_writer how)
{
	struct application *application = g_hash_table_lookup(reader->applied,
						GINT_TO_POINTER(number));

	/* "[PATCH 23/22]" is there, but nobody is believed to have 99999 */
	if (number > reader->out->total &&
	    !g_hash_table_contains(reader->numbers, GINT_TO_POINTER(number)))
		return;
	if (application) {
		if (!application->commit)
			application->commit = g_strdup(commit);
		if (!application->by)
			application->by = by;
		return;
	}
	application = g_new0(struct application, 1);
	application->number = number;
	application->commit = g_strdup(commit);
	application->by = by;
	application->how = how;
	g_hash_table_insert(reader->applied, GINT_TO_POINTER(number),
			    application);
	g_ptr_array_add(reader->out->applied, application);
}

/*
 * Somebody said it of the series, maybe but for one patch: note it for those
 * that were read.  Said again, it tells nothing new.
 */
static void apply_all(struct reader *reader, const struct address *by, int but)
{
	const GPtrArray *patches = reader->series->patches;
	guint i;

	if (reader->all_applied || (but && reader->most_applied))
		return;
	reader->most_applied = TRUE;
	reader->all_applied = !but;
	for (i = 0; i < patches->len; i++) {
		const struct patch *patch = patches->pdata[i];

		if ((!patch_is_cover(patch) || !reader->out->here) &&
		    (!but || number_of(patch) != but))
			apply_one(reader, number_of(patch), NULL, by,
				  LIST_NONE);
	}
}

/*
 * The patch of the series with this title, as far as it was read; of several
 * the one with this number.
 */
static const struct patch *find_title(const struct reader *reader,
				      const char *title, int number)
{
	g_autofree char *key = subject_title_key(title);
	const GPtrArray *alike = g_hash_table_lookup(reader->titles, key);
	guint i;

	for (i = 0; alike && i < alike->len; i++) {
		const struct patch *patch = alike->pdata[i];

		if (alike->len == 1 || number_of(patch) == number)
			return patch;
	}
	return NULL;
}

/* The patch that the bot of the tip tree answers. */
static const struct patch *find_tip(const struct reader *reader,
				    const struct reply *reply)
{
	const struct patch *patch;
	struct subject subject;

	subject_parse(&subject, reply->answered);
	patch = find_title(reader, subject.title, number_of(reply->patch));
	subject_clear(&subject);
	return patch;
}

/* Does the list say of any patch what it became? */
static gboolean has_commits(const GPtrArray *items)
{
	guint i;

	for (i = 0; items && i < items->len; i++)
		if (((const struct applied_item *)items->pdata[i])->commit)
			return TRUE;
	return FALSE;
}

/*
 * An item is told if it has the title of a patch that was read, and a commit,
 * unless no item has one: the bot of patchwork also lists what it did not find.
 * Then, or where only the cover letter was read, the other numbers of the list
 * are those of patches that were not.  Returns whether anything was told.
 */
static gboolean take_list(struct reader *reader, const struct reply *reply)
{
	const struct statements *says = &reply->says;
	const struct address *by = says->by.email ? &says->by : &reply->person;
	GPtrArray *items = says->items;
	gboolean with_commits = has_commits(items);
	gboolean fits = !reader->out->here;
	guint i;

	for (i = 0; i < items->len; i++) {
		const struct applied_item *item = items->pdata[i];
		const struct patch *patch = item->title ?
			find_title(reader, item->title, item->number) :
			find_tip(reader, reply);

		fits |= patch != NULL;
		if (patch && (item->commit || !with_commits))
			apply_one(reader, number_of(patch), item->commit, by,
				  says->writer);
	}
	for (i = 0; fits && i < items->len; i++) {
		const struct applied_item *item = items->pdata[i];

		if (item->number > 0 && item->total == reader->out->total &&
		    (item->commit || !with_commits) &&
		    !g_hash_table_contains(reader->numbers,
					   GINT_TO_POINTER(item->number)))
			apply_one(reader, item->number, item->commit, by,
				  says->writer);
	}
	return fits;
}

/*
 * A lone patch whose title was changed on the way: the sentence above the list,
 * which answers it, counts, and the list has its commit.
 */
static void take_retitled(struct reader *reader, const struct reply *reply)
{
	const struct statements *says = &reply->says;
	const struct applied_item *item = says->items->pdata[0];

	if (says->applied && says->items->len == 1 && reader->out->total == 1)
		apply_one(reader, 1, item->commit, &reply->person,
			  says->writer);
}

static void take_sentence(struct reader *reader, const struct reply *reply)
{
	const struct statements *says = &reply->says;
	gboolean is_all = says->of_all || patch_is_cover(reply->patch);
	guint i;

	if (!says->of_all && says->numbers) {
		for (i = 0; i < says->numbers->len; i++)
			apply_one(reader,
				  g_array_index(says->numbers, int, i), NULL,
				  &reply->person, LIST_NONE);
		return;
	}
	/* "these two" of five: nobody can tell which */
	if (is_all && says->count && says->count != reader->out->total)
		return;
	if (is_all)
		apply_all(reader, &reply->person, says->but);
	else
		apply_one(reader, number_of(reply->patch), says->commit,
			  &reply->person, LIST_NONE);
}

static void take_statements(struct reader *reader, const struct reply *reply,
			    gboolean is_authors)
{
	const struct statements *says = &reply->says;

	if (says->writer == LIST_PULLED ||
	    (says->writer == LIST_TIP && !reply->is_bot))
		return;
	/* a bot's list without any commit says that it found nothing */
	if (says->items && (has_commits(says->items) || !reply->is_bot) &&
	    !take_list(reader, reply) && !reply->is_bot)
		take_retitled(reader, reply);
	if (says->applied && !reply->is_bot &&
	    (!says->items || says->numbers))
		take_sentence(reader, reply);
	if (says->rejected && !reply->is_bot && !is_authors)
		reader->out->rejected_by = &reply->person;
}

static void take_reply(struct reader *reader, const struct reply *reply)
{
	struct conversation *out = reader->out;
	gboolean is_authors = sender_is_authors(reply, reply->patch);
	guint i;

	take_statements(reader, reply, is_authors);
	for (i = 0; reply->tags && i < reply->tags->len; i++)
		take_tag(reader, reply, reply->tags->pdata[i], is_authors);
	if (reply->is_bot) {
		count_replier(reader->bots, out->bots, &reply->person);
		return;
	}
	count_replier(reader->repliers, out->repliers, &reply->person);
	out->replies++;
	out->by_author += sender_is(reply, &reply->patch->author);
	reader->was_answered |= !is_authors;
}

/* What the patches alone tell. */
static void take_patches(struct reader *reader)
{
	const GPtrArray *patches = reader->series->patches;
	int total = reader->series->head->subject.total;
	guint i;

	reader->out->total = CLAMP(total, 1, SERIES_MAX_TOTAL);
	for (i = 0; i < patches->len; i++) {
		struct patch *patch = patches->pdata[i];
		int number = number_of(patch);
		GPtrArray *alike;

		if (patch_is_cover(patch) ||
		    !g_hash_table_add(reader->numbers,
				      GINT_TO_POINTER(number)))
			continue;
		reader->out->here++;
		reader->out->total = MAX(reader->out->total, reader->out->here);
		if (patch_is_reviewed(patch))
			g_hash_table_add(reader->reviewed,
					 GINT_TO_POINTER(number));
		alike = alike_list(reader->titles, patch->title_key);
		if (alike->len < MAX_ALIKE)
			g_ptr_array_add(alike, patch);
	}
}

/* What was found needs nobody to say it. */
static void take_found(struct reader *reader)
{
	const GPtrArray *patches = reader->series->patches;
	struct application *application;
	guint i;

	for (i = 0; i < patches->len; i++) {
		const struct patch *patch = patches->pdata[i];

		if (!patch->applied_as)
			continue;
		apply_one(reader, number_of(patch), patch->applied_as, NULL,
			  LIST_NONE);
		application = g_hash_table_lookup(reader->applied,
					GINT_TO_POINTER(number_of(patch)));
		if (application)
			application->is_found = TRUE;
	}
}

static int count_reviewed(const struct reader *reader)
{
	int number, nr = 0;

	if (reader->all_reviewed)
		return reader->out->total;
	for (number = 1; number <= reader->out->total; number++)
		nr += g_hash_table_contains(reader->reviewed,
					    GINT_TO_POINTER(number));
	return nr;
}

static enum series_state find_state(const struct reader *reader)
{
	const struct conversation *out = reader->out;

	if (out->nr_applied >= out->total)
		return STATE_APPLIED;
	if (reader->series->superseded_by)
		return STATE_SUPERSEDED;
	if (out->nr_applied)
		return STATE_PARTLY_APPLIED;
	if (out->rejected_by)
		return STATE_REJECTED;
	if (out->reviewed >= out->total && !reader->was_refused)
		return STATE_REVIEWED;
	if (reader->was_answered)
		return STATE_UNDER_REVIEW;
	return out->bots->len ? STATE_BOTS_ONLY : STATE_NO_ANSWER;
}

static int compare_repliers(const void *a, const void *b)
{
	const struct replier *x = *(struct replier *const *)a;
	const struct replier *y = *(struct replier *const *)b;

	return x->count > y->count ? -1 : x->count < y->count;
}

static int compare_applied(const void *a, const void *b)
{
	const struct application *x = *(struct application *const *)a;
	const struct application *y = *(struct application *const *)b;

	return x->number < y->number ? -1 : x->number > y->number;
}

/* Each table is emptied and used again: to make them anew costs more. */
static void open_reader(struct reader *reader, const struct people *people)
{
	memset(reader, 0, sizeof(*reader));
	reader->people = people;
	reader->numbers = g_hash_table_new(NULL, NULL);
	reader->reviewed = g_hash_table_new(NULL, NULL);
	reader->titles = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
					(GDestroyNotify)g_ptr_array_unref);
	reader->applied = g_hash_table_new(NULL, NULL);
	reader->repliers = g_hash_table_new_full(g_str_hash, g_str_equal,
						 g_free, NULL);
	reader->bots = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     NULL);
	reader->tags = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     NULL);
}

static void begin_series(struct reader *reader, const struct series *series)
{
	struct conversation *out = g_new0(struct conversation, 1);

	out->repliers = g_ptr_array_new_with_free_func(replier_free);
	out->bots = g_ptr_array_new_with_free_func(replier_free);
	out->tags = g_ptr_array_new_with_free_func(tag_free);
	out->applied = g_ptr_array_new_with_free_func(application_free);
	reader->out = out;
	reader->series = series;
	reader->all_reviewed = reader->all_applied = FALSE;
	reader->most_applied = FALSE;
	reader->was_refused = reader->was_answered = FALSE;
	g_hash_table_remove_all(reader->numbers);
	g_hash_table_remove_all(reader->reviewed);
	g_hash_table_remove_all(reader->titles);
	g_hash_table_remove_all(reader->applied);
	g_hash_table_remove_all(reader->repliers);
	g_hash_table_remove_all(reader->bots);
	g_hash_table_remove_all(reader->tags);
}

static void close_reader(struct reader *reader)
{
	g_hash_table_unref(reader->numbers);
	g_hash_table_unref(reader->reviewed);
	g_hash_table_unref(reader->titles);
	g_hash_table_unref(reader->applied);
	g_hash_table_unref(reader->repliers);
	g_hash_table_unref(reader->bots);
	g_hash_table_unref(reader->tags);
}

static struct conversation *read_series(struct reader *reader,
					const struct series *series,
					const GPtrArray *replies)
{
	struct conversation *out;
	guint i;

	begin_series(reader, series);
	out = reader->out;
	take_patches(reader);
	take_found(reader);
	for (i = 0; replies && i < replies->len; i++)
		take_reply(reader, replies->pdata[i]);
	g_ptr_array_sort(out->repliers, compare_repliers);
	g_ptr_array_sort(out->bots, compare_repliers);
	g_ptr_array_sort(out->applied, compare_applied);
	out->reviewed = count_reviewed(reader);
	out->nr_applied = reader->all_applied ? out->total :
			  (int)out->applied->len;
	out->state = find_state(reader);
	return out;
}

static GHashTable *index_patches(const GPtrArray *series)
{
	GHashTable *index = g_hash_table_new(NULL, NULL);
	guint i, k;

	for (i = 0; i < series->len; i++) {
		struct series *one = series->pdata[i];

		for (k = 0; k < one->patches->len; k++)
			g_hash_table_insert(index, one->patches->pdata[k], one);
	}
	return index;
}

/* The oldest reply comes last in the walk. */
static GHashTable *sort_replies(const GPtrArray *series,
				const GPtrArray *replies)
{
	g_autoptr(GHashTable) index = index_patches(series);
	GHashTable *sorted = g_hash_table_new_full(NULL, NULL, NULL,
					(GDestroyNotify)g_ptr_array_unref);
	guint i;

	for (i = replies->len; i > 0; i--) {
		struct reply *reply = replies->pdata[i - 1];
		struct series *of = reply->patch ?
			g_hash_table_lookup(index, reply->patch) : NULL;

		if (!of)
			continue;
		reply->series = of;
		g_ptr_array_add(alike_list(sorted, of), reply);
	}
	return sorted;
}

void conversation_read(const GPtrArray *series, const GPtrArray *replies,
		       const struct people *people)
{
	g_autoptr(GHashTable) sorted = sort_replies(series, replies);
	struct reader reader;
	guint i;

	open_reader(&reader, people);
	for (i = 0; i < series->len; i++) {
		struct series *one = series->pdata[i];

		one->conversation = read_series(&reader, one,
					g_hash_table_lookup(sorted, one));
	}
	close_reader(&reader);
}
