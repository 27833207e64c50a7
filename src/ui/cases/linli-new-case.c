/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where `win.new-case` gets its page, and where what was left unfinished is
 * offered when a centre is opened. */

#include "config.h"

#include "linli-new-case.h"

#include <glib/gi18n-lib.h>

#include "linli-draft.h"
#include "linli-intake-page.h"
#include "linli-row.h"

#define RESUME "linli-resume-draft" /* id of the draft that the next page goes on with */
#define ACTION "step.resume-intake"

/* Whether this desk may take in cases. */
gboolean
linli_new_case_is_possible (LinliUiContext *context)
{
  const LinliRole takers = LINLI_ROLE_CLERK | LINLI_ROLE_DISPATCHER | LINLI_ROLE_GRID | LINLI_ROLE_SECRETARY;

  return !linli_store_is_read_only (linli_ui_context_get_store (context)) &&
         (linli_ui_context_get_session (context)->roles & takers) != 0;
}

/* Returns: (transfer floating): a page for linli_desk_view_push() */
GtkWidget *
linli_new_case_page (LinliUiContext *context)
{
  g_autofree char *draft = g_object_steal_data (G_OBJECT (context), RESUME);

  return linli_intake_page_new (context, draft);
}

/* The next page goes on with @draft. */
void
linli_new_case_resume (LinliUiContext *context,
                       const char     *draft)
{
  g_object_set_data_full (G_OBJECT (context), RESUME, g_strdup (draft), g_free);
}

static gpointer
read_drafts (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  return linli_drafts_load (conn, data, "intake", NULL, error);
}

/* @label: (nullable): as linli_sidebar_offer() has it */
static void
offer (LinliUiContext *context,
       GPtrArray      *drafts,
       const char     *label)
{
  g_autofree char *words = NULL;

  if (drafts->len == 0)
    {
      linli_ui_context_offer (context, NULL, NULL, ACTION, NULL);
      return;
    }
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u intake was begun and not finished.",
                                        "%u intakes were begun and not finished.", drafts->len), drafts->len);
  linli_ui_context_offer (context, words, label, ACTION, g_variant_new_string (linli_row_get_id (drafts->pdata[0])));
}

/* @drafts: the intakes that are begun now, newest first; said where they are still offered */
void
linli_new_case_follow (LinliUiContext *context,
                       GPtrArray      *drafts)
{
  g_return_if_fail (LINLI_IS_UI_CONTEXT (context) && drafts != NULL);

  offer (context, drafts, NULL);
}

static void
read_drafts_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LinliUiContext) context = user_data;
  g_autoptr(GPtrArray) drafts = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (drafts != NULL && linli_new_case_is_possible (context))
    offer (context, drafts, _("Continue"));
}

/* Says what was left unfinished, if anything was. */
void
linli_new_case_offer (LinliUiContext *context)
{
  LinliStore *store = linli_ui_context_get_store (context);

  linli_store_read_async (store, read_drafts, linli_store_dup_actor (store), g_free,
                          (GDestroyNotify) g_ptr_array_unref, NULL, read_drafts_cb, g_object_ref (context));
}
