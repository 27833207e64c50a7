/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-place-import.h"

static gpointer
look (LinliConn *conn,
      gpointer   data,
      GError   **error)
{
  g_autoptr(LinliPlaceFile) file = linli_place_file_read (data, NULL, error);

  return file != NULL && linli_place_file_check (file, conn, error) ? g_steal_pointer (&file) : NULL;
}

/* Reads @file and says of every line what would become of it; writes nothing. */
void
linli_place_import_look_async (LinliStore          *store,
                               GFile               *file,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  linli_store_read_async (store, look, g_object_ref (file), g_object_unref, (GDestroyNotify) linli_place_file_free,
                          cancellable, callback, user_data);
}

/* Returns: (transfer full) */
LinliPlaceFile *
linli_place_import_look_finish (LinliStore   *store,
                                GAsyncResult *result,
                                GError      **error)
{
  return linli_store_read_finish (store, result, error);
}

static gpointer
bring_in (LinliConn  *conn,
          LinliDesk  *desk,
          LinliStore *store,
          gpointer    data,
          GError    **error)
{
  return linli_place_file_import (data, store, conn, error);
}

/* @file: (unowned): must live until the answer, and is checked again */
void
linli_place_import_run_async (LinliStore          *store,
                              LinliPlaceFile      *file,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  linli_store_write_async (store, bring_in, file, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/* Returns: (transfer full) (element-type utf8): for linli_place_import_undo_async() */
GPtrArray *
linli_place_import_run_finish (LinliStore   *store,
                               GAsyncResult *result,
                               GError      **error)
{
  return linli_store_write_finish (store, result, error);
}

static gpointer
take_back (LinliConn  *conn,
           LinliDesk  *desk,
           LinliStore *store,
           gpointer    data,
           GError    **error)
{
  GPtrArray *operations = data;

  for (guint i = operations->len; i > 0; i--)
    {
      g_autoptr(JsonObject) args = json_object_new ();
      g_autoptr(LinliOutcome) outcome = NULL;

      json_object_set_string_member (args, "operation", operations->pdata[i - 1]);
      outcome = linli_store_submit (store, conn, "core.undo", args, LINLI_EXECUTE_QUEUE, error);
      if (outcome == NULL)
        return NULL;
    }
  return g_ptr_array_ref (operations);
}

/* From the last to the first: what stands in a place goes before it. */
void
linli_place_import_undo_async (LinliStore          *store,
                               GPtrArray           *operations,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  linli_store_write_async (store, take_back, g_ptr_array_ref (operations), (GDestroyNotify) g_ptr_array_unref,
                           (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

gboolean
linli_place_import_undo_finish (LinliStore   *store,
                                GAsyncResult *result,
                                GError      **error)
{
  g_autoptr(GPtrArray) operations = linli_store_write_finish (store, result, error);

  return operations != NULL;
}
