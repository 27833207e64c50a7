/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-view-keeper.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "linli-error-words.h"

/* A search on its way to becoming a view. */
typedef struct
{
  LinliUiContext *context;
  GtkEditable    *name;   /* (unowned): in the dialog */
  GtkCheckButton *shared; /* (unowned): in the dialog */
  char           *query;
  LinliCaseSort   sort;
} Keeping;

static void
keeping_free (gpointer  data,
              GClosure *closure)
{
  Keeping *keeping = data;

  g_object_unref (keeping->context);
  g_free (keeping->query);
  g_free (keeping);
}

static void
say_failure (LinliUiContext *context,
             const GError   *error)
{
  g_autofree char *words = linli_error_words (error);

  linli_ui_context_toast (context, words);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LinliUiContext) context = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (reply == NULL)
    say_failure (context, error);
}

static void
name_changed_cb (GtkEditable      *entry,
                 AdwMessageDialog *dialog)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "save", *name != '\0');
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Keeping          *keeping)
{
  g_autoptr(LinliRequest) request = linli_request_new ();
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (keeping->name)));

  if (!g_str_equal (response, "save") || *name == '\0')
    return;
  linli_request_set_text (request, "name", name);
  linli_request_set_text (request, "query", keeping->query);
  linli_request_set_text (request, "sort", linli_case_sort_to_text (keeping->sort));
  linli_request_set_bool (request, "shared", gtk_check_button_get_active (keeping->shared));
  linli_store_run_async (linli_ui_context_get_store (keeping->context), "view.save", request, NULL,
                         saved_cb, g_object_ref (keeping->context));
}

static GtkWidget *
make_form (Keeping   *keeping,
           GtkWidget *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *name = adw_entry_row_new ();
  GtkWidget *shared = gtk_check_button_new_with_label (_("Show it to everybody at this centre"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (name), _("Name"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (name), TRUE);
  g_signal_connect_object (name, "changed", G_CALLBACK (name_changed_cb), dialog, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), name);
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), shared);
  keeping->name = GTK_EDITABLE (name);
  keeping->shared = GTK_CHECK_BUTTON (shared);

  return box;
}

/* Asks for a name and keeps @query under it, in the sidebar. */
void
linli_view_keeper_save (GtkWindow      *parent,
                        LinliUiContext *context,
                        const char     *query,
                        LinliCaseSort   sort)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Save This Search"), NULL);
  Keeping *keeping = g_new0 (Keeping, 1);

  g_return_if_fail (query != NULL);

  keeping->context = g_object_ref (context);
  keeping->query = g_strdup (query);
  keeping->sort = sort;
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* Translators: the search line */
                                  _("“%s” becomes a view in the sidebar, with its number of cases."), query);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_form (keeping, dialog));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "save", FALSE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), keeping, keeping_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

typedef struct
{
  LinliUiContext *context;
  char           *name;
} Removing;

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Removing *removing = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (reply != NULL)
    {
      /* Translators: the name of a view */
      g_autofree char *text = g_strdup_printf (_("“%s” removed"), removing->name);

      linli_ui_context_toast_action (removing->context, text, _("_Undo"), "win.undo",
                                     g_variant_new_string (linli_reply_get_operation (reply)));
    }
  else
    say_failure (removing->context, error);
  g_object_unref (removing->context);
  g_free (removing->name);
  g_free (removing);
}

/* Takes a saved view out of the sidebar; the toast takes that back. */
void
linli_view_keeper_remove (LinliUiContext *context,
                          const char     *id,
                          const char     *name)
{
  g_autoptr(LinliRequest) request = linli_request_new ();
  Removing *removing = g_new0 (Removing, 1);

  removing->context = g_object_ref (context);
  removing->name = g_strdup (name);
  linli_request_set_text (request, "id", id);
  linli_store_run_async (linli_ui_context_get_store (context), "view.remove", request, NULL, removed_cb, removing);
}
