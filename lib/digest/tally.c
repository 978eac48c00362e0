#include <string.h>
#include "digest/tally.h"
#include "mail/utf8.h"

static void clear_line(void *data)
{
	struct tally_line *line = data;

	address_clear(&line->person);
	g_free(line->text);
}

static void free_line(void *data)
{
	clear_line(data);
	g_free(data);
}

/* text -> struct tally_line */
static GHashTable *lines_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_line);
}

/* Add one to the line of text; person is NULL for a domain. */
static struct tally_line *count_up(GHashTable *lines, const char *text,
				   const struct address *person)
{
	struct tally_line *line = g_hash_table_lookup(lines, text);

	if (!line) {
		line = g_new0(struct tally_line, 1);
		line->text = g_strdup(text);
		if (person) {
			line->person.name = g_strdup(person->name);
			line->person.email = g_strdup(person->email);
		}
		g_hash_table_insert(lines, line->text, line);
	}
	line->count++;
	return line;
}

struct person {
	unsigned count;
	GHashTable *names;	/* "Name <address>" -> struct tally_line */
	const struct tally_line *name;	/* the one of them used most; if there
					   are several, the first */
};

struct tally {
	GHashTable *people;	/* lower-case address -> struct person */
	GHashTable *domains;	/* domain -> struct tally_line */
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
	tally->domains = lines_new();
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

void tally_add(struct tally *tally, const struct address *author,
	       const char *domain)
{
	char *key = utf8_fold_case(author->email);
	struct person *person = g_hash_table_lookup(tally->people, key);
	g_autofree char *name = g_strdup_printf("%s <%s>", author->name,
						author->email);
	const struct tally_line *line;

	if (!person) {
		person = g_new0(struct person, 1);
		person->names = lines_new();
		g_hash_table_insert(tally->people, key, person);
	} else {
		g_free(key);
	}
	person->count++;
	line = count_up(person->names, name, author);
	if (!person->name || line->count > person->name->count)
		person->name = line;
	count_up(tally->domains, domain, NULL);
}

/* A line while it is sorted. */
struct sort_line {
	unsigned count;
	const struct tally_line *line;
	char *folded;		/* its text, case-blind */
};

static int compare_lines(const void *a, const void *b)
{
	const struct sort_line *x = a, *y = b;
	int cmp;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	cmp = strcmp(y->folded, x->folded);
	return cmp ? cmp : strcmp(y->line->text, x->line->text);
}

static void add_line(GArray *lines, unsigned count,
		     const struct tally_line *line)
{
	struct sort_line sort = {
		count, line, utf8_fold_case(line->text),
	};

	g_array_append_val(lines, sort);
}

/* Sort the lines, which are freed, and make them what the caller gets. */
static GArray *finish(GArray *lines)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct tally_line));
	guint i;

	g_array_set_clear_func(out, clear_line);
	g_array_sort(lines, compare_lines);
	for (i = 0; i < lines->len; i++) {
		struct sort_line *sort =
			&g_array_index(lines, struct sort_line, i);
		struct tally_line done = {
			.count = sort->count,
			.person.name = g_strdup(sort->line->person.name),
			.person.email = g_strdup(sort->line->person.email),
			.text = g_strdup(sort->line->text),
		};

		g_array_append_val(out, done);
		g_free(sort->folded);
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
		const struct tally_line *line = value;

		add_line(lines, line->count, line);
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
		const struct person *person = value;

		add_line(lines, person->count, person->name);
	}
	return finish(lines);
}
