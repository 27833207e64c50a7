/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The run of an import. Rows are read and converted here, in the importing
 * thread, and handed to the writing lane a batch at a time; a clerk's own
 * command waits for one batch at most. While one batch is being written the
 * next is read and written down as an operation has it, and what is left of the
 * one before is cleared away: one at a time is under way, so that memory stays
 * small and refusals come in the order of the file. */

#include "config.h"

#include "linli-import-run.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-import-memory.h"
#include "linli-import-order.h"
#include "linli-json.h"
#include "linli-table-reader.h"
#include "linli-table-writer.h"

#define BATCH      1000    /* rows a command */
#define BATCH_SIZE 1048576 /* bytes of text that end a batch sooner: the audit keeps each command's line whole */

typedef struct
{
  LinliStore   *store;
  const char   *actor;
  const char   *import;
  JsonArray    *records; /* (owned) */
  GPtrArray    *rows;    /* (owned) their rows, for refusals */
  gsize         size;    /* bytes of text in them */
  JsonObject   *args;    /* (owned) (nullable) of the command, when it is full */
  char         *written; /* (owned) (nullable) likewise */
  LinliOutcome *outcome; /* (owned) (nullable) what the command answered */
  GError       *refusal; /* (owned) (nullable) */
} Batch;

typedef struct
{
  LinliStore            *store;
  const LinliImportPlan *plan;
  LinliImportResult     *result;
  LinliTableWriter      *refused;   /* (owned) (nullable): made with the first refusal */
  Batch                 *filling;   /* (owned) (nullable) */
  Batch                 *writing;   /* (owned) (nullable) in the hands of @writer */
  GThread               *writer;    /* (owned) (nullable) */
} Run;

static gboolean
start_import (Run     *run,
             GError **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(JsonObject) told = NULL;

  json_object_set_string_member (args, "kind", run->plan->mapping->source);
  json_object_set_string_member (args, "file_name", run->plan->file_name);
  json_object_set_object_member (args, "mapping",
                                 linli_import_memory_note (run->plan->header, run->plan->mapping->columns));
  told = linli_import_order_give (run->store, run->plan->actor, "import.start", args, error);
  if (told == NULL)
    return FALSE;
  run->result->import = g_strdup (linli_json_get_text (told, "import"));
  return TRUE;
}

static gboolean
open_refused (Run     *run,
              GError **error)
{
  g_autoptr(GPtrArray) header = g_ptr_array_new ();
  g_autoptr(GFile) file = NULL;

  if (run->refused != NULL || run->plan->refused_path == NULL)
    return TRUE;
  file = g_file_new_for_path (run->plan->refused_path);
  run->refused = linli_table_writer_new (file, LINLI_TABLE_WRITER_DEFAULT, error);
  if (run->refused == NULL)
    return FALSE;
  run->result->refused_path = g_strdup (run->plan->refused_path);
  for (guint i = 0; i < run->plan->header->len; i++)
    g_ptr_array_add (header, run->plan->header->pdata[i]);
  g_ptr_array_add (header, (gpointer) _("Why not imported"));

  return linli_table_writer_add_row (run->refused, (const char *const *) header->pdata, header->len, error);
}

static gboolean
refuse_row (Run        *run,
            GPtrArray  *row,
            const char *reason,
            GError    **error)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new ();

  run->result->n_refused++;
  if (!open_refused (run, error))
    return FALSE;
  if (run->refused == NULL)
    return TRUE;
  for (guint i = 0; i < MAX (row->len, run->plan->header->len); i++)
    g_ptr_array_add (cells, i < row->len ? row->pdata[i] : (gpointer) "");
  g_ptr_array_add (cells, (gpointer) _(reason));

  return linli_table_writer_add_row (run->refused, (const char *const *) cells->pdata, cells->len, error);
}

/* Returns: (transfer full) */
static JsonObject *
import_args (const char *import,
             JsonArray  *records)
{
  JsonObject *args = json_object_new ();

  json_object_set_string_member (args, "import", import);
  json_object_set_array_member (args, "rows", json_array_ref (records));
  return args;
}

static Batch *
batch_new (Run *run)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->store = run->store;
  batch->actor = run->plan->actor;
  batch->import = run->result->import;
  batch->records = json_array_new ();
  batch->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  return batch;
}

