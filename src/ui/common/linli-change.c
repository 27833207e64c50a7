/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-change.h"

#include <glib/gi18n-lib.h>

#include "linli-error-words.h"

typedef struct
{
  LinliUiContext    *context;
  char              *words;
  LinliChangeRefused refused; /* (nullable) */
  GWeakRef           page;
} Change;

static void
change_free (Change *change)
{
  g_object_unref (change->context);
  g_weak_ref_clear (&change->page);
  g_free (change->words);
  g_free (change);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Change *change = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);
  g_autoptr(GObject) page = g_weak_ref_get (&change->page);

  if (reply != NULL)
    linli_change_say (change->context, change->words, linli_reply_get_operation (reply));
  else
    {
      g_autofree char *words = linli_error_words (error);

      linli_ui_context_toast (change->context, words);
      if (page != NULL && change->refused != NULL)
        change->refused (page);
    }
  change_free (change);
}

/**
 * linli_change_run:
 * @words: said when it is done, with a button that takes it back
 * @refused: (nullable): called with @page when it is refused, if that lives still
 * @page: (type GObject)
 */
void
linli_change_run (LinliUiContext    *context,
                  const char        *command,
                  LinliRequest      *request,
                  const char        *words,
                  LinliChangeRefused refused,
                  gpointer           page)
{
  Change *change = g_new0 (Change, 1);

  change->context = g_object_ref (context);
  change->words = g_strdup (words);
  change->refused = refused;
  g_weak_ref_init (&change->page, page);
  linli_store_run_async (linli_ui_context_get_store (context), command, request, NULL, ran_cb, change);
}

/* @operation: what the button beside @words takes back */
void
linli_change_say (LinliUiContext *context,
                  const char     *words,
                  const char     *operation)
{
  linli_ui_context_toast_action (context, words, _("Undo"), "win.undo", g_variant_new_string (operation));
}
