/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-view-keeper.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-error-words.h"
#include "linli-inbox-share.h"

/* What the form asks besides its fields; lives as long as the form. */
typedef struct
{
  LinliUiContext *context;
  GtkCheckButton *shared;  /* (nullable), as the following (unowned): in the form */
  GtkCheckButton *instead; /* keep it in place of the view shown */
  LinliFormInput *name;
  LinliPlace     *view;    /* (nullable): the one that may change */
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_object_unref (keeping->context);
  g_clear_object (&keeping->view);
  g_free (keeping);
}

static gboolean
collect (LinliRequest *request,
         gpointer      data,
         char        **fault)
{
  Keeping *keeping = data;

  if (keeping->instead != NULL && gtk_check_button_get_active (keeping->instead))
    linli_request_set_text (request, "id", keeping->view->id);
  if (keeping->shared != NULL)
    linli_request_set_bool (request, "shared", gtk_check_button_get_active (keeping->shared));

  return TRUE;
}

static void
done_cb (LinliActionDialog *dialog,
         const char        *command,
         const char        *operation,
         Keeping           *keeping)
{
  g_autofree char *name = linli_form_input_dup_text (keeping->name);
  /* Translators: the name of a view */
  g_autofree char *text = g_strdup_printf (_("“%s” is in the sidebar"), name);

  linli_ui_context_toast_action (keeping->context, text, _("_Undo"), "win.undo", g_variant_new_string (operation));
}

/* A view changed keeps its name, unless another is typed. */
static void
instead_cb (GtkCheckButton *button,
            Keeping        *keeping)
{
  g_autofree char *name = linli_form_input_dup_text (keeping->name);

  if (gtk_check_button_get_active (button) && *g_strstrip (name) == '\0')
    linli_form_input_set_text (keeping->name, keeping->view->title);
  if (keeping->shared != NULL && gtk_check_button_get_active (button))
    gtk_check_button_set_active (keeping->shared, keeping->view->shared);
}

static gboolean
may_share (LinliUiContext *context)
{
  return linli_share_is_allowed (linli_ui_context_get_session (context)->roles);
}

/* Whether the person at the desk may change @view. */
gboolean
linli_view_keeper_may_change (LinliUiContext *context,
                              LinliPlace     *view)
{
  return view->saved && (!view->shared || may_share (context));
}

static Keeping *
attach (LinliActionDialog *dialog,
        LinliUiContext    *context,
        LinliPlace        *view)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->context = g_object_ref (context);
  if (view != NULL)
    keeping->view = g_object_ref (view);
  g_object_set_data_full (G_OBJECT (dialog), "keeping", keeping, keeping_free);
  linli_action_dialog_set_collect (dialog, collect, keeping);
  g_signal_connect (dialog, "done", G_CALLBACK (done_cb), keeping);

  return keeping;
}

/* One line is all there is to say: Enter ends it. */
static void
name_cb (LinliActionDialog *dialog)
{
  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.confirm", NULL);
}

static void
add_name (LinliActionDialog *dialog,
          Keeping           *keeping,
          const char        *value)
{
  keeping->name = linli_action_dialog_add_entry (dialog, "name", _("_Name"), value);
  keeping->name->required = TRUE;
  g_signal_connect_object (linli_field_get_input (keeping->name->field), "activate", G_CALLBACK (name_cb), dialog,
                           G_CONNECT_SWAPPED);
}

static void
add_shared (LinliActionDialog *dialog,
            Keeping           *keeping,
            gboolean           shared)
{
  if (!may_share (keeping->context))
    return;
  keeping->shared = GTK_CHECK_BUTTON (linli_check_new (_("Show it to _everybody at this centre")));
  gtk_check_button_set_active (keeping->shared, shared);
  linli_action_dialog_add_widget (dialog, GTK_WIDGET (keeping->shared));
}

/**
 * linli_view_keeper_save:
 * @query: a search line
 * @view: (nullable): the saved view from which the search began; @query may
 *   take its place
 *
 * Asks for a name and keeps @query under it, in the sidebar.
 */
void
linli_view_keeper_save (GtkWindow      *parent,
                        LinliUiContext *context,
                        const char     *query,
                        LinliCaseSort   sort,
                        LinliPlace     *view)
{
  LinliActionDialog *dialog = linli_action_dialog_new (context, "view.save", "new", _("Save This Search"), _("Save"));
  Keeping *keeping = attach (dialog, context, view);
  /* Translators: the search line */
  g_autofree char *words = g_strdup_printf (_("“%s” becomes a view in the sidebar, with its number of cases."), query);

  linli_action_dialog_fix_text (dialog, "query", query);
  linli_action_dialog_fix_text (dialog, "sort", linli_case_sort_to_text (sort));
  linli_action_dialog_add_widget (dialog, linli_text_new (words, NULL));
  add_name (dialog, keeping, NULL);
  if (view != NULL && linli_view_keeper_may_change (context, view))
    {
      g_auto(GStrv) parts = g_strsplit (view->title, "_", -1);
      g_autofree char *title = g_strjoinv ("__", parts); /* no mnemonic */
      /* Translators: the name of a view */
      g_autofree char *instead = g_strdup_printf (_("_Instead of what “%s” shows now"), title);

      keeping->instead = GTK_CHECK_BUTTON (linli_check_new (instead));
      linli_action_dialog_add_widget (dialog, GTK_WIDGET (keeping->instead));
      g_signal_connect (keeping->instead, "toggled", G_CALLBACK (instead_cb), keeping);
    }
  add_shared (dialog, keeping, FALSE);
  linli_action_dialog_open (dialog, parent);
}

/**
 * linli_view_keeper_edit:
 * @view: of one's own, or one may change the shared
 *
 * Asks for name, search, order and whose it is.
 *
 * Returns: (transfer none): the open form
 */
LinliActionDialog *
linli_view_keeper_edit (GtkWindow      *parent,
                        LinliUiContext *context,
                        LinliPlace     *view)
{
  static const char *const sorts[] = { "received", "due", "touched", NULL };
  const char *words[] = { _("Newest First"), _("Most Urgent First"), _("Last Changed First"), NULL };
  LinliActionDialog *dialog = linli_action_dialog_new (context, "view.save", view->id, _("Change a View"), _("Save"));
  Keeping *keeping = attach (dialog, context, view);

  linli_action_dialog_fix_text (dialog, "id", view->id);
  add_name (dialog, keeping, view->title);
  linli_action_dialog_add_entry (dialog, "query", _("Se_arch"), view->query)->required = TRUE;
  linli_action_dialog_add_choice (dialog, "sort", _("_Order"), sorts, words, linli_case_sort_to_text (view->sort));
  add_shared (dialog, keeping, view->shared);
  linli_action_dialog_open (dialog, parent);

  return dialog;
}

/* --- Without a form --- */

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
    {
      g_autofree char *words = linli_error_words (error);

      linli_ui_context_toast (removing->context, words);
    }
  g_object_unref (removing->context);
  g_free (removing->name);
  g_free (removing);
}

/* Takes a saved view out of the sidebar; the toast takes that back. */
void
linli_view_keeper_remove (LinliUiContext *context,
                          LinliPlace     *view)
{
  g_autoptr(LinliRequest) request = linli_request_new ();
  Removing *removing = g_new0 (Removing, 1);

  removing->context = g_object_ref (context);
  removing->name = g_strdup (view->title);
  linli_request_set_text (request, "id", view->id);
  linli_store_run_async (linli_ui_context_get_store (context), "view.remove", request, NULL, removed_cb, removing);
}
