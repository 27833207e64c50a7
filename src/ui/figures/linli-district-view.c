/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-district-view.h"

#include <glib/gi18n-lib.h>

#include "linli-bar-row.h"
#include "linli-figure-cards.h"
#include "linli-figure-tile.h"
#include "linli-figure-words.h"

#define MOST_ROWS  12
#define CELL_WIDTH 104 /* pixels, so that the columns of all rows stand under each other */

const char *
linli_district_sort_words (LinliDistrictSort sort)
{
  static const char *const words[LINLI_N_DISTRICT_SORTS] = {
    N_("By name"), N_("Most open first"), N_("Most overdue first"), N_("Least on time first"), N_("Least satisfied first"),
    N_("Most accepted first"),
  };

  return g_dgettext (GETTEXT_PACKAGE, words[sort]);
}

/* --- The order of the centres --- */

static int
compare_rates (gint64 a_part,
               gint64 a_whole,
               gint64 b_part,
               gint64 b_whole)
{
  if (a_whole == 0 || b_whole == 0)
    return (a_whole == 0) - (b_whole == 0); /* nothing to judge comes last */
  return (a_part * b_whole > b_part * a_whole) - (a_part * b_whole < b_part * a_whole);
}

static int
compare_most (const LinliDistrictCentre *a,
              const LinliDistrictCentre *b,
              LinliFigureSet             set)
{
  return (a->counts.n[set] < b->counts.n[set]) - (a->counts.n[set] > b->counts.n[set]);
}

static int
compare_centres (gconstpointer left,
                 gconstpointer right,
                 gpointer      data)
{
  const LinliDistrictCentre *a = *(LinliDistrictCentre *const *) left;
  const LinliDistrictCentre *b = *(LinliDistrictCentre *const *) right;
  const gint64 *m = a->counts.n, *n = b->counts.n;
  int order = 0;

  if (a->readable != b->readable)
    return a->readable ? -1 : 1;
  switch ((LinliDistrictSort) GPOINTER_TO_UINT (data))
    {
    case LINLI_DISTRICT_SORT_OPEN:
      order = compare_most (a, b, LINLI_SET_UNFINISHED);
      break;
    case LINLI_DISTRICT_SORT_OVERDUE:
      order = compare_most (a, b, LINLI_SET_OVERDUE);
      break;
    case LINLI_DISTRICT_SORT_ACCEPTED:
      order = compare_most (a, b, LINLI_SET_ACCEPTED);
      break;
    case LINLI_DISTRICT_SORT_IN_TIME:
      order = compare_rates (m[LINLI_SET_IN_TIME], m[LINLI_SET_JUDGED], n[LINLI_SET_IN_TIME], n[LINLI_SET_JUDGED]);
      break;
    case LINLI_DISTRICT_SORT_SATISFIED:
      order = compare_rates (m[LINLI_SET_SATISFIED], m[LINLI_SET_RATED], n[LINLI_SET_SATISFIED], n[LINLI_SET_RATED]);
      break;
    case LINLI_DISTRICT_SORT_NAME:
    case LINLI_N_DISTRICT_SORTS:
    default:
      break;
    }
  return order != 0 ? order : g_strcmp0 (a->name, b->name);
}

/* --- Centres as rows --- */

/* A cell of a width that is the same in every row: a number, and small under
 * it how it has changed. */
static GtkWidget *
cell_new (const char *value,
          const char *change,
          int         tone,
          gboolean    alert)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (value);
  GtkWidget *under = gtk_label_new (change != NULL ? change : "");

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  if (alert)
    gtk_widget_add_css_class (label, "error");
  gtk_label_set_xalign (GTK_LABEL (under), 1);
  gtk_label_set_ellipsize (GTK_LABEL (under), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (under, "caption");
  gtk_widget_add_css_class (under, tone > 0 ? "success" : tone < 0 ? "warning" : "dim-label");
  gtk_widget_set_visible (under, change != NULL);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), under);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (box, CELL_WIDTH, -1);

  return box;
}

