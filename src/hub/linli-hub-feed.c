/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The feed: every row once, at its newest revision, as the text it was
 * committed as, so that a page is a copy. A cursor is the hub's own note to
 * itself and may mean something else tomorrow; nobody else reads it. */

#include "config.h"

#include "linli-hub-private.h"

#include <string.h>

#include "linli-hub-scope-feed.h"
#include "linli-hub-scope.h"
#include "linli-hub-tables.h"
#include "linli-json.h"
#include "linli-plant.h"
#include "linli-row-hash.h"
#include "linli-row-json.h"
#include "linli-wire-page.h"

#define CURSOR_FORM "f1"

/* How number and hash of the rows of one table have changed. */
typedef struct
{
  gint64  n;
  guint64 hash; /* sums go round at the end of their range, which SQL's do not */
} Tally;

/* Returns: (transfer full): what a push gathers and writes once at its end */
GHashTable *
linli_hub_tally_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

static void
count_row (GHashTable       *tallies,
           const LinliTable *table,
           const char       *old,
           const char       *body)
{
  Tally *tally = g_hash_table_lookup (tallies, table);

  if (tally == NULL)
    {
      tally = g_new0 (Tally, 1);
      g_hash_table_insert (tallies, (gpointer) table, tally);
    }
  tally->n += (body != NULL) - (old != NULL);
  tally->hash += (body != NULL ? linli_row_hash (body) : 0) - (old != NULL ? linli_row_hash (old) : 0);
}

/**
 * linli_hub_tally_save:
 * @tallies: emptied
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_hub_tally_save (LinliConn  *conn,
                      GHashTable *tallies,
                      GError    **error)
{
  GHashTableIter iter;
  gpointer table, data;

  g_hash_table_iter_init (&iter, tallies);
  while (g_hash_table_iter_next (&iter, &table, &data))
    {
      const char *kind = ((const LinliTable *) table)->name;
      const Tally *tally = data;
      gint64 sum = 0;

      if (!linli_conn_get_int (conn, &sum, error, "SELECT hash FROM hub_digest WHERE id = ?1", "s", kind) ||
          !linli_conn_run (conn, error,
                           "INSERT INTO hub_digest (id, n, hash) VALUES (?1, 0, 0) ON CONFLICT (id) DO NOTHING", "s", kind) ||
          !linli_conn_run (conn, error, "UPDATE hub_digest SET n = n + ?2, hash = ?3 WHERE id = ?1", "sii", kind, tally->n,
                           (gint64) ((guint64) sum + tally->hash)))
        return FALSE;
      g_hash_table_iter_remove (&iter);
    }
  return TRUE;
}

/* A row that is new to the tables has no text in the feed, whatever was there
 * before it. */
static gboolean
record_one (LinliConn   *conn,
            LinliChange *change,
            gint64       now,
            gint64       rev,
            GHashTable  *tallies,
            GError     **error)
{
  LinliRow *row = change->after != NULL ? change->after : change->before;
  const char *kind = change->table->name;
  const char *id = linli_row_get_id (row);
  g_autofree char *key = g_strconcat (kind, "/", id, NULL);
  g_autofree char *body = change->after != NULL ? linli_row_to_json (row) : NULL;
  g_autofree char *old = NULL;

  if (change->before != NULL &&
      !linli_conn_get_text (conn, &old, error, "SELECT body FROM hub_feed WHERE id = ?1", "s", key))
    return FALSE;
  count_row (tallies, change->table, old, body);
  return linli_conn_run (conn, error,
                         "INSERT INTO hub_feed (id, rev, kind, row_id, body, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
                         "ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, body = excluded.body, at = excluded.at",
                         "sisssi", key, rev, kind, id, body, now);
}

/**
 * linli_hub_feed_gather:
 * @conn: inside the transaction that holds the clock
 * @changes: (element-type LinliChange): of one operation
 * @rev: (inout): last revision given out
 * @tallies: for linli_hub_tally_save() in the same transaction
 * @error: %LINLI_STORE_ERROR
 *
 * Gives every row that changed the next revision, and what units have of them
 * those behind.
 */
gboolean
linli_hub_feed_gather (LinliConn  *conn,
                       GPtrArray  *changes,
                       gint64      now,
                       gint64     *rev,
                       GHashTable *tallies,
                       GError    **error)
{
  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];

      if (change->table->flags & LINLI_TABLE_LOCAL || (change->before == NULL && change->after == NULL))
        continue;
      if (!record_one (conn, change, now, ++*rev, tallies, error))
        return FALSE;
    }
  return linli_hub_scope_follow (conn, changes, now, rev, error);
}

