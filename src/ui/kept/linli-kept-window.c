/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-kept-window.h"

#include <glib/gi18n-lib.h>

#include "linli-action-dialog.h"
#include "linli-cards.h"
#include "linli-error-words.h"
#include "linli-inbox-share.h"
#include "linli-inbox-tables.h"
#include "linli-macro-words.h"
#include "linli-macro.h"
#include "linli-template.h"

struct _LinliKeptWindow
{
  AdwWindow            parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  AdwPreferencesGroup *texts;
  AdwPreferencesGroup *macros;
  GPtrArray           *rows;    /* (unowned) of both groups */

  /* Owned */
  LinliUiContext      *context;
};

G_DEFINE_FINAL_TYPE (LinliKeptWindow, linli_kept_window, ADW_TYPE_WINDOW)

/* --- The form of a text --- */

static void
add_whom (LinliActionDialog *dialog,
          LinliUiContext    *context,
          const char        *chosen)
{
  const char *const ids[] = { "own", "everybody", NULL };
  const char *words[] = { _("Me alone"), _("Everybody at this centre"), NULL };

  if (linli_share_is_allowed (linli_ui_context_get_session (context)->roles))
    linli_action_dialog_add_choice (dialog, "for", _("_For whom"), ids, words, chosen);
}

/* @row: (nullable): %NULL for a new one */
static void
open_text (LinliKeptWindow *self,
           LinliRow        *row)
{
  static const char *const ids[] = { "any", "note", "reply", "instruction", "result", "reason", NULL };
  const char *words[] = { _("Anywhere"), _("Notes"), _("Replies to residents"), _("Instructions to units"),
                          _("Results"), _("Reasons"), NULL };
  LinliActionDialog *dialog = linli_action_dialog_new (self->context, "template.save",
                                                       row != NULL ? linli_row_get_id (row) : "new",
                                                       row != NULL ? _("Change a Kept Text") : _("New Kept Text"),
                                                       _("Keep"));

  if (row != NULL)
    linli_action_dialog_fix_text (dialog, "id", linli_row_get_id (row));
  linli_action_dialog_add_entry (dialog, "name", _("_Name"),
                                 row != NULL ? linli_row_get_text (row, LINLI_TEMPLATE_NAME) : NULL)->required = TRUE;
  linli_action_dialog_add_area (dialog, "body", _("_Text; {appellant} {case_no} {item} {due} {unit} {today} are filled in"),
                                row != NULL ? linli_row_get_text (row, LINLI_TEMPLATE_BODY) : NULL)->required = TRUE;
  linli_action_dialog_add_choice (dialog, "purpose", _("_Where"), ids, words,
                                  row != NULL ? linli_row_get_text (row, LINLI_TEMPLATE_PURPOSE) : "any");
  linli_action_dialog_add_entry (dialog, "item", _("_Code of a duty item or class (all when empty)"),
                                 row != NULL ? linli_row_get_text (row, LINLI_TEMPLATE_ITEM_CODE) : NULL);
  add_whom (dialog, self->context,
            row != NULL && linli_row_is_null (row, LINLI_TEMPLATE_OWNER_ID) ? "everybody" : "own");
  linli_action_dialog_open (dialog, GTK_WINDOW (self));
}

static void
new_text_cb (LinliKeptWindow *self)
{
  open_text (self, NULL);
}

static void
row_cb (GtkWidget *widget,
        LinliRow  *row)
{
  open_text (LINLI_KEPT_WINDOW (gtk_widget_get_root (widget)), row);
}

/* --- Removing --- */

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliUiContext) context = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (reply != NULL)
    linli_ui_context_toast_action (context, _("Removed."), _("_Undo"), "win.undo",
                                   g_variant_new_string (linli_reply_get_operation (reply)));
  else
    {
      g_autofree char *words = linli_error_words (error);

      linli_ui_context_toast (context, words);
    }
}

static void
remove_cb (GtkWidget *button,
           LinliRow  *row)
{
  LinliKeptWindow *self = LINLI_KEPT_WINDOW (gtk_widget_get_root (button));
  g_autoptr(LinliRequest) request = linli_request_new ();
  gboolean is_macro = linli_row_get_table (row) == &linli_table_macro;

  linli_request_set_text (request, "id", linli_row_get_id (row));
  linli_store_run_async (linli_ui_context_get_store (self->context), is_macro ? "macro.remove" : "template.remove",
                         request, NULL, removed_cb, g_object_ref (self->context));
}

/* --- The lists --- */

static void
row_unref_closure (gpointer  data,
                   GClosure *closure)
{
  linli_row_unref (data);
}

