/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-importer.h"

#include <glib/gi18n.h>

#include "linli-import-memory.h"
#include "linli-import-run.h"
#include "linli-table-reader.h"

#define PREVIEW_ROWS 20
#define HEAD_ROWS    30 /* rows in which the headings are looked for */

struct _LinliImporter
{
  GObject          parent_instance;

  GFile           *file;
  GTimeZone       *zone;
  GPtrArray       *header;     /* of char * */
  GPtrArray       *preview;    /* of GPtrArray of char * */
  guint            header_row; /* rows before the first one of data */
  const char      *preset;     /* (unowned) (nullable) */
  gint64           remembered; /* when such a file was brought in before; 0: never */
  int              columns[LINLI_IMPORT_N_FIELDS];
  guint            confidence[LINLI_IMPORT_N_FIELDS];
  LinliImportProgress progress;
};

G_DEFINE_FINAL_TYPE (LinliImporter, linli_importer, G_TYPE_OBJECT)

void
linli_import_result_free (LinliImportResult *result)
{
  if (result == NULL)
    return;

  g_free (result->import);
  g_free (result->refused_path);
  g_free (result);
}

static void
linli_importer_finalize (GObject *object)
{
  LinliImporter *self = LINLI_IMPORTER (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->header, g_ptr_array_unref);
  g_clear_pointer (&self->preview, g_ptr_array_unref);

  G_OBJECT_CLASS (linli_importer_parent_class)->finalize (object);
}

static void
linli_importer_class_init (LinliImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_importer_finalize;
}

static void
linli_importer_init (LinliImporter *self)
{
}

static GPtrArray *
copy_row (GPtrArray *row)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < row->len; i++)
    g_ptr_array_add (copy, g_strdup (row->pdata[i]));
  return copy;
}

static GPtrArray *
read_head (GFile        *file,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr(LinliTableReader) reader = linli_table_reader_new (file, LINLI_TABLE_READER_DEFAULT, cancellable, error);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *row = NULL;

  if (reader == NULL)
    return NULL;
  while (rows->len < HEAD_ROWS)
    {
      if (!linli_table_reader_next (reader, &row, error))
        return NULL;
      if (row == NULL)
        break;
      g_ptr_array_add (rows, copy_row (row));
    }

  return g_steal_pointer (&rows);
}

/**
 * linli_importer_propose:
 *
 * Assigns the columns by their headings alone, whatever was decided before.
 */
void
linli_importer_propose (LinliImporter *self)
{
  g_autoptr(GArray) matches = linli_column_match_propose (self->header, linli_import_fields (),
                                                          LINLI_IMPORT_N_FIELDS);
  const LinliImportPreset *preset = linli_import_find_preset (self->header);

  for (guint i = 0; i < LINLI_IMPORT_N_FIELDS; i++)
    {
      const LinliColumnMatch *match = &g_array_index (matches, LinliColumnMatch, i);

      self->columns[i] = match->column;
      self->confidence[i] = match->confidence;
    }
  self->preset = preset != NULL ? preset->name : NULL;
  self->remembered = 0;
}

static gboolean
recall_columns (LinliImporter *self,
                LinliStore    *store,
                GError       **error)
{
  if (!linli_import_memory_recall (store, self->header, self->columns, &self->remembered, error))
    return FALSE;
  for (guint i = 0; self->remembered != 0 && i < LINLI_IMPORT_N_FIELDS; i++)
    self->confidence[i] = 100;
  return TRUE;
}

/* Headings that no list knows are still headings: somebody can say what they
 * mean. A title line above them fills one cell only. */
static int
find_first_line (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      GPtrArray *row = rows->pdata[i];
      guint n_filled = 0;

      for (guint c = 0; c < row->len; c++)
        n_filled += *(const char *) row->pdata[c] != '\0';
      if (n_filled >= 2)
        return (int) i;
    }
  return -1;
}

