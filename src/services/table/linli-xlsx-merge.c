/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list typed into a spreadsheet merges "the same as above". The merges are
 * written behind the rows, so they are read in a pass of their own. Text is
 * carried down only: a title merged across the columns is one text. */

#include "config.h"

#include "linli-xlsx-merge.h"

#include "linli-csv.h"
#include "linli-xml.h"

#include <string.h>

#define MAX_MERGES 1000000
#define MAX_CARRIED (16 * 1024 * 1024)

typedef struct
{
  guint64 first;
  guint64 last;
  guint   column;
  char   *text; /* (owned) (nullable) once its first row has passed */
} Merge;

struct _LinliXlsxMerge
{
  GArray *merges;  /* (owned) of Merge, by first row */
  guint   next;    /* the first that has not begun */
  GArray *active;  /* (owned) of guint: those begun and not ended */
  gsize   carried; /* bytes of texts of the active */
};

/**
 * linli_xlsx_parse_reference:
 * @text: begins like "AB12"
 * @end: (out): behind it
 * @column: (out): from 0
 * @row: (out): from 1
 */
gboolean
linli_xlsx_parse_reference (const char  *text,
                            const char **end,
                            guint       *column,
                            guint64     *row)
{
  guint c = 0;
  guint64 r = 0;

  g_return_val_if_fail (text != NULL && end != NULL && column != NULL && row != NULL, FALSE);

  for (; g_ascii_isalpha (*text) && c < 1000000; text++)
    c = c * 26 + (guint) (g_ascii_toupper (*text) - 'A' + 1);
  for (; g_ascii_isdigit (*text) && r < 1000000000; text++)
    r = r * 10 + (guint) (*text - '0');
  if (c == 0 || r == 0)
    return FALSE;

  *end = text;
  *column = c - 1;
  *row = r;
  return TRUE;
}

static void
merge_clear (gpointer data)
{
  g_free (((Merge *) data)->text);
}

static void
merge_start (LinliXml    *xml,
             gpointer     data,
             const char  *name,
             const char **attributes)
{
  LinliXlsxMerge *self = data;
  Merge merge = { 0 };
  const char *text;
  guint column;

  if (strcmp (name, "mergeCell") != 0)
    return;
  text = linli_xml_attribute (attributes, "ref");
  if (text == NULL || !linli_xlsx_parse_reference (text, &text, &merge.column, &merge.first) ||
      *text != ':' || !linli_xlsx_parse_reference (text + 1, &text, &column, &merge.last) ||
      merge.last <= merge.first)
    return;
  if (self->merges->len >= MAX_MERGES)
    linli_xml_fail (xml, g_error_new (LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_LIMIT,
                                      "The sheet has more than %d merged cells", MAX_MERGES));
  else
    g_array_append_val (self->merges, merge);
}

static int
compare_merges (gconstpointer a,
                gconstpointer b)
{
  const Merge *x = a, *y = b;

  return x->first < y->first ? -1 : x->first > y->first;
}

/**
 * linli_xlsx_merge_read:
 * @zip: at the sheet's entry
 * @error: %LINLI_TABLE_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full): the merges, before the first row
 */
LinliXlsxMerge *
linli_xlsx_merge_read (LinliZip  *zip,
                       GError   **error)
{
  static const LinliXmlHandlers handlers = { merge_start, NULL, NULL };
  g_autoptr(LinliXlsxMerge) self = g_new0 (LinliXlsxMerge, 1);

  self->merges = g_array_new (FALSE, FALSE, sizeof (Merge));
  g_array_set_clear_func (self->merges, merge_clear);
  self->active = g_array_new (FALSE, FALSE, sizeof (guint));
  if (!linli_xml_parse (&handlers, self, zip, error))
    return NULL;
  g_array_sort (self->merges, compare_merges);
  return g_steal_pointer (&self);
}

void
linli_xlsx_merge_free (LinliXlsxMerge *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->merges, g_array_unref);
  g_clear_pointer (&self->active, g_array_unref);
  g_free (self);
}

static gboolean
begin_merges (LinliXlsxMerge *self,
              guint64         number,
              LinliTableRow  *row,
              GError        **error)
{
  for (; self->next < self->merges->len; self->next++)
    {
      Merge *merge = &g_array_index (self->merges, Merge, self->next);

      if (merge->first > number)
        break;
      if (merge->first < number || !linli_table_row_has_cell (row, merge->column))
        continue;
      merge->text = g_strdup (row->text + GPOINTER_TO_SIZE (row->cells->pdata[merge->column]));
      self->carried += strlen (merge->text);
      g_array_append_val (self->active, self->next);
    }
  if (self->active->len <= LINLI_TABLE_MAX_COLUMNS && self->carried <= MAX_CARRIED)
    return TRUE;
  g_set_error_literal (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_LIMIT,
                       "too many cells are merged");
  return FALSE;
}

/**
 * linli_xlsx_merge_fill:
 * @number: of the row in its sheet, greater than in the call before
 * @row: the row as the file has it
 * @error: %LINLI_TABLE_ERROR_LIMIT, without saying where
 *
 * Puts the text of merged cells into those of @row they cover.
 */
gboolean
linli_xlsx_merge_fill (LinliXlsxMerge *self,
                       guint64         number,
                       LinliTableRow  *row,
                       GError        **error)
{
  g_return_val_if_fail (self != NULL && row != NULL, FALSE);

  for (guint i = self->active->len; i-- > 0;)
    {
      Merge *merge = &g_array_index (self->merges, Merge, g_array_index (self->active, guint, i));

      if (merge->last < number)
        {
          self->carried -= strlen (merge->text);
          g_clear_pointer (&merge->text, g_free);
          g_array_remove_index_fast (self->active, i);
        }
      else if (!linli_table_row_has_cell (row, merge->column) &&
               !linli_table_row_place (row, merge->column, merge->text, strlen (merge->text),
                                       error))
        return FALSE;
    }

  return begin_merges (self, number, row, error);
}
