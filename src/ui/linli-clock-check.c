/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-clock-check.h"

#include <glib/gi18n-lib.h>

#include "linli-audit.h"
#include "linli-sync-state.h"
#include "linli-time-words.h"

#define TOLERANCE (10 * G_TIME_SPAN_MINUTE) /* less is a clock that was put right */

typedef struct
{
  LinliUiContext *context; /* (owned) */
  gboolean        asked;
} Check;

/* With a hub, other desks' clocks are in the entries too, and the hub itself
 * says when the one of this desk is wrong. */
static gpointer
read_latest (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  g_autoptr(LinliRow) hub = NULL;
  gint64 at = 0;

  if (!linli_sync_state_find (conn, &hub, error) || (hub == NULL && !linli_audit_get_latest (conn, &at, error)))
    return NULL;
  return g_memdup2 (&at, sizeof at);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Check *check = user_data;
  g_autoptr(LinliUiContext) context = check->context;
  gboolean asked = check->asked;
  g_autofree gint64 *latest = linli_store_read_finish (LINLI_STORE (source), result, NULL);
  gint64 now = linli_ui_context_now (context);

  g_free (check);
  if (latest != NULL && now + TOLERANCE < *latest)
    {
      GTimeZone *zone = linli_ui_context_get_zone (context);
      g_autofree char *here = linli_moment_full_words (now, zone);
      g_autofree char *there = linli_moment_full_words (*latest, zone);
      g_autofree char *words = g_strdup_printf (_("This computer’s clock says %s, but work was done here until %s. Set the clock "
                                                  "right before anything is taken in: times and limits follow it."), here, there);

      linli_ui_context_offer (context, words, _("Check Again"), "win.check-clock", NULL);
    }
  else if (latest != NULL && asked)
    linli_ui_context_toast (context, _("The clock is right again."));
}

/* @asked: a person wants to know, and is told that it is right as well */
void
linli_clock_check (LinliUiContext *context,
                   gboolean        asked)
{
  Check *check;

  g_return_if_fail (LINLI_IS_UI_CONTEXT (context));

  check = g_new0 (Check, 1);
  check->context = g_object_ref (context);
  check->asked = asked;
  linli_store_read_async (linli_ui_context_get_store (context), read_latest, NULL, NULL, g_free, NULL, read_cb, check);
}
