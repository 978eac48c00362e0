/*
 * table: lines of a page whose parts stand in columns.
 *
 * On a terminal each column is as wide as its widest cell, and no line is wider
 * than the terminal: the column that gives way is cut first, and then the one
 * after it.  Elsewhere nothing is cut, two blanks end each cell, and no column
 * behind the one that gives way is padded.
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
 * What follows the text of the cell that was added last, and stays where that
 * is cut.  The table takes it over; it may be NULL.
 */
void table_tail(struct table *table, char *tail);

/* The line stands for this mail, whose Message-ID may be NULL. */
void table_mail(struct table *table, const char *message_id);

/* Print a heading, after an empty line if it is not the first. */
void table_heading(struct table *table, const char *heading);

void table_print(const struct table *table, const struct page *t);

#endif
