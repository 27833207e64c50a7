/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The workspace itself: its clock, its devices, and what an operator does to
 * it. */

#include "config.h"

#include "linli-hub-private.h"

#include "linli-hub-scope-feed.h"

#include "linli-hub-tables.h"
#include "linli-plant.h"
#include "linli-uuid.h"

void
linli_hub_clock_clear (LinliHubClock *clock)
{
  g_free (clock->epoch);
}

/**
 * linli_hub_clock_read:
 * @clock: (out caller-allocates)
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_hub_clock_read (LinliConn     *conn,
                      LinliHubClock *clock,
                      GError       **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_hub_clock, error, "1 = 1", "");
  LinliRow *row;

  if (rows == NULL)
    return FALSE;
  if (rows->len != 1)
    {
      g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT, "The workspace has no clock");
      return FALSE;
    }
  row = rows->pdata[0];
  clock->epoch = g_strdup (linli_row_get_text (row, LINLI_HUB_CLOCK_EPOCH));
  clock->rev = linli_row_get_int (row, LINLI_HUB_CLOCK_REV);
  clock->floor_rev = linli_row_get_int (row, LINLI_HUB_CLOCK_FLOOR_REV);

  return TRUE;
}

/**
 * linli_hub_clock_lock:
 *
 * Before anything else a writer takes the clock and holds it to its commit:
 * no revision at or below what a reader has seen can be committed later.
 */
gboolean
linli_hub_clock_lock (LinliConn     *conn,
                      LinliHubClock *clock,
                      GError       **error)
{
  return linli_conn_run (conn, error, "UPDATE hub_clock SET rev = rev", "") &&
         linli_hub_clock_read (conn, clock, error);
}

gboolean
linli_hub_clock_save (LinliConn *conn,
                      gint64     rev,
                      GError   **error)
{
  return linli_conn_run (conn, error, "UPDATE hub_clock SET rev = ?1 WHERE rev < ?1", "i", rev);
}

/**
 * linli_hub_device_find:
 * @row: (out) (transfer full) (nullable)
 */
gboolean
linli_hub_device_find (LinliConn  *conn,
                       const char *device,
                       LinliRow  **row,
                       GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_hub_device, error, "id = ?1", "s", device);

  *row = NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *row = linli_row_ref (rows->pdata[0]);
  return TRUE;
}

/* Returns: (nullable): the problem that keeps @row (nullable) out */
const char *
linli_hub_device_fault (LinliRow *row)
{
  if (row == NULL)
    return "device-unknown";
  return linli_row_is_null (row, LINLI_HUB_DEVICE_REVOKED_AT) ? NULL : "device-revoked";
}

/* Two letters without I and O, which look like digits in print; with the
 * number of the device they are never given twice. */
static char *
make_prefix (gint64 n)
{
  static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  GString *prefix = g_string_new (NULL);

  do
    {
      g_string_prepend_c (prefix, letters[n % 24]);
      n /= 24;
    }
  while (n > 0);
  while (prefix->len < 2)
    g_string_prepend_c (prefix, 'A');

  return g_string_free (prefix, FALSE);
}

/* Returns: (nullable): the unit that the desk is at; %NULL for a desk of the centre */
const char *
linli_hub_device_unit (LinliRow *row)
{
  return linli_row_get_text (row, LINLI_HUB_DEVICE_UNIT_ID);
}

/* @unit: (nullable): once and for all */
gboolean
linli_hub_device_insert (LinliConn  *conn,
                         const char *device,
                         const char *forked_from,
                         const char *unit,
                         char      **prefix,
                         GError    **error)
{
  gint64 n = 0;

  if (!linli_conn_get_int (conn, &n, error, "SELECT coalesce (max(pk), 0) FROM hub_device", ""))
    return FALSE;
  *prefix = make_prefix (n);
  return linli_conn_run (conn, error,
                         "INSERT INTO hub_device (id, last_seq, prefix, forked_from, unit_id) VALUES (?1, 0, ?2, ?3, ?4)",
                         "ssss", device, *prefix, forked_from, unit);
}