/**
 * linli_importer_open:
 * @store: knows how such files were brought in before
 * @zone: in which the file's times are meant
 * @error: %LINLI_TABLE_ERROR, %LINLI_IMPORT_ERROR, %LINLI_STORE_ERROR, %G_IO_ERROR
 *
 * Looks at the file: where its headings are, which columns they suggest, what
 * the first rows hold. Blocks.
 *
 * Returns: (transfer full): an importer, nothing imported yet
 */
LinliImporter *
linli_importer_open (GFile        *file,
                     LinliStore   *store,
                     GTimeZone    *zone,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr(LinliImporter) self = g_object_new (LINLI_TYPE_IMPORTER, NULL);
  g_autoptr(GPtrArray) rows = read_head (file, cancellable, error);
  int header;

  if (rows == NULL)
    return NULL;
  header = linli_column_match_find_header (rows, linli_import_fields (), LINLI_IMPORT_N_FIELDS);
  if (header < 0)
    header = find_first_line (rows);
  if (header < 0)
    {
      g_set_error_literal (error, LINLI_IMPORT_ERROR, LINLI_IMPORT_ERROR_MAPPING,
                           N_("No row of headings was found in this file."));
      return NULL;
    }

  self->file = g_object_ref (file);
  self->zone = g_time_zone_ref (zone);
  self->header = g_ptr_array_ref (rows->pdata[header]);
  self->header_row = (guint) header + 1;
  self->preview = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = self->header_row; i < rows->len && self->preview->len < PREVIEW_ROWS; i++)
    g_ptr_array_add (self->preview, g_ptr_array_ref (rows->pdata[i]));
  linli_importer_propose (self);

  return recall_columns (self, store, error) ? g_steal_pointer (&self) : NULL;
}

typedef struct
{
  GFile      *file;
  LinliStore *store;
  GTimeZone  *zone;
} OpenJob;

static void
open_job_free (OpenJob *job)
{
  g_object_unref (job->file);
  g_object_unref (job->store);
  g_time_zone_unref (job->zone);
  g_free (job);
}