static void
batch_free (Batch *batch)
{
  json_array_unref (batch->records);
  g_ptr_array_unref (batch->rows);
  g_clear_pointer (&batch->args, json_object_unref);
  g_free (batch->written);
  g_clear_pointer (&batch->outcome, linli_outcome_free);
  g_clear_error (&batch->refusal);
  g_free (batch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Batch, batch_free)

/* Done while the batch before is being written. */
static void
write_down (Batch *batch)
{
  batch->args = import_args (batch->import, batch->records);
  batch->written = linli_json_object_to_text (batch->args);
}

/* That the file is in is told when import.finish is on the disk, and the steps with it. */
static gpointer
write_batch (gpointer data)
{
  Batch *batch = data;
  LinliImportOrder order = { batch->store, batch->actor, "case.import", batch->args, batch->written, LINLI_EXECUTE_STEP, NULL };

  batch->outcome = linli_import_order_carry_out (&order, &batch->refusal);
  return NULL;
}

/* @first: number of the batch's row that the command was given first */
static gboolean
take_told (Run        *run,
           Batch      *batch,
           JsonObject *told,
           guint       first,
           GError    **error)
{
  JsonArray *refused = linli_json_get_array (told, "refused");
  gint64 n = 0;

  if (linli_json_get_int (told, "n_new", &n))
    run->result->n_new += n;
  if (linli_json_get_int (told, "n_known", &n))
    run->result->n_known += n;
  if (linli_json_get_int (told, "n_places", &n))
    run->result->n_places += n;
  for (guint i = 0; refused != NULL && i < json_array_get_length (refused); i++)
    {
      JsonObject *refusal = json_array_get_object_element (refused, i);
      gint64 row = json_object_get_int_member (refusal, "row");

      if (!refuse_row (run, batch->rows->pdata[first + row], json_object_get_string_member (refusal, "message"), error))
        return FALSE;
    }
  return TRUE;
}

/* A batch that a rule refuses is tried row by row, so that one bad row does
 * not keep ninety-nine good ones out. */
static gboolean
import_singly (Run     *run,
               Batch   *batch,
               GError **error)
{
  for (guint i = 0; i < json_array_get_length (batch->records); i++)
    {
      g_autoptr(JsonArray) one = json_array_new ();
      g_autoptr(JsonObject) args = NULL;
      g_autoptr(JsonObject) told = NULL;
      g_autoptr(GError) refusal = NULL;

      json_array_add_object_element (one, json_object_ref (json_array_get_object_element (batch->records, i)));
      args = import_args (batch->import, one);
      told = linli_import_order_give (run->store, batch->actor, "case.import", args, &refusal);
      if (told != NULL)
        {
          if (!take_told (run, batch, told, i, error))
            return FALSE;
        }
      else if (refusal->domain != LINLI_DOMAIN_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      else if (!refuse_row (run, batch->rows->pdata[i], refusal->message, error))
        return FALSE;
    }
  return TRUE;
}

/* Takes what came of a batch. */
static gboolean
settle (Run     *run,
        Batch   *batch,
        GError **error)
{
  if (batch->outcome != NULL)
    return take_told (run, batch, batch->outcome->result, 0, error);
  if (batch->refusal->domain == LINLI_DOMAIN_ERROR)
    return import_singly (run, batch, error);
  g_propagate_error (error, g_steal_pointer (&batch->refusal));
  return FALSE;
}

/* Waits for the batch that is being written, and gives the lane the next one
 * before it looks at what came of it: unless that was nothing. */
static gboolean
flush (Run     *run,
       GError **error)
{
  g_autoptr(Batch) last = NULL;
  gboolean failed;

  if (run->filling != NULL)
    write_down (run->filling);
  if (run->writer != NULL)
    g_thread_join (g_steal_pointer (&run->writer));
  last = g_steal_pointer (&run->writing);
  failed = last != NULL && last->outcome == NULL;
  if (failed && !settle (run, last, error))
    return FALSE;
  if (run->filling != NULL)
    {
      run->writing = g_steal_pointer (&run->filling);
      run->writer = g_thread_new ("import", write_batch, run->writing);
    }
  return last == NULL || failed || settle (run, last, error);
}

static GPtrArray *
copy_row (GPtrArray *row)
{
  GPtrArray *copy = g_ptr_array_new_full (row->len, g_free);

  for (guint i = 0; i < row->len; i++)
    g_ptr_array_add (copy, g_strdup (row->pdata[i]));
  return copy;
}

static gboolean
is_empty_row (GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++)
    if (*(const char *) row->pdata[i] != '\0')
      return FALSE;
  return TRUE;
}

static gboolean
take_row (Run       *run,
          GPtrArray *row,
          gboolean   damaged,
          GError   **error)
{
  g_autoptr(GError) refusal = NULL;
  JsonObject *record;

  if (is_empty_row (row))
    return TRUE;
  if (damaged)
    return refuse_row (run, row, N_("The row holds bytes that are no text."), error);
  record = linli_import_row_convert (run->plan->mapping, row, &refusal);
  if (record == NULL)
    return refuse_row (run, row, refusal->message, error);
  if (run->filling == NULL)
    run->filling = batch_new (run);
  json_array_add_object_element (run->filling->records, record);
  g_ptr_array_add (run->filling->rows, copy_row (row));
  for (guint i = 0; i < row->len; i++)
    run->filling->size += strlen (row->pdata[i]);

  return (run->filling->rows->len < BATCH && run->filling->size < BATCH_SIZE) || flush (run, error);
}

static void
note_progress (const LinliImportPlan *plan,
               LinliTableReader      *reader,
               guint                  n_rows)
{
  guint64 total = MAX (linli_table_reader_get_total (reader), 1);
  guint64 position = linli_table_reader_get_position (reader);

  g_atomic_int_set (&plan->progress->permille, (int) MIN (position * 1000 / total, 1000));
  g_atomic_int_set (&plan->progress->n_rows, (int) n_rows);
}

static gboolean
read_rows (Run          *run,
           GCancellable *cancellable,
           GError      **error)
{
  const LinliImportPlan *plan = run->plan;
  g_autoptr(LinliTableReader) reader = linli_table_reader_new (plan->file, LINLI_TABLE_READER_DEFAULT,
                                                               cancellable, error);
  GPtrArray *row = NULL;
  guint n_read = 0;

  if (reader == NULL)
    return FALSE;
  while (TRUE)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !linli_table_reader_next (reader, &row, error))
        return FALSE;
      if (row == NULL)
        break;
      if (++n_read <= plan->header_row)
        continue;
      if (!take_row (run, row, linli_table_reader_is_row_damaged (reader), error))
        return FALSE;
      if (n_read % BATCH == 0)
        note_progress (plan, reader, n_read - plan->header_row);
    }
  note_progress (plan, reader, n_read > plan->header_row ? n_read - plan->header_row : 0);
  run->result->notes = *linli_table_reader_get_notes (reader);
  run->result->encoding = linli_table_reader_get_encoding (reader);

  return flush (run, error) && flush (run, error) && !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
