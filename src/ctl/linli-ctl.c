/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-ctl.h"

#include <stdio.h>

#include "linli-json.h"
#include "linli-store-facts.h"
#include "linli-table-error.h"

G_DEFINE_QUARK (linli-ctl-error-quark, linli_ctl_error)

/* Returns: always %FALSE */
gboolean
linli_ctl_usage (GError    **error,
                 const char *message)
{
  g_set_error_literal (error, LINLI_CTL_ERROR, LINLI_CTL_ERROR_USAGE, message);
  return FALSE;
}

typedef struct
{
  const char *actor; /* id or name */
  char       *found; /* id */
} FindActor;

static gpointer
find_actor (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  FindActor *find = data;

  if (linli_store_find_account (conn, find->actor, &find->found, error) && find->found == NULL)
    linli_ctl_usage (error, "There is no account of that name; see the query core.accounts");
  return NULL;
}

/**
 * linli_ctl_open:
 * @error: %LINLI_STORE_ERROR, or %LINLI_CTL_ERROR when --store is missing
 *
 * Returns: (transfer full): the store, with the chosen person before it
 */
LinliStore *
linli_ctl_open (LinliCtl       *ctl,
                LinliStoreMode  mode,
                GError        **error)
{
  g_autoptr(LinliStore) store = NULL;
  FindActor find = { ctl->actor, NULL };
  g_autoptr(GError) local = NULL;

  if (ctl->folder == NULL)
    {
      linli_ctl_usage (error, "Say which store: --store DIR");
      return NULL;
    }
  store = linli_store_open_sync (ctl->folder, mode, ctl->clock, error);
  if (store == NULL || ctl->actor == NULL)
    return g_steal_pointer (&store);

  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, find_actor, &find, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  linli_store_set_actor (store, find.found);
  g_free (find.found);

  return g_steal_pointer (&store);
}

/**
 * linli_ctl_read_text:
 * @argument: the text itself, or "-" for standard input
 *
 * Returns: (transfer full): the text
 */
char *
linli_ctl_read_text (const char *argument,
                     GError    **error)
{
  GString *text;
  char buffer[4096];
  size_t n;

  if (g_strcmp0 (argument, "-") != 0)
    return g_strdup (argument);

  text = g_string_new (NULL);
  while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (text, buffer, (gssize) n);
  if (ferror (stdin))
    {
      g_string_free (text, TRUE);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Standard input cannot be read");
      return NULL;
    }

  return g_string_free (text, FALSE);
}

/* Errors go to standard error as one JSON object. */
void
linli_ctl_print_error (const GError *error)
{
  g_autoptr(GString) out = g_string_new ("{\"error\":");

  linli_json_append_text (out, g_quark_to_string (error->domain));
  g_string_append_printf (out, ",\"code\":%d", error->code);
  if (linli_domain_error_get_reason (error) != NULL)
    {
      g_string_append (out, ",\"reason\":");
      linli_json_append_text (out, linli_domain_error_get_reason (error));
    }
  if (linli_domain_error_get_field (error) != NULL)
    {
      g_string_append (out, ",\"field\":");
      linli_json_append_text (out, linli_domain_error_get_field (error));
    }
  g_string_append (out, ",\"message\":");
  linli_json_append_text (out, error->message);
  g_string_append (out, "}\n");
  fputs (out->str, stderr);
}

int
linli_ctl_exit_code (const GError *error)
{
  if (error->domain == LINLI_STORE_ERROR)
    return LINLI_EXIT_STORE;
  if (error->domain == LINLI_CTL_ERROR || error->domain == LINLI_JSON_ERROR)
    return LINLI_EXIT_USAGE;
  if (error->domain == G_IO_ERROR || error->domain == G_FILE_ERROR || error->domain == LINLI_TABLE_ERROR)
    return LINLI_EXIT_FILE;
  return LINLI_EXIT_REFUSED;
}
