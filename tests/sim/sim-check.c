/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The promises, looked at after every step and at the end. */

#include "sim.h"

#include <string.h>

#include "linli-execute.h"
#include "linli-hub-scope-check.h"
#include "linli-hub-scope.h"
#include "linli-hub-tables.h"
#include "linli-json.h"
#include "linli-operation.h"
#include "linli-plant.h"
#include "linli-registry.h"
#include "linli-row-json.h"
#include "linli-sight.h"
#include "linli-sync-apply.h"
#include "linli-verify.h"
#include "linli-wire-push.h"

static gboolean
count (LinliConn  *conn,
       const char *sql,
       gint64     *n)
{
  return linli_conn_get_int (conn, n, NULL, sql, "");
}

static void
check_none (SimDesk    *self,
            const char *sql,
            const char *promise)
{
  gint64 n = 0;

  if (!count (self->conn, sql, &n))
    sim_fail (self->sim, "desk %u: cannot be asked whether %s", self->n, promise);
  else if (n != 0)
    sim_fail (self->sim, "desk %u: %s (%" G_GINT64_FORMAT ")", self->n, promise, n);
}

/* Two machines with one name: what the hub, set back, was told again by the
 * one may have got another answer than the other remembers. */
static gboolean
was_told_by_twin (SimDesk    *self,
                  const char *operation)
{
  gint64 n = 0;

  return self->sim->n_desks > SIM_DESKS && self->sim->hub.conn != NULL &&
         linli_conn_get_int (self->sim->hub.conn, &n, NULL,
                             "SELECT count(*) FROM hub_op WHERE id = substr (?1, 1, 36) AND result LIKE '\"r\":\"rejected%'",
                             "s", operation) && n > 0;
}

/* Until an operation is decided it is run again over whatever comes, or held:
 * nothing takes its words away. */
static gboolean
is_forgiven (SimDesk    *self,
             const char *operation)
{
  return was_told_by_twin (self, operation) || (strstr (operation, " queued ") == NULL && sim_was_taken_away (self, operation));
}

/* The same, and which operation. */
static void
check_list (SimDesk    *self,
            const char *sql,
            const char *promise)
{
  g_autoptr(GPtrArray) found = linli_hub_scope_list (self->conn, NULL, sql, "");

  if (found == NULL)
    sim_fail (self->sim, "desk %u: cannot be asked whether %s", self->n, promise);
  for (guint i = 0; found != NULL && i < found->len; i++)
    if (!is_forgiven (self, found->pdata[i]))
      sim_fail (self->sim, "desk %u: %s (%s)", self->n, promise, (char *) found->pdata[i]);
}

