/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-composer.h"

#include <glib/gi18n-lib.h>

#include "linli-capture-key.h"
#include "linli-core-tables.h"
#include "linli-draft-keeper.h"
#include "linli-entry-words.h"
#include "linli-error-words.h"
#include "linli-template-menu.h"

struct _LinliComposer
{
  GtkBox            parent_instance;

  /* Template children */
  GtkWidget        *frame;
  GtkTextView      *view;
  GtkToggleButton  *internal;
  GtkToggleButton  *unit;
  GtkToggleButton  *resident;
  GtkLabel         *hint;

  /* Owned */
  LinliUiContext   *context;
  char             *case_id; /* (nullable) */
  LinliDraftKeeper *keeper;  /* (nullable): of the case */
  GHashTable       *left;    /* case id -> LinliRequest: bodies that may still be on their way to the store */

  /* State */
  gboolean          filling; /* what changes is not typed */
  gboolean          sending;
};

enum { SENT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliComposer, linli_composer, GTK_TYPE_BOX)

static char *
dup_text (LinliComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
is_empty (LinliComposer *self)
{
  g_autofree char *text = dup_text (self);

  return *g_strstrip (text) == '\0';
}

static const char *
get_audience (LinliComposer *self)
{
  if (gtk_toggle_button_get_active (self->unit))
    return "unit";

  return gtk_toggle_button_get_active (self->resident) ? "resident" : "internal";
}

/* Somebody at a unit writes for the centre and the units unless told otherwise. */
static void
set_audience (LinliComposer *self,
              const char    *audience)
{
  gboolean inside = gtk_widget_get_visible (GTK_WIDGET (self->internal));
  GtkToggleButton *button = g_strcmp0 (audience, "resident") == 0           ? self->resident
                            : !inside || g_strcmp0 (audience, "unit") == 0 ? self->unit
                                                                           : self->internal;

  gtk_toggle_button_set_active (button, TRUE);
}

static void
show_audience (LinliComposer *self)
{
  static const char *const audiences[] = { "internal", "unit", "resident" };

  for (guint i = 0; i < G_N_ELEMENTS (audiences); i++)
    gtk_widget_remove_css_class (self->frame, audiences[i]);
  gtk_widget_add_css_class (self->frame, get_audience (self));
  gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "error");
  gtk_label_set_label (self->hint, linli_audience_long_words (get_audience (self)));
}

/* --- The draft --- */

static LinliRequest *
draft_body (gpointer form)
{
  LinliComposer *self = form;
  g_autofree char *text = dup_text (self);
  LinliRequest *body;

  if (is_empty (self))
    return NULL;
  body = linli_request_new ();
  linli_request_set_text (body, "body", text);
  linli_request_set_text (body, "audience", get_audience (self));

  return body;
}

static void
saved_cb (LinliDraftKeeper *keeper,
          const GError     *error,
          LinliComposer    *self)
{
  g_autofree char *words = NULL;

  if (error == NULL)
    return;
  words = linli_error_words (error);
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "error");
  gtk_label_set_label (self->hint, words);
}

static void
typed_cb (LinliComposer *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", !self->sending && !is_empty (self));
  if (!self->filling && self->keeper != NULL)
    linli_draft_keeper_touch (self->keeper);
}

static void
audience_cb (LinliComposer *self)
{
  show_audience (self);
  if (!self->filling && self->keeper != NULL && !is_empty (self))
    linli_draft_keeper_touch (self->keeper);
}

static void
fill (LinliComposer *self,
      LinliRequest  *body)
{
  const char *text = body != NULL ? linli_request_get_text (body, "body") : NULL;

  self->filling = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text != NULL ? text : "", -1);
  set_audience (self, body != NULL ? linli_request_get_text (body, "audience") : NULL);
  self->filling = FALSE;
}

/* Whoever comes back at once must find the words, stored already or not. */
static void
leave_case (LinliComposer *self)
{
  LinliRequest *body = self->case_id != NULL ? draft_body (self) : NULL;

  if (body != NULL)
    {
      linli_request_set_text (body, "id", linli_draft_keeper_get_id (self->keeper));
      g_hash_table_replace (self->left, g_strdup (self->case_id), body);
    }
  else if (self->case_id != NULL)
    g_hash_table_remove (self->left, self->case_id);
  if (self->keeper != NULL)
    linli_draft_keeper_leave (self->keeper);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->case_id, g_free);
}

/* --- Sending --- */

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliComposer) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);
  g_autofree char *words = NULL;

  if (!self->sending || self->context == NULL)
    return; /* another case is shown by now; a refused note is still its draft */
  self->sending = FALSE;
  gtk_text_view_set_editable (self->view, TRUE);
  if (reply == NULL)
    {
      words = linli_error_words (error);
      gtk_widget_add_css_class (GTK_WIDGET (self->hint), "error");
      gtk_label_set_label (self->hint, words);
      typed_cb (self);
      return;
    }
  linli_draft_keeper_rest (self->keeper);
  fill (self, NULL);
  g_signal_emit (self, signals[SENT], 0);
}

