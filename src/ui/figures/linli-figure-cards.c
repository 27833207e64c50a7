/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-figure-cards.h"

#include <glib/gi18n-lib.h>

#include "linli-bar-row.h"
#include "linli-cards.h"
#include "linli-figure-tile.h"
#include "linli-figure-words.h"

#define MOST_ROWS 10 /* no more than a person compares at a glance; the export has all */

/* A search line in the words of whoever reads it. */
char *
linli_figures_dup_line (LinliFigures         *figures,
                        LinliFigureGrouping   grouping,
                        const LinliFigureRow *row,
                        LinliFigureSet        set)
{
  gboolean chinese = g_str_has_prefix (g_get_language_names ()[0], "zh");

  return linli_figures_get_line (figures, grouping, row, set, FALSE, chinese);
}

static char *
number_words (gint64 n)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, n);
}

/* @tile: (transfer floating) */
void
linli_figures_add_tile (GtkFlowBox *tiles,
                        GtkWidget  *tile)
{
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), tile);
  gtk_widget_set_focusable (child, FALSE); /* the numbers are what one reaches */
  gtk_flow_box_insert (tiles, child, -1);
}

static void
add_figure (GtkFlowBox           *tiles,
            LinliFigures         *figures,
            const LinliFigureDef *def)
{
  g_autofree char *value = linli_figure_value_words (def, &figures->counts);
  g_autofree char *part = number_words (linli_figure_get_part (def, &figures->counts));
  g_autofree char *whole = number_words (figures->counts.n[def->whole]);
  g_autofree char *part_line = linli_figures_dup_line (figures, LINLI_GROUP_TIME, NULL, def->part);
  g_autofree char *whole_line = linli_figures_dup_line (figures, LINLI_GROUP_TIME, NULL, def->whole);
  g_autofree char *meaning = linli_figure_meaning_words (def);
  g_autofree char *basis = g_strjoin ("\n", meaning, linli_basis_words (figures->basis), NULL);
  g_autofree char *change = NULL;
  gboolean counts = def->kind == LINLI_FIGURE_COUNT;
  int direction = 0;

  if (figures->compared)
    change = linli_figure_change_words (def, &figures->counts, &figures->before, &direction);
  linli_figures_add_tile (tiles, linli_figure_tile_new (&(LinliFigureTile) {
    .label = _(def->label), .value = value, .change = change, .tone = direction * def->better,
    .part = counts ? _("Show") : part, .part_line = part_line, .whole = counts ? NULL : whole,
    .whole_line = whole_line, .basis = basis }));
}

static void
add_total (GtkFlowBox   *tiles,
           LinliFigures *figures)
{
  const LinliFigureDef def = { "cases", NULL, LINLI_FIGURE_COUNT, LINLI_SET_CASES, LINLI_SET_CASES, 0, NULL };
  g_autofree char *value = number_words (figures->counts.n[LINLI_SET_CASES]);
  g_autofree char *line = linli_figures_dup_line (figures, LINLI_GROUP_TIME, NULL, LINLI_SET_CASES);
  g_autofree char *meaning = linli_figure_meaning_words (&def);
  g_autofree char *basis = g_strjoin ("\n", meaning, linli_basis_words (figures->basis), NULL);
  g_autofree char *change = NULL;
  int direction = 0;

  if (figures->compared)
    change = linli_figure_change_words (&def, &figures->counts, &figures->before, &direction);
  linli_figures_add_tile (tiles, linli_figure_tile_new (&(LinliFigureTile) {
    .label = _("Cases"), .value = value, .change = change, .part = _("Show"), .part_line = line, .basis = basis }));
}

static void
add_time (GtkFlowBox        *tiles,
          LinliFigures      *figures,
          const char        *label,
          LinliFigureSpread *spread,
          LinliFigureSpread *before,
          gboolean           working)
{
  g_autofree char *value = spread->n > 0 ? linli_minutes_words (spread->sum / spread->n, working) : g_strdup ("–");
  g_autofree char *median = linli_minutes_words (spread->median, working);
  g_autofree char *p90 = linli_minutes_words (spread->p90, working);
  g_autofree char *n = number_words (spread->n);
  g_autofree char *line = working ? linli_figures_get_worked_line (figures, g_str_has_prefix (g_get_language_names ()[0], "zh"))
                                  : linli_figures_dup_line (figures, LINLI_GROUP_TIME, NULL, LINLI_SET_TIMED);
  /* Translators: half took at most the first time, nine of ten at most the second */
  g_autofree char *change = spread->n > 0 ? g_strdup_printf (_("half %s · 90%% %s"), median, p90) : NULL;
  g_autofree char *was = before->n > 0 ? linli_minutes_words (before->sum / before->n, working) : g_strdup ("–");
  g_autofree char *basis = g_strdup_printf (_("Mean time from arrival to the end, %s\nHalf of the cases took at most %s, "
                                              "nine of ten at most %s\nThe period before: %s"),
                                            working ? _("in working hours; years without known holidays are left out")
                                                    : _("in hours of the clock"), median, p90, was);

  linli_figures_add_tile (tiles, linli_figure_tile_new (&(LinliFigureTile) {
    .label = label, .value = value, .change = change, .part = spread->n > 0 ? n : NULL, .part_line = line, .basis = basis }));
}

void
linli_figures_fill_tiles (GtkFlowBox   *tiles,
                          LinliFigures *figures)
{
  GtkFlowBoxChild *child;

  while ((child = gtk_flow_box_get_child_at_index (tiles, 0)) != NULL)
    gtk_flow_box_remove (tiles, GTK_WIDGET (child));
  add_total (tiles, figures);
  for (const LinliFigureDef *def = linli_figure_defs; def->id != NULL; def++)
    {
      add_figure (tiles, figures, def);
      if (def->part != LINLI_SET_IN_TIME)
        continue;
      add_time (tiles, figures, _("Handling time"), &figures->counts.natural, &figures->before.natural, FALSE);
      add_time (tiles, figures, _("In working hours"), &figures->counts.working, &figures->before.working, TRUE);
    }
}