/* Within one history of the hub a desk only ever goes forward. */
static void
check_forward (SimDesk *self)
{
  g_autofree char *epoch = NULL;
  gint64 rev = 0;

  if (!linli_conn_get_text (self->conn, &epoch, NULL, "SELECT epoch FROM sync_state", "") ||
      !linli_conn_get_int (self->conn, &rev, NULL, "SELECT complete_rev FROM sync_state", ""))
    return;
  if (g_strcmp0 (epoch, self->seen_epoch) == 0 && rev < self->seen_rev)
    sim_fail (self->sim, "desk %u: I5: it went back from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, self->n, self->seen_rev, rev);
  g_free (self->seen_epoch);
  self->seen_epoch = g_steal_pointer (&epoch);
  self->seen_rev = rev;
}

/* After every step of a desk. */
void
sim_check_desk (SimDesk *self)
{
  check_forward (self);
  check_none (self, "SELECT count(*) FROM audit WHERE id NOT IN (SELECT id FROM outbox)",
              "I1: something was done that is in no outbox");
  check_none (self, "SELECT count(*) FROM outbox WHERE id NOT IN (SELECT id FROM audit)",
              "I1: something is in the outbox that was not done");
  check_none (self, "SELECT count(*) FROM (SELECT seq - lag(seq) OVER (ORDER BY pk) AS step FROM outbox) WHERE step <> 1",
              "I4: the numbers have a gap");
  check_none (self, "SELECT count(*) FROM outbox WHERE state <> 'queued' AND pk > (SELECT min(pk) FROM outbox WHERE state = 'queued')",
              "I4: decided before one that still waits");
  check_none (self, "SELECT count(*) FROM outbox, sync_state WHERE outbox.state = 'settled' AND result <> 'rejected' "
                    "AND outbox.rev > complete_rev", "I7: a pending change was let go before its rows were here");
  check_none (self, "SELECT count(*) FROM outbox WHERE result IN ('rejected', 'merged') AND id NOT IN (SELECT id FROM parked)",
              "I8: a refusal without a record");
  /* The line of a note: made by its operation alone, and never taken away. */
  check_list (self, "SELECT o.id || ' ' || o.seq || ' ' || o.state || ' ' || coalesce (o.result, '') FROM outbox AS o JOIN audit AS a ON a.id = o.id "
                    "JOIN json_each (a.changes) AS c ON c.value ->> 't' = 'entry' "
                    "WHERE a.kind = 'case.note' AND o.held IS NULL AND coalesce (o.result, '') <> 'rejected' "
                    "AND NOT EXISTS (SELECT 1 FROM sync_state WHERE bootstrap IS NOT NULL AND complete_rev = 0) "
                    "AND NOT EXISTS (SELECT 1 FROM entry WHERE id = c.value ->> 'id')",
              "I7: one's own words are gone from the screen");
}

static GHashTable *
read_rows (LinliConn *conn)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const LinliTable *const *tables = linli_store_schema ()->tables;

  for (guint t = 0; tables[t] != NULL; t++)
    {
      g_autoptr(GPtrArray) page = NULL;

      if (tables[t]->flags & LINLI_TABLE_LOCAL)
        continue;
      page = linli_conn_select (conn, tables[t], NULL, "1 = 1", "");
      for (guint i = 0; page != NULL && i < page->len; i++)
        g_hash_table_insert (rows, g_strconcat (tables[t]->name, "/", linli_row_get_id (page->pdata[i]), NULL),
                             linli_row_to_json (page->pdata[i]));
    }
  return rows;
}

static void
compare (Sim        *sim,
         GHashTable *truth,
         GHashTable *rows,
         const char *promise)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, truth);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_strcmp0 (value, g_hash_table_lookup (rows, key)) != 0)
      sim_fail (sim, "%s: %s\n  %s\n  %s", promise, (char *) key, (char *) value, (char *) g_hash_table_lookup (rows, key));
  if (g_hash_table_size (truth) != g_hash_table_size (rows))
    sim_fail (sim, "%s: %u rows and %u", promise, g_hash_table_size (truth), g_hash_table_size (rows));
}

/* One after the other on a database of its own, with nothing of the hub but
 * its list of what it accepted, in order.
 *
 * @n_known: how many of the list @conn has run before */
void
sim_check_reference (Sim       *sim,
                     LinliConn *conn,
                     gint64     n_known)
{
  g_autoptr(GPtrArray) entries = linli_conn_select (sim->hub.conn, linli_registry_find_table ("audit"), NULL,
                                                    "1 = 1 ORDER BY pk LIMIT -1 OFFSET ?1", "i", n_known);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      static const guint body = 5, device = 3, at = 1; /* columns of audit */
      g_autoptr(LinliOperation) operation = linli_operation_parse (linli_row_get_text (entries->pdata[i], body), -1, NULL);
      g_autoptr(LinliOutcome) outcome = NULL;
      g_autoptr(GError) error = NULL;

      operation->at = linli_row_get_int (entries->pdata[i], at);
      g_free (operation->device);
      operation->device = g_strdup (linli_row_get_text (entries->pdata[i], device));
      outcome = linli_execute (conn, operation, LINLI_EXECUTE_BARE, &error);
      if (outcome == NULL)
        sim_fail (sim, "I3: what the hub accepted cannot be repeated: %s", error->message);
    }
}

