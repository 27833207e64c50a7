/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-entry-row.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-facts.h"
#include "linli-case-tables.h"
#include "linli-entry-words.h"
#include "linli-time-words.h"

struct _LinliEntryRow
{
  GtkBox      parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkWidget  *icon;
  GtkWidget  *kind;
  GtkWidget  *who;
  GtkWidget  *audience;
  GtkWidget  *when;
  GtkWidget  *origin;
  GtkWidget  *body;
  GtkWidget  *facts;

  /* State */
  const char *audience_class; /* (nullable) interned */
};

G_DEFINE_FINAL_TYPE (LinliEntryRow, linli_entry_row, GTK_TYPE_BOX)

/* @words: (nullable): without any, @label takes no room */
static void
tell (GtkWidget  *label,
      const char *words)
{
  gtk_label_set_label (GTK_LABEL (label), words != NULL ? words : "");
  gtk_widget_set_visible (label, words != NULL && *words != '\0');
}

static void
show_audience (LinliEntryRow *self,
               const char    *audience)
{
  const char *wanted = g_intern_string (audience);

  gtk_label_set_label (GTK_LABEL (self->audience), linli_audience_words (audience));
  if (wanted == self->audience_class)
    return;
  if (self->audience_class != NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), self->audience_class);
      gtk_widget_remove_css_class (self->audience, self->audience_class);
    }
  self->audience_class = wanted;
  gtk_widget_add_css_class (GTK_WIDGET (self), wanted);
  gtk_widget_add_css_class (self->audience, wanted);
  gtk_widget_set_tooltip_text (self->audience, linli_audience_long_words (audience));
}

/* Returns: (transfer full): a line for each fact that has words */
static char *
facts_words (LinliRow  *entry,
             GTimeZone *zone)
{
  g_autoptr(GPtrArray) facts = linli_case_facts_read (linli_row_get_text (entry, LINLI_ENTRY_PAYLOAD));
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      g_autofree char *fact = linli_case_fact_words (facts->pdata[i], zone);

      if (fact != NULL)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", fact);
    }

  return g_string_free (words, FALSE);
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

static GtkWidget *
new_head (LinliEntryRow *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->kind = gtk_label_new (NULL);
  self->who = linli_caption_new (NULL);
  self->audience = linli_pill_new (NULL, "audience");
  self->when = linli_caption_new (NULL);
  gtk_widget_add_css_class (self->kind, "heading");
  gtk_widget_set_hexpand (self->who, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->when), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (head), self->kind);
  gtk_box_append (GTK_BOX (head), self->who);
  gtk_box_append (GTK_BOX (head), self->audience);
  gtk_box_append (GTK_BOX (head), self->when);

  return head;
}

static void
linli_entry_row_class_init (LinliEntryRowClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
linli_entry_row_init (LinliEntryRow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_set_spacing (GTK_BOX (self), 10);
  gtk_widget_add_css_class (GTK_WIDGET (self), "entry-row");
  self->icon = linli_icon_new (NULL);
  gtk_widget_set_valign (self->icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->icon, 3);
  gtk_widget_set_hexpand (content, TRUE);
  self->origin = linli_caption_new (NULL);
  self->body = linli_text_new (NULL, "entry-body");
  self->facts = linli_text_new (NULL, "caption");
  gtk_widget_add_css_class (self->facts, "dim-label");
  gtk_box_append (GTK_BOX (content), new_head (self));
  gtk_box_append (GTK_BOX (content), self->origin);
  gtk_box_append (GTK_BOX (content), self->body);
  gtk_box_append (GTK_BOX (content), self->facts);
  gtk_box_append (GTK_BOX (self), self->icon);
  gtk_box_append (GTK_BOX (self), content);
}

GtkWidget *
linli_entry_row_new (void)
{
  return g_object_new (LINLI_TYPE_ENTRY_ROW, NULL);
}

/* @origin: (nullable): the number of the merged case it was said in */
void
linli_entry_row_show (LinliEntryRow  *self,
                      LinliRow       *entry,
                      const char     *origin,
                      LinliUiContext *context)
{
  gint64 at = linli_row_get_int (entry, LINLI_ENTRY_AT);
  GTimeZone *zone = linli_ui_context_get_zone (context);
  const char *kind = linli_row_get_text (entry, LINLI_ENTRY_KIND);
  g_autofree char *moment = linli_moment_words (at, linli_ui_context_now (context), zone);
  g_autofree char *full = linli_moment_full_words (at, zone);
  g_autofree char *from = origin != NULL ? g_strdup_printf (_("in %s"), origin) : NULL;
  g_autofree char *facts = facts_words (entry, zone);
  g_autofree char *whole = whole_words (entry, context);

  g_return_if_fail (LINLI_IS_ENTRY_ROW (self));

  linli_icon_show (GTK_IMAGE (self->icon), linli_entry_kind_icon (kind));
  gtk_label_set_label (GTK_LABEL (self->kind), linli_entry_kind_words (kind));
  gtk_label_set_label (GTK_LABEL (self->who), linli_row_get_text (entry, LINLI_ENTRY_ACTOR_NAME));
  show_audience (self, linli_row_get_text (entry, LINLI_ENTRY_AUDIENCE));
  gtk_label_set_label (GTK_LABEL (self->when), moment);
  gtk_widget_set_tooltip_text (self->when, full);
  tell (self->origin, from);
  tell (self->body, linli_row_get_text (entry, LINLI_ENTRY_BODY));
  tell (self->facts, facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
}
