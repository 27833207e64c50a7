/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sign-in.h"

#include "linli-account-tables.h"
#include "linli-core-tables.h"
#include "linli-tx.h"

#define FREE_TRIES    4    /* typing errors are human */
#define FIRST_WAIT_S  30
#define LONGEST_WAIT_S 3600 /* a whole lock-out would let anybody lock out anybody */

/* Returns: seconds that follow the last of @failures wrong passwords in a row */
guint
linli_lockout_wait (guint failures)
{
  guint wait = FIRST_WAIT_S;

  if (failures <= FREE_TRIES)
    return 0;
  for (guint i = FREE_TRIES + 1; i < failures && wait < LONGEST_WAIT_S; i++)
    wait *= 2;
  return MIN (wait, LONGEST_WAIT_S);
}

/**
 * linli_lockout_left:
 * @last_at: when the last wrong password was typed
 * @now: microseconds UTC; where the clock was put back before @last_at nothing
 *   of the wait counts as gone
 *
 * Returns: seconds still to wait, rounded up
 */
guint
linli_lockout_left (guint  failures,
                    gint64 last_at,
                    gint64 now)
{
  gint64 wait = linli_lockout_wait (failures) * G_USEC_PER_SEC;
  gint64 gone = MAX (now - last_at, 0);

  return gone >= wait ? 0 : (guint) ((wait - gone + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

/**
 * linli_sign_in_is_required:
 * @required: (out): whether somebody has a password; until then whoever opens
 *   the store is its first person, as in a centre of one
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_sign_in_is_required (LinliConn  *conn,
                           gboolean   *required,
                           GError    **error)
{
  gint64 found = 0;

  *required = TRUE;
  if (!linli_conn_get_int (conn, &found, error,
                           "SELECT 1 FROM credential JOIN account ON account.id = account_id WHERE active = 1 LIMIT 1", ""))
    return FALSE;
  *required = found != 0;
  return TRUE;
}

/* Puts the only row of @condition into @account. */
static gboolean
find_only (LinliConn   *conn,
           const char  *condition,
           const char  *typed,
           LinliRow   **account,
           GError     **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_account, error, condition, "s", typed);

  if (rows != NULL && rows->len == 1)
    *account = linli_row_ref (rows->pdata[0]);
  return rows != NULL;
}

/**
 * linli_sign_in_find:
 * @typed: sign-in name, name, initials of the name, or the account's id
 * @account: (out) (nullable) (transfer full): whom it means, %NULL for nobody
 *   or for several
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_sign_in_find (LinliConn   *conn,
                    const char  *typed,
                    LinliRow   **account,
                    GError     **error)
{
  static const char *const conditions[] = {
    "active = 1 AND id = ?1 LIMIT 2",
    "active = 1 AND lower (login) = lower (?1) LIMIT 2",
    "active = 1 AND name = ?1 LIMIT 2",
    "active = 1 AND pinyin = lower (?1) LIMIT 2",
  };
  g_autofree char *text = g_strstrip (g_strdup (typed));

  *account = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (conditions) && *account == NULL; i++)
    if (!find_only (conn, conditions[i], text, account, error))
      return FALSE;
  return TRUE;
}

/* @verifier: (out) (nullable) (transfer full): %NULL when @account has no password */
gboolean
linli_sign_in_verifier (LinliConn   *conn,
                        const char  *account,
                        char       **verifier,
                        GError     **error)
{
  return linli_conn_get_text (conn, verifier, error, "SELECT verifier FROM credential WHERE account_id = ?1", "s", account);
}

/* @seconds: (out): how long @account has still to wait at this desk */
gboolean
linli_sign_in_left (LinliConn   *conn,
                    const char  *account,
                    gint64       now,
                    guint       *seconds,
                    GError     **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_sign_in, error, "id = ?1", "s", account);

  *seconds = 0;
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *seconds = linli_lockout_left ((guint) linli_row_get_int (rows->pdata[0], LINLI_SIGN_IN_FAILURES),
                                   linli_row_get_int (rows->pdata[0], LINLI_SIGN_IN_LAST_AT), now);
  return TRUE;
}

/**
 * linli_sign_in_mend_clock:
 * @conn: the writing connection
 * @error: %LINLI_STORE_ERROR
 *
 * A clock that was wrong when somebody mistyped must not lock the person out
 * until that time comes: the wait begins anew, once.
 */
gboolean
linli_sign_in_mend_clock (LinliConn   *conn,
                          const char  *account,
                          gint64       now,
                          GError     **error)
{
  return linli_conn_run (conn, error, "UPDATE sign_in SET last_at = ?2 WHERE id = ?1 AND last_at > ?2", "si", account, now);
}

/**
 * linli_sign_in_try:
 * @conn: the writing connection, outside a transaction
 * @error: %LINLI_STORE_ERROR
 *
 * Counts a try before its password is looked at, so that pulling the plug
 * gains nothing; a right one is forgiven by linli_sign_in_clear().
 */
gboolean
linli_sign_in_try (LinliConn   *conn,
                   const char  *account,
                   gint64       now,
                   GError     **error)
{
  return linli_conn_run (conn, error,
                         "INSERT INTO sign_in (id, failures, last_at) VALUES (?1, 1, ?2) "
                         "ON CONFLICT (id) DO UPDATE SET failures = sign_in.failures + 1, last_at = excluded.last_at", "si",
                         account, now);
}

gboolean
linli_sign_in_clear (LinliConn   *conn,
                     const char  *account,
                     GError     **error)
{
  return linli_conn_run (conn, error, "DELETE FROM sign_in WHERE id = ?1", "s", account);
}
