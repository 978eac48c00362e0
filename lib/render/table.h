/*
 * table: lines of a page whose parts stand in columns.
 *
 * On a terminal each column is as wide as its widest cell, unless the lines are
 * wider than the terminal.  Then mainly the column that gives way is cut, and
 * the one behind it; and where even that does not help, the last columns are
 * left out.  Elsewhere nothing is cut, two blanks end each cell, and no column
 * from the one that gives way on is padded.
 */
#ifndef RENDER_TABLE_H
#define RENDER_TABLE_H

#include "render/page.h"

struct table;

/* So many columns, of which this one gives way. */
struct table *table_new(unsigned columns, unsigned gives_way);
void table_free(struct table *table);

/* Begin a line that has no cells yet. */
void table_line(struct table *table);

/*
 * Add a cell to the line.  slot is a color, or PLAIN; of numbers, the last
 * digits stand below each other.  The table takes the text over; "" or NULL
 * becomes "-".
 */
void table_cell(struct table *table, char *text, int slot);
void table_number(struct table *table, char *text);

/*
 * Of the cell that was added last: what follows its text, and stays where that
 * is cut; and what its text is where the whole of it does not fit.  The table
 * takes both over; they may be NULL.
 */
void table_tail(struct table *table, char *tail);
void table_brief(struct table *table, char *brief);

/* The line stands for this mail, whose Message-ID may be NULL. */
void table_mail(struct table *table, const char *message_id);

/* Print a heading, after an empty line if it is not the first. */
void table_heading(struct table *table, const char *heading);

void table_print(const struct table *table, const struct page *t);

#endif
