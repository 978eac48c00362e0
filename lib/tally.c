#include <string.h>
#include "tally.h"

/* A count and the text that it is of, which is owned. */
struct counter {
	unsigned count;
	char *text;
};

static void counter_free(void *data)
{
	struct counter *counter = data;

	g_free(counter->text);
	g_free(counter);
}

/* text -> struct counter */
static GHashTable *counters_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
				     counter_free);
}

static struct counter *count_up(GHashTable *counters, const char *text)
{
	struct counter *counter = g_hash_table_lookup(counters, text);

	if (!counter) {
		counter = g_new0(struct counter, 1);
		counter->text = g_strdup(text);
		g_hash_table_insert(counters, counter->text, counter);
	}
	counter->count++;
	return counter;
}

struct person {
	unsigned count;
	GHashTable *names;	/* "Name <address>" -> struct counter */
	const struct counter *name;	/* the one of them used most; if there
					   are several, the first */
};

struct tally {
	GHashTable *people;	/* lower-case address -> struct person */
	GHashTable *domains;	/* domain -> struct counter */
};

static void person_free(void *data)
{
	struct person *person = data;

	g_hash_table_unref(person->names);
	g_free(person);
}

struct tally *tally_new(void)
{
	struct tally *tally = g_new0(struct tally, 1);

	tally->people = g_hash_table_new_full(g_str_hash, g_str_equal,
					      g_free, person_free);
	tally->domains = counters_new();
	return tally;
}

void tally_free(struct tally *tally)
{
	if (!tally)
		return;
	g_hash_table_unref(tally->people);
	g_hash_table_unref(tally->domains);
	g_free(tally);
}

void tally_add(struct tally *tally, const struct mailbox *author,
	       const char *domain)
{
	char *key = g_utf8_casefold(author->addr, -1);
	struct person *person = g_hash_table_lookup(tally->people, key);
	g_autofree char *name = g_strdup_printf("%s <%s>", author->name,
						author->addr);
	const struct counter *counter;

	if (!person) {
		person = g_new0(struct person, 1);
		person->names = counters_new();
		g_hash_table_insert(tally->people, key, person);
	} else {
		g_free(key);
	}
	person->count++;
	counter = count_up(person->names, name);
	if (!person->name || counter->count > person->name->count)
		person->name = counter;
	count_up(tally->domains, domain);
}

/* A line with the text that it is sorted by. */
struct sort_line {
	unsigned count;
	const char *text;
	char *folded;
};

static int compare_lines(const void *a, const void *b)
{
	const struct sort_line *x = a, *y = b;
	int cmp;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	cmp = strcmp(y->folded, x->folded);
	return cmp ? cmp : strcmp(y->text, x->text);
}

static void clear_line(void *data)
{
	g_free(((struct tally_line *)data)->text);
}

static void add_line(GArray *lines, unsigned count, const char *text)
{
	struct sort_line line = { count, text, g_utf8_casefold(text, -1) };

	g_array_append_val(lines, line);
}

/* Sort the lines, which are freed, and make them what the caller gets. */
static GArray *finish(GArray *lines)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct tally_line));
	guint i;

	g_array_set_clear_func(out, clear_line);
	g_array_sort(lines, compare_lines);
	for (i = 0; i < lines->len; i++) {
		struct sort_line *line =
			&g_array_index(lines, struct sort_line, i);
		struct tally_line done = { line->count, g_strdup(line->text) };

		g_array_append_val(out, done);
		g_free(line->folded);
	}
	g_array_unref(lines);
	return out;
}

GArray *tally_domains(const struct tally *tally)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct sort_line));
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, tally->domains);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct counter *counter = value;

		add_line(lines, counter->count, counter->text);
	}
	return finish(lines);
}

GArray *tally_people(const struct tally *tally)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct sort_line));
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, tally->people);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct person *person = value;

		add_line(lines, person->count, person->name->text);
	}
	return finish(lines);
}
