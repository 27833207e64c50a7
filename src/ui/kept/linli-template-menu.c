/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ;; or Ctrl+; in a text offers the kept texts for this case, filled in; the
 * chosen one takes the place of the two marks. */

#include "config.h"

#include "linli-template-menu.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "linli-capture-key.h"
#include "linli-inbox-tables.h"
#include "linli-palette.h"
#include "linli-template.h"

#define MAX_OFFERED 200

typedef struct
{
  GtkTextView    *view;    /* (unowned): this is its data */
  LinliUiContext *context;
  char           *purpose;
  char           *case_id; /* (nullable) */
  gboolean        marks;   /* two marks stand before the cursor */
  guint           look_id; /* of the look for them that is to come */
  gboolean        reading; /* an offer is under way; a second one would lie over it */
} Menu;

static void
menu_free (gpointer data)
{
  Menu *self = data;

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_object_unref (self->context);
  g_free (self->purpose);
  g_free (self->case_id);
  g_free (self);
}

/* --- Reading --- */

typedef struct
{
  char  *purpose;
  char  *case_id; /* (nullable) */
  char  *actor;   /* (nullable) */
  gint64 now;
} Question;

typedef struct
{
  char *name;
  char *text;
} Offer;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->purpose);
  g_free (question->case_id);
  g_free (question->actor);
  g_free (question);
}

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_free (offer->name);
  g_free (offer->text);
  g_free (offer);
}

static gpointer
read_offers (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  Question *question = data;
  g_autoptr(GPtrArray) rows = linli_template_find (conn, NULL, question->purpose, question->case_id, question->actor,
                                                   MAX_OFFERED, error);
  g_autoptr(GPtrArray) offers = g_ptr_array_new_with_free_func (offer_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      Offer *offer = g_new0 (Offer, 1);

      offer->name = g_strdup (linli_row_get_text (rows->pdata[i], LINLI_TEMPLATE_NAME));
      offer->text = linli_template_fill (conn, linli_row_get_text (rows->pdata[i], LINLI_TEMPLATE_BODY),
                                         question->case_id, question->now, question->actor, error);
      g_ptr_array_add (offers, offer);
      if (offer->text == NULL)
        return NULL;
    }
  return rows != NULL ? g_steal_pointer (&offers) : NULL;
}

static void
offers_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GtkTextView) view = user_data;
  Menu *self = g_object_get_data (G_OBJECT (view), "template-menu");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) offers = linli_store_read_finish (LINLI_STORE (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));
  LinliPalette *palette;

  self->reading = FALSE;
  if (root == NULL || offers == NULL)
    {
      if (error != NULL)
        g_warning ("The kept texts cannot be read: %s", error->message);
      return;
    }
  if (offers->len == 0)
    {
      linli_ui_context_toast (self->context, _("No kept text fits here yet. The main menu’s “Kept Texts” makes some."));
      return;
    }
  palette = linli_palette_new (self->context, GTK_WINDOW (root));
  linli_palette_close_store (palette, _("Kept Texts"));
  for (guint i = 0; i < offers->len; i++)
    {
      Offer *offer = offers->pdata[i];
      LinliPaletteEntry *entry = linli_palette_entry_new (offer->name, "linli-note-symbolic", GTK_WIDGET (view),
                                                          "template.insert", g_variant_new_string (offer->text));

      entry->subtitle = g_strdup (offer->text);
      linli_palette_take (palette, entry);
    }
  linli_palette_open (palette);
}

static void
offer (Menu *self)
{
  LinliStore *store = linli_ui_context_get_store (self->context);
  Question *question;

  if (self->reading)
    return;
  self->reading = TRUE;
  question = g_new0 (Question, 1);
  question->purpose = g_strdup (self->purpose);
  question->case_id = g_strdup (self->case_id);
  question->actor = linli_store_dup_actor (store);
  question->now = linli_ui_context_now (self->context);
  linli_store_read_async (store, read_offers, question, question_free, (GDestroyNotify) g_ptr_array_unref, NULL,
                          offers_cb, g_object_ref (self->view));
}

