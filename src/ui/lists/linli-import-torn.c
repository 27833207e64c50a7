/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-import-torn.h"

#include <glib/gi18n-lib.h>

#include "linli-case-imports.h"
#include "linli-case-tables.h"
#include "linli-error-words.h"
#include "linli-importer.h"

static gpointer
find_torn (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  return linli_case_imports_find_torn (conn, error);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LinliUiContext) context = user_data;
  g_autoptr(LinliRow) import = linli_store_read_finish (LINLI_STORE (source), result, NULL);
  g_autofree char *words = NULL;

  if (import == NULL)
    return;
  words = g_strdup_printf (_("The import of “%s” was broken off. Import the file again to go on, or take back what came in."),
                           linli_row_get_text (import, LINLI_IMPORT_FILE_NAME));
  linli_ui_context_offer (context, words, _("Take Back"), "win.take-back-import",
                          g_variant_new_string (linli_row_get_id (import)));
}

/* Looks once while a store is open, when somebody sits down who may take it
 * back, before anybody can import into it: what is unfinished then, nobody at
 * this desk is at work on. */
void
linli_import_torn_look (LinliUiContext *context)
{
  static const char looked[] = "linli-import-torn-looked";
  LinliStore *store;

  g_return_if_fail (LINLI_IS_UI_CONTEXT (context));

  store = linli_ui_context_get_store (context);
  if (linli_store_is_read_only (store) || !linli_session_may (linli_ui_context_get_session (context), "import.undo") ||
      g_object_get_data (G_OBJECT (store), looked) != NULL)
    return;
  g_object_set_data (G_OBJECT (store), looked, GINT_TO_POINTER (TRUE));
  linli_store_read_async (store, find_torn, NULL, NULL, (GDestroyNotify) linli_row_unref, NULL, found_cb,
                          g_object_ref (context));
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliUiContext) context = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (linli_import_undo_finish (result, &error))
    {
      linli_ui_context_toast (context, _("The import was taken back. Cases that somebody has worked on since have stayed."));
      return;
    }
  words = linli_error_words (error);
  linli_ui_context_toast (context, words);
}

/* @import: id of an import; its cases go, a page at a time, while other work goes on */
void
linli_import_torn_take_back (LinliUiContext *context,
                             const char     *import)
{
  g_return_if_fail (LINLI_IS_UI_CONTEXT (context));
  g_return_if_fail (import != NULL);

  linli_ui_context_toast (context, _("The cases of the import are being taken back."));
  linli_import_undo_async (linli_ui_context_get_store (context), import, undone_cb, g_object_ref (context));
}
