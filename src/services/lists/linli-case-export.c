/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-export.h"

#include <glib/gi18n-lib.h>

#include "linli-case-record.h"
#include "linli-case-words.h"
#include "linli-catalogue-tables.h"
#include "linli-evidence.h"
#include "linli-mask.h"
#include "linli-rights.h"
#include "linli-session.h"
#include "linli-tx.h"

#define PAGE 500

struct _LinliCaseExport
{
  GObject           parent_instance;

  /* Owned; frozen once made */
  GFile            *file;
  char             *line;
  char             *actor;    /* (nullable) */
  GTimeZone        *zone;

  /* Owned by the job that runs, one at a time */
  GArray           *pks;      /* (nullable) */
  GHashTable       *channels; /* (nullable): code -> name */
  LinliConn        *conn;     /* (unowned) (nullable): while a page is written */
  GError           *fault;    /* (nullable): of a cell that could not be read */
  LinliSheetWriter *writer;   /* (nullable) */
  char             *unit;     /* (nullable): that its actor sits at */
  gboolean          masked;   /* a unit takes no names of residents out */

  guint64           columns;
  LinliCaseSort     sort;
  gint64            now;
  guint             next;

  /* State, of the main thread */
  LinliStore       *store;    /* (nullable): while running */
  char             *eyes;     /* (nullable): whose it reads with, to its end */
  double            fraction;
};

G_DEFINE_FINAL_TYPE (LinliCaseExport, linli_case_export, G_TYPE_OBJECT)

typedef char *(*CellFunc) (LinliCaseExport *self,
                           LinliCaseRecord *record);

static char *
time_cell (LinliCaseExport *self,
           gint64           time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr(GDateTime) here = time != 0 ? g_date_time_to_timezone (utc, self->zone) : NULL;

  return here != NULL ? g_date_time_format (here, "%Y-%m-%d %H:%M") : NULL;
}

/* Of the case, also at a unit: the file can be taken in again. */
static char *
state_cell (LinliCaseExport *self,
            LinliCaseRecord *record)
{
  return g_strdup (linli_case_state_words (linli_case_record_get_state (record)));
}

static char *
urgency_cell (LinliCaseExport *self,
              LinliCaseRecord *record)
{
  return g_strdup (linli_case_urgency_words (linli_case_record_get_urgency (record)));
}

static char *
channel_cell (LinliCaseExport *self,
              LinliCaseRecord *record)
{
  const char *code = linli_case_record_get_channel_code (record);
  const char *name = code != NULL ? g_hash_table_lookup (self->channels, code) : NULL;

  return g_strdup (name != NULL ? name : code);
}

static char *
person_cell (LinliCaseExport *self,
             LinliCaseRecord *record)
{
  const char *name = linli_case_record_get_appellant_name (record);

  return self->masked ? linli_mask_name (name) : g_strdup (name);
}

static char *
submissions_cell (LinliCaseExport *self,
                  LinliCaseRecord *record)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, linli_case_record_get_n_submissions (record));
}