/* Opens a transaction that no other writer of the workspace stands in. */
static gboolean
begin_alone (LinliConn *conn,
             GError   **error)
{
  g_auto(LinliHubClock) clock = { 0 };

  if (!linli_conn_begin_write (conn, error))
    return FALSE;
  if (linli_hub_clock_lock (conn, &clock, error))
    return TRUE;
  linli_conn_rollback (conn);
  return FALSE;
}

static gboolean
finish (LinliConn *conn,
        gboolean   done,
        GError   **error)
{
  if (done && linli_conn_commit (conn, error))
    return TRUE;
  linli_conn_rollback (conn);
  return FALSE;
}

/**
 * linli_hub_create:
 * @conn: an empty database
 * @error: %LINLI_STORE_ERROR
 *
 * Makes the workspace, or brings the tables of an older one up to date.
 */
gboolean
linli_hub_create (LinliConn  *conn,
                  const char *workspace,
                  const char *epoch,
                  GError    **error)
{
  gint64 n = 0;

  g_return_val_if_fail (workspace != NULL && epoch != NULL, FALSE);

  if (!linli_migrate (conn, linli_hub_schema (), NULL, error) ||
      !linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM hub_clock", ""))
    return FALSE;
  return n > 0 || (linli_conn_begin_write (conn, error) &&
                   finish (conn, linli_conn_run (conn, error,
                                                 "INSERT INTO hub_clock (id, rev, epoch, floor_rev) VALUES (?1, 0, ?2, 0) "
                                                 "ON CONFLICT (id) DO NOTHING", "ss", workspace, epoch), error));
}

/**
 * linli_hub_add_device:
 * @device: an id nobody has
 * @prefix: (out) (transfer full): of the numbers it prints
 * @error: %LINLI_STORE_ERROR_CONSTRAINT when it is known already
 */
gboolean
linli_hub_add_device (LinliConn  *conn,
                      const char *device,
                      char      **prefix,
                      GError    **error)
{
  *prefix = NULL;
  return begin_alone (conn, error) &&
         finish (conn, linli_hub_device_insert (conn, device, NULL, NULL, prefix, error), error);
}

static gboolean
insert_unit_device (LinliConn  *conn,
                    const char *device,
                    const char *unit,
                    gint64      now,
                    char      **prefix,
                    GError    **error)
{
  g_auto(LinliHubClock) clock = { 0 };
  gint64 n = 0;

  if (!linli_hub_clock_read (conn, &clock, error) ||
      !linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM unit WHERE id = ?1", "s", unit))
    return FALSE;
  if (n == 0)
    {
      g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND, "The workspace has no unit %s", unit);
      return FALSE;
    }
  return linli_hub_scope_open (conn, unit, now, &clock.rev, error) &&
         linli_hub_device_insert (conn, device, NULL, unit, prefix, error) &&
         linli_hub_clock_save (conn, clock.rev, error);
}

/**
 * linli_hub_add_unit_device:
 * @unit: id of a handling unit of the workspace
 * @now: hub's time
 * @prefix: (out) (transfer full)
 * @error: %LINLI_STORE_ERROR_NOT_FOUND when there is no such unit
 *
 * linli_hub_add_device() for a desk that has only what was dispatched to @unit,
 * for as long as it is a desk.
 */
gboolean
linli_hub_add_unit_device (LinliConn  *conn,
                           const char *device,
                           const char *unit,
                           gint64      now,
                           char      **prefix,
                           GError    **error)
{
  *prefix = NULL;
  return begin_alone (conn, error) &&
         finish (conn, insert_unit_device (conn, device, unit, now, prefix, error), error);
}

/* What it has brought stays; it may bring nothing more and fetch nothing. */
gboolean
linli_hub_revoke_device (LinliConn  *conn,
                         const char *device,
                         gint64      now,
                         GError    **error)
{
  return linli_conn_run (conn, error, "UPDATE hub_device SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL",
                         "si", device, now);
}

/**
 * linli_hub_jump_device:
 * @last_seq: what is to count as decided although it never came
 *
 * For the operator, after a restore from a backup that is older than what the
 * device still keeps: the numbers between are lost, and somebody says so.
 */
gboolean
linli_hub_jump_device (LinliConn  *conn,
                       const char *device,
                       gint64      last_seq,
                       GError    **error)
{
  return begin_alone (conn, error) &&
         finish (conn, linli_conn_run (conn, error, "UPDATE hub_device SET last_seq = ?2 WHERE id = ?1 AND last_seq < ?2",
                                       "si", device, last_seq), error);
}

/**
 * linli_hub_set_epoch:
 * @epoch: never used before
 *
 * After a restore from a backup, or a failover that may have lost commits:
 * every desk fetches anew and sends again what this hub has not.
 */
gboolean
linli_hub_set_epoch (LinliConn  *conn,
                     const char *epoch,
                     GError    **error)
{
  return linli_conn_run (conn, error, "UPDATE hub_clock SET epoch = ?1", "s", epoch);
}

/**
 * linli_hub_collect:
 * @before: hub's time; removals older than this are forgotten
 *
 * A cursor below the floor that rises with it is answered with 410.
 */
gboolean
linli_hub_collect (LinliConn *conn,
                   gint64     before,
                   GError   **error)
{
  gint64 floor_rev = 0;

  return begin_alone (conn, error) &&
         finish (conn,
                 linli_conn_get_int (conn, &floor_rev, error,
                                     "SELECT max(rev) FROM (SELECT rev FROM hub_feed WHERE body IS NULL AND at < ?1 UNION ALL "
                                     "SELECT rev FROM hub_scope WHERE body IS NULL AND at < ?1) AS gone", "i", before) &&
                 (LINLI_PLANTED (GC_NO_FLOOR) ||
                  linli_conn_run (conn, error, "UPDATE hub_clock SET floor_rev = ?1 WHERE floor_rev < ?1", "i", floor_rev)) &&
                 linli_conn_run (conn, error, "DELETE FROM hub_feed WHERE body IS NULL AND at < ?1", "i", before) &&
                 linli_conn_run (conn, error, "DELETE FROM hub_scope WHERE body IS NULL AND at < ?1", "i", before),
                 error);
}

/**
 * linli_hub_fork:
 * @device: who asks, by the identity it shares with another machine
 * @fresh: the one it wants instead
 *
 * Asked again, with the same @fresh, the answer is the same.
 */
LinliHubReply *
linli_hub_fork (LinliConn  *conn,
                const char *device,
                const char *fresh,
                gint64      now)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliRow) old = NULL;
  g_autoptr(LinliRow) known = NULL;
  g_auto(LinliHubClock) clock = { 0 };
  g_autofree char *prefix = NULL;
  LinliWireTip tip = { 0 };
  LinliHubReply *reply;

  if (!linli_uuid_is_valid (fresh))
    return linli_hub_reply_problem ("bad-batch", "not an id");
  if (!linli_conn_begin_write (conn, &error))
    return linli_hub_reply_error (error);
  if (!linli_hub_clock_lock (conn, &clock, &error) || !linli_hub_device_find (conn, device, &old, &error) ||
      !linli_hub_device_find (conn, fresh, &known, &error) ||
      (known == NULL && linli_hub_device_fault (old) == NULL &&
       !linli_hub_device_insert (conn, fresh, device, linli_hub_device_unit (old), &prefix, &error)) ||
      !linli_conn_commit (conn, &error))
    {
      linli_conn_rollback (conn);
      return linli_hub_reply_error (error);
    }
  if (linli_hub_device_fault (old) != NULL)
    return linli_hub_reply_problem (linli_hub_device_fault (old), NULL);
  if (known != NULL && g_strcmp0 (linli_row_get_text (known, LINLI_HUB_DEVICE_FORKED_FROM), device) != 0)
    return linli_hub_reply_problem ("bad-batch", "the id is taken");

  tip.epoch = clock.epoch;
  tip.tip = clock.rev;
  tip.expect = known != NULL ? linli_row_get_int (known, LINLI_HUB_DEVICE_LAST_SEQ) + 1 : 1;
  tip.device = (char *) fresh;
  tip.prefix = known != NULL ? (char *) linli_row_get_text (known, LINLI_HUB_DEVICE_PREFIX) : prefix;
  reply = linli_hub_reply_new ("application/json");
  linli_wire_tip_append (&tip, reply->body);

  return reply;
}
