/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many cases on paper: the rows of a view (台账), and the figures of a period. */

#include "config.h"

#include "linli-forms.h"

#include <glib/gi18n-lib.h>

#include "linli-case-record.h"
#include "linli-case-words.h"
#include "linli-figure-words.h"

#define MOST_ROWS 30 /* of a grouping */

static void
add_case (LinliPaper           *paper,
          LinliCaseRecord      *record,
          guint                 number,
          const LinliFormFacts *facts)
{
  g_autofree char *n = g_strdup_printf ("%u", number);
  g_autofree char *received = linli_form_time (facts, linli_case_record_get_received_at (record));
  g_autofree char *ends = linli_form_time (facts, linli_case_record_get_closed_at (record) != 0
                                                    ? linli_case_record_get_closed_at (record)
                                                    : linli_case_record_get_due_at (record));
  const LinliPaperCell cells[] = {
    { n, 0.05, FALSE, TRUE },
    { linli_case_record_get_case_no (record), 0.14 },
    { received, 0.11 },
    { linli_case_record_get_title (record), 0.23 },
    { linli_case_record_get_item_name (record), 0.16 },
    { linli_case_record_get_unit_name (record), 0.14 },
    { linli_case_standing_words (linli_case_record_get_state (record), linli_case_record_get_part (record)), 0.06 },
    { ends, 0.11 },
  };

  linli_paper_add_row (paper, cells, G_N_ELEMENTS (cells), 0);
}

/**
 * linli_ledger_paper:
 * @records: (element-type LinliCaseRecord): in the order of the view
 * @name: of the view, or its search line
 *
 * Returns: (transfer full): the ledger, not yet laid out
 */
LinliPaper *
linli_ledger_paper (GPtrArray            *records,
                    const char           *name,
                    const LinliFormFacts *facts)
{
  const LinliPaperCell head[] = {
    { _("No."), 0.05, TRUE },         { _("Case number"), 0.14, TRUE },
    { _("Received at"), 0.11, TRUE }, { _("Subject"), 0.23, TRUE },
    { _("Duty item"), 0.16, TRUE },   { _("Lead unit"), 0.14, TRUE },
    { _("State"), 0.06, TRUE },       { _("Closed or due"), 0.11, TRUE },
  };
  g_autofree char *said = g_strdup_printf (_("%s: %u cases"), name, records->len);
  LinliPaper *paper = linli_paper_new (_("Ledger"), LINLI_PAPER_LANDSCAPE);

  linli_paper_add_title (paper, facts->session->centre);
  linli_paper_add_title (paper, _("Ledger"));
  linli_form_set_foot (paper, facts);
  linli_paper_add_text (paper, said, FALSE, FALSE);
  linli_paper_begin_table (paper);
  linli_paper_add_row (paper, head, G_N_ELEMENTS (head), 0);
  for (guint i = 0; i < records->len; i++)
    add_case (paper, records->pdata[i], i + 1, facts);
  linli_paper_end_table (paper);

  return paper;
}

/* --- Figures --- */

static void
add_figure_row (LinliPaper   *paper,
                const char   *label,
                const char   *value,
                const char   *part,
                const char   *change,
                const char   *basis)
{
  const LinliPaperCell cells[] = {
    { label, 0.17, TRUE }, { value, 0.12, FALSE, TRUE }, { part, 0.13, FALSE, TRUE },
    { change, 0.15, FALSE, TRUE }, { basis, 0.43 },
  };

  linli_paper_add_row (paper, cells, G_N_ELEMENTS (cells), 0);
}

static void
add_figure (LinliPaper           *paper,
            LinliFigures         *figures,
            const LinliFigureDef *def)
{
  g_autofree char *value = linli_figure_value_words (def, &figures->counts);
  g_autofree char *part = g_strdup_printf ("%" G_GINT64_FORMAT " / %" G_GINT64_FORMAT,
                                           linli_figure_get_part (def, &figures->counts), figures->counts.n[def->whole]);
  g_autofree char *basis = linli_figure_meaning_words (def);
  g_autofree char *change = NULL;
  int direction;

  if (figures->compared)
    change = linli_figure_change_words (def, &figures->counts, &figures->before, &direction);
  add_figure_row (paper, _(def->label), value, part, change, basis);
}

static void
add_time (LinliPaper              *paper,
          const char              *label,
          const LinliFigureSpread *spread,
          gboolean                 working)
{
  g_autofree char *mean = spread->n > 0 ? linli_minutes_words (spread->sum / spread->n, working) : g_strdup ("–");
  g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, spread->n);
  g_autofree char *median = linli_minutes_words (spread->median, working);
  g_autofree char *p90 = linli_minutes_words (spread->p90, working);
  g_autofree char *basis = g_strdup_printf (_("half %s · 90%% %s"), median, p90);

  add_figure_row (paper, label, mean, n, NULL, basis);
}

