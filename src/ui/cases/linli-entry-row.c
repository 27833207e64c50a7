/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line of the timeline: what happened, who did it and when, who may read
 * it, in colour and in words. */

#include "config.h"

#include "linli-entry-row.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-facts.h"
#include "linli-case-tables.h"
#include "linli-entry-words.h"
#include "linli-time-words.h"

static GtkWidget *
new_head (LinliRow       *entry,
          LinliUiContext *context)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *audience = linli_row_get_text (entry, LINLI_ENTRY_AUDIENCE);
  const char *actor = linli_row_get_text (entry, LINLI_ENTRY_ACTOR_NAME);
  gint64 at = linli_row_get_int (entry, LINLI_ENTRY_AT);
  g_autofree char *moment = linli_moment_words (at, linli_ui_context_now (context),
                                                linli_ui_context_get_zone (context));
  g_autofree char *full = linli_moment_full_words (at, linli_ui_context_get_zone (context));
  GtkWidget *kind = gtk_label_new (linli_entry_kind_words (linli_row_get_text (entry, LINLI_ENTRY_KIND)));
  GtkWidget *who = linli_caption_new (actor);
  GtkWidget *when = linli_caption_new (moment);
  GtkWidget *pill = linli_pill_new (linli_audience_words (audience), audience);

  gtk_widget_add_css_class (kind, "heading");
  gtk_widget_set_hexpand (who, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (when), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_tooltip_text (when, full);
  gtk_widget_add_css_class (pill, "audience");
  gtk_widget_set_tooltip_text (pill, linli_audience_long_words (audience));
  gtk_box_append (GTK_BOX (head), kind);
  gtk_box_append (GTK_BOX (head), who);
  gtk_box_append (GTK_BOX (head), pill);
  gtk_box_append (GTK_BOX (head), when);

  return head;
}

static void
add_facts (GtkWidget *box,
           LinliRow  *entry,
           GTimeZone *zone)
{
  g_autoptr(GPtrArray) facts = linli_case_facts_read (linli_row_get_text (entry, LINLI_ENTRY_PAYLOAD));

  for (guint i = 0; i < facts->len; i++)
    {
      g_autofree char *words = linli_case_fact_words (facts->pdata[i], zone);
      GtkWidget *label;

      if (words == NULL)
        continue;
      label = linli_text_new (words, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
}

static char *
whole_words (LinliRow       *entry,
             LinliUiContext *context)
{
  g_autofree char *full = linli_moment_full_words (linli_row_get_int (entry, LINLI_ENTRY_AT),
                                                   linli_ui_context_get_zone (context));
  const char *body = linli_row_get_text (entry, LINLI_ENTRY_BODY);
  const char *actor = linli_row_get_text (entry, LINLI_ENTRY_ACTOR_NAME);

  return g_strdup_printf ("%s, %s, %s, %s. %s", linli_entry_kind_words (linli_row_get_text (entry, LINLI_ENTRY_KIND)),
                          actor != NULL ? actor : "", full,
                          linli_audience_words (linli_row_get_text (entry, LINLI_ENTRY_AUDIENCE)),
                          body != NULL ? body : "");
}

GtkWidget *
linli_entry_row_new (LinliRow       *entry,
                     LinliUiContext *context)
{
  return linli_entry_row_new_from (entry, NULL, context);
}

/* @origin: (nullable): the number of the merged case it was said in */
GtkWidget *
linli_entry_row_new_from (LinliRow       *entry,
                          const char     *origin,
                          LinliUiContext *context)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_HORIZONTAL, "spacing", 10,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  GtkWidget *icon = linli_icon_new (linli_entry_kind_icon (linli_row_get_text (entry, LINLI_ENTRY_KIND)));
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *body = linli_row_get_text (entry, LINLI_ENTRY_BODY);
  g_autofree char *whole = whole_words (entry, context);

  gtk_widget_add_css_class (row, "entry-row");
  gtk_widget_add_css_class (row, linli_row_get_text (entry, LINLI_ENTRY_AUDIENCE));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 3);
  gtk_widget_set_hexpand (content, TRUE);
  gtk_box_append (GTK_BOX (content), new_head (entry, context));
  if (origin != NULL)
    {
      g_autofree char *from = g_strdup_printf (_("in %s"), origin);

      gtk_box_append (GTK_BOX (content), linli_caption_new (from));
    }
  if (body != NULL && *body != '\0')
    gtk_box_append (GTK_BOX (content), linli_text_new (body, "entry-body"));
  add_facts (content, entry, linli_ui_context_get_zone (context));
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);

  return row;
}