static void
open_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  OpenJob *job = data;
  GError *error = NULL;
  LinliImporter *self = linli_importer_open (job->file, job->store, job->zone, cancellable, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* linli_importer_open() in a thread. */
void
linli_importer_open_async (GFile               *file,
                           LinliStore          *store,
                           GTimeZone           *zone,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  OpenJob *job = g_new0 (OpenJob, 1);

  job->file = g_object_ref (file);
  job->store = g_object_ref (store);
  job->zone = g_time_zone_ref (zone);
  g_task_set_task_data (task, job, (GDestroyNotify) open_job_free);
  g_task_run_in_thread (task, open_thread);
}

LinliImporter *
linli_importer_open_finish (GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Returns: (transfer none) */
GFile *
linli_importer_get_file (LinliImporter *self)
{
  return self->file;
}

/* Returns: how many rows come before the first one of data */
guint
linli_importer_get_header_row (LinliImporter *self)
{
  return self->header_row;
}

/* Returns: (transfer none) (element-type utf8): the headings */
GPtrArray *
linli_importer_get_header (LinliImporter *self)
{
  return self->header;
}

/* Returns: (transfer none) (element-type GPtrArray): the first rows */
GPtrArray *
linli_importer_get_preview (LinliImporter *self)
{
  return self->preview;
}

/* Returns: (nullable): the kind of file, when it is a known one */
const char *
linli_importer_get_preset (LinliImporter *self)
{
  return self->preset;
}

/* Returns: when a file with these headings was last brought in, microseconds
 * UTC, if the columns are taken from there; else 0 */
gint64
linli_importer_get_remembered (LinliImporter *self)
{
  return self->remembered;
}

/* Returns: which column holds @field, from 0, or -1 */
int
linli_importer_get_column (LinliImporter   *self,
                           LinliImportField field)
{
  return self->columns[field];
}

guint
linli_importer_get_confidence (LinliImporter   *self,
                               LinliImportField field)
{
  return self->confidence[field];
}

void
linli_importer_set_column (LinliImporter   *self,
                           LinliImportField field,
                           int              column)
{
  self->columns[field] = column;
  self->confidence[field] = 100;
}

/* The source of a file of no known kind is its name: the same file again
 * brings nothing new. */
static char *
get_source (LinliImporter *self)
{
  g_autofree char *base = NULL;

  if (self->preset != NULL)
    return g_strdup (self->preset);
  base = g_file_get_basename (self->file);
  return g_filename_display_name (base);
}

static void
fill_mapping (LinliImporter      *self,
              const char         *source,
              LinliImportMapping *mapping)
{
  mapping->source = source;
  mapping->zone = self->zone;
  linli_import_own_find (self->header, &mapping->own);
  for (guint i = 0; i < LINLI_IMPORT_N_FIELDS; i++)
    mapping->columns[i] = self->columns[i];
}

/* Returns: whether the chosen columns suffice */
gboolean
linli_importer_check (LinliImporter *self,
                      GError       **error)
{
  LinliImportMapping mapping;

  fill_mapping (self, "", &mapping);
  return linli_import_mapping_check (&mapping, error);
}

static LinliImportResult *
run_as (LinliImporter *self,
        LinliStore    *store,
        const char    *actor,
        const char    *refused_path,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autofree char *source = get_source (self);
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (base);
  LinliImportMapping mapping;
  LinliImportPlan plan = { 0 };

  fill_mapping (self, source, &mapping);
  if (!linli_import_mapping_check (&mapping, error))
    return NULL;
  plan.actor = actor;
  plan.file = self->file;
  plan.file_name = name;
  plan.header = self->header;
  plan.header_row = self->header_row;
  plan.mapping = &mapping;
  plan.refused_path = refused_path;
  plan.progress = &self->progress;

  return linli_import_run (store, &plan, cancellable, error);
}

/**
 * linli_importer_run:
 * @refused_path: (nullable): where refused rows are written, with a last
 *   column that says why; it can be corrected and imported again
 * @error: %LINLI_STORE_ERROR, %LINLI_TABLE_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Brings the rows in, some at a time, so that other work goes on between.
 * When it fails or is cancelled nothing of it stays. Blocks; not to be called
 * in a lane or with the main context's work waiting.
 *
 * Returns: (transfer full): what became of the rows
 */
LinliImportResult *
linli_importer_run (LinliImporter *self,
                    LinliStore    *store,
                    const char    *refused_path,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autofree char *actor = linli_store_dup_actor (store);

  return run_as (self, store, actor, refused_path, cancellable, error);
}

typedef struct
{
  LinliStore *store;
  char       *actor; /* (nullable) */
  char       *refused_path;
} RunJob;

static void
run_job_free (RunJob *job)
{
  g_object_unref (job->store);
  g_free (job->actor);
  g_free (job->refused_path);
  g_free (job);
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  RunJob *job = data;
  GError *error = NULL;
  LinliImportResult *result = run_as (source, job->store, job->actor, job->refused_path, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) linli_import_result_free);
  else
    g_task_return_error (task, error);
}

/* linli_importer_run() in a thread, in the name of who sits at the desk now. */
void
linli_importer_run_async (LinliImporter       *self,
                          LinliStore          *store,
                          const char          *refused_path,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  RunJob *job = g_new0 (RunJob, 1);

  job->store = g_object_ref (store);
  job->actor = linli_store_dup_actor (store);
  job->refused_path = g_strdup (refused_path);
  g_task_set_check_cancellable (task, FALSE); /* what is in is told as in, though the button came too late */
  g_task_set_task_data (task, job, (GDestroyNotify) run_job_free);
  g_task_run_in_thread (task, run_thread);
}

LinliImportResult *
linli_importer_run_finish (LinliImporter *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Any thread, while linli_importer_run() is under way. */
void
linli_importer_get_progress (LinliImporter *self,
                             double        *fraction,
                             guint         *n_rows)
{
  *fraction = g_atomic_int_get (&self->progress.permille) / 1000.0;
  *n_rows = (guint) g_atomic_int_get (&self->progress.n_rows);
}