static GtkWidget *
line_of (LinliKeptWindow *self,
         LinliRow        *row,
         const char      *title,
         const char      *subtitle)
{
  GtkWidget *line = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: the name of a kept text or macro */
  g_autofree char *name = g_strdup_printf (_("Remove “%s”"), title);

  g_object_set (line, "use-markup", FALSE, "title", title, "subtitle", subtitle, "subtitle-lines", 2, NULL);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_data (remove, "clicked", G_CALLBACK (remove_cb), linli_row_ref (row), row_unref_closure, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), remove);
  g_ptr_array_add (self->rows, line);

  return line;
}

static void
clear (LinliKeptWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *group = gtk_widget_get_ancestor (self->rows->pdata[i], ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), self->rows->pdata[i]);
    }
  g_ptr_array_set_size (self->rows, 0);
}

typedef struct
{
  GPtrArray *texts;
  GPtrArray *macros;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_clear_pointer (&kept->texts, g_ptr_array_unref);
  g_clear_pointer (&kept->macros, g_ptr_array_unref);
  g_free (kept);
}

static gpointer
read_kept (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  Kept *kept = g_new0 (Kept, 1);

  kept->texts = linli_template_find (conn, NULL, NULL, NULL, data, 1000, error);
  kept->macros = kept->texts != NULL ? linli_macro_find (conn, data, error) : NULL;
  if (kept->macros == NULL)
    g_clear_pointer (&kept, kept_free);
  return kept;
}

static void
read_kept_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LinliKeptWindow) self = user_data;
  Kept *kept = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (kept == NULL || self->context == NULL)
    {
      g_clear_pointer (&kept, kept_free);
      return;
    }
  clear (self);
  for (guint i = 0; i < kept->texts->len; i++)
    {
      LinliRow *row = kept->texts->pdata[i];
      GtkWidget *line = line_of (self, row, linli_row_get_text (row, LINLI_TEMPLATE_NAME),
                                 linli_row_get_text (row, LINLI_TEMPLATE_BODY));

      g_object_set (line, "activatable", TRUE, NULL);
      g_signal_connect_data (line, "activated", G_CALLBACK (row_cb), linli_row_ref (row), row_unref_closure, 0);
      adw_preferences_group_add (self->texts, line);
    }
  for (guint i = 0; i < kept->macros->len; i++)
    {
      LinliRow *row = kept->macros->pdata[i];
      g_autoptr(LinliMacroSheet) sheet = linli_macro_sheet_new (linli_row_get_text (row, LINLI_MACRO_STEPS));
      g_autofree char *steps = linli_macro_sheet_dup_line (sheet);

      adw_preferences_group_add (self->macros, line_of (self, row, linli_row_get_text (row, LINLI_MACRO_NAME), steps));
    }
  kept_free (kept);
}

static void
refresh (LinliKeptWindow *self)
{
  LinliStore *store = linli_ui_context_get_store (self->context);

  linli_store_read_async (store, read_kept, linli_store_dup_actor (store), g_free, kept_free, NULL, read_kept_cb,
                          g_object_ref (self));
}

static void
changed_cb (LinliKeptWindow *self)
{
  if (self->context != NULL)
    refresh (self);
}

/* --- The window --- */

static void
linli_kept_window_dispose (GObject *object)
{
  LinliKeptWindow *self = LINLI_KEPT_WINDOW (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (linli_kept_window_parent_class)->dispose (object);
}

static void
linli_kept_window_class_init (LinliKeptWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_kept_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page,
           const char         *title,
           const char         *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));

  return ADW_PREFERENCES_GROUP (group);
}

