/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cases of one turn share a transaction and thereby one wait for the disk;
 * each begins at a mark, so that a refusal takes nothing with it. */

#include "config.h"

#include "linli-bulk-job.h"

#include <glib/gi18n.h>

#include "linli-bulk-args.h"
#include "linli-bulk-record.h"
#include "linli-case-tables.h"
#include "linli-inbox-tables.h"
#include "linli-json.h"
#include "linli-macro.h"
#include "linli-registry.h"

#define UNDO_PAGE 64

static void
bulk_case_free (LinliBulkCase *self)
{
  g_free (self->id);
  g_free (self->case_no);
  g_free (self->title);
  g_free (self);
}

static void
group_free (LinliBulkGroup *self)
{
  g_error_free (self->error);
  g_ptr_array_unref (self->cases);
  g_free (self);
}

static LinliBulkJob *
job_new (LinliBulkMode mode,
         const char   *command)
{
  LinliBulkJob *self = g_new0 (LinliBulkJob, 1);

  self->mode = mode;
  self->command = g_strdup (command);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->cursor = G_MAXINT64;

  return self;
}

static void
set_cases (LinliBulkJob *self,
           GArray       *pks,
           const char   *query)
{
  self->pks = g_array_ref (pks);
  self->query = g_strdup (query);
  self->n_total = pks->len;
}

/**
 * linli_bulk_job_new:
 * @mode: check or run
 * @command: of the cases room
 * @shared: (transfer none): its arguments, but for what each case brings itself
 * @pks: (transfer none): local keys of the cases; not to be changed afterwards
 * @query: (nullable): how they were chosen, for the record
 * @error: %LINLI_DOMAIN_ERROR when @command is none that many cases can take
 *
 * Returns: (transfer full)
 */
LinliBulkJob *
linli_bulk_job_new (LinliBulkMode mode,
                    const char   *command,
                    JsonObject   *shared,
                    GArray       *pks,
                    const char   *query,
                    GError      **error)
{
  const LinliCommand *found = linli_registry_find_command (command);
  LinliBulkJob *self;

  g_return_val_if_fail (mode != LINLI_BULK_MODE_UNDO && shared != NULL && pks != NULL, NULL);

  if (found == NULL || !linli_bulk_is_possible (found))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_UNKNOWN_KIND, "not-for-many", NULL,
                    N_("This is not something that can be done to many cases at once."));
      return NULL;
    }
  self = job_new (mode, command);
  self->shared = json_object_ref (shared);
  self->steps = linli_macro_single (found, shared);
  set_cases (self, pks, query);

  return self;
}

/**
 * linli_bulk_job_new_macro:
 * @name: of the macro, for the record
 * @steps: what a row of macro has
 * @error: what linli_macro_parse() says
 *
 * All steps are done to a case, or none of them.
 *
 * Returns: (transfer full): otherwise as linli_bulk_job_new()
 */
LinliBulkJob *
linli_bulk_job_new_macro (LinliBulkMode mode,
                          const char   *name,
                          const char   *steps,
                          GArray       *pks,
                          const char   *query,
                          GError      **error)
{
  GPtrArray *parsed = linli_macro_parse (steps, error);
  LinliBulkJob *self;

  if (parsed == NULL)
    return NULL;
  self = job_new (mode, "macro");
  self->shared = json_object_new ();
  json_object_set_string_member (self->shared, "macro", name);
  self->steps = parsed;
  set_cases (self, pks, query);

  return self;
}

/* Takes back what the run recorded as @bulk did, last case first. */
LinliBulkJob *
linli_bulk_job_new_undo (const char *bulk)
{
  LinliBulkJob *self = job_new (LINLI_BULK_MODE_UNDO, "core.undo");

  self->bulk = g_strdup (bulk);
  return self;
}

void
linli_bulk_job_free (LinliBulkJob *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->shared, json_object_unref);
  g_clear_pointer (&self->pks, g_array_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->changes);
  g_free (self->query);
  g_free (self->bulk);
  g_free (self->unit);
  g_free (self->command);
  g_free (self->last_case);
  g_free (self);
}