/* What every seed begins with was run once, see sim_template_make(). */
static GHashTable *
run_reference (Sim *sim)
{
  PowercutDisk *disk = powercut_disk_new (1);
  GHashTable *rows;
  LinliConn *conn;

  powercut_disk_copy (sim->template->reference, disk);
  conn = sim_open (sim, disk, SIM_HUB, NULL);
  sim_check_reference (sim, conn, sim->template->n_reference);
  rows = read_rows (conn);
  sim_close (sim, disk, SIM_HUB, FALSE, &conn);
  powercut_disk_free (disk);

  return rows;
}

/* What units are sent follows each operation; what they have is in the tables. */
static void
check_scopes (Sim *sim)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  guint n_units = 0;

  if (!linli_hub_scope_check (sim->hub.conn, &n_units, problems, NULL) || n_units == 0)
    sim_fail (sim, "I13: nobody can say what units are sent");
  else if (problems->len > 0)
    sim_fail (sim, "I13: to a unit %s", (char *) problems->pdata[0]);
}

/* Returns: (transfer full): what the hub's tables say that @unit has, found without its feed */
static GHashTable *
read_scope (Sim        *sim,
            const char *unit)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(LinliHubScope) scope = linli_hub_scope_new (sim->hub.conn, unit);

  if (!linli_hub_scope_add_all (scope, NULL))
    sim_fail (sim, "I13: nobody can say what the unit has");
  for (guint i = 0; i < scope->rows->len; i++)
    {
      const LinliHubScopeRow *row = scope->rows->pdata[i];

      g_hash_table_insert (rows, g_strconcat (row->table->name, "/", row->row_id, NULL), g_strdup (row->body));
    }
  return rows;
}

/* Said in another way, of the tables that hold people's words and names. */
static void
check_unit_reads (SimDesk *self)
{
  check_none (self, "SELECT count(*) FROM entry WHERE audience = 'internal'", "I13: a unit reads what was written for the centre");
  check_none (self, "SELECT count(*) FROM account WHERE unit_id IS NULL OR unit_id <> (SELECT unit_id FROM sync_state)",
              "I13: a unit knows other people than its own");
  check_none (self, "SELECT count(*) FROM cases WHERE state <> 'merged' AND id NOT IN (SELECT case_id FROM dispatch WHERE "
                    "unit_id = (SELECT unit_id FROM sync_state))", "I13: a unit has a case that was not sent to it");
  check_none (self, "SELECT count(*) FROM cases WHERE confidential <> 0 AND id NOT IN (SELECT case_id FROM dispatch WHERE "
                    "unit_id = (SELECT unit_id FROM sync_state) AND " LINLI_SIGHT_IN_HAND ")",
              "I13: a unit has a confidential case that it has not in hand");
  check_none (self, "SELECT count(*) FROM appellant WHERE confidential <> 0 AND name <> '***'",
              "I13: a unit reads a name that is to be kept from it");
}

static void
check_hub (Sim        *sim,
           GHashTable *truth)
{
  g_autoptr(GHashTable) rows = run_reference (sim);
  g_autoptr(GPtrArray) feed = linli_conn_select (sim->hub.conn, &linli_table_hub_feed, NULL, "body IS NOT NULL", "");
  g_autoptr(GHashTable) fed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  compare (sim, rows, truth, "I3: the hub is not what its operations make it");
  for (guint i = 0; feed != NULL && i < feed->len; i++)
    g_hash_table_insert (fed, g_strdup (linli_row_get_id (feed->pdata[i])),
                         g_strdup (linli_row_get_text (feed->pdata[i], LINLI_HUB_FEED_BODY)));
  compare (sim, truth, fed, "I5: the feed is not what the tables are");
  check_scopes (sim);
}

static void
check_seen (Sim        *sim,
            const char *operation,
            JsonObject *base,
            JsonArray  *changes)
{
  for (guint i = 0; base != NULL && i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      JsonObject *before = linli_json_get_object (change, "b");
      g_autoptr(GList) fields = json_object_get_members (base);

      if (before == NULL || g_strcmp0 (linli_json_get_text (change, "t"), "cases") != 0)
        continue;
      for (GList *l = fields; l != NULL; l = l->next)
        if (json_object_has_member (before, l->data) &&
            g_strcmp0 (linli_json_get_text (before, l->data), linli_json_get_text (base, l->data)) != 0)
          sim_fail (sim, "%s wrote over a %s that its author had not seen", operation, (char *) l->data);
    }
}

