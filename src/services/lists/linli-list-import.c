/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-list-import.h"

#include "linli-args.h"
#include "linli-duty-file.h"
#include "linli-holiday-file.h"
#include "linli-json.h"

typedef struct
{
  LinliListKind kind;
  GFile        *file;
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
  g_ptr_array_unref (self->moved);
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

static char *
local_time (JsonObject *moved,
            const char *member)
{
  g_autoptr(GDateTime) at = NULL;
  gint64 time = 0;

  if (!linli_args_get_time (moved, member, &time))
    return g_strdup ("–");
  at = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
  return g_date_time_format (at, "%Y-%m-%d %H:%M");
}

static gboolean
import_holidays (LinliListImport  *self,
                 GFile            *file,
                 LinliStore       *store,
                 LinliConn        *conn,
                 GError          **error)
{
  g_autoptr(LinliHolidayFile) holidays = linli_holiday_file_read (file, error);

  if (holidays == NULL || !linli_holiday_file_import (holidays, store, conn, error))
    return FALSE;
  self->n_read = holidays->n_days;
  self->operation = g_steal_pointer (&holidays->operation);
  for (guint i = 0; i < holidays->moved->len; i++)
    {
      JsonObject *moved = holidays->moved->pdata[i];
      g_autofree char *from = local_time (moved, "old");
      g_autofree char *to = local_time (moved, "new");

      g_ptr_array_add (self->moved, g_strdup_printf ("%s  %s → %s", linli_json_get_text (moved, "case_no"), from, to));
    }
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
  self->moved = g_ptr_array_new_with_free_func (g_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  done = job->kind == LINLI_LIST_DUTY ? import_duty (self, job->file, store, conn, error)
                                      : import_holidays (self, job->file, store, conn, error);

  return done ? g_steal_pointer (&self) : NULL;
}

/**
 * linli_list_import_async:
 * @file: a duty list, or holidays
 *
 * Reads and brings in a list in the writing lane; lists are short.
 */
void
linli_list_import_async (LinliStore          *store,
                         LinliListKind        kind,
                         GFile               *file,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
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
