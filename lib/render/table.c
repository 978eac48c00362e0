#include "render/table.h"
#include "screen/columns.h"

/* The least width of the two columns that are cut. */
#define MIN_FIRST 20
#define MIN_SECOND 8

/*
 * Before the column that gives way does so, the one behind it and the last one
 * are made as narrow as this part of a line.
 */
#define PART_OF_SECOND 8
#define PART_OF_LAST 3

struct cell {
	char *text;
	char *tail, *brief;	/* may be NULL */
	int slot;
	gboolean is_number;
};

struct line {
	GArray *cells;		/* struct cell; NULL of a heading */
	const char *heading;
	const char *message_id;
};

struct table {
	unsigned columns, gives_way;
	GPtrArray *lines;	/* struct line * */
};

static void clear_cell(void *data)
{
	struct cell *cell = data;

	g_free(cell->text);
	g_free(cell->tail);
	g_free(cell->brief);
}

static void free_line(void *data)
{
	struct line *line = data;

	if (line->cells)
		g_array_unref(line->cells);
	g_free(line);
}

struct table *table_new(unsigned columns, unsigned gives_way)
{
	struct table *table = g_new0(struct table, 1);

	table->columns = columns;
	table->gives_way = gives_way;
	table->lines = g_ptr_array_new_with_free_func(free_line);
	return table;
}

void table_free(struct table *table)
{
	g_ptr_array_unref(table->lines);
	g_free(table);
}

static struct line *last_line(const struct table *table)
{
	return table->lines->pdata[table->lines->len - 1];
}

void table_line(struct table *table)
{
	struct line *line = g_new0(struct line, 1);

	line->cells = g_array_new(FALSE, TRUE, sizeof(struct cell));
	g_array_set_clear_func(line->cells, clear_cell);
	g_ptr_array_add(table->lines, line);
}

static void add_cell(struct table *table, char *text, int slot,
		     gboolean is_number)
{
	struct cell cell = {
		.text = text, .slot = slot, .is_number = is_number,
	};

	if (!text || !*text) {
		g_free(text);
		cell.text = g_strdup("-");
		cell.slot = PLAIN;
	}
	g_array_append_val(last_line(table)->cells, cell);
}

void table_cell(struct table *table, char *text, int slot)
{
	add_cell(table, text, slot, FALSE);
}

void table_number(struct table *table, char *text)
{
	add_cell(table, text, PLAIN, TRUE);
}

static struct cell *last_cell(const struct table *table)
{
	GArray *cells = last_line(table)->cells;

	return &g_array_index(cells, struct cell, cells->len - 1);
}

void table_tail(struct table *table, char *tail)
{
	last_cell(table)->tail = tail;
}

void table_brief(struct table *table, char *brief)
{
	last_cell(table)->brief = brief;
}

void table_mail(struct table *table, const char *message_id)
{
	last_line(table)->message_id = message_id;
}

void table_heading(struct table *table, const char *heading)
{
	struct line *line = g_new0(struct line, 1);

	line->heading = heading;
	g_ptr_array_add(table->lines, line);
}

static const struct cell *cell_at(const struct line *line, unsigned column)
{
	return &g_array_index(line->cells, struct cell, column);
}

static unsigned tail_width(const struct cell *cell)
{
	return cell->tail ? columns_of(cell->tail) : 0;
}

/* The widths of all columns, if nothing is cut. */
static void measure(const struct table *table, unsigned *widths)
{
	unsigned column;
	guint i;

	for (i = 0; i < table->lines->len; i++) {
		const struct line *line = table->lines->pdata[i];

		for (column = 0; line->cells && column < table->columns;
		     column++)
			widths[column] = MAX(widths[column],
				columns_of(cell_at(line, column)->text) +
				tail_width(cell_at(line, column)));
	}
}

/* Take from the width so much that the excess goes, but leave the least. */
static void narrow(unsigned *width, unsigned *excess, unsigned least)
{
	unsigned spare = *width > least ? *width - least : 0;
	unsigned less = MIN(spare, *excess);

	*width -= less;
	*excess -= less;
}