finish_import (Run     *run,
              GError **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(JsonObject) told = NULL;

  if (run->refused != NULL && !linli_table_writer_finish (run->refused, error))
    return FALSE;
  json_object_set_string_member (args, "import", run->result->import);
  json_object_set_int_member (args, "n_refused", run->result->n_refused);
  told = linli_import_order_give (run->store, run->plan->actor, "import.finish", args, error);

  return told != NULL;
}

/**
 * linli_import_run:
 *
 * See linli_importer_run().
 */
LinliImportResult *
linli_import_run (LinliStore            *store,
                  const LinliImportPlan *plan,
                  GCancellable          *cancellable,
                  GError               **error)
{
  g_autoptr(LinliImportResult) result = g_new0 (LinliImportResult, 1);
  Run run = { .store = store, .plan = plan, .result = result };
  gboolean done = start_import (&run, error) && read_rows (&run, cancellable, error) && finish_import (&run, error);

  if (run.writer != NULL)
    g_thread_join (run.writer);
  g_clear_pointer (&run.writing, batch_free);
  g_clear_pointer (&run.filling, batch_free);
  g_clear_pointer (&run.refused, linli_table_writer_free);
  if (!done && result->import != NULL)
    {
      g_autoptr(GError) undo_error = NULL;

      /* Whoever stopped it was promised that nothing stays; it stays marked as unfinished, and can be taken back later. */
      if (!linli_import_take_back (store, plan->actor, result->import, &undo_error))
        {
          g_clear_error (error);
          g_propagate_error (error, g_steal_pointer (&undo_error));
        }
    }

  return done ? g_steal_pointer (&result) : NULL;
}