static void
linli_kept_window_init (LinliKeptWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *add = gtk_button_new_with_mnemonic (_("_New Text…"));

  self->rows = g_ptr_array_new ();
  self->texts = add_group (ADW_PREFERENCES_PAGE (page), _("Kept Texts"),
                           _("Type ;; or press Ctrl+; wherever you write, and choose one."));
  self->macros = add_group (ADW_PREFERENCES_PAGE (page), _("Macros"),
                            _("Do the steps once to a case, then “Keep the Last Steps” in its menu makes a macro. "
                              "Ctrl+K and its name runs it, also on many marked cases."));
  gtk_widget_add_css_class (add, "flat");
  adw_preferences_group_set_header_suffix (self->texts, add);
  g_signal_connect_object (add, "clicked", G_CALLBACK (new_text_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 640, 560);
  gtk_window_set_title (GTK_WINDOW (self), _("Kept Texts and Macros"));
}

void
linli_kept_window_open (GtkWindow      *parent,
                        LinliUiContext *context)
{
  LinliKeptWindow *self = g_object_new (LINLI_TYPE_KEPT_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  LinliDb *db = linli_store_get_db (linli_ui_context_get_store (context));

  self->context = g_object_ref (context);
  g_signal_connect_object (db, "changed::text_template", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (db, "changed::macro", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  refresh (self);
  gtk_window_present (GTK_WINDOW (self));
}

/* --- A macro from what was done --- */

typedef struct
{
  GtkWindow      *parent;
  LinliUiContext *context;
} Recording;

typedef struct
{
  char *case_id;
  char *actor;
} Whose;

static void
whose_free (gpointer data)
{
  Whose *whose = data;

  g_free (whose->case_id);
  g_free (whose->actor);
  g_free (whose);
}

static gpointer
read_steps (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Whose *whose = data;

  return linli_macro_record_text (conn, whose->case_id, whose->actor, error);
}

/* The form and the boxes of its steps. */
typedef struct
{
  LinliUiContext    *context;
  LinliMacroSheet   *sheet;
  GPtrArray         *boxes;   /* GtkCheckButton (unowned), one a step */
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_object_unref (keeping->context);
  linli_macro_sheet_free (keeping->sheet);
  g_ptr_array_unref (keeping->boxes);
  g_free (keeping);
}

static void
macro_saved_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LinliActionDialog) dialog = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (reply == NULL)
    linli_action_dialog_fail (dialog, error);
  else
    linli_action_dialog_end (dialog, FALSE);
}

static void
keep_steps_cb (LinliActionDialog *dialog,
               LinliRequest      *request,
               gpointer           data)
{
  Keeping *keeping = data;

  for (guint i = 0; i < keeping->boxes->len; i++)
    if (gtk_check_button_get_active (keeping->boxes->pdata[i]))
      linli_request_add_object (request, "steps", keeping->sheet->steps->pdata[i]);
  linli_store_run_async (linli_ui_context_get_store (keeping->context), "macro.save", request, NULL, macro_saved_cb,
                         g_object_ref (dialog));
}

static GtkWidget *
step_boxes (Keeping *keeping)
{
  GtkWidget *card = linli_card_new (2);

  for (guint i = 0; i < keeping->sheet->words->len; i++)
    {
      g_autofree char *line = g_strdup_printf ("%u. %s", i + 1, (char *) keeping->sheet->words->pdata[i]);
      GtkWidget *box = gtk_check_button_new_with_label (line);

      gtk_check_button_set_active (GTK_CHECK_BUTTON (box), TRUE);
      g_ptr_array_add (keeping->boxes, box);
      gtk_box_append (GTK_BOX (card), box);
    }
  return card;
}

static void
read_steps_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Recording *recording = user_data;
  g_autoptr(GtkWindow) parent = recording->parent;
  g_autoptr(LinliUiContext) context = recording->context;
  g_autofree char *steps = linli_store_read_finish (LINLI_STORE (source), result, NULL);
  g_autoptr(LinliMacroSheet) sheet = linli_macro_sheet_new (steps != NULL ? steps : "[]");
  LinliActionDialog *dialog;
  Keeping *keeping;

  g_free (recording);
  if (sheet->steps->len == 0)
    {
      linli_ui_context_toast (context, _("You have done nothing to this case yet that could be kept as a macro."));
      return;
    }
  dialog = linli_action_dialog_new (context, "macro.save", "new", _("Keep the Last Steps as a Macro"), _("Keep"));
  linli_action_dialog_add_entry (dialog, "name", _("_Name"), NULL)->required = TRUE;
  add_whom (dialog, context, "own");
  keeping = g_new0 (Keeping, 1);
  keeping->context = g_object_ref (context);
  keeping->sheet = g_steal_pointer (&sheet);
  keeping->boxes = g_ptr_array_new ();
  linli_action_dialog_add_widget (dialog, step_boxes (keeping));
  linli_action_dialog_set_run (dialog, keep_steps_cb, keeping, keeping_free);
  linli_action_dialog_open (dialog, parent);
}

/* Offers what was done last to a case, to be kept under a name. */
void
linli_kept_record (GtkWindow      *parent,
                   LinliUiContext *context,
                   const char     *case_id)
{
  LinliStore *store = linli_ui_context_get_store (context);
  Recording *recording = g_new0 (Recording, 1);
  Whose *whose = g_new0 (Whose, 1);

  recording->parent = g_object_ref (parent);
  recording->context = g_object_ref (context);
  whose->case_id = g_strdup (case_id);
  whose->actor = linli_store_dup_actor (store);
  linli_store_read_async (store, read_steps, whose, whose_free, g_free, NULL, read_steps_cb, recording);
}