static void
send_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliComposer *self = LINLI_COMPOSER (widget);
  g_autoptr(LinliRequest) request = NULL;
  g_autofree char *text = dup_text (self);

  if (self->sending || self->case_id == NULL || is_empty (self))
    return;
  linli_draft_keeper_flush (self->keeper);
  request = linli_request_new ();
  linli_request_set_text (request, "case", self->case_id);
  linli_request_set_text (request, "body", text);
  linli_request_set_text (request, "audience", get_audience (self));
  if (linli_draft_keeper_has_row (self->keeper))
    linli_request_set_text (request, "draft", linli_draft_keeper_get_id (self->keeper));
  self->sending = TRUE;
  gtk_text_view_set_editable (self->view, FALSE);
  gtk_widget_action_set_enabled (widget, "composer.send", FALSE);
  linli_store_run_async (linli_ui_context_get_store (self->context), "case.note", request, NULL, sent_cb,
                         g_object_ref (self));
}

/* --- The object --- */

static void
linli_composer_unmap (GtkWidget *widget)
{
  LinliComposer *self = LINLI_COMPOSER (widget);

  if (self->keeper != NULL)
    linli_draft_keeper_flush (self->keeper);

  GTK_WIDGET_CLASS (linli_composer_parent_class)->unmap (widget);
}

static void
linli_composer_dispose (GObject *object)
{
  LinliComposer *self = LINLI_COMPOSER (object);

  if (self->left != NULL)
    leave_case (self);
  g_clear_pointer (&self->left, g_hash_table_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_composer_parent_class)->dispose (object);
}

static void
linli_composer_class_init (LinliComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_composer_dispose;
  widget_class->unmap = linli_composer_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliComposer, frame);
  gtk_widget_class_bind_template_child (widget_class, LinliComposer, view);
  gtk_widget_class_bind_template_child (widget_class, LinliComposer, internal);
  gtk_widget_class_bind_template_child (widget_class, LinliComposer, unit);
  gtk_widget_class_bind_template_child (widget_class, LinliComposer, resident);
  gtk_widget_class_bind_template_child (widget_class, LinliComposer, hint);
  gtk_widget_class_bind_template_callback (widget_class, audience_cb);

  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_action);

  /**
   * LinliComposer::sent:
   *
   * A note was stored.
   */
  signals[SENT] = g_signal_new ("sent", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
linli_composer_init (LinliComposer *self)
{
  self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) linli_request_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (typed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", FALSE);
  linli_capture_key (GTK_WIDGET (self), "<Control>Return|<Control>KP_Enter", "composer.send");
  show_audience (self);
}

/* Once, before it is used. */
void
linli_composer_set_context (LinliComposer  *self,
                            LinliUiContext *context)
{
  g_return_if_fail (LINLI_IS_COMPOSER (self));

  g_set_object (&self->context, context);
  gtk_widget_set_visible (GTK_WIDGET (self->internal), linli_ui_context_get_session (context)->unit == NULL);
  set_audience (self, NULL);
  linli_template_menu_attach (self->view, context, "note");
}

/* What was typed about the case in this window, else what the store holds. */
static LinliRequest *
find_body (LinliComposer *self,
           LinliRow      *draft,
           const char   **id)
{
  LinliRequest *left = g_hash_table_lookup (self->left, self->case_id);
  const char *json = draft != NULL ? linli_row_get_text (draft, LINLI_DRAFT_BODY) : NULL;

  if (left != NULL)
    {
      *id = linli_request_get_text (left, "id");
      return linli_request_ref (left);
    }
  *id = draft != NULL ? linli_row_get_id (draft) : NULL;

  return json != NULL ? linli_request_parse (json) : NULL;
}

/**
 * linli_composer_set_case:
 * @case_id: (nullable)
 * @draft: (nullable): what was half typed about it before
 *
 * A case that is shown already keeps what is being typed.
 */
void
linli_composer_set_case (LinliComposer *self,
                         const char    *case_id,
                         LinliRow      *draft)
{
  g_autoptr(LinliRequest) body = NULL;
  const char *id = NULL;

  g_return_if_fail (LINLI_IS_COMPOSER (self));

  if (g_strcmp0 (self->case_id, case_id) == 0)
    return;
  leave_case (self);
  self->sending = FALSE;
  gtk_text_view_set_editable (self->view, TRUE);
  linli_template_menu_set_case (self->view, case_id);
  if (case_id == NULL)
    return;
  self->case_id = g_strdup (case_id);
  body = find_body (self, draft, &id);
  self->keeper = linli_draft_keeper_new (linli_ui_context_get_store (self->context), "note", case_id, id, draft_body,
                                         self);
  g_signal_connect_object (self->keeper, "saved", G_CALLBACK (saved_cb), self, 0);
  fill (self, body);
}

/* Returns: (transfer none): internal, unit or resident */
const char *
linli_composer_get_audience (LinliComposer *self)
{
  g_return_val_if_fail (LINLI_IS_COMPOSER (self), NULL);

  return get_audience (self);
}

void
linli_composer_focus (LinliComposer *self)
{
  g_return_if_fail (LINLI_IS_COMPOSER (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Whether words stand there that were not handed in yet. */
gboolean
linli_composer_has_words (LinliComposer *self)
{
  g_return_val_if_fail (LINLI_IS_COMPOSER (self), FALSE);

  return self->case_id != NULL && !is_empty (self);
}