/* 办结要件: what was asked for, and whether it is there. */
static char *
evidence_cell (LinliCaseExport *self,
               LinliCaseRecord *record)
{
  g_autoptr(GPtrArray) list = NULL;
  g_autoptr(GString) words = g_string_new (NULL);

  if (self->fault == NULL)
    list = linli_evidence_load_of_case (self->conn, linli_case_record_get_id (record), self->masked, &self->fault);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const LinliEvidence *one = list->pdata[i];

      g_string_append_printf (words, "%s%s: %s", i > 0 ? "; " : "", _(linli_evidence_kind_words (one->kind)),
                              one->state == LINLI_EVIDENCE_SHOWN    ? _("present")
                              : one->state == LINLI_EVIDENCE_WAIVED ? _("Waived")
                                                                    : _("Still missing"));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* What a column shows: a text or a time of the record as it is, or a cell made
 * of it. */
static const struct
{
  const char *words;
  const char *(*text) (LinliCaseRecord *record);
  gint64      (*time) (LinliCaseRecord *record);
  CellFunc    cell;
  gboolean    number;
} all_columns[] = {
  { N_("Case number"), .text = linli_case_record_get_case_no },
  { N_("Subject"), .text = linli_case_record_get_title },
  { N_("State"), .cell = state_cell },
  { N_("Duty item"), .text = linli_case_record_get_item_name },
  { N_("Nature"), .text = linli_case_record_get_nature },
  { N_("Urgency"), .cell = urgency_cell },
  { N_("Channel"), .cell = channel_cell },
  { N_("Community"), .text = linli_case_record_get_community },
  { N_("Place"), .text = linli_case_record_get_place },
  { N_("Lead unit"), .text = linli_case_record_get_unit_name },
  { N_("Appellant"), .cell = person_cell },
  { N_("Submissions"), .cell = submissions_cell, .number = TRUE },
  { N_("Received at"), .time = linli_case_record_get_received_at },
  { N_("Due at"), .time = linli_case_record_get_due_at },
  { N_("Closed at"), .time = linli_case_record_get_closed_at },
  { N_("Last changed at"), .time = linli_case_record_get_touched_at },
  { N_("Closing evidence"), .cell = evidence_cell },
};

static char *
make_cell (LinliCaseExport *self,
           guint            column,
           LinliCaseRecord *record)
{
  if (all_columns[column].text != NULL)
    return g_strdup (all_columns[column].text (record));
  if (all_columns[column].time != NULL)
    return time_cell (self, all_columns[column].time (record));
  return all_columns[column].cell (self, record);
}

guint
linli_case_export_n_columns (void)
{
  return G_N_ELEMENTS (all_columns);
}

/**
 * linli_case_export_column_words:
 *
 * Returns: (transfer none): the heading of a column, translated
 */
const char *
linli_case_export_column_words (guint column)
{
  g_return_val_if_fail (column < G_N_ELEMENTS (all_columns), NULL);

  return _(all_columns[column].words);
}

static void
linli_case_export_finalize (GObject *object)
{
  LinliCaseExport *self = LINLI_CASE_EXPORT (object);

  g_clear_object (&self->file);
  g_clear_object (&self->store);
  g_clear_pointer (&self->writer, linli_sheet_writer_free);
  g_clear_pointer (&self->pks, g_array_unref);
  g_clear_pointer (&self->channels, g_hash_table_unref);
  g_clear_error (&self->fault);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->line);
  g_free (self->actor);
  g_free (self->unit);
  g_free (self->eyes);

  G_OBJECT_CLASS (linli_case_export_parent_class)->finalize (object);
}

static void
linli_case_export_class_init (LinliCaseExportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_case_export_finalize;
}

static void
linli_case_export_init (LinliCaseExport *self)
{
}

/**
 * linli_case_export_new:
 * @file: its name decides: .xlsx, else CSV
 * @columns: which, a bit each; 0 for all
 * @line: search line; the cases it finds
 * @actor: (nullable): who exports; nobody sees no names
 * @zone: times are told in it
 */
LinliCaseExport *
linli_case_export_new (GFile        *file,
                       guint64       columns,
                       const char   *line,
                       LinliCaseSort sort,
                       const char   *actor,
                       gint64        now,
                       GTimeZone    *zone)
{
  LinliCaseExport *self = g_object_new (LINLI_TYPE_CASE_EXPORT, NULL);

  self->file = g_object_ref (file);
  self->columns = columns != 0 ? columns : ~G_GUINT64_CONSTANT (0);
  self->line = g_strdup (line);
  self->sort = sort;
  self->actor = g_strdup (actor);
  self->now = now;
  self->zone = g_time_zone_ref (zone);

  return self;
}

static gboolean
has_column (LinliCaseExport *self,
            guint            column)
{
  return (self->columns >> column & 1) != 0;
}

static gboolean
write_head (LinliCaseExport *self,
            GError         **error)
{
  const char *cells[G_N_ELEMENTS (all_columns)];
  gsize n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all_columns); i++)
    if (has_column (self, i))
      cells[n++] = _(all_columns[i].words);
  return linli_sheet_writer_add_row (self->writer, cells, n, error);
}

static gboolean
load_channels (LinliCaseExport *self,
               LinliConn       *conn,
               GError         **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_channel, error, "1 = 1 ORDER BY pk", "");

  if (rows == NULL)
    return FALSE;
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (self->channels, g_strdup (linli_row_get_text (rows->pdata[i], LINLI_CHANNEL_CODE)),
                         g_strdup (linli_row_get_text (rows->pdata[i], LINLI_CHANNEL_NAME)));
  return TRUE;
}

/**
 * linli_case_export_begin:
 * @conn: a reading connection
 * @error: %LINLI_STORE_ERROR, %LINLI_TABLE_ERROR; %LINLI_DOMAIN_ERROR without
 *   the right to export
 *
 * Finds the rows and begins the file.
 */
gboolean
linli_case_export_begin (LinliCaseExport *self,
                         LinliConn       *conn,
                         GError         **error)
{
  g_autoptr(LinliSession) session = linli_session_load (conn, self->actor, error);
  guint64 numbers = 0;
  guint n = 0;

  if (session == NULL || !load_channels (self, conn, error))
    return FALSE;
  if (!linli_rights_demand (session->rights, LINLI_RIGHT_EXPORT, error))
    return FALSE;
  self->masked = session->unit != NULL;
  self->unit = g_strdup (session->unit);
  self->pks = linli_case_search_ids (conn, self->line, self->sort, self->now, self->actor, 0, error);
  if (self->pks == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (all_columns); i++)
    if (has_column (self, i))
      numbers |= (guint64) all_columns[i].number << n++;
  self->writer = linli_sheet_writer_new (self->file, linli_sheet_format_of (self->file), numbers, error);

  return self->writer != NULL && write_head (self, error);
}