/* A number that is counted, not a figure with a whole. */
static const LinliFigureDef plain_defs[] = {
  { "accepted", N_("Accepted"), LINLI_FIGURE_COUNT, LINLI_SET_ACCEPTED, LINLI_SET_ACCEPTED, 0, NULL },
  { "open", N_("Open"), LINLI_FIGURE_COUNT, LINLI_SET_UNFINISHED, LINLI_SET_UNFINISHED, -1, NULL },
  { "overdue", N_("Overdue"), LINLI_FIGURE_COUNT, LINLI_SET_OVERDUE, LINLI_SET_OVERDUE, -1, NULL },
};

static const LinliFigureDef rate_defs[] = {
  { "in-time", N_("On time"), LINLI_FIGURE_RATE, LINLI_SET_IN_TIME, LINLI_SET_JUDGED, 1, NULL },
  { "satisfied", N_("Satisfied"), LINLI_FIGURE_RATE, LINLI_SET_SATISFIED, LINLI_SET_RATED, 1, NULL },
};

static gboolean
can_compare (LinliDistrictCentre  *centre,
             const LinliFigureDef *def)
{
  return centre->compared && (def->kind == LINLI_FIGURE_COUNT ||
                              (centre->counts.n[def->whole] > 0 && centre->before.n[def->whole] > 0));
}

static void
add_figure (GtkBox               *box,
            GString              *words,
            LinliDistrictCentre  *centre,
            const LinliFigureDef *def)
{
  g_autofree char *value = linli_figure_value_words (def, &centre->counts);
  g_autofree char *change = NULL;
  int direction = 0;

  if (can_compare (centre, def))
    change = linli_figure_change_words (def, &centre->counts, &centre->before, &direction);
  gtk_box_append (box, cell_new (value, change, direction * def->better,
                                 def->part == LINLI_SET_OVERDUE && centre->counts.n[LINLI_SET_OVERDUE] > 0));
  g_string_append_printf (words, " · %s %s", g_dgettext (GETTEXT_PACKAGE, def->label), value);
  if (change != NULL)
    g_string_append_printf (words, ", %s", change);
}

static GtkWidget *
centre_row_new (LinliDistrictCentre *centre)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (centre->name);
  g_autoptr(GString) words = g_string_new (centre->name);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  if (!centre->readable)
    {
      const char *trouble = _("The hub cannot read this centre at the moment");
      GtkWidget *label = gtk_label_new (trouble);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
      g_string_append_printf (words, " · %s", trouble);
    }
  for (guint i = 0; centre->readable && i < G_N_ELEMENTS (plain_defs); i++)
    add_figure (GTK_BOX (box), words, centre, &plain_defs[i]);
  for (guint i = 0; centre->readable && i < G_N_ELEMENTS (rate_defs); i++)
    add_figure (GTK_BOX (box), words, centre, &rate_defs[i]);
  gtk_box_append (GTK_BOX (box), centre->readable ? gtk_image_new_from_icon_name ("go-next-symbolic") : gtk_image_new ());
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), centre->readable);
  gtk_widget_add_css_class (row, "centre-row");
  g_object_set_data (G_OBJECT (row), "centre", centre);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);

  return row;
}

/* Returns: (transfer floating): what the columns are called, to stand above the
 * rows; each row says it too, so nobody stops here */
GtkWidget *
linli_district_head_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (_("Centre"));

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  for (guint i = 0; i < G_N_ELEMENTS (plain_defs); i++)
    gtk_box_append (GTK_BOX (box), cell_new (_(plain_defs[i].label), NULL, 0, FALSE));
  for (guint i = 0; i < G_N_ELEMENTS (rate_defs); i++)
    gtk_box_append (GTK_BOX (box), cell_new (_(rate_defs[i].label), NULL, 0, FALSE));
  gtk_box_append (GTK_BOX (box), gtk_image_new ()); /* as wide as the rows' arrow */
  gtk_widget_add_css_class (box, "caption-heading");
  gtk_widget_add_css_class (box, "centre-row");

  return box;
}

