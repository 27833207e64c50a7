/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-ctl.h"

#include <stdio.h>
#include <string.h>

#include "linli-json.h"
#include "linli-person.h"
#include "linli-sign-in.h"
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

static gpointer
is_required (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  linli_sign_in_is_required (conn, data, error);
  return NULL;
}

static gboolean
read_password (LinliCtl  *ctl,
               GError   **error)
{
  if (ctl->password_file == NULL || ctl->password != NULL)
    return TRUE;
  if (g_str_equal (ctl->password_file, "-"))
    ctl->password = linli_ctl_read_text ("-", error);
  else
    g_file_get_contents (ctl->password_file, &ctl->password, NULL, error);
  if (ctl->password != NULL)
    ctl->password[strcspn (ctl->password, "\r\n")] = '\0';
  return ctl->password != NULL;
}

/* Whoever acts proves it once people of the store have passwords. Without
 * --as nobody acts then: what needs no person still works. */
static gboolean
sit_down (LinliCtl    *ctl,
          LinliStore  *store,
          GError     **error)
{
  g_autoptr(GError) local = NULL;
  gboolean required = FALSE;

  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, is_required, &required, &local);
  if (local == NULL && required && ctl->password_file == NULL)
    return linli_ctl_usage (error, "People sign in to this store: say where the password stands, --password-file FILE");
  if (local == NULL && read_password (ctl, &local))
    linli_person_sign_in_sync (store, ctl->actor, ctl->password, &local);
  if (local == NULL)
    return TRUE;
  if (g_error_matches (local, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_NOT_FOUND))
    return linli_ctl_usage (error, "There is no account of that name; see the query core.accounts");
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
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

  if (ctl->folder == NULL)
    {
      linli_ctl_usage (error, "Say which store: --store DIR");
      return NULL;
    }
  store = linli_store_open_sync (ctl->folder, mode, ctl->clock, error);
  if (store == NULL || (ctl->actor != NULL && !sit_down (ctl, store, error)))
    return NULL;

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