/* Last to arrive is not better informed. */
static void
check_edits (Sim *sim)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (sim->hub.conn, NULL, "SELECT id, body, changes FROM audit WHERE kind = 'case.edit'", "");
  gboolean row = FALSE;

  while (stmt != NULL && linli_stmt_step (stmt, &row, NULL) && row)
    {
      g_autoptr(LinliOperation) operation = linli_operation_parse (linli_stmt_get_text (stmt, 1), -1, NULL);
      g_autoptr(JsonNode) changes = linli_json_parse (linli_stmt_get_text (stmt, 2), -1, NULL);

      check_seen (sim, operation->id, linli_json_get_object (operation->args, "base"), json_node_get_array (changes));
    }
}

/* What is left of the search index, whose slices ran between the steps. */
static void
finish_index (SimDesk *self)
{
  gint64 n_left = 1;

  while (n_left > 0 && self->sim->failure == NULL)
    if (!linli_sync_catch_up (self->conn, 100, &n_left, NULL))
      sim_fail (self->sim, "desk %u: the search index stands still", self->n);
}

static void
check_verified (SimDesk *self)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  finish_index (self);

  if (!linli_verify_store (self->conn, problems, NULL) || problems->len > 0)
    sim_fail (self->sim, "desk %u: the store is not sound: %s", self->n, problems->len > 0 ? (char *) problems->pdata[0] : "");
}

/* Whether everybody who is there has everything, and nobody has more to say. */
gboolean
sim_is_quiet (Sim *sim)
{
  g_autofree char *epoch = NULL;
  gint64 rev = 0;

  count (sim->hub.conn, "SELECT rev FROM hub_clock", &rev);
  linli_conn_get_text (sim->hub.conn, &epoch, NULL, "SELECT epoch FROM hub_clock", "");
  for (guint i = 0; i < sim->n_desks; i++)
    {
      SimDesk *desk = &sim->desks[i];
      gint64 n = 0;

      if (desk->broken)
        continue;
      if (desk->conn == NULL ||
          !linli_conn_get_int (desk->conn, &n, NULL,
                               "SELECT (SELECT count(*) FROM outbox WHERE state <> 'settled') + (SELECT count(*) FROM sync_state "
                               "WHERE complete_rev <> ?1 OR epoch <> ?2 OR bootstrap IS NOT NULL OR blocked IS NOT NULL)",
                               "is", rev, epoch) ||
          n != 0)
        return FALSE;
    }
  return TRUE;
}

/* Returns: a number that changes when anybody gets any further: what the hub
 * has decided, what desks have been told, and how far they are in what they
 * fetch */
gint64
sim_get_mark (Sim *sim)
{
  gint64 mark = 0;

  if (sim->hub.conn != NULL)
    count (sim->hub.conn, "SELECT rev FROM hub_clock", &mark);
  for (guint i = 0; i < sim->n_desks; i++)
    {
      SimDesk *desk = &sim->desks[i];
      gint64 n = 0;

      if (desk->conn != NULL &&
          count (desk->conn, "SELECT (SELECT count(*) FROM outbox WHERE state = 'settled') * 1000 + "
                             "(SELECT coalesce (max(complete_rev), 0) FROM sync_state)", &n))
        mark = mark * 31 + n;
    }
  return mark;
}

/* Everything done on this desk has an answer at the hub. */
static void
check_decided (SimDesk *self)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (self->conn, NULL, "SELECT id FROM audit", "");
  gboolean row = FALSE;

  while (stmt != NULL && linli_stmt_step (stmt, &row, NULL) && row)
    {
      gint64 n = 0;

      linli_conn_get_int (self->sim->hub.conn, &n, NULL, "SELECT count(*) FROM hub_op WHERE id = ?1", "s",
                          linli_stmt_get_text (stmt, 0));
      if (n != 1)
        sim_fail (self->sim, "I2: desk %u did %s, and the hub does not know", self->n, linli_stmt_get_text (stmt, 0));
    }
}