/* --- The text --- */

static gboolean
is_mark (gunichar c)
{
  return c == ';' || c == 0xff1b; /* the full-width one of Chinese input methods */
}

static gboolean
find_marks (Menu        *self,
            GtkTextIter *start,
            GtkTextIter *end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);

  gtk_text_buffer_get_iter_at_mark (buffer, end, gtk_text_buffer_get_insert (buffer));
  *start = *end;
  for (guint i = 0; i < 2; i++)
    if (!gtk_text_iter_backward_char (start) || !is_mark (gtk_text_iter_get_char (start)))
      return FALSE;
  return TRUE;
}

static gboolean
offer_cb (gpointer data)
{
  Menu *self = data;
  GtkTextIter start, end;

  self->look_id = 0;
  self->marks = find_marks (self, &start, &end);
  if (self->marks)
    offer (self);

  return G_SOURCE_REMOVE;
}

/* Only what a person types; a restored draft that ends in marks opens nothing.
 * Two marks typed before the loop turns are one wish. */
static void
inserted_cb (GtkTextBuffer *buffer,
             GtkTextIter   *location,
             const char    *text,
             int            length,
             Menu          *self)
{
  if (self->look_id == 0 && g_utf8_strlen (text, length) == 1 && is_mark (g_utf8_get_char (text)) &&
      gtk_widget_has_focus (GTK_WIDGET (self->view)))
    self->look_id = g_idle_add (offer_cb, self);
}

static void
insert_cb (GSimpleAction *action,
           GVariant      *parameter,
           Menu          *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_begin_user_action (buffer);
  if (self->marks && find_marks (self, &start, &end))
    gtk_text_buffer_delete (buffer, &start, &end);
  self->marks = FALSE;
  gtk_text_buffer_insert_at_cursor (buffer, g_variant_get_string (parameter, NULL), -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
choose_cb (GSimpleAction *action,
           GVariant      *parameter,
           Menu          *self)
{
  self->marks = FALSE;
  offer (self);
}

/**
 * linli_template_menu_attach:
 * @purpose: note, reply, instruction, result or reason
 *
 * Offers kept texts in @view from now on.
 */
void
linli_template_menu_attach (GtkTextView    *view,
                            LinliUiContext *context,
                            const char     *purpose)
{
  Menu *self = g_object_get_data (G_OBJECT (view), "template-menu");
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) insert = g_simple_action_new ("insert", G_VARIANT_TYPE_STRING);
  g_autoptr(GSimpleAction) choose = g_simple_action_new ("choose", NULL);

  g_return_if_fail (GTK_IS_TEXT_VIEW (view) && self == NULL);

  self = g_new0 (Menu, 1);
  self->view = view;
  self->context = g_object_ref (context);
  self->purpose = g_strdup (purpose);
  g_object_set_data_full (G_OBJECT (view), "template-menu", self, menu_free);
  g_signal_connect (insert, "activate", G_CALLBACK (insert_cb), self);
  g_signal_connect (choose, "activate", G_CALLBACK (choose_cb), self);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (insert));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (choose));
  gtk_widget_insert_action_group (GTK_WIDGET (view), "template", G_ACTION_GROUP (group));
  g_signal_connect (gtk_text_view_get_buffer (view), "insert-text", G_CALLBACK (inserted_cb), self);
  linli_capture_key (GTK_WIDGET (view), "<Control>semicolon", "template.choose");
}

/* @case_id: (nullable): that fills the texts in; a dispatch's id will do */
void
linli_template_menu_set_case (GtkTextView *view,
                              const char  *case_id)
{
  Menu *self = g_object_get_data (G_OBJECT (view), "template-menu");

  g_return_if_fail (self != NULL);

  g_free (self->case_id);
  self->case_id = g_strdup (case_id);
}