/* linli_hub_feed_gather() for an operation that comes alone. */
gboolean
linli_hub_feed_record (LinliConn *conn,
                       GPtrArray *changes,
                       gint64     now,
                       gint64    *rev,
                       GError   **error)
{
  g_autoptr(GHashTable) tallies = linli_hub_tally_new ();

  return linli_hub_feed_gather (conn, changes, now, rev, tallies, error) && linli_hub_tally_save (conn, tallies, error);
}

/* Where a desk stands.
 *
 * rev:   it has every row up to here.
 * whole: it has missed no removal after this revision. A desk that begins anew
 *        walks through all the old revisions, and the removals forgotten
 *        before it set out are none of its business. */
typedef struct {
  gint64 rev;
  gint64 whole;
} Cursor;

static char *
make_cursor (const LinliHubClock *clock,
             const Cursor        *cursor)
{
  if (cursor->whole > cursor->rev)
    return g_strdup_printf (CURSOR_FORM ":%" G_GINT64_FORMAT ":%s:%" G_GINT64_FORMAT, cursor->rev, clock->epoch,
                            cursor->whole);
  return g_strdup_printf (CURSOR_FORM ":%" G_GINT64_FORMAT ":%s", cursor->rev, clock->epoch);
}

static gboolean
read_rev (const char *text,
          gint64     *rev)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL))
    return FALSE;
  *rev = (gint64) value;
  return TRUE;
}

/* Returns: (nullable): the problem with @text; %NULL when @cursor was read from it */
static const char *
read_cursor (const LinliHubClock *clock,
             const char          *text,
             Cursor              *cursor)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", 4);
  guint n = g_strv_length (parts);

  *cursor = (Cursor) { 0, clock->rev };
  if (g_str_equal (text, LINLI_WIRE_START))
    return NULL;
  if (n < 3 || !g_str_equal (parts[0], CURSOR_FORM) || !read_rev (parts[1], &cursor->rev) ||
      !read_rev (parts[n > 3 ? 3 : 1], &cursor->whole))
    return "format-retired";
  /* A position that has not been yet comes from a history that is no more. */
  if (!g_str_equal (parts[2], clock->epoch) || MAX (cursor->rev, cursor->whole) > clock->rev)
    return "epoch-changed";
  return MAX (cursor->rev, cursor->whole) < clock->floor_rev ? "cursor-expired" : NULL;
}

/* A unit's own and the lists of all: each out of its index, no further than a
 * page, and together in the order of revisions. */
#define SCOPED(unit) \
  "SELECT rev, kind, row_id, body FROM hub_scope WHERE unit_id = " unit " AND rev > ?1 ORDER BY rev LIMIT ?2"

/* Rows behind @after: of everybody's feed, or of what @unit (nullable) has. */
static LinliStmt *
query_rows (LinliConn  *conn,
            const char *unit,
            gint64      after,
            gint64      limit,
            GError    **error)
{
  if (unit != NULL && !LINLI_PLANTED (SCOPE_IGNORED))
    return linli_conn_query (conn, error, "SELECT rev, kind, row_id, body FROM (SELECT * FROM (" SCOPED ("?3") ") AS own "
                             "UNION ALL SELECT * FROM (" SCOPED ("''") ") AS lists) AS found ORDER BY rev LIMIT ?2", "iis",
                             after, limit, unit);
  return linli_conn_query (conn, error,
                           LINLI_PLANTED (TOMBSTONE_LOST)
                             ? "SELECT rev, kind, row_id, body FROM hub_feed WHERE rev > ?1 "
                               "AND body IS NOT NULL ORDER BY rev LIMIT ?2"
                             : "SELECT rev, kind, row_id, body FROM hub_feed WHERE rev > ?1 "
                               "ORDER BY rev LIMIT ?2", "ii", after, limit);
}

/* Appends rows behind @after until the page is full.
 *
 * @last: (out): revision of the last row appended; @more: (out): whether
 * another stands behind it */
static gboolean
append_rows (LinliConn             *conn,
             const char            *unit,
             gint64                 after,
             const LinliWireConfig *config,
             GString               *out,
             gint64                *last,
             gboolean              *more,
             GError               **error)
{
  g_autoptr(LinliStmt) stmt = query_rows (conn, unit, after, config->page_rows + 1, error);
  gsize begin = out->len;
  gint64 n = 0;

  *last = after;
  *more = FALSE;
  if (stmt == NULL || !linli_stmt_step (stmt, more, error))
    return FALSE;
  while (*more && n < config->page_rows && (n == 0 || out->len - begin < (gsize) config->page_bytes))
    {
      *last = linli_stmt_get_int (stmt, 0);
      linli_wire_page_row (out, linli_stmt_get_text (stmt, 1), linli_stmt_get_text (stmt, 2), *last,
                           linli_stmt_get_text (stmt, 3));
      n++;
      if (!linli_stmt_step (stmt, more, error))
        return FALSE;
    }

  return TRUE;
}