static void
add_group_row (LinliPaper          *paper,
               LinliFigureGrouping  grouping,
               LinliFigureRow      *row,
               gint64               most)
{
  g_autofree char *name = linli_figure_row_words (grouping, row);
  g_autofree char *n = g_strdup_printf ("%" G_GINT64_FORMAT, row->n[LINLI_SET_CASES]);
  g_autofree char *done = g_strdup_printf ("%" G_GINT64_FORMAT, row->n[LINLI_SET_FINISHED]);
  g_autofree char *late = g_strdup_printf ("%" G_GINT64_FORMAT, row->n[LINLI_SET_LATE] + row->n[LINLI_SET_OVERDUE]);
  g_autofree char *rate = linli_rate_words (row->n[LINLI_SET_IN_TIME], row->n[LINLI_SET_JUDGED]);
  const LinliPaperCell cells[] = {
    { name, 0.34 }, { NULL, 0.22, .bar = (double) row->n[LINLI_SET_CASES] / (double) MAX (most, 1) },
    { n, 0.1, FALSE, TRUE }, { done, 0.1, FALSE, TRUE }, { late, 0.1, FALSE, TRUE }, { rate, 0.14, FALSE, TRUE },
  };

  linli_paper_add_row (paper, cells, G_N_ELEMENTS (cells), 0);
}

static void
add_group (LinliPaper          *paper,
           LinliFigures        *figures,
           LinliFigureGrouping  grouping,
           const char          *title)
{
  GPtrArray *rows = figures->groups[grouping];
  const LinliPaperCell head[] = {
    { title, 0.34, TRUE },         { NULL, 0.22, TRUE },
    { _("Cases"), 0.1, TRUE },     { _("Finished"), 0.1, TRUE },
    { _("Late"), 0.1, TRUE },      { _("On-time rate"), 0.14, TRUE },
  };
  gint64 most = 1;

  if (rows->len == 0 || (rows->len == 1 && ((LinliFigureRow *) rows->pdata[0])->key == NULL))
    return;
  for (guint i = 0; i < rows->len; i++)
    most = MAX (most, ((LinliFigureRow *) rows->pdata[i])->n[LINLI_SET_CASES]);
  linli_paper_add_space (paper, 14);
  linli_paper_begin_table (paper);
  linli_paper_add_row (paper, head, G_N_ELEMENTS (head), 0);
  for (guint i = 0; i < rows->len && i < MOST_ROWS; i++)
    add_group_row (paper, grouping, rows->pdata[i], most);
  linli_paper_end_table (paper);
}

/**
 * linli_figures_paper:
 *
 * Returns: (transfer full): the figures of a period, not yet laid out
 */
LinliPaper *
linli_figures_paper (LinliFigures         *figures,
                     const LinliFormFacts *facts)
{
  const LinliPaperCell head[] = {
    { _("Figure"), 0.17, TRUE }, { _("Value"), 0.12, TRUE }, { _("Part / whole"), 0.13, TRUE },
    { _("Change"), 0.15, TRUE }, { _("Meaning"), 0.43, TRUE },
  };
  static const struct { LinliFigureGrouping grouping; const char *title; } groups[] = {
    { LINLI_GROUP_TIME, N_("Over Time") }, { LINLI_GROUP_CLASS, N_("By Class") }, { LINLI_GROUP_UNIT, N_("By Unit") },
    { LINLI_GROUP_CHANNEL, N_("By Channel") }, { LINLI_GROUP_COMMUNITY, N_("By Community") },
    { LINLI_GROUP_LANE, N_("By Lane") }, { LINLI_GROUP_GRADE, N_("By Satisfaction") },
  };
  g_autofree char *period = g_strdup_printf ("%s – %s, %s", figures->from, figures->to, linli_basis_words (figures->basis));
  LinliPaper *paper = linli_paper_new (_("Figures"), LINLI_PAPER_PORTRAIT);

  linli_paper_add_title (paper, facts->session->centre);
  linli_paper_add_title (paper, _("Figures"));
  linli_form_set_foot (paper, facts);
  linli_paper_add_text (paper, period, FALSE, FALSE);
  if (*figures->line != '\0')
    linli_paper_add_text (paper, figures->line, TRUE, FALSE);
  if (figures->compared)
    {
      g_autofree char *compared = g_strdup_printf (_("Compared with %s – %s."), figures->before_from, figures->before_to);

      linli_paper_add_text (paper, compared, TRUE, FALSE);
    }
  linli_paper_begin_table (paper);
  linli_paper_add_row (paper, head, G_N_ELEMENTS (head), 0);
  for (const LinliFigureDef *def = linli_figure_defs; def->id != NULL; def++)
    add_figure (paper, figures, def);
  add_time (paper, _("Handling time"), &figures->counts.natural, FALSE);
  add_time (paper, _("In working hours"), &figures->counts.working, TRUE);
  linli_paper_end_table (paper);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    add_group (paper, figures, groups[i].grouping, _(groups[i].title));

  return paper;
}
