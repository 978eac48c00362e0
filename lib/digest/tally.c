#include <string.h>
#include "digest/tally.h"
#include "mail/utf8.h"

/* What is counted as one: a person, or a domain. */
struct counted {
	unsigned count;
	GHashTable *lines;	/* text -> struct tally_line: under which
				   names, how often each */
	const struct tally_line *usual;	/* the one of them used most; if there
					   are several, the first */
};

struct tally {
	GHashTable *people;	/* lower-case address -> struct counted */
	GHashTable *domains;	/* domain -> struct counted */
};

static void line_free(void *data)
{
	struct tally_line *line = data;

	address_clear(&line->person);
	g_free(line->text);
	g_free(line->folded);
	g_free(line);
}

static struct tally_line *line_new(const char *text,
				   const struct address *person)
{
	struct tally_line *line = g_new0(struct tally_line, 1);

	line->text = g_strdup(text);
	line->person.name = g_strdup(person->name);
	line->person.email = g_strdup(person->email);
	return line;
}

static void counted_free(void *data)
{
	struct counted *counted = data;

	g_hash_table_unref(counted->lines);
	g_free(counted);
}

static GHashTable *table_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
				     counted_free);
}

struct tally *tally_new(void)
{
	struct tally *tally = g_new0(struct tally, 1);

	tally->people = table_new();
	tally->domains = table_new();
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

/* Count what has this key once more, this time under this text. */
static void count_up(GHashTable *table, const char *key, const char *text,
		     const struct address *person)
{
	struct counted *counted = g_hash_table_lookup(table, key);
	struct tally_line *line;

	if (!counted) {
		counted = g_new0(struct counted, 1);
		counted->lines = g_hash_table_new_full(g_str_hash, g_str_equal,
						       NULL, line_free);
		g_hash_table_insert(table, g_strdup(key), counted);
	}
	line = g_hash_table_lookup(counted->lines, text);
	if (!line) {
		line = line_new(text, person);
		g_hash_table_insert(counted->lines, line->text, line);
	}
	line->count++;
	counted->count++;
	if (!counted->usual || line->count > counted->usual->count)
		counted->usual = line;
}

void tally_add(struct tally *tally, const struct address *author,
	       const char *domain)
{
	static const struct address nobody;
	g_autofree char *key = utf8_fold_case(author->email);
	g_autofree char *name = g_strdup_printf("%s <%s>", author->name,
						author->email);

	count_up(tally->people, key, name, author);
	count_up(tally->domains, domain, domain, &nobody);
}

static int compare_lines(const void *a, const void *b)
{
	const struct tally_line *x = *(struct tally_line *const *)a;
	const struct tally_line *y = *(struct tally_line *const *)b;
	int cmp = strcmp(y->folded, x->folded);

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return cmp ? cmp : strcmp(y->text, x->text);
}

static GPtrArray *sorted_lines(GHashTable *table)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(line_free);
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, table);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const struct counted *counted = value;
		struct tally_line *line = line_new(counted->usual->text,
						   &counted->usual->person);

		line->count = counted->count;
		line->folded = utf8_fold_case(line->text);
		g_ptr_array_add(out, line);
	}
	g_ptr_array_sort(out, compare_lines);
	return out;
}

GPtrArray *tally_domains(const struct tally *tally)
{
	return sorted_lines(tally->domains);
}

GPtrArray *tally_people(const struct tally *tally)
{
	return sorted_lines(tally->people);
}
