/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why this unit? 为什么是这个单位 */

#include "config.h"

#include "linli-route-card.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-route-words.h"

static GtkWidget *
line_new (char *words) /* (transfer full) */
{
  GtkWidget *line = linli_text_new (words, "caption");

  g_free (words);
  return line;
}

/* An earlier case opens with a click or Enter. */
static GtkWidget *
case_line_new (LinliRouteNoteCase *one)
{
  g_autofree char *words = linli_route_case_words (one);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = linli_text_new (words, "caption");

  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-case");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", one->case_id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);

  return button;
}

static GtkWidget *
rules_new (LinliRouteNote *note)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *label = g_strdup_printf (_("What became of the rules (%u)"), note->rules->len);

  for (guint i = 0; i < note->rules->len; i++)
    gtk_box_append (GTK_BOX (box), line_new (linli_route_rule_words (note->rules->pdata[i])));
  if (note->n_other > 0)
    gtk_box_append (GTK_BOX (box), line_new (g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                              "%d further rule is for other matters or switched off.",
                                                              "%d further rules are for other matters or switched off.",
                                                              (gulong) note->n_other), (int) note->n_other)));
  return linli_expander_new (label, box);
}

/* Returns: (transfer full): what is told about @routing */
LinliRouteNote *
linli_route_note_of (LinliRouting *routing)
{
  g_autofree char *text = linli_routing_to_text (routing, NULL, NULL);

  return linli_route_note_parse (text);
}

/* Returns: (transfer floating): a section with the reason, the cases behind it, and every rule's */
GtkWidget *
linli_route_card_new (LinliRouteNote *note)
{
  GtkWidget *card = linli_card_new (6);
  char *chosen = linli_route_chosen_words (note);

  gtk_box_append (GTK_BOX (card), linli_text_new (note->lead != NULL ? note->lead : _("Nobody is proposed"), "heading"));
  {
    g_autofree char *reason = linli_route_reason_words (note);

    gtk_box_append (GTK_BOX (card), linli_text_new (reason, NULL));
  }
  if (chosen != NULL)
    gtk_box_append (GTK_BOX (card), line_new (chosen));
  for (guint i = 0; i < note->cases->len; i++)
    gtk_box_append (GTK_BOX (card), case_line_new (note->cases->pdata[i]));
  if (note->rules->len > 0 || note->n_other > 0)
    gtk_box_append (GTK_BOX (card), rules_new (note));

  return linli_section_new (_("Why This Unit?"), card);
}