static LinliHubReply *
make_page (LinliConn             *conn,
           LinliRow              *device,
           const char            *since,
           const LinliWireConfig *config,
           gint64                 now,
           GError               **error)
{
  g_auto(LinliHubClock) clock = { 0 };
  g_autoptr(LinliHubReply) reply = linli_hub_reply_new ("application/x-ndjson");
  g_autofree char *next = NULL;
  const char *unit = linli_hub_device_unit (device);
  const char *problem;
  gboolean more = FALSE;
  Cursor cursor;

  if (!linli_hub_clock_read (conn, &clock, error))
    return NULL;
  problem = read_cursor (&clock, since, &cursor);
  if (problem != NULL)
    return linli_hub_reply_problem (problem, NULL);

  linli_wire_page_begin (reply->body, clock.epoch, since, linli_row_get_int (device, LINLI_HUB_DEVICE_LAST_SEQ) + 1,
                         unit);
  if (!append_rows (conn, unit, cursor.rev, config, reply->body, &cursor.rev, &more, error))
    return NULL;
  if (!more || LINLI_PLANTED (CURSOR_AHEAD))
    cursor.rev = clock.rev;
  next = make_cursor (&clock, &cursor);
  linli_wire_page_end (reply->body, next, cursor.rev, more, clock.rev, now, more ? 0 : config->poll_idle);

  return g_steal_pointer (&reply);
}

static void
end_reading (LinliConn *conn,
             gboolean   own)
{
  if (own)
    linli_conn_rollback (conn);
}

/* Opens one moment of the workspace for @device, unless the caller has opened
 * one for several.
 *
 * @own: (out): for end_reading()
 *
 * Returns: (transfer full) (nullable): why not */
static LinliHubReply *
begin_reading (LinliConn  *conn,
               const char *device,
               LinliRow  **row,
               gboolean   *own)
{
  g_autoptr(GError) error = NULL;

  *own = !linli_conn_is_in_transaction (conn);
  if (*own && !linli_conn_begin_read (conn, &error))
    return linli_hub_reply_error (error);
  if (!linli_hub_device_find (conn, device, row, &error))
    {
      end_reading (conn, *own);
      return linli_hub_reply_error (error);
    }
  if (linli_hub_device_fault (*row) == NULL)
    return NULL;
  end_reading (conn, *own);
  return linli_hub_reply_problem (linli_hub_device_fault (*row), NULL);
}

/**
 * linli_hub_pull:
 * @since: the cursor of the page before, or %LINLI_WIRE_START for everything
 * @config: how long a page may be
 * @now: hub's time, microseconds UTC
 *
 * GET changes. A desk that begins anew asks from the start, and needs nothing
 * else: what was removed before it began never comes.
 */
LinliHubReply *
linli_hub_pull (LinliConn             *conn,
                const char            *device,
                const char            *since,
                const LinliWireConfig *config,
                gint64                 now)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliRow) row = NULL;
  gboolean own;
  LinliHubReply *reply = begin_reading (conn, device, &row, &own);

  if (reply != NULL)
    return reply;
  reply = make_page (conn, row, since, config, now, &error);
  end_reading (conn, own);

  return reply != NULL ? reply : linli_hub_reply_error (error);
}

/* @tip: (inout): stays at @after when nothing behind it is the unit's or everybody's */
static gboolean
narrow_tip (LinliConn  *conn,
            const char *unit,
            gint64      after,
            gint64     *tip,
            GError    **error)
{
  gint64 n = 0;

  if (unit == NULL || after < 0 || after >= *tip || LINLI_PLANTED (SCOPE_IGNORED))
    return TRUE;
  if (!linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM (SELECT rev FROM hub_scope WHERE unit_id IN (?1, '') "
                           "AND rev > ?2 LIMIT 1) AS found", "si", unit, after))
    return FALSE;
  if (n == 0)
    *tip = after;
  return TRUE;
}

/**
 * linli_hub_tip:
 * @after: the revision that the device has seen; -1: it does not say
 *
 * GET tip: whether there is anything new, for the price of two rows. What is
 * nothing to a unit does not move the tip that its desk is told, or every word
 * at the centre would wake it.
 */
LinliHubReply *
linli_hub_tip (LinliConn  *conn,
               const char *device,
               gint64      after)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliRow) row = NULL;
  g_auto(LinliHubClock) clock = { 0 };
  gboolean own;
  LinliHubReply *reply = begin_reading (conn, device, &row, &own);
  LinliWireTip tip = { 0 };
  gboolean done;

  if (reply != NULL)
    return reply;
  done = linli_hub_clock_read (conn, &clock, &error);
  tip.tip = clock.rev;
  done = done && narrow_tip (conn, linli_hub_device_unit (row), after, &tip.tip, &error);
  end_reading (conn, own);
  if (!done)
    return linli_hub_reply_error (error);

  tip.epoch = clock.epoch;
  tip.expect = linli_row_get_int (row, LINLI_HUB_DEVICE_LAST_SEQ) + 1;
  reply = linli_hub_reply_new ("application/json");
  linli_wire_tip_append (&tip, reply->body);

  return reply;
}