/* --- Bars --- */

static GtkWidget *
make_bar (LinliFigures        *figures,
          LinliFigureGrouping  grouping,
          LinliFigureRow      *row,
          gint64               most)
{
  gint64 late = row->n[LINLI_SET_LATE] + row->n[LINLI_SET_OVERDUE];
  g_autofree char *name = linli_figure_row_words (grouping, row);
  g_autofree char *number = number_words (row->n[LINLI_SET_CASES]);
  g_autofree char *note = linli_rate_words (row->n[LINLI_SET_IN_TIME], row->n[LINLI_SET_JUDGED]);
  g_autofree char *words = g_strdup_printf (_("%s: %d cases, %d finished, %d late or overdue; on time %s"), name,
                                            (int) row->n[LINLI_SET_CASES], (int) row->n[LINLI_SET_FINISHED],
                                            (int) late, note);
  g_autofree char *line = linli_figures_dup_line (figures, grouping, row, LINLI_SET_CASES);
  GtkWidget *bar = linli_bar_row_new (&(LinliBar) { name, number, note, words, row->n[LINLI_SET_CASES], late, most });

  gtk_actionable_set_action_name (GTK_ACTIONABLE (bar), "win.search-for");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (bar), "s", line);

  return bar;
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* @most: rows at most; 0 for all */
void
linli_figures_fill_rows (GtkListBox         *list,
                         LinliFigures       *figures,
                         LinliFigureGrouping grouping,
                         guint               most)
{
  GPtrArray *rows = figures->groups[grouping];
  gint64 top = 1;

  clear_list (list);
  for (guint i = 0; i < rows->len; i++)
    top = MAX (top, ((LinliFigureRow *) rows->pdata[i])->n[LINLI_SET_CASES]);
  for (guint i = 0; i < rows->len && (most == 0 || i < most); i++)
    gtk_list_box_append (list, make_bar (figures, grouping, rows->pdata[i], top));
}

/* Returns: (transfer none): the list of the card, for linli_bar_row_new() */
GtkWidget *
linli_figures_add_card (GtkFlowBox *groups,
                        const char *title,
                        const char *hint)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *heading = linli_text_new (title, "heading");
  GtkWidget *caption = gtk_label_new (hint);
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_set_hexpand (heading, TRUE);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (head), heading);
  gtk_box_append (GTK_BOX (head), caption);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), list);
  gtk_widget_set_size_request (box, 380, -1);
  gtk_widget_set_valign (child, GTK_ALIGN_START);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_flow_box_insert (groups, child, -1);

  return list;
}

static void
add_ladder (GtkFlowBox     *groups,
            LinliFigures   *figures,
            const char     *title,
            LinliFigureSet  first,
            LinliFigureSet  last,
            LinliFigureSet  whole,
            gboolean        marked)
{
  const gint64 *n = figures->counts.n;
  GtkWidget *list;

  if (n[whole] == 0)
    return;
  list = linli_figures_add_card (groups, title, _("cases · share"));
  for (LinliFigureSet set = first; set <= last; set++)
    {
      g_autofree char *number = number_words (n[set]);
      g_autofree char *share = linli_rate_words (n[set], n[whole]);
      g_autofree char *line = linli_figures_dup_line (figures, LINLI_GROUP_TIME, NULL, set);
      GtkWidget *bar = linli_bar_row_new (&(LinliBar) { _(linli_figure_set_get_doc (set)), number, share, NULL, n[set],
                                                        marked ? n[set] : 0, n[whole] });

      gtk_actionable_set_action_name (GTK_ACTIONABLE (bar), "win.search-for");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (bar), "s", line);
      gtk_list_box_append (GTK_LIST_BOX (list), bar);
    }
}

void
linli_figures_fill_groups (GtkFlowBox   *groups,
                           LinliFigures *figures)
{
  static const struct { LinliFigureGrouping grouping; const char *title; } cards[] = {
    { LINLI_GROUP_CLASS, N_("By Class") },         { LINLI_GROUP_UNIT, N_("By Unit") },
    { LINLI_GROUP_CHANNEL, N_("By Channel") },     { LINLI_GROUP_COMMUNITY, N_("By Community") },
    { LINLI_GROUP_ITEM, N_("By Duty Item") },      { LINLI_GROUP_LANE, N_("By Lane") },
    { LINLI_GROUP_GRADE, N_("By Satisfaction") },
  };
  GtkFlowBoxChild *child;

  while ((child = gtk_flow_box_get_child_at_index (groups, 0)) != NULL)
    gtk_flow_box_remove (groups, GTK_WIDGET (child));
  add_ladder (groups, figures, _("Time to Finish"), LINLI_SET_DONE_1, LINLI_SET_DONE_MORE, LINLI_SET_TIMED, FALSE);
  add_ladder (groups, figures, _("Lateness"), LINLI_SET_LATE_1, LINLI_SET_LATE_UNSAID, LINLI_SET_JUDGED, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      GPtrArray *rows = figures->groups[cards[i].grouping];

      /* One row that has no name says nothing. */
      if (rows->len == 0 || (rows->len == 1 && ((LinliFigureRow *) rows->pdata[0])->key == NULL))
        continue;
      linli_figures_fill_rows (GTK_LIST_BOX (linli_figures_add_card (groups, _(cards[i].title), _("cases · on time"))), figures,
                               cards[i].grouping, MOST_ROWS);
    }
}
