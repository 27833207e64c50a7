/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sync-line.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-error-words.h"
#include "linli-sync-words.h"

#define TICK_SECONDS 30 /* "offline for 3 minutes" goes on by itself */

struct _LinliSyncLine
{
  AdwBin          parent_instance;

  /* Template children */
  GtkButton      *button;
  GtkImage       *icon;
  GtkLabel       *label;

  /* Owned */
  LinliUiContext *context;

  guint           tick_id;
};

G_DEFINE_FINAL_TYPE (LinliSyncLine, linli_sync_line, ADW_TYPE_BIN)

static void
show (LinliSyncLine *self)
{
  LinliSyncAgent *agent = linli_ui_context_get_sync (self->context);
  const GError *unkept = linli_store_get_unkept (linli_ui_context_get_store (self->context));
  g_autofree char *words = NULL;
  g_autofree char *more = NULL;

  if (agent == NULL)
    return;
  /* What is not even on this computer comes before what is not at the hub. */
  words = unkept != NULL ? g_strdup (_("What is being typed is not saved"))
                         : linli_sync_short_words (agent, linli_ui_context_now (self->context),
                                                   linli_ui_context_get_zone (self->context));
  more = unkept != NULL ? linli_error_words (unkept) : g_strdup (words);
  if (unkept != NULL || linli_sync_needs_person (agent))
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "warning");
  linli_icon_show (self->icon, unkept != NULL ? "dialog-warning-symbolic" : linli_sync_icon (agent));
  if (g_strcmp0 (gtk_label_get_label (self->label), words) == 0 &&
      g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->button)), more) == 0)
    return; /* as it stands there */
  gtk_label_set_label (self->label, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), more);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, unkept != NULL ? more : "", -1);
}

static gboolean
tick_cb (gpointer user_data)
{
  show (user_data);
  return G_SOURCE_CONTINUE;
}

static void
linli_sync_line_dispose (GObject *object)
{
  LinliSyncLine *self = LINLI_SYNC_LINE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_sync_line_parent_class)->dispose (object);
}

static void
linli_sync_line_class_init (LinliSyncLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_sync_line_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-sync-line.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliSyncLine, button);
  gtk_widget_class_bind_template_child (widget_class, LinliSyncLine, icon);
  gtk_widget_class_bind_template_child (widget_class, LinliSyncLine, label);
}

static void
linli_sync_line_init (LinliSyncLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
linli_sync_line_set_context (LinliSyncLine  *self,
                             LinliUiContext *context)
{
  LinliSyncAgent *agent = linli_ui_context_get_sync (context);

  g_return_if_fail (LINLI_IS_SYNC_LINE (self) && self->context == NULL);

  self->context = g_object_ref (context);
  if (agent == NULL)
    return; /* open for looking only */
  g_signal_connect_object (agent, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (linli_ui_context_get_store (context), "unkept-changed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
  show (self);
}