/* Rows carry their centre under "centre"; @figures outlives them. */
void
linli_district_fill_centres (GtkListBox           *list,
                             LinliDistrictFigures *figures,
                             LinliDistrictSort     sort)
{
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  for (guint i = 0; i < figures->centres->len; i++)
    g_ptr_array_add (order, figures->centres->pdata[i]);
  g_ptr_array_sort_with_data (order, compare_centres, GUINT_TO_POINTER (sort));
  for (guint i = 0; i < order->len; i++)
    gtk_list_box_append (list, centre_row_new (order->pdata[i]));
}

/* --- One centre --- */

static void
add_tile (GtkFlowBox           *tiles,
          LinliDistrictCentre  *centre,
          const LinliFigureDef *def)
{
  g_autofree char *value = linli_figure_value_words (def, &centre->counts);
  g_autofree char *meaning = linli_figure_meaning_words (def);
  g_autofree char *change = NULL;
  int direction = 0;

  if (centre->compared)
    change = linli_figure_change_words (def, &centre->counts, &centre->before, &direction);
  linli_figures_add_tile (tiles, linli_figure_tile_new (&(LinliFigureTile) {
    .label = g_dgettext (GETTEXT_PACKAGE, def->label), .value = value, .change = change,
    .tone = direction * def->better, .basis = meaning }));
}

static void
add_group (GtkFlowBox *groups,
           const char *title,
           const char *nameless,
           GPtrArray  *rows)
{
  GtkWidget *list;
  gint64 most = 1;

  if (rows->len == 0)
    return;
  list = linli_figures_add_card (groups, title, _("cases · on time"));
  for (guint i = 0; i < rows->len; i++)
    most = MAX (most, ((LinliDistrictRow *) rows->pdata[i])->n[LINLI_SET_CASES]);
  for (guint i = 0; i < rows->len && i < MOST_ROWS; i++)
    {
      LinliDistrictRow *row = rows->pdata[i];
      g_autofree char *number = g_strdup_printf ("%'" G_GINT64_FORMAT, row->n[LINLI_SET_CASES]);
      g_autofree char *rate = linli_rate_words (row->n[LINLI_SET_IN_TIME], row->n[LINLI_SET_JUDGED]);
      GtkWidget *bar = linli_bar_row_new (&(LinliBar) {
        .name = row->name != NULL ? row->name : nameless, .number = number, .note = rate,
        .value = row->n[LINLI_SET_CASES], .marked = row->n[LINLI_SET_OVERDUE], .most = most });

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (bar), FALSE);
      gtk_list_box_append (GTK_LIST_BOX (list), bar);
    }
}

static void
clear_flow (GtkFlowBox *box)
{
  GtkFlowBoxChild *child;

  while ((child = gtk_flow_box_get_child_at_index (box, 0)) != NULL)
    gtk_flow_box_remove (box, GTK_WIDGET (child));
}

/* Key figures that sets alone tell, then the classes, units and communities. */
void
linli_district_fill_centre (GtkFlowBox          *tiles,
                            GtkFlowBox          *groups,
                            LinliDistrictCentre *centre)
{
  clear_flow (tiles);
  clear_flow (groups);
  for (guint i = 0; i < G_N_ELEMENTS (plain_defs); i++)
    if (plain_defs[i].part != LINLI_SET_OVERDUE) /* is among the key figures */
      add_tile (tiles, centre, &plain_defs[i]);
  for (const LinliFigureDef *def = linli_figure_defs; def->id != NULL; def++)
    add_tile (tiles, centre, def);
  add_group (groups, _("By Class"), _("Not stated"), centre->groups[LINLI_DISTRICT_BY_CLASS]);
  add_group (groups, _("By Unit"), _("With no unit yet"), centre->groups[LINLI_DISTRICT_BY_UNIT]);
  add_group (groups, _("By Community"), _("Not stated"), centre->groups[LINLI_DISTRICT_BY_COMMUNITY]);
}
