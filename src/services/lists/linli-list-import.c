/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-list-import.h"

#include "linli-clock-recompute.h"
#include "linli-duty-file.h"
#include "linli-holiday-file.h"

typedef struct
{
  LinliListKind     kind;
  LinliExecuteFlags flags;
  GFile            *file;
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->file);
  g_free (job);
}

void
linli_list_import_free (LinliListImport *self)
{
  if (self == NULL)
    return;

  g_free (self->operation);
  g_ptr_array_unref (self->moves);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

static gboolean
import_duty (LinliListImport  *self,
             GFile            *file,
             LinliStore       *store,
             LinliConn        *conn,
             GError          **error)
{
  g_autoptr(LinliDutyFile) duty = linli_duty_file_read (file, NULL, error);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *source = g_filename_display_name (base);
  LinliDutyFileResult result;

  if (duty == NULL || !linli_duty_file_import (duty, store, conn, source, &result, error))
    return FALSE;
  self->n_read = duty->n_leaves;
  self->n_new = result.n_new;
  self->n_changed = result.n_changed;
  self->n_same = result.n_same;
  g_ptr_array_extend_and_steal (self->warnings, g_steal_pointer (&duty->warnings));

  return TRUE;
}

static gboolean
import_holidays (LinliListImport  *self,
                 GFile            *file,
                 LinliStore       *store,
                 LinliConn        *conn,
                 LinliExecuteFlags flags,
                 GError          **error)
{
  g_autoptr(LinliHolidayFile) holidays = linli_holiday_file_read (file, error);
  g_autoptr(JsonArray) moved = NULL;

  if (holidays == NULL || !linli_holiday_file_import (holidays, store, conn, flags, error))
    return FALSE;
  self->n_read = holidays->n_days;
  self->operation = g_steal_pointer (&holidays->operation);
  moved = json_array_new ();
  for (guint i = 0; i < holidays->moved->len; i++)
    json_array_add_object_element (moved, json_object_ref (holidays->moved->pdata[i]));
  g_ptr_array_unref (self->moves);
  self->moves = linli_clock_moves_parse (moved);
  g_ptr_array_extend_and_steal (self->warnings, g_steal_pointer (&holidays->warnings));

  return TRUE;
}

static gpointer
import_job (LinliConn  *conn,
            LinliDesk  *desk,
            LinliStore *store,
            gpointer    data,
            GError    **error)
{
  Job *job = data;
  g_autoptr(LinliListImport) self = g_new0 (LinliListImport, 1);
  gboolean done;

  self->kind = job->kind;
  self->moves = linli_clock_moves_parse (NULL);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  done = job->kind == LINLI_LIST_DUTY ? import_duty (self, job->file, store, conn, error)
                                      : import_holidays (self, job->file, store, conn, job->flags, error);

  return done ? g_steal_pointer (&self) : NULL;
}

/**
 * linli_list_import_async:
 * @file: a duty list, or holidays
 * @look: of holidays: bring nothing in, and tell what would move
 *
 * Reads and brings in a list in the writing lane; lists are short.
 */
void
linli_list_import_async (LinliStore          *store,
                         LinliListKind        kind,
                         GFile               *file,
                         gboolean             look,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->flags = look ? LINLI_EXECUTE_DRY_RUN : LINLI_EXECUTE_QUEUE;
  job->file = g_object_ref (file);
  linli_store_write_async (store, import_job, job, (GDestroyNotify) job_free,
                           (GDestroyNotify) linli_list_import_free, cancellable, callback, user_data);
}

LinliListImport *
linli_list_import_finish (LinliStore   *store,
                          GAsyncResult *result,
                          GError      **error)
{
  return linli_store_write_finish (store, result, error);
}
