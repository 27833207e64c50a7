/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-intake-drafts.h"

#include <glib/gi18n-lib.h>

#include "linli-core-tables.h"
#include "linli-draft.h"
#include "linli-new-case.h"
#include "linli-request.h"
#include "linli-time-words.h"

#define MAX_SHOWN 50 /* the newest; whoever has left more has the ones before soon enough */

struct _LinliIntakeDrafts
{
  GtkBox          parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkLabel       *label;
  GtkBox         *buttons;

  /* Owned */
  LinliUiContext *context;
  GPtrArray      *drafts;      /* (nullable) draft rows */
  char           *current;     /* (nullable): id of the one in the form */
  char           *told;        /* (nullable): which ones are shown, and saved when */
  GCancellable   *cancellable;
};

enum { LOADED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliIntakeDrafts, linli_intake_drafts, GTK_TYPE_BOX)

/* Whose it is, or how it begins. */
static char *
draft_words (LinliIntakeDrafts *self,
             LinliRow          *draft)
{
  g_autoptr(LinliRequest) body = linli_request_parse (linli_row_get_text (draft, LINLI_DRAFT_BODY));
  const char *name = body != NULL ? linli_request_get_text (body, "name.shown") : NULL;
  const char *text = body != NULL ? linli_request_get_text (body, "text") : NULL;
  g_autofree char *begin = text != NULL ? g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 14)) : NULL;
  g_autofree char *moment = linli_moment_words (linli_row_get_int (draft, LINLI_DRAFT_SAVED_AT),
                                                linli_ui_context_now (self->context),
                                                linli_ui_context_get_zone (self->context));

  if (begin != NULL)
    g_strdelimit (begin, "\n", ' ');

  return g_strdup_printf ("%s%s%s · %s", name != NULL ? name : "", name != NULL && begin != NULL ? " " : "",
                          begin != NULL ? begin : name != NULL ? "" : _("Unnamed"), moment);
}

/* Typing in the form saves a draft every moment, and the others stay as they are. */
static gboolean
is_told (LinliIntakeDrafts *self)
{
  g_autoptr(GString) told = g_string_new (NULL);
  gboolean same;

  for (guint i = 0; self->drafts != NULL && i < self->drafts->len; i++)
    if (g_strcmp0 (linli_row_get_id (self->drafts->pdata[i]), self->current) != 0)
      g_string_append_printf (told, "%s %" G_GINT64_FORMAT "\n", linli_row_get_id (self->drafts->pdata[i]),
                              linli_row_get_int (self->drafts->pdata[i], LINLI_DRAFT_SAVED_AT));
  same = g_strcmp0 (told->str, self->told) == 0;
  g_free (self->told);
  self->told = g_strdup (told->str);

  return same;
}

static void
show_drafts (LinliIntakeDrafts *self)
{
  g_autofree char *title = NULL;
  GtkWidget *child;
  guint n = 0;

  if (is_told (self))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    gtk_box_remove (self->buttons, child);
  for (guint i = 0; self->drafts != NULL && i < self->drafts->len; i++)
    {
      const char *id = linli_row_get_id (self->drafts->pdata[i]);
      g_autofree char *words = NULL;
      GtkWidget *button;

      if (g_strcmp0 (id, self->current) == 0 || n++ >= MAX_SHOWN)
        continue;
      words = draft_words (self, self->drafts->pdata[i]);
      button = gtk_button_new_with_label (words);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "intake.open-draft");
      gtk_widget_set_tooltip_text (button, _("Go on with this one; the form shown now is kept"));
      gtk_widget_add_css_class (button, "chip");
      gtk_box_append (self->buttons, button);
    }
  title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u unfinished:", "%u unfinished:", n), n);
  gtk_label_set_label (self->label, title);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static gpointer
read_drafts (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  return linli_drafts_load (conn, data, "intake", NULL, error);
}

static void
read_drafts_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LinliIntakeDrafts) self = user_data;
  g_autoptr(GPtrArray) drafts = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (drafts == NULL || self->context == NULL)
    return;
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  self->drafts = g_steal_pointer (&drafts);
  show_drafts (self);
  linli_new_case_follow (self->context, self->drafts);
  g_signal_emit (self, signals[LOADED], 0);
}

static void
load (LinliIntakeDrafts *self)
{
  LinliStore *store = linli_ui_context_get_store (self->context);

  linli_store_read_async (store, read_drafts, linli_store_dup_actor (store), g_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_drafts_cb, g_object_ref (self));
}

static void
changed_cb (LinliDb           *db,
            GArray            *pks,
            LinliIntakeDrafts *self)
{
  if (self->context != NULL)
    load (self);
}

static void
linli_intake_drafts_dispose (GObject *object)
{
  LinliIntakeDrafts *self = LINLI_INTAKE_DRAFTS (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->current, g_free);
  g_clear_pointer (&self->told, g_free);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_intake_drafts_parent_class)->dispose (object);
}

static void
linli_intake_drafts_class_init (LinliIntakeDraftsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_intake_drafts_dispose;

  /* LinliIntakeDrafts::loaded: the drafts are known, again */
  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

/* However many there are, the window is no wider for them: they scroll, and
 * follow the keyboard. */
static void
linli_intake_drafts_init (LinliIntakeDrafts *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->cancellable = g_cancellable_new ();
  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->buttons));
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller))), TRUE);
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_box_set_spacing (GTK_BOX (self), 10);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self), scroller);
  gtk_widget_add_css_class (GTK_WIDGET (self), "drafts-bar");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Once, before it is used. */
void
linli_intake_drafts_set_context (LinliIntakeDrafts *self,
                                 LinliUiContext    *context)
{
  g_return_if_fail (LINLI_IS_INTAKE_DRAFTS (self));

  self->context = g_object_ref (context);
  g_signal_connect_object (linli_store_get_db (linli_ui_context_get_store (context)), "changed::draft",
                           G_CALLBACK (changed_cb), self, 0);
  load (self);
}

/* @id: (nullable): the draft in the form, which is not listed */
void
linli_intake_drafts_set_current (LinliIntakeDrafts *self,
                                 const char        *id)
{
  g_return_if_fail (LINLI_IS_INTAKE_DRAFTS (self));

  if (g_strcmp0 (self->current, id) == 0)
    return;
  g_free (self->current);
  self->current = g_strdup (id);
  show_drafts (self);
}

/* Returns: (transfer none) (nullable) */
LinliRow *
linli_intake_drafts_find (LinliIntakeDrafts *self,
                          const char        *id)
{
  for (guint i = 0; self->drafts != NULL && i < self->drafts->len; i++)
    if (g_str_equal (linli_row_get_id (self->drafts->pdata[i]), id))
      return self->drafts->pdata[i];

  return NULL;
}
