/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table behind the page of figures: the figures with their parts, then
 * every row of every grouping. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "linli-case-export.h"
#include "linli-figure-words.h"

#define NUMBERS (G_GUINT64_CONSTANT (0x7c)) /* from the third column to the seventh */

static gboolean
add_row (LinliSheetWriter *writer,
         const char       *group,
         const char       *name,
         const gint64     *numbers,
         guint             n_numbers,
         const char       *rate,
         GError          **error)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, g_strdup (group));
  g_ptr_array_add (cells, g_strdup (name));
  for (guint i = 0; i < 5; i++)
    g_ptr_array_add (cells, i < n_numbers ? g_strdup_printf ("%" G_GINT64_FORMAT, numbers[i]) : NULL);
  g_ptr_array_add (cells, g_strdup (rate));

  return linli_sheet_writer_add_row (writer, (const char *const *) cells->pdata, cells->len, error);
}

static gboolean
add_figures (LinliSheetWriter *writer,
             LinliFigures     *figures,
             GError          **error)
{
  for (const LinliFigureDef *def = linli_figure_defs; def->id != NULL; def++)
    {
      const gint64 numbers[] = { linli_figure_get_part (def, &figures->counts), figures->counts.n[def->whole] };
      g_autofree char *value = linli_figure_value_words (def, &figures->counts);

      if (!add_row (writer, _("Key figures"), _(def->label), numbers, G_N_ELEMENTS (numbers), value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_groups (LinliSheetWriter *writer,
            LinliFigures     *figures,
            GError          **error)
{
  static const char *const titles[LINLI_N_GROUPS] = {
    N_("Over Time"), N_("By Class"), N_("By Duty Item"), N_("By Channel"), N_("By Unit"), N_("By Community"),
    N_("By Lane"), N_("By Satisfaction"),
  };

  for (guint grouping = 0; grouping < LINLI_N_GROUPS; grouping++)
    for (guint i = 0; i < figures->groups[grouping]->len; i++)
      {
        LinliFigureRow *row = figures->groups[grouping]->pdata[i];
        const gint64 numbers[] = { row->n[LINLI_SET_CASES], row->n[LINLI_SET_FINISHED], row->n[LINLI_SET_IN_TIME],
                                   row->n[LINLI_SET_JUDGED], row->n[LINLI_SET_LATE] + row->n[LINLI_SET_OVERDUE] };
        g_autofree char *name = linli_figure_row_words ((LinliFigureGrouping) grouping, row);
        g_autofree char *rate = linli_rate_words (row->n[LINLI_SET_IN_TIME], row->n[LINLI_SET_JUDGED]);

        if (!add_row (writer, _(titles[grouping]), name, numbers, G_N_ELEMENTS (numbers), rate, error))
          return FALSE;
      }
  return TRUE;
}

/**
 * linli_figures_export:
 * @file: its name decides: .xlsx, else CSV
 * @error: %LINLI_TABLE_ERROR
 *
 * Blocks for as long as a few hundred rows take.
 */
gboolean
linli_figures_export (LinliFigures *figures,
                      GFile        *file,
                      GError      **error)
{
  const char *head[] = { _("Group"), _("Name"), _("Cases or part"), _("Finished or whole"), _("Within the limit"),
                         _("Judged"), _("Late or overdue"), _("On-time rate or value") };
  g_autoptr(LinliSheetWriter) writer = linli_sheet_writer_new (file, linli_sheet_format_of (file), NUMBERS, error);

  return writer != NULL && linli_sheet_writer_add_row (writer, head, G_N_ELEMENTS (head), error) &&
         add_figures (writer, figures, error) && add_groups (writer, figures, error) &&
         linli_sheet_writer_finish (writer, error);
}
