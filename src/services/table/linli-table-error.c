/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-table-error.h"

G_DEFINE_QUARK (linli-table-error-quark, linli_table_error)

/**
 * linli_table_notes_add:
 * @line: the line, or the spreadsheet row, it was met on
 * @count: how many lines it holds for
 */
void
linli_table_notes_add (LinliTableNotes *notes,
                       LinliTableNote   note,
                       guint64          line,
                       guint64          count)
{
  g_return_if_fail (notes != NULL);
  g_return_if_fail (note < LINLI_TABLE_N_NOTES);

  if (notes->count[note] == 0)
    notes->first_line[note] = line;
  notes->last_line[note] = line;
  notes->count[note] += count;
}