/* Make the lines fit. */
static void narrow_columns(const struct table *table, unsigned *widths,
			   unsigned max)
{
	unsigned *first = &widths[table->gives_way], *second = first + 1;
	unsigned *last = &widths[table->columns - 1];
	unsigned sum = table->columns - 1, excess, column;

	for (column = 0; column < table->columns; column++)
		sum += widths[column];
	excess = sum > max ? sum - max : 0;
	narrow(second, &excess, MAX(max / PART_OF_SECOND, MIN_SECOND));
	narrow(last, &excess, MAX(max / PART_OF_LAST, MIN_FIRST));
	narrow(first, &excess, MIN_FIRST);
	narrow(second, &excess, MIN_SECOND);
	narrow(first, &excess, MIN_SECOND);
}

static void put_blanks(const struct page *t, unsigned nr)
{
	fprintf(t->out, "%*s", (int)nr, "");
}

static void put_cell(const struct page *t, const struct line *line,
		     unsigned column, unsigned width, gboolean links)
{
	const struct cell *cell = cell_at(line, column);
	/* a tail that leaves no room for the text goes with it */
	unsigned tail = tail_width(cell) <= width / 2 ? tail_width(cell) : 0;
	gboolean fits = columns_of(cell->text) <= width - tail;
	g_autofree char *text = columns_fit(cell->brief && !fits ? cell->brief :
					    cell->text, width - tail);
	unsigned shown = columns_of(text) + tail;

	if (cell->is_number)
		put_blanks(t, width - shown);
	if (links)
		page_linked(t, text, line->message_id);
	else
		page_put(t, cell->slot, text, END);
	if (tail)
		page_put(t, PLAIN, cell->tail, END);
	if (!cell->is_number && column + 1 < line->cells->len)
		put_blanks(t, width - shown);
}

/* On a terminal: what has no room is left out. */
static void put_fitted(const struct table *table, const struct page *t,
		       const struct line *line, const unsigned *widths)
{
	unsigned column, used = 0, max = t->options->columns;

	for (column = 0; column < table->columns; column++) {
		unsigned gap = column ? 1 : 0;

		if (used + gap + widths[column] > max)
			break;
		put_blanks(t, gap);
		put_cell(t, line, column, widths[column],
			 column == table->gives_way);
		used += gap + widths[column];
	}
	/* a link is of no use if it is cut */
	page_end_line(t, line->message_id, "\n    ");
}

static void put_uncut(const struct page *t, const struct cell *cell)
{
	page_put(t, cell->slot, cell->text,
		 PLAIN, cell->tail ? cell->tail : "", END);
}

static void put_whole(const struct table *table, const struct page *t,
		      const struct line *line, const unsigned *widths)
{
	unsigned column;

	for (column = 0; column < table->columns; column++) {
		if (column)
			put_blanks(t, 2);
		if (column < table->gives_way)
			put_cell(t, line, column, widths[column], FALSE);
		else
			put_uncut(t, cell_at(line, column));
	}
	page_end_line(t, line->message_id, "  ");
}

static void put_heading(const struct page *t, const char *heading,
			gboolean with_gap)
{
	g_autofree char *fit = t->options->columns ?
			       columns_fit(heading, t->options->columns) :
			       g_strdup(heading);

	page_put(t, PLAIN, with_gap ? "\n" : "", COLOR_HEADING, fit,
		 PLAIN, "\n", END);
}

void table_print(const struct table *table, const struct page *t)
{
	g_autofree unsigned *widths = g_new0(unsigned, table->columns);
	unsigned max = t->options->columns;
	guint i;

	measure(table, widths);
	if (max)
		narrow_columns(table, widths, max);
	for (i = 0; i < table->lines->len; i++) {
		const struct line *line = table->lines->pdata[i];

		if (line->heading)
			put_heading(t, line->heading, i > 0);
		else if (max)
			put_fitted(table, t, line, widths);
		else
			put_whole(table, t, line, widths);
	}
}
