/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-context-panel.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-context.h"
#include "linli-case-words.h"
#include "linli-time-words.h"

struct _LinliContextPanel
{
  AdwBin          parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkExpander    *expander;
  GtkBox         *content;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable; /* (nullable) */
  char           *case_id;     /* (nullable) */
};

G_DEFINE_FINAL_TYPE (LinliContextPanel, linli_context_panel, ADW_TYPE_BIN)

/* --- Lines --- */

static char *
minutes_words (gint64 minutes)
{
  if (minutes < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", (guint) minutes), (guint) minutes);
  /* Translators: working hours, one decimal */
  return g_strdup_printf (_("%.1f working hours"), (double) minutes / 60);
}

static GtkWidget *
case_line (LinliContextPanel *self,
           LinliNearCase     *one)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gtk_label_new (one->title);
  g_autofree char *received = linli_moment_words (one->received_at, linli_ui_context_now (self->context),
                                                  linli_ui_context_get_zone (self->context));
  g_autofree char *took = one->minutes >= 0 ? minutes_words (one->minutes) : NULL;
  g_autofree char *name = g_strjoin (" · ", one->title, linli_case_state_words (one->state),
                                     took != NULL ? took : received, NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), linli_pill_new (linli_case_state_words (one->state),
                                                 linli_case_state_class (one->state)));
  gtk_box_append (GTK_BOX (box), linli_caption_new (took != NULL ? took : received));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "context-line");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-case");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", one->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

static void
add_part (LinliContextPanel *self,
          const char        *words,
          GPtrArray         *cases)
{
  GtkWidget *heading = linli_text_new (words, "heading");

  gtk_box_append (self->content, heading);
  for (guint i = 0; i < cases->len; i++)
    gtk_box_append (self->content, case_line (self, cases->pdata[i]));
}

static char *
own_words (LinliCaseContext *found)
{
  g_autofree char *first = NULL;

  if (found->n_own == 0)
    return g_strdup (_("Nothing else from this resident"));
  first = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "This resident: %u other matter, %u open",
                                        "This resident: %u other matters, %u open", found->n_own),
                           found->n_own, found->n_own_open);
  if (found->n_own_rated == 0)
    return g_steal_pointer (&first);
  /* Translators: satisfied answers of all answers to call-backs */
  return g_strdup_printf (_("%s, satisfied %u of %u"), first, found->n_own_satisfied, found->n_own_rated);
}

static char *
leaf_words (LinliCaseContext *found)
{
  g_autofree char *median = minutes_words (found->median);
  g_autofree char *p90 = minutes_words (found->p90);

  if (found->n_timed == 0)
    return g_strdup (_("No closed case of this item to compare with"));
  /* Translators: typical times of closed cases of the same duty item; the
   * second is what nine in ten did not exceed */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "This item, last %u closed: half within %s, nine in ten within %s",
                                       "This item, last %u closed: half within %s, nine in ten within %s", found->n_timed),
                          found->n_timed, median, p90);
}

static void
show_found (LinliContextPanel *self,
            LinliCaseContext  *found)
{
  g_autofree char *near = NULL;
  g_autofree char *own = own_words (found);
  g_autofree char *leaf = leaf_words (found);

  near = found->n_near == 0
           ? g_strdup (_("Nothing like it nearby"))
           : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Nearby, same item: %u case", "Nearby, same item: %u cases",
                                           found->n_near), found->n_near);
  linli_box_clear (self->content);
  add_part (self, near, found->near);
  add_part (self, own, found->own);
  add_part (self, leaf, found->leaf);
}

/* --- Reading --- */

static gpointer
read_context (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  return linli_case_context_load (conn, data, error);
}

static void
read_context_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(LinliContextPanel) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliCaseContext) found = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (self->context == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found != NULL)
    show_found (self, found);
  else
    g_warning ("What surrounds the case cannot be read: %s", error->message);
}

static void
refresh (LinliContextPanel *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->case_id == NULL || self->context == NULL || !gtk_expander_get_expanded (self->expander))
    return;
  self->cancellable = g_cancellable_new ();
  linli_store_read_async (linli_ui_context_get_store (self->context), read_context, g_strdup (self->case_id), g_free,
                          (GDestroyNotify) linli_case_context_free, self->cancellable, read_context_cb,
                          g_object_ref (self));
}

/* --- The object --- */

static void
linli_context_panel_dispose (GObject *object)
{
  LinliContextPanel *self = LINLI_CONTEXT_PANEL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->case_id, g_free);

  G_OBJECT_CLASS (linli_context_panel_parent_class)->dispose (object);
}

static void
linli_context_panel_class_init (LinliContextPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_context_panel_dispose;
}

static void
linli_context_panel_init (LinliContextPanel *self)
{
  self->expander = GTK_EXPANDER (gtk_expander_new_with_mnemonic (_("What S_urrounds It")));
  self->content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  gtk_widget_add_css_class (GTK_WIDGET (self->content), "context-content");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What surrounds it"), -1);
  gtk_expander_set_child (self->expander, GTK_WIDGET (self->content));
  gtk_widget_add_css_class (GTK_WIDGET (self), "context-panel");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->expander));
  g_signal_connect_object (self->expander, "notify::expanded", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

/* Whether it is open is remembered. */
void
linli_context_panel_set_context (LinliContextPanel *self,
                                 LinliUiContext    *context)
{
  g_return_if_fail (LINLI_IS_CONTEXT_PANEL (self));

  self->context = g_object_ref (context);
  /* The resident's other matters and what lies nearby are not the unit's. */
  gtk_widget_set_visible (GTK_WIDGET (self), linli_ui_context_get_session (context)->unit == NULL);
  g_settings_bind (linli_ui_context_get_settings (context), "show-context", self->expander, "expanded",
                   G_SETTINGS_BIND_DEFAULT);
}

/* @case_id: (nullable); also when the case was changed */
void
linli_context_panel_show (LinliContextPanel *self,
                          const char        *case_id)
{
  g_return_if_fail (LINLI_IS_CONTEXT_PANEL (self));

  if (g_strcmp0 (self->case_id, case_id) != 0)
    linli_box_clear (self->content);
  if (case_id != self->case_id)
    {
      g_free (self->case_id);
      self->case_id = g_strdup (case_id);
    }
  refresh (self);
}

void
linli_context_panel_toggle (LinliContextPanel *self)
{
  g_return_if_fail (LINLI_IS_CONTEXT_PANEL (self));

  gtk_expander_set_expanded (self->expander, !gtk_expander_get_expanded (self->expander));
}
