/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One handling unit, as a line of the list and beside it: how it is reached, what depends on it. */

#include "config.h"

#include "linli-unit-pane.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-catalogue-tables.h"
#include "linli-core-tables.h"
#include "linli-people-tables.h"

#define LISTED 60 /* duty items that are read without searching */

/* Returns: (transfer full): what a line of the list says below the name */
static char *
unit_words (const LinliUnitFacts *unit)
{
  static const guint columns[] = { LINLI_UNIT_SHORT_NAME, LINLI_UNIT_KIND, LINLI_UNIT_CONTACT, LINLI_UNIT_PHONE };
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const char *text = linli_row_get_text (unit->row, columns[i]);

      if (text != NULL && *text != '\0')
        g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", text);
    }
  return g_string_free (words, FALSE);
}

/* Returns: (transfer full): a search line for what the unit owes */
char *
linli_unit_cases_line (const LinliUnitFacts *unit)
{
  /* Translators: a search line, with the operators and values that clerks type: 单位:"%s" 派件:在办 */
  return g_strdup_printf (C_("search line", "unit:\"%s\" part:open"), linli_row_get_text (unit->row, LINLI_UNIT_NAME));
}

gboolean
linli_unit_is_active (const LinliUnitFacts *unit)
{
  return linli_row_get_int (unit->row, LINLI_UNIT_ACTIVE) != 0;
}

/* A column of the list: the numbers of all lines stand below one another. */
static GtkWidget *
count_new (const char *words,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static char *
row_name (const LinliUnitFacts *unit,
          const char           *words,
          const char           *open,
          const char           *late)
{
  GString *name = g_string_new (linli_row_get_text (unit->row, LINLI_UNIT_NAME));

  if (*words != '\0')
    g_string_append_printf (name, ", %s", words);
  if (!linli_unit_is_active (unit))
    g_string_append_printf (name, ", %s", _("closed"));
  if (open != NULL)
    g_string_append_printf (name, ", %s", open);
  if (late != NULL)
    g_string_append_printf (name, ", %s", late);
  return g_string_free (name, FALSE);
}

/* A line of the list: what it is called, how it is reached, what it owes. */
GtkWidget *
linli_unit_row_new (const LinliUnitFacts *unit)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (linli_row_get_text (unit->row, LINLI_UNIT_NAME));
  g_autofree char *words = unit_words (unit);
  g_autofree char *open = unit->n_open > 0 ? g_strdup_printf (_("%u open"), unit->n_open) : NULL;
  g_autofree char *late = unit->n_late > 0 ? g_strdup_printf (_("%u late"), unit->n_late) : NULL;
  g_autofree char *name = row_name (unit, words, open, late);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), linli_caption_new (words));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_margin_top (texts, 4);
  gtk_widget_set_margin_bottom (texts, 4);
  gtk_box_append (GTK_BOX (box), texts);
  if (!linli_unit_is_active (unit))
    {
      gtk_widget_add_css_class (title, "dim-label");
      gtk_box_append (GTK_BOX (box), linli_pill_new (_("closed"), "over"));
    }
  gtk_box_append (GTK_BOX (box), count_new (late, "error"));
  gtk_box_append (GTK_BOX (box), count_new (open, NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}

static void
add_fact (GtkBox     *box,
          const char *name,
          const char *value)
{
  if (value != NULL && *value != '\0')
    gtk_box_append (box, linli_fact_row_new (name, value));
}

static GtkWidget *
facts_new (const LinliUnitFacts *unit,
           GTimeZone            *zone)
{
  GtkWidget *card = linli_card_new (6);
  GtkBox *box = GTK_BOX (card);

  add_fact (box, _("Code"), linli_row_get_text (unit->row, LINLI_UNIT_CODE));
  add_fact (box, _("Short name"), linli_row_get_text (unit->row, LINLI_UNIT_SHORT_NAME));
  add_fact (box, _("Kind"), linli_row_get_text (unit->row, LINLI_UNIT_KIND));
  add_fact (box, _("Unit above"), unit->parent);
  add_fact (box, C_("unit", "Contact"), linli_row_get_text (unit->row, LINLI_UNIT_CONTACT));
  add_fact (box, _("Telephone"), linli_row_get_text (unit->row, LINLI_UNIT_PHONE));
  if (!linli_unit_is_active (unit))
    {
      g_autoptr(GDateTime) utc = linli_row_is_null (unit->row, LINLI_UNIT_CLOSED_AT) ? NULL
        : g_date_time_new_from_unix_utc (linli_row_get_int (unit->row, LINLI_UNIT_CLOSED_AT) / G_USEC_PER_SEC);
      g_autoptr(GDateTime) at = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
      g_autofree char *day = at != NULL ? g_date_time_format (at, "%Y-%m-%d") : NULL;

      add_fact (box, _("Closed on"), day);
      add_fact (box, _("Closed because"), linli_row_get_text (unit->row, LINLI_UNIT_CLOSED_REASON));
    }

  return card;
}

static GtkWidget *
cases_new (const LinliUnitFacts  *unit,
           const LinliUnitDetail *detail)
{
  GtkWidget *card = linli_card_new (6);
  g_autofree char *open = g_strdup_printf (ngettext ("%u case open", "%u cases open", unit->n_open), unit->n_open);
  g_autofree char *late = g_strdup_printf (ngettext ("%u of them late", "%u of them late", unit->n_late), unit->n_late);
  g_autofree char *words = unit->n_late > 0 ? g_strdup_printf ("%s · %s", open, late) : g_strdup (open);

  if (detail->numbers->len == 0)
    gtk_box_append (GTK_BOX (card), linli_text_new (_("It owes no case."), "dim-label"));
  else
    {
      g_autofree char *line = linli_unit_cases_line (unit);
      GtkWidget *button = gtk_button_new_with_label (_("Show These Cases"));

      gtk_box_append (GTK_BOX (card), linli_text_new (words, unit->n_late > 0 ? "error" : NULL));
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.search-for");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", line);
      gtk_box_append (GTK_BOX (card), button);
    }

  return card;
}