static gboolean
write_record (LinliCaseExport *self,
              LinliCaseRecord *record,
              GError         **error)
{
  char *cells[G_N_ELEMENTS (all_columns)];
  gsize n = 0;
  gboolean written;

  for (guint i = 0; i < G_N_ELEMENTS (all_columns); i++)
    if (has_column (self, i))
      cells[n++] = make_cell (self, i, record);
  written = self->fault == NULL && linli_sheet_writer_add_row (self->writer, (const char *const *) cells, n, error);
  if (self->fault != NULL)
    g_propagate_error (error, g_steal_pointer (&self->fault));
  for (gsize i = 0; i < n; i++)
    g_free (cells[i]);

  return written;
}

/**
 * linli_case_export_step:
 * @done: (out): whether the file is whole and has its name
 * @error: %LINLI_STORE_ERROR, %LINLI_TABLE_ERROR
 *
 * Writes the next page of rows, or ends the file behind the last.
 */
gboolean
linli_case_export_step (LinliCaseExport *self,
                        LinliConn       *conn,
                        gboolean        *done,
                        GError         **error)
{
  guint n = MIN (PAGE, self->pks->len - self->next);
  g_autoptr(GArray) page = g_array_sized_new (FALSE, FALSE, sizeof (gint64), PAGE);
  g_autoptr(GPtrArray) records = NULL;

  *done = n == 0;
  if (n == 0)
    return linli_sheet_writer_finish (self->writer, error);
  g_array_append_vals (page, &g_array_index (self->pks, gint64, self->next), n);
  records = linli_case_records_load (conn, self->unit, page, error);
  if (records == NULL)
    return FALSE;
  self->conn = conn;
  for (guint i = 0; i < records->len; i++)
    if (!write_record (self, records->pdata[i], error))
      return FALSE;
  self->next += n;

  return TRUE;
}

/* --- In the background: one read job a page --- */

static gpointer
page_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  LinliCaseExport *self = data;
  gboolean done = FALSE;

  if (self->writer == NULL && !linli_case_export_begin (self, conn, error))
    return NULL;
  linli_case_export_step (self, conn, &done, error);

  return GINT_TO_POINTER (done);
}

static void next_page (GTask *task);

static void
page_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  LinliCaseExport *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  gboolean done = GPOINTER_TO_INT (linli_store_read_finish (LINLI_STORE (source), result, &error));

  if (self->pks != NULL && self->pks->len > 0)
    self->fraction = (double) self->next / self->pks->len;
  if (error == NULL && !done && !g_task_return_error_if_cancelled (task))
    {
      next_page (g_steal_pointer (&task));
      return;
    }
  g_clear_pointer (&self->writer, linli_sheet_writer_free); /* gives up what is not whole */
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (done)
    g_task_return_int (task, self->next);
}

static void
next_page (GTask *task)
{
  LinliCaseExport *self = g_task_get_source_object (task);

  linli_store_read_for_async (self->store, self->eyes, page_job, g_object_ref (self), g_object_unref, NULL,
                              g_task_get_cancellable (task), page_cb, task);
}

/**
 * linli_case_export_run_async:
 *
 * Exports what its actor, or else who sits here now, may see, whoever sits at the desk when it ends; other
 * reads of the store go on between the pages. Cancelled or failed, nothing stays
 * of the file.
 */
void
linli_case_export_run_async (LinliCaseExport    *self,
                             LinliStore         *store,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_set_object (&self->store, store);
  self->eyes = self->actor != NULL ? g_strdup (self->actor) : linli_store_dup_actor (store);
  next_page (task);
}

/**
 * linli_case_export_run_finish:
 * @n_rows: (out): cases written
 * @error: %LINLI_STORE_ERROR, %LINLI_TABLE_ERROR, %G_IO_ERROR_CANCELLED
 */
gboolean
linli_case_export_run_finish (LinliCaseExport *self,
                              GAsyncResult    *result,
                              guint           *n_rows,
                              GError         **error)
{
  gssize n = g_task_propagate_int (G_TASK (result), error);

  *n_rows = n > 0 ? (guint) n : 0;
  return n >= 0;
}

/* How much is written, 0 to 1. */
double
linli_case_export_get_fraction (LinliCaseExport *self)
{
  return self->fraction;
}
