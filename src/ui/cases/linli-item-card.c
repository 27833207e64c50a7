/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-item-card.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-words.h"
#include "linli-catalogue-tables.h"
#include "linli-evidence-kinds.h"
#include "linli-people-tables.h"
#include "linli-request.h"

struct _LinliItemCard
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (LinliItemCard, linli_item_card, GTK_TYPE_BOX)

static void
linli_item_card_class_init (LinliItemCardClass *klass)
{
}

static void
linli_item_card_init (LinliItemCard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "case-card");
}

GtkWidget *
linli_item_card_new (void)
{
  return g_object_new (LINLI_TYPE_ITEM_CARD, NULL);
}

/* Returns: (transfer full): the limits of a duty item; "" when it has none */
char *
linli_item_limits_words (LinliRow *item)
{
  static const char *const kinds[] = { "dispatch", "sign", "contact", "resolve", "callback" };
  const char *text = linli_row_get_text (item, LINLI_DUTY_ITEM_LIMITS);
  g_autoptr(LinliRequest) limits = text != NULL ? linli_request_parse (text) : NULL;
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; limits != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      const char *limit = linli_request_get_text (limits, kinds[i]);

      if (limit != NULL)
        g_string_append_printf (words, "%s%s %s", words->len > 0 ? " · " : "", linli_clock_kind_words (kinds[i]), limit);
    }

  return g_strdup (words->str);
}

static char *
units_words (LinliRow       *item,
             LinliDutyUnits *units)
{
  g_autoptr(GString) words = g_string_new (NULL);

  if (units == NULL || units->lead == NULL)
    return g_strdup (linli_row_get_text (item, LINLI_DUTY_ITEM_OWNER_TEXT));
  g_string_append (words, linli_row_get_text (units->lead, LINLI_UNIT_NAME));
  for (guint i = 0; i < units->assist->len; i++)
    g_string_append_printf (words, "%s%s", i == 0 ? _(" with ") : _(", "),
                            linli_row_get_text (units->assist->pdata[i], LINLI_UNIT_NAME));

  return g_strdup (words->str);
}

static void
add (GtkWidget  *box,
     const char *name,
     const char *value)
{
  if (value != NULL && *value != '\0')
    gtk_box_append (GTK_BOX (box), linli_fact_row_new (name, value));
}

static const char *
translate (const char *sentence)
{
  return g_dgettext (GETTEXT_PACKAGE, sentence);
}

/* @item: (nullable); @units: (nullable); @expanded: whether all of it is shown at once */
void
linli_item_card_show (LinliItemCard  *self,
                      LinliRow       *item,
                      LinliDutyUnits *units,
                      gboolean        expanded)
{
  GtkWidget *more = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *whom = NULL;
  g_autofree char *limits = NULL;
  g_autofree char *evidence = NULL;

  g_return_if_fail (LINLI_IS_ITEM_CARD (self));

  linli_box_clear (GTK_BOX (self));
  if (item == NULL)
    {
      g_object_ref_sink (more);
      g_object_unref (more);
      return;
    }
  whom = units_words (item, units);
  limits = linli_item_limits_words (item);
  evidence = linli_evidence_kinds_words (linli_row_get_text (item, LINLI_DUTY_ITEM_EVIDENCE), translate);
  gtk_box_append (GTK_BOX (self), linli_text_new (linli_row_get_text (item, LINLI_DUTY_ITEM_PATH), "heading"));
  add (GTK_WIDGET (self), _("Units"), whom);
  add (GTK_WIDGET (self), _("Limits"), limits);
  add (GTK_WIDGET (self), _("Closing evidence"), evidence);
  add (more, _("Law"), linli_row_get_text (item, LINLI_DUTY_ITEM_LEGAL_BASIS));
  add (more, _("Clause"), linli_row_get_text (item, LINLI_DUTY_ITEM_CLAUSE));
  add (more, _("Taken up if"), linli_row_get_text (item, LINLI_DUTY_ITEM_FILING));
  add (more, _("Standard"), linli_row_get_text (item, LINLI_DUTY_ITEM_STANDARD));
  add (more, _("Closed when"), linli_row_get_text (item, LINLI_DUTY_ITEM_CLOSING));
  if (expanded)
    gtk_box_append (GTK_BOX (self), more);
  else
    gtk_box_append (GTK_BOX (self), linli_expander_new (_("Law, standard, closing condition"), more));
}
