#include <string.h>
#include "digest/tally.h"
#include "mail/field.h"

struct table {
	GPtrArray *lines;	/* struct tally_line *, owned */
	GHashTable *by_key;	/* what is counted as one -> its line */
	GHashTable *used;	/* text -> how often it was used */
};

struct tally {
	struct table people;	/* by the lower-case address */
	struct table domains;
};

static void line_free(void *data)
{
	struct tally_line *line = data;

	address_clear(&line->person);
	g_free(line->text);
	g_free(line->folded);
	g_free(line);
}

static void table_init(struct table *table)
{
	table->lines = g_ptr_array_new_with_free_func(line_free);
	table->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					      NULL);
	table->used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					    NULL);
}

static void table_clear(struct table *table)
{
	g_ptr_array_unref(table->lines);
	g_hash_table_unref(table->by_key);
	g_hash_table_unref(table->used);
}

struct tally *tally_new(void)
{
	struct tally *tally = g_new0(struct tally, 1);

	table_init(&tally->people);
	table_init(&tally->domains);
	return tally;
}

void tally_free(struct tally *tally)
{
	if (!tally)
		return;
	table_clear(&tally->people);
	table_clear(&tally->domains);
	g_free(tally);
}

static void count_up(struct table *table, const char *key, const char *text,
		     const struct address *person)
{
	struct tally_line *line = g_hash_table_lookup(table->by_key, key);
	unsigned used = 1 + GPOINTER_TO_UINT(
				g_hash_table_lookup(table->used, text));

	g_hash_table_insert(table->used, g_strdup(text),
			    GUINT_TO_POINTER(used));
	if (!line) {
		line = g_new0(struct tally_line, 1);
		g_ptr_array_add(table->lines, line);
		g_hash_table_insert(table->by_key, g_strdup(key), line);
	}
	line->count++;
	if (used <= line->used)
		return;
	line->used = used;
	if (g_strcmp0(line->text, text)) {
		address_clear(&line->person);
		address_copy(&line->person, person);
		g_free(line->text);
		line->text = g_strdup(text);
	}
}

void tally_add(struct tally *tally, const struct address *person,
	       const char *domain)
{
	static const struct address nobody;
	g_autofree char *key = field_fold_case(person->email);
	g_autofree char *name = g_strdup_printf("%s <%s>", person->name,
						person->email);

	count_up(&tally->people, key, name, person);
	count_up(&tally->domains, domain, domain, &nobody);
}

static void count_more(struct table *table, const char *key)
{
	struct tally_line *line = g_hash_table_lookup(table->by_key, key);

	if (line)
		line->more++;
}

void tally_add_more(struct tally *tally, const struct address *person,
		      const char *domain)
{
	g_autofree char *key = field_fold_case(person->email);

	count_more(&tally->people, key);
	count_more(&tally->domains, domain);
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

static GPtrArray *sort(GPtrArray *lines)
{
	guint i;

	for (i = 0; i < lines->len; i++) {
		struct tally_line *line = lines->pdata[i];

		g_free(line->folded);
		line->folded = field_fold_case(line->text);
	}
	g_ptr_array_sort(lines, compare_lines);
	return g_ptr_array_ref(lines);
}

GPtrArray *tally_domains(struct tally *tally)
{
	return sort(tally->domains.lines);
}

GPtrArray *tally_people(struct tally *tally)
{
	return sort(tally->people.lines);
}