static void
note_refusal (LinliBulkJob *self,
              const char   *id,
              LinliRow     *case_row,
              const GError *error)
{
  LinliBulkGroup *group = NULL;
  LinliBulkCase *refused;

  self->n_refused++;
  for (guint i = 0; i < self->groups->len && group == NULL; i++)
    {
      LinliBulkGroup *known = self->groups->pdata[i];

      if (g_str_equal (known->error->message, error->message))
        group = known;
    }
  if (group == NULL)
    {
      group = g_new0 (LinliBulkGroup, 1);
      group->error = g_error_copy (error);
      group->cases = g_ptr_array_new_with_free_func ((GDestroyNotify) bulk_case_free);
      g_ptr_array_add (self->groups, group);
    }
  group->n++;
  if (group->cases->len >= LINLI_BULK_SHOWN)
    return;
  refused = g_new0 (LinliBulkCase, 1);
  refused->id = g_strdup (id);
  if (case_row != NULL)
    {
      refused->case_no = g_strdup (linli_row_get_text (case_row, LINLI_CASE_CASE_NO));
      refused->title = g_strdup (linli_row_get_text (case_row, LINLI_CASE_TITLE));
    }
  g_ptr_array_add (group->cases, refused);
}

/* --- The record --- */

static gboolean
submit_local (LinliDesk  *desk,
              LinliTx    *tx,
              const char *command,
              JsonObject *args,
              char      **told,
              GError    **error)
{
  g_autoptr(LinliOutcome) outcome = linli_desk_submit_in (desk, tx, command, args, 0, error);

  if (outcome == NULL)
    return FALSE;
  if (told != NULL)
    *told = g_strdup (linli_json_get_text (outcome->result, "bulk"));
  return TRUE;
}

static gboolean
record (LinliBulkJob *self,
        LinliDesk    *desk,
        LinliTx      *tx,
        const char   *case_id,
        const char   *entry,
        const char   *operation,
        const GError *refusal,
        GError      **error)
{
  gboolean undo = self->mode == LINLI_BULK_MODE_UNDO;
  g_autoptr(JsonObject) args = json_object_new ();

  json_object_set_string_member (args, "bulk", self->bulk);
  json_object_set_string_member (args, "case", case_id);
  if (refusal != NULL)
    json_object_set_string_member (args, "state", undo ? "kept" : "refused");
  else
    json_object_set_string_member (args, "state", undo ? "undone" : "done");
  if (refusal != NULL)
    json_object_set_string_member (args, "reason", refusal->message);
  if (entry != NULL)
    json_object_set_string_member (args, "entry", entry);
  else if (operation != NULL)
    json_object_set_string_member (args, "operation", operation);

  return submit_local (desk, tx, "bulk.record", args, NULL, error);
}

/* --- One case --- */

/* Sends @failure where it belongs: a refusal is no fault. */
static gboolean
sort_failure (GError  *failure,
              GError **refusal,
              GError **error)
{
  if (failure->domain == LINLI_DOMAIN_ERROR)
    *refusal = failure;
  else
    g_propagate_error (error, failure);
  return *refusal != NULL;
}

/* @refusal: (out) (nullable): why it was not done, which is no failure
 *
 * Returns: %FALSE for a fault of the store */
static gboolean
submit_one (LinliBulkJob *self,
            LinliDesk    *desk,
            LinliTx      *tx,
            const char   *command,
            JsonObject   *args,
            GPtrArray    *operations,
            GError      **refusal,
            GError      **error)
{
  LinliExecuteFlags flags = self->mode == LINLI_BULK_MODE_CHECK ? LINLI_EXECUTE_DRY_RUN : LINLI_EXECUTE_QUEUE;
  GError *failure = NULL;
  g_autoptr(LinliOutcome) outcome = linli_desk_submit_in (desk, tx, command, args, flags, &failure);

  if (outcome == NULL)
    return sort_failure (failure, refusal, error);
  g_ptr_array_add (operations, g_strdup (outcome->operation));
  if (self->mode != LINLI_BULK_MODE_CHECK)
    g_ptr_array_add (self->changes, g_ptr_array_ref (outcome->changes));
  return TRUE;
}

/* @row: (out) (transfer full) (nullable): %NULL when the case is gone */
static gboolean
find_case (LinliTx   *tx,
           gint64     pk,
           LinliRow **row,
           GError   **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (linli_tx_get_conn (tx), &linli_table_case, error, "pk = ?1", "i", pk);

  *row = rows != NULL && rows->len > 0 ? linli_row_ref (rows->pdata[0]) : NULL;
  return rows != NULL;
}