/**
 * linli_hub_look_at:
 * @case_id: (nullable): a case that the device has open
 *
 * Returns: an empty reply when the device has no such case, one with words when it has
 */
LinliHubReply *
linli_hub_look_at (LinliConn  *conn,
                   const char *device,
                   const char *case_id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliRow) row = NULL;
  gboolean own;
  gboolean has = TRUE;
  gboolean done = TRUE;
  LinliHubReply *reply = begin_reading (conn, device, &row, &own);

  if (reply != NULL)
    return reply;
  if (linli_hub_device_unit (row) != NULL)
    done = linli_hub_scope_has_case (conn, linli_hub_device_unit (row), case_id != NULL ? case_id : "", &has, &error);
  end_reading (conn, own);
  if (!done)
    return linli_hub_reply_error (error);
  reply = linli_hub_reply_new ("text/plain");
  if (has)
    g_string_append (reply->body, "yes");

  return reply;
}

/* Counted when it is asked for, which a desk does once a day. */
static GPtrArray *
count_scope (LinliConn  *conn,
             const char *unit,
             GError    **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT kind, body FROM hub_scope WHERE unit_id IN (?1, '') "
                                                "AND body IS NOT NULL ORDER BY kind", "s", unit);
  LinliRow *row = NULL;
  gboolean found = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &found, error))
    return NULL;
  while (found)
    {
      const char *kind = linli_stmt_get_text (stmt, 0);

      if (row == NULL || !g_str_equal (linli_row_get_id (row), kind))
        {
          row = linli_row_new (&linli_table_hub_digest);
          linli_row_set_text (row, LINLI_HUB_DIGEST_ID, kind);
          linli_row_set_int (row, LINLI_HUB_DIGEST_N, 0);
          linli_row_set_int (row, LINLI_HUB_DIGEST_HASH, 0);
          g_ptr_array_add (rows, row);
        }
      linli_row_set_int (row, LINLI_HUB_DIGEST_N, linli_row_get_int (row, LINLI_HUB_DIGEST_N) + 1);
      linli_row_set_int (row, LINLI_HUB_DIGEST_HASH,
                         (gint64) ((guint64) linli_row_get_int (row, LINLI_HUB_DIGEST_HASH) +
                                   linli_row_hash (linli_stmt_get_text (stmt, 1))));
      if (!linli_stmt_step (stmt, &found, error))
        return NULL;
    }
  return g_steal_pointer (&rows);
}

static gboolean
append_digest (LinliConn  *conn,
               const char *unit,
               GString    *out,
               GError    **error)
{
  g_autoptr(GPtrArray) rows = unit != NULL ? count_scope (conn, unit, error)
                                           : linli_conn_select (conn, &linli_table_hub_digest, error, "1 = 1 ORDER BY id", "");
  g_auto(LinliHubClock) clock = { 0 };

  if (rows == NULL || !linli_hub_clock_read (conn, &clock, error))
    return FALSE;
  g_string_append (out, "{\"epoch\":");
  linli_json_append_text (out, clock.epoch);
  g_string_append_printf (out, ",\"rev\":%" G_GINT64_FORMAT ",\"tables\":{", clock.rev);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (out, "%s\"%s\":[%" G_GINT64_FORMAT ",\"%016" G_GINT64_MODIFIER "x\"]", i > 0 ? "," : "",
                            linli_row_get_id (rows->pdata[i]), linli_row_get_int (rows->pdata[i], LINLI_HUB_DIGEST_N),
                            (guint64) linli_row_get_int (rows->pdata[i], LINLI_HUB_DIGEST_HASH));
  g_string_append (out, "}}\n");

  return TRUE;
}

/**
 * linli_hub_digest:
 *
 * GET digest: number and hash of the rows of every table, at the tip.
 */
LinliHubReply *
linli_hub_digest (LinliConn  *conn,
                  const char *device)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliRow) row = NULL;
  gboolean own;
  LinliHubReply *reply = begin_reading (conn, device, &row, &own);
  gboolean done;

  if (reply != NULL)
    return reply;
  reply = linli_hub_reply_new ("application/json");
  done = append_digest (conn, linli_hub_device_unit (row), reply->body, &error);
  end_reading (conn, own);
  if (done)
    return reply;
  linli_hub_reply_free (reply);
  return linli_hub_reply_error (error);
}