static GtkWidget *
people_new (const LinliUnitDetail *detail)
{
  GtkWidget *card = linli_card_new (4);

  for (guint i = 0; i < detail->people->len; i++)
    {
      LinliRow *person = detail->people->pdata[i];
      const char *name = linli_row_get_text (person, LINLI_ACCOUNT_NAME);
      gboolean active = linli_row_get_int (person, LINLI_ACCOUNT_ACTIVE) != 0;
      g_autofree char *words = active ? g_strdup (name) : g_strdup_printf ("%s · %s", name, _("closed"));

      gtk_box_append (GTK_BOX (card), linli_text_new (words, active ? NULL : "dim-label"));
    }
  if (detail->people->len == 0)
    gtk_box_append (GTK_BOX (card), linli_text_new (_("Nobody signs in for it: the centre reports in its name."), "dim-label"));

  return card;
}

static GtkWidget *
items_new (const LinliUnitDetail *detail)
{
  GtkWidget *card = linli_card_new (4);

  for (guint i = 0; i < MIN (detail->items->len, LISTED); i++)
    {
      LinliRow *item = detail->items->pdata[i];
      g_autofree char *words = g_strdup_printf ("%s  %s", linli_row_get_text (item, LINLI_DUTY_ITEM_CODE),
                                                linli_row_get_text (item, LINLI_DUTY_ITEM_NAME));

      gtk_box_append (GTK_BOX (card), linli_text_new (words, NULL));
    }
  if (detail->items->len > LISTED)
    {
      guint n = detail->items->len - LISTED;
      g_autofree char *words = g_strdup_printf (ngettext ("and %u more", "and %u more", n), n);

      gtk_box_append (GTK_BOX (card), linli_caption_new (words));
    }
  if (detail->items->len == 0)
    gtk_box_append (GTK_BOX (card), linli_text_new (_("No duty item proposes it first."), "dim-label"));

  return card;
}

void
linli_unit_pane_fill (GtkBox                *box,
                      const LinliUnitFacts  *unit,
                      const LinliUnitDetail *detail,
                      GTimeZone             *zone)
{
  g_autofree char *items = g_strdup_printf (_("Duty items it leads (%u)"), detail->items->len);

  linli_box_clear (box);
  gtk_box_append (box, linli_section_new (linli_row_get_text (unit->row, LINLI_UNIT_NAME), facts_new (unit, zone)));
  gtk_box_append (box, linli_section_new (_("Cases there now"), cases_new (unit, detail)));
  gtk_box_append (box, linli_section_new (_("Accounts for it"), people_new (detail)));
  gtk_box_append (box, linli_section_new (items, items_new (detail)));
}