static void
tell_blocked (SimDesk *self)
{
  g_autofree char *why = NULL;

  linli_conn_get_text (self->conn, &why, NULL, "SELECT coalesce (blocked, bootstrap, 'seq ' || next_seq) FROM sync_state", "");
  sim_note (self->sim, "desk %u stands at: %s; %s", self->n, why, linli_sync_client_get_trouble (self->client));
}

static void
check_desk_end (SimDesk    *self,
                GHashTable *truth)
{
  g_autoptr(GHashTable) scope = self->unit != NULL ? read_scope (self->sim, self->unit) : NULL;
  g_autoptr(GHashTable) rows = NULL;

  tell_blocked (self);
  check_none (self, "SELECT count(*) FROM sync_state WHERE blocked IS NOT NULL OR bootstrap IS NOT NULL", "I12: it is stuck");
  check_none (self, "SELECT count(*) FROM outbox WHERE state <> 'settled'", "I12: something still waits");
  check_none (self, "SELECT count(*) FROM shadow", "I6: a shadow is left");
  check_none (self, "SELECT count(*) FROM arrived", "I6: a page is left half");
  rows = read_rows (self->conn);
  compare (self->sim, scope != NULL ? scope : truth, rows, "I6: a desk does not show what the hub has");
  if (self->unit != NULL)
    check_unit_reads (self);
  check_decided (self);
  check_verified (self);
  check_none (self, "SELECT count(*) FROM parked WHERE closed_at IS NOT NULL", "I8: something left the list by itself");
}

/* Somebody sends an operation's number again with other words in it. */
static void
check_altered (Sim *sim)
{
  g_autofree char *body = NULL;
  g_autofree char *device = NULL;
  g_autofree char *epoch = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(LinliHubReply) reply = NULL;
  gint64 seq = 0;

  linli_conn_get_text (sim->hub.conn, &body, NULL, "SELECT body FROM audit ORDER BY pk DESC LIMIT 1", "");
  linli_conn_get_text (sim->hub.conn, &device, NULL, "SELECT id FROM hub_device ORDER BY pk LIMIT 1", "");
  linli_conn_get_text (sim->hub.conn, &epoch, NULL, "SELECT epoch FROM hub_clock", "");
  linli_conn_get_int (sim->hub.conn, &seq, NULL, "SELECT last_seq + 1 FROM hub_device ORDER BY pk LIMIT 1", "");
  linli_wire_push_begin (text, epoch, device, seq, sim_begin + sim->mono);
  g_string_append (text, body);
  g_string_truncate (text, text->len - 1);
  g_string_append (text, ",\"x\":1}\n");
  bytes = g_bytes_new (text->str, text->len);
  reply = linli_hub_push (sim->hub.conn, device, bytes, &sim->config, sim_begin + sim->mono);
  if (reply->status != 409)
    sim_fail (sim, "I3: other words under a known id were answered with %u", reply->status);
}

void
sim_check_end (Sim *sim)
{
  g_autoptr(GHashTable) truth = NULL;
  gint64 n = 0;

  if (sim->failure != NULL)
    return;
  truth = read_rows (sim->hub.conn);
  check_hub (sim, truth);
  for (guint i = 0; i < sim->n_desks; i++)
    if (!sim->desks[i].broken && sim->failure == NULL)
      check_desk_end (&sim->desks[i], truth);
  if (count (sim->hub.conn, "SELECT count(*) FROM hub_op WHERE result LIKE '%\"code\":\"fault\"%'", &n) && n != 0)
    sim_fail (sim, "I8: a fault of the hub was taken for a refusal");
  check_edits (sim);
  if (sim->failure == NULL)
    check_altered (sim);
  count (sim->hub.conn, "SELECT count(*) FROM hub_op WHERE result LIKE '\"r\":\"rejected%'", &n);
  sim->n_refused = (guint64) n;
  count (sim->hub.conn, "SELECT count(*) FROM hub_op WHERE result LIKE '\"r\":\"merged%'", &n);
  sim->n_merged = (guint64) n;
}