/* Each step is about the case as the one before left it. */
static gboolean
do_steps (LinliBulkJob *self,
          LinliDesk    *desk,
          LinliTx      *tx,
          gint64        pk,
          GPtrArray    *operations,
          GError      **refusal,
          GError      **error)
{
  for (guint i = 0; i < self->steps->len && *refusal == NULL; i++)
    {
      LinliMacroStep *step = self->steps->pdata[i];
      GError *failure = NULL;
      g_autoptr(LinliRow) row = NULL;
      g_autoptr(JsonObject) args = NULL;

      if (!find_case (tx, pk, &row, error))
        return FALSE;
      args = linli_bulk_args (linli_tx_get_conn (tx), step->command, step->args, row, self->unit, &failure);
      if (args == NULL)
        {
          if (!sort_failure (failure, refusal, error))
            return FALSE;
          break;
        }
      if (!linli_bulk_fill_texts (linli_tx_get_conn (tx), args, linli_row_get_id (row),
                                  linli_clock_now (desk->clock), desk->actor, error) ||
          !submit_one (self, desk, tx, step->command->name, args, operations, refusal, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
record_case (LinliBulkJob *self,
             LinliDesk    *desk,
             LinliTx      *tx,
             const char   *case_id,
             GPtrArray    *operations,
             const GError *refusal,
             GError      **error)
{
  if (self->mode == LINLI_BULK_MODE_CHECK)
    return TRUE;
  if (refusal != NULL)
    return record (self, desk, tx, case_id, NULL, NULL, refusal, error);
  for (guint i = 0; i < operations->len; i++)
    if (!record (self, desk, tx, case_id, NULL, operations->pdata[i], NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
take_case (LinliBulkJob *self,
           LinliDesk    *desk,
           LinliTx      *tx,
           GError      **error)
{
  gint64 pk = g_array_index (self->pks, gint64, self->n_seen);
  guint n_changes = self->changes->len;
  g_autoptr(LinliRow) row = NULL;
  g_autoptr(GPtrArray) operations = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) refusal = NULL;

  if (!find_case (tx, pk, &row, error))
    return FALSE;
  self->n_seen++;
  if (row == NULL)
    return TRUE; /* removed since it was chosen: nothing to act on or to name */
  if (!linli_tx_push (tx, error) ||
      !do_steps (self, desk, tx, pk, operations, &refusal, error))
    return FALSE;
  if (refusal != NULL || self->mode == LINLI_BULK_MODE_CHECK)
    {
      g_ptr_array_set_size (self->changes, (int) n_changes);
      if (!linli_tx_pop (tx, FALSE, error))
        return FALSE;
    }
  else if (!linli_tx_pop (tx, TRUE, error))
    return FALSE;
  if (refusal != NULL)
    note_refusal (self, linli_row_get_id (row), row, refusal);
  else
    self->n_done++;

  return record_case (self, desk, tx, linli_row_get_id (row), operations, refusal, error);
}

/* A case that several steps were done to counts once. */
static void
count_back (LinliBulkJob *self,
            const char   *case_id,
            LinliRow     *row,
            const GError *refusal)
{
  if (g_strcmp0 (self->last_case, case_id) == 0)
    return;
  g_free (self->last_case);
  self->last_case = g_strdup (case_id);
  self->n_seen++;
  if (refusal != NULL)
    note_refusal (self, case_id, row, refusal);
  else
    self->n_done++;
}

static gboolean
take_back (LinliBulkJob *self,
           LinliDesk    *desk,
           LinliTx      *tx,
           LinliRow     *entry,
           GError      **error)
{
  const char *case_id = linli_row_get_text (entry, LINLI_BULK_CASE_CASE_ID);
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(GPtrArray) operations = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GError) refusal = NULL;

  json_object_set_string_member (args, "operation", linli_row_get_text (entry, LINLI_BULK_CASE_OPERATION_ID));
  if (!linli_tx_push (tx, error) ||
      !submit_one (self, desk, tx, self->command, args, operations, &refusal, error) ||
      !linli_tx_pop (tx, refusal == NULL, error))
    return FALSE;
  rows = linli_conn_select (linli_tx_get_conn (tx), &linli_table_case, error, "id = ?1", "s", case_id);
  if (rows == NULL)
    return FALSE;
  count_back (self, case_id, rows->len > 0 ? rows->pdata[0] : NULL, refusal);

  return record (self, desk, tx, case_id, linli_row_get_id (entry), NULL, refusal, error);
}

/* --- Turns --- */

static gboolean
begin_undo (LinliBulkJob *self,
            LinliConn    *conn,
            GError      **error)
{
  gint64 n = 0;

  if (!linli_bulk_count_done (conn, self->bulk, &n, error))
    return FALSE;
  self->n_total = (guint) n;
  return TRUE;
}

static gboolean
begin (LinliBulkJob *self,
       LinliDesk    *desk,
       LinliTx      *tx,
       GError      **error)
{
  g_autoptr(JsonObject) args = NULL;

  self->begun = TRUE;
  if (self->mode == LINLI_BULK_MODE_UNDO)
    return begin_undo (self, linli_tx_get_conn (tx), error);
  if (!linli_bulk_acting_unit (linli_tx_get_conn (tx), desk->actor, &self->unit, error))
    return FALSE;
  if (self->mode == LINLI_BULK_MODE_CHECK)
    return TRUE;

  args = json_object_new ();
  json_object_set_string_member (args, "command", self->command);
  json_object_set_object_member (args, "args", json_object_ref (self->shared));
  json_object_set_int_member (args, "wanted", self->n_total);
  if (self->query != NULL)
    json_object_set_string_member (args, "query", self->query);

  return submit_local (desk, tx, "bulk.start", args, &self->bulk, error);
}

static gboolean
finish (LinliBulkJob *self,
        LinliDesk    *desk,
        LinliTx      *tx,
        GError      **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  const char *state = self->stop ? "stopped" : "finished";

  self->finished = TRUE;
  if (self->mode == LINLI_BULK_MODE_CHECK)
    return TRUE;
  if (self->mode == LINLI_BULK_MODE_UNDO && !self->stop)
    state = "undone";
  json_object_set_string_member (args, "bulk", self->bulk);
  json_object_set_string_member (args, "state", state);

  return submit_local (desk, tx, "bulk.finish", args, NULL, error);
}

static gboolean
work_cases (LinliBulkJob *self,
            LinliDesk    *desk,
            LinliTx      *tx,
            gint64        until,
            GError      **error)
{
  do
    if (self->n_seen < self->n_total && !self->stop && !take_case (self, desk, tx, error))
      return FALSE;
  while (self->n_seen < self->n_total && !self->stop && g_get_monotonic_time () < until);

  return self->n_seen < self->n_total && !self->stop ? TRUE : finish (self, desk, tx, error);
}

static gboolean
work_undo (LinliBulkJob *self,
           LinliDesk    *desk,
           LinliTx      *tx,
           gint64        until,
           GError      **error)
{
  g_autoptr(GPtrArray) entries = linli_conn_select (linli_tx_get_conn (tx), &linli_table_bulk_case, error,
                                                    "bulk_id = ?1 AND state = 'done' AND pk < ?2"
                                                    " ORDER BY pk DESC LIMIT ?3", "sii",
                                                    self->bulk, self->cursor, (gint64) UNDO_PAGE);

  if (entries == NULL)
    return FALSE;
  if (entries->len == 0 || self->stop)
    return finish (self, desk, tx, error);
  for (guint i = 0; i < entries->len; i++)
    {
      if (!take_back (self, desk, tx, entries->pdata[i], error))
        return FALSE;
      self->cursor = linli_row_get_pk (entries->pdata[i]);
      if (g_get_monotonic_time () >= until)
        break;
    }
  return TRUE;
}

/* Only once it is durable: a list that looked before would not look again. */
static void
tell_lists (LinliBulkJob *self,
            LinliStore   *store)
{
  for (guint i = 0; store != NULL && i < self->changes->len; i++)
    linli_db_note_changes (linli_store_get_db (store), self->changes->pdata[i]);
}

/**
 * linli_bulk_job_turn:
 * @conn: the connection of a #LinliStoreWriteFunc
 * @store: (nullable): whose lists are told
 * @budget: microseconds after which the turn ends with the case at hand
 * @error: %LINLI_STORE_ERROR; a refused case is no error but counted
 *
 * Works on for a while. What a turn did is durable when it returns; after a
 * failure nothing of that turn happened and the numbers are those before it.
 */
gboolean
linli_bulk_job_turn (LinliBulkJob *self,
                     LinliConn    *conn,
                     LinliDesk    *desk,
                     LinliStore   *store,
                     gint64        budget,
                     GError      **error)
{
  gint64 until = g_get_monotonic_time () + budget;
  guint n_seen = self->n_seen, n_done = self->n_done, n_refused = self->n_refused;
  g_autoptr(LinliTx) tx = NULL;
  gboolean worked;

  g_return_val_if_fail (self != NULL && !self->finished, FALSE);

  tx = linli_tx_begin (conn, error);
  if (tx == NULL || (!self->begun && !begin (self, desk, tx, error)))
    return FALSE;
  if (self->mode == LINLI_BULK_MODE_UNDO)
    worked = work_undo (self, desk, tx, until, error);
  else
    worked = work_cases (self, desk, tx, until, error);

  if (worked && self->mode != LINLI_BULK_MODE_CHECK)
    worked = linli_tx_commit (tx, error);
  if (worked)
    tell_lists (self, store);
  else
    {
      self->n_seen = n_seen;
      self->n_done = n_done;
      self->n_refused = n_refused;
    }
  g_ptr_array_set_size (self->changes, 0);

  return worked;
}
