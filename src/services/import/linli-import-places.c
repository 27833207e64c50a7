/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Before a file of cases is brought in: at how many of its rows the list of
 * places knows where they are, and whether its lines are all of one encoding.
 * The whole file is read, nothing is written. */

#include "config.h"

#include "linli-import-places.h"

#include "linli-field-parse.h"
#include "linli-place-index.h"
#include "linli-table-reader.h"

#define SHOWN 20
#define MOST_WORDS 20000 /* different unknown ones; a file of addresses has one a row */

/* What one look needs of the importer, as it was when it began. */
typedef struct
{
  GFile      *file;
  LinliStore *store;
  guint       header_row;
  int         place;     /* column, or -1 */
  int         community; /* column, or -1 */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_object_unref (look->file);
  g_object_unref (look->store);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static Look *
look_new (LinliImporter *importer,
          LinliStore    *store)
{
  Look *look = g_new0 (Look, 1);

  look->file = g_object_ref (linli_importer_get_file (importer));
  look->store = g_object_ref (store);
  look->header_row = linli_importer_get_header_row (importer);
  look->place = linli_importer_get_column (importer, LINLI_IMPORT_PLACE);
  look->community = linli_importer_get_column (importer, LINLI_IMPORT_COMMUNITY);
  return look;
}

static void
unknown_free (gpointer data)
{
  LinliUnknownPlace *one = data;

  g_free (one->text);
  g_free (one);
}

void
linli_import_places_free (LinliImportPlaces *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->unknown);
  g_free (self);
}

/* Returns: (transfer full) (nullable) */
static char *
dup_cell (GPtrArray *row,
          int        column)
{
  if (column < 0 || (guint) column >= row->len || linli_field_is_blank (row->pdata[column]))
    return NULL;
  return linli_field_clean_line (row->pdata[column]);
}

static void
count_row (const Look        *look,
           LinliPlaceIndex   *index,
           GPtrArray         *row,
           GHashTable        *words,
           LinliImportPlaces *self)
{
  g_autofree char *place = dup_cell (row, look->place);
  g_autofree char *community = place != NULL ? dup_cell (row, look->community) : NULL;
  guint n;

  self->n_rows++;
  if (place == NULL || *place == '\0')
    return;
  self->n_named++;
  if (linli_place_index_find_address (index, place, community) != NULL)
    {
      self->n_found++;
      return;
    }
  n = GPOINTER_TO_UINT (g_hash_table_lookup (words, place));
  if (n > 0 || g_hash_table_size (words) < MOST_WORDS)
    g_hash_table_replace (words, g_steal_pointer (&place), GUINT_TO_POINTER (n + 1));
}

static int
compare_unknown (gconstpointer a,
                 gconstpointer b)
{
  const LinliUnknownPlace *left = *(LinliUnknownPlace *const *) a;
  const LinliUnknownPlace *right = *(LinliUnknownPlace *const *) b;

  if (left->n != right->n)
    return left->n < right->n ? 1 : -1;
  return g_strcmp0 (left->text, right->text);
}

static void
list_unknown (GHashTable        *words,
              LinliImportPlaces *self)
{
  GHashTableIter iter;
  gpointer text;
  gpointer n;

  self->n_unknown = g_hash_table_size (words);
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &text, &n))
    {
      LinliUnknownPlace *one = g_new0 (LinliUnknownPlace, 1);

      one->text = g_strdup (text);
      one->n = GPOINTER_TO_UINT (n);
      g_ptr_array_add (self->unknown, one);
    }
  g_ptr_array_sort (self->unknown, compare_unknown);
  g_ptr_array_set_size (self->unknown, (int) MIN (self->unknown->len, SHOWN));
}

static gpointer
load_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  return linli_place_index_load (conn, error);
}

static LinliImportPlaces *
look (const Look   *look,
      GCancellable *cancellable,
      GError      **error)
{
  g_autoptr(LinliImportPlaces) self = g_new0 (LinliImportPlaces, 1);
  g_autoptr(GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(LinliPlaceIndex) index = NULL;
  g_autoptr(LinliTableReader) reader = NULL;
  GPtrArray *row = NULL;
  guint n_read = 0;

  self->unknown = g_ptr_array_new_with_free_func (unknown_free);
  index = linli_db_run_sync (linli_store_get_db (look->store), LINLI_DB_READ, load_job, NULL, error);
  reader = index != NULL ? linli_table_reader_new (look->file, LINLI_TABLE_READER_DEFAULT, cancellable, error) : NULL;
  if (reader == NULL)
    return NULL;
  while (TRUE)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !linli_table_reader_next (reader, &row, error))
        return NULL;
      if (row == NULL)
        break;
      if (++n_read > look->header_row && look->place >= 0)
        count_row (look, index, row, words, self);
    }
  list_unknown (words, self);
  self->notes = *linli_table_reader_get_notes (reader);
  self->encoding = linli_table_reader_get_encoding (reader);

  return g_steal_pointer (&self);
}

/**
 * linli_import_places_look:
 * @error: %LINLI_TABLE_ERROR, %LINLI_STORE_ERROR, %G_IO_ERROR
 *
 * Blocks.
 *
 * Returns: (transfer full): no rows counted when no column says where
 */
LinliImportPlaces *
linli_import_places_look (LinliImporter *importer,
                          LinliStore    *store,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr(Look) what = look_new (importer, store);

  return look (what, cancellable, error);
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  LinliImportPlaces *self = look (data, cancellable, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, (GDestroyNotify) linli_import_places_free);
  else
    g_task_return_error (task, error);
}

/* linli_import_places_look() in a thread, by the columns as they are now. */
void
linli_import_places_look_async (LinliImporter       *importer,
                                LinliStore          *store,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (importer, cancellable, callback, user_data);

  g_task_set_task_data (task, look_new (importer, store), look_free);
  g_task_run_in_thread (task, look_thread);
}

LinliImportPlaces *
linli_import_places_look_finish (GAsyncResult *result,
                                 GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
