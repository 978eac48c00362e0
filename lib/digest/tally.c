#include <string.h>
#include "digest/tally.h"
#include "mail/utf8.h"

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

static void free_line(void *data)
{
	struct tally_line *line = data;

	address_clear(&line->person);
	g_free(line->text);
	g_free(line);
}

static GHashTable *lines_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_line);
}

/* person is NULL for a domain. */
static struct tally_line *line_new(const char *text,
				   const struct address *person)
{
	struct tally_line *line = g_new0(struct tally_line, 1);

	line->text = g_strdup(text);
	if (person) {
		line->person.name = g_strdup(person->name);
		line->person.email = g_strdup(person->email);
	}
	return line;
}

/* Add one to the line of text. */
static struct tally_line *count_up(GHashTable *lines, const char *text,
				   const struct address *person)
{
	struct tally_line *line = g_hash_table_lookup(lines, text);

	if (!line) {
		line = line_new(text, person);
		g_hash_table_insert(lines, line->text, line);
	}
	line->count++;
	return line;
}

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
	g_autofree char *key = utf8_fold_case(author->email);
	g_autofree char *name = g_strdup_printf("%s <%s>", author->name,
						author->email);
	struct person *person = g_hash_table_lookup(tally->people, key);
	const struct tally_line *line;

	if (!person) {
		person = g_new0(struct person, 1);
		person->names = lines_new();
		g_hash_table_insert(tally->people, g_steal_pointer(&key),
				    person);
	}
	person->count++;
	line = count_up(person->names, name, author);
	if (!person->name || line->count > person->name->count)
		person->name = line;
	count_up(tally->domains, domain, NULL);
}

static int compare_lines(const void *a, const void *b)
{
	const struct tally_line *x = *(struct tally_line *const *)a;
	const struct tally_line *y = *(struct tally_line *const *)b;
	g_autofree char *x_folded = NULL;
	g_autofree char *y_folded = NULL;
	int cmp;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	x_folded = utf8_fold_case(x->text);
	y_folded = utf8_fold_case(y->text);
	cmp = strcmp(y_folded, x_folded);
	return cmp ? cmp : strcmp(y->text, x->text);
}

GPtrArray *tally_domains(const struct tally *tally)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(free_line);
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, tally->domains);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const struct tally_line *domain = value;
		struct tally_line *line = line_new(domain->text, NULL);

		line->count = domain->count;
		g_ptr_array_add(out, line);
	}
	g_ptr_array_sort(out, compare_lines);
	return out;
}

GPtrArray *tally_people(const struct tally *tally)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(free_line);
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, tally->people);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const struct person *person = value;
		struct tally_line *line = line_new(person->name->text,
						   &person->name->person);

		line->count = person->count;
		g_ptr_array_add(out, line);
	}
	g_ptr_array_sort(out, compare_lines);
	return out;
}
