/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-index.h"

#include "linli-case-doc.h"
#include "linli-case-measure.h"
#include "linli-case-tables.h"
#include "linli-case-tally.h"
#include "linli-people-tables.h"

#define REBUILD_PAGE 1000
#define DEEPEST      1000 /* merges on top of each other that are followed */

/* Ranking is by time, so the index need not know how long documents are. */
const char linli_case_index_sql[] =
  "CREATE TABLE case_tally (state TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;\n"
  "CREATE TABLE case_span (stretch INTEGER PRIMARY KEY, oldest INTEGER NOT NULL, newest INTEGER NOT NULL) STRICT;\n"
  "CREATE TABLE case_search (pk INTEGER PRIMARY KEY, words TEXT NOT NULL, people TEXT NOT NULL,"
  " unit TEXT NOT NULL, item TEXT NOT NULL, marks TEXT NOT NULL) STRICT;\n"
  "CREATE VIRTUAL TABLE case_fts USING fts5 (" LINLI_CASE_DOC_COLUMNS ", content='case_search', content_rowid='pk',"
  " tokenize='linli', prefix='1 3 4 5 6', columnsize=0);\n"
  LINLI_CASE_MEASURE_SQL;

/* Columns of a case that its document is made of, or that of the case it was merged
 * into. The state alone does not tell the latter: a desk may have a merged case
 * before the one it went into, or see it only once it was put elsewhere. */
static const guint doc_columns[] = {
  LINLI_CASE_CASE_NO, LINLI_CASE_TITLE, LINLI_CASE_SUMMARY, LINLI_CASE_PLACE, LINLI_CASE_COMMUNITY,
  LINLI_CASE_RESULT, LINLI_CASE_RESIDENT_REPLY, LINLI_CASE_LEAD_UNIT_NAME, LINLI_CASE_ITEM_NAME,
  LINLI_CASE_ITEM_CODE, LINLI_CASE_STATE, LINLI_CASE_CHANNEL_CODE, LINLI_CASE_APPELLANT_ID,
  LINLI_CASE_APPELLANT_NAME, LINLI_CASE_MERGED_INTO_ID,
};

static gboolean
case_reads_otherwise (LinliChange *change)
{
  if (change->before == NULL || change->after == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (doc_columns); i++)
    if (!linli_row_equal_column (change->before, change->after, doc_columns[i]))
      return TRUE;
  return FALSE;
}

/* Whose documents are to be made. */
typedef struct
{
  GHashTable *made; /* case id -> LinliCaseFresh: all of these */
  GHashTable *ids;  /* of the others */
} Owners;

static void
note_id (Owners     *owners,
         const char *id)
{
  if (!g_hash_table_contains (owners->made, id) && !g_hash_table_contains (owners->ids, id))
    g_hash_table_add (owners->ids, g_strdup (id));
}

static void
note_owner (Owners   *owners,
            LinliRow *row,
            guint     column)
{
  if (row != NULL)
    note_id (owners, linli_row_get_text (row, column));
}

static gboolean
note_cases_of_appellant (Owners     *owners,
                         LinliConn  *conn,
                         const char *appellant_id,
                         GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error,
                                                "SELECT case_id FROM submission WHERE appellant_id = ?1 "
                                                "UNION ALL SELECT id FROM cases WHERE appellant_id = ?1",
                                                "s", appellant_id);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      note_id (owners, linli_stmt_get_text (stmt, 0));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

/* A merged case is found by number and title in all it belongs to now. */
static gboolean
note_targets (Owners      *owners,
              LinliConn   *conn,
              LinliChange *change,
              GError     **error)
{
  LinliRow *const sides[] = { change->before, change->after };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *at = sides[i] != NULL ? g_strdup (linli_row_get_text (sides[i], LINLI_CASE_MERGED_INTO_ID)) : NULL;

      for (guint n = 0; at != NULL && n < DEEPEST; n++)
        {
          g_autofree char *below = g_steal_pointer (&at);

          note_id (owners, below);
          if (!linli_conn_get_text (conn, &at, error, "SELECT merged_into_id FROM cases WHERE id = ?1", "s", below))
            return FALSE;
        }
    }

  return TRUE;
}

/* Most entries tell what was done, and only people's notes have words to find. */
static gboolean
has_words (LinliRow *entry)
{
  return entry != NULL && !linli_row_is_null (entry, LINLI_ENTRY_BODY);
}

/* Notes the cases whose documents @change may alter. */
static gboolean
note_cases (Owners      *owners,
            LinliConn   *conn,
            LinliChange *change,
            GError     **error)
{
  LinliRow *any = change->after != NULL ? change->after : change->before;

  if (change->table == &linli_table_case && any != NULL && case_reads_otherwise (change))
    {
      note_owner (owners, any, LINLI_CASE_ID);
      return note_targets (owners, conn, change, error);
    }
  else if (change->table == &linli_table_submission)
    {
      note_owner (owners, change->before, LINLI_SUBMISSION_CASE_ID);
      note_owner (owners, change->after, LINLI_SUBMISSION_CASE_ID);
    }
  else if (change->table == &linli_table_entry && (has_words (change->before) || has_words (change->after)))
    {
      note_owner (owners, change->before, LINLI_ENTRY_CASE_ID);
      note_owner (owners, change->after, LINLI_ENTRY_CASE_ID);
    }
  else if (change->table == &linli_table_appellant && any != NULL)
    return note_cases_of_appellant (owners, conn, linli_row_get_id (any), error);

  return TRUE;
}

static gboolean
write_fts (LinliConn          *conn,
           const char         *sql,
           gint64              pk,
           const LinliCaseDoc *doc,
           GError            **error)
{
  return linli_conn_run (conn, error, sql, "isssss", pk, doc->columns[0], doc->columns[1], doc->columns[2],
                         doc->columns[3], doc->columns[4]);
}

static gboolean
remove_doc (LinliConn *conn,
            gint64     pk,
            GError   **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(LinliCaseDoc) old = linli_case_doc_read (conn, pk, &local);

  if (g_error_matches (local, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND))
    return TRUE;
  if (old == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return write_fts (conn, "INSERT INTO case_fts (case_fts, rowid, " LINLI_CASE_DOC_COLUMNS ") "
                          "VALUES ('delete', ?1, ?2, ?3, ?4, ?5, ?6)", pk, old, error) &&
         linli_conn_run (conn, error, "DELETE FROM case_search WHERE pk = ?1", "i", pk);
}

static gboolean
insert_doc (LinliConn          *conn,
            gint64              pk,
            const LinliCaseDoc *doc,
            GError            **error)
{
  return write_fts (conn, "INSERT INTO case_search (pk, " LINLI_CASE_DOC_COLUMNS ") "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", pk, doc, error) &&
         write_fts (conn, "INSERT INTO case_fts (rowid, " LINLI_CASE_DOC_COLUMNS ") "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", pk, doc, error);
}

/* A case made in this transaction has no document yet. */
static gboolean
write_doc (LinliConn            *conn,
           gint64                pk,
           const LinliCaseFresh *fresh,
           GError              **error)
{
  g_autoptr(LinliCaseDoc) doc = fresh != NULL ? linli_case_doc_of (fresh, conn, error)
                                              : linli_case_doc_build (conn, pk, error);
  g_autoptr(LinliCaseDoc) old = NULL;

  if (doc == NULL)
    return FALSE;
  if (fresh != NULL)
    return insert_doc (conn, pk, doc, error);
  old = linli_case_doc_read (conn, pk, NULL);
  if (old != NULL && linli_case_doc_equal (doc, old))
    return TRUE;

  return remove_doc (conn, pk, error) && insert_doc (conn, pk, doc, error);
}

/* A key may be used again for the next case: what left goes first. */
static gboolean
remove_docs (LinliConn *conn,
             GPtrArray *changes,
             GError   **error)
{
  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];

      if (change->table == &linli_table_case && change->after == NULL && change->before != NULL &&
          !remove_doc (conn, linli_row_get_pk (change->before), error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  gint64                pk;
  const LinliCaseFresh *fresh; /* (nullable) */
} DocKey;

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const DocKey *x = a;
  const DocKey *y = b;

  return (x->pk > y->pk) - (x->pk < y->pk);
}

static GArray *
find_keys (LinliConn *conn,
           Owners    *owners,
           GError   **error)
{
  g_autoptr(GArray) keys = g_array_new (FALSE, FALSE, sizeof (DocKey));
  GHashTableIter iter;
  gpointer id;
  gpointer data;

  g_hash_table_iter_init (&iter, owners->made);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      const LinliCaseFresh *fresh = data;
      DocKey key = { linli_row_get_pk (fresh->matter), fresh };

      g_array_append_val (keys, key);
    }
  g_hash_table_iter_init (&iter, owners->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      DocKey key = { 0, NULL };

      if (!linli_conn_get_int (conn, &key.pk, error, "SELECT pk FROM cases WHERE id = ?1", "s", id))
        return NULL;
      if (key.pk != 0)
        g_array_append_val (keys, key);
    }

  return g_steal_pointer (&keys);
}

/* In the order of their keys: whenever one goes back, the full-text index
 * writes out all it has gathered. */
static gboolean
write_docs (LinliConn *conn,
            Owners    *owners,
            GError   **error)
{
  g_autoptr(GArray) keys = find_keys (conn, owners, error);

  if (keys == NULL)
    return FALSE;
  g_array_sort (keys, compare_keys);
  for (guint i = 0; i < keys->len; i++)
    {
      const DocKey *key = &g_array_index (keys, DocKey, i);

      if (!write_doc (conn, key->pk, key->fresh, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * linli_case_index_project:
 * @tx: a transaction with all its changes made
 * @whole: see linli_execute_project()
 * @error: %LINLI_STORE_ERROR
 *
 * Brings what is derived up to date with what @tx changed.
 */
gboolean
linli_case_index_project (LinliTx  *tx,
                          gboolean  whole,
                          GError  **error)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) made = whole ? linli_case_fresh_gather (tx) : g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *changes = linli_tx_get_changes (tx);
  LinliConn *conn = linli_tx_get_conn (tx);
  Owners owners = { made, ids };

  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];

      if (!note_cases (&owners, conn, change, error))
        return FALSE;
    }

  return linli_case_tally_project (tx, error) && linli_case_measure_project (tx, made, error) &&
         remove_docs (conn, changes, error) && write_docs (conn, &owners, error);
}

/**
 * linli_case_index_put_off:
 * @conn: the writing connection, inside a transaction, with all cases in that
 *   were not projected
 * @from: (out): local key: cases below it wait for linli_case_index_some(); 0:
 *   there is none
 * @error: %LINLI_STORE_ERROR
 *
 * For a store that was filled as a whole. Its lists are right at once, since
 * they count by what is cheap to make anew; what is read from every case's own
 * rows, its document and its measure, follows while people work.
 */
gboolean
linli_case_index_put_off (LinliConn *conn,
                          gint64    *from,
                          GError   **error)
{
  if (!linli_case_tally_rebuild (conn, error) || !linli_conn_get_int (conn, from, error, "SELECT max(pk) FROM cases", ""))
    return FALSE;
  *from = *from > 0 ? *from + 1 : 0;
  return TRUE;
}

/* @keys: (out) (transfer full) (element-type gint64): of the @n cases below
 * @from that came last, in their order */
static gboolean
find_waiting (LinliConn *conn,
              gint64     from,
              guint      n,
              GArray   **keys,
              GError   **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT pk FROM (SELECT pk FROM cases WHERE pk < ?1 "
                                                "ORDER BY pk DESC LIMIT ?2) AS waiting ORDER BY pk", "ii", from, (gint64) n);
  gboolean row = FALSE;

  *keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      gint64 pk = linli_stmt_get_int (stmt, 0);

      g_array_append_val (*keys, pk);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_case_index_some:
 * @conn: the writing connection, inside a transaction
 * @n: how many cases at most
 * @from: (inout): see linli_case_index_put_off(); to be stored in the same
 *   transaction
 * @error: %LINLI_STORE_ERROR
 *
 * Brings some of the cases that wait into search index and figures. What came
 * last goes first: that is what people work on.
 */
gboolean
linli_case_index_some (LinliConn *conn,
                       guint      n,
                       gint64    *from,
                       GError   **error)
{
  g_autoptr(GArray) keys = NULL;
  const gint64 *pks;

  g_return_val_if_fail (linli_conn_is_in_transaction (conn) && n > 0, FALSE);

  if (!find_waiting (conn, *from, n, &keys, error))
    return FALSE;
  pks = (const gint64 *) (gpointer) keys->data;
  for (guint i = 0; i < keys->len; i++)
    if (!write_doc (conn, pks[i], NULL, error))
      return FALSE;
  if (keys->len > 0 && !linli_case_measure_some (conn, pks[0], pks[keys->len - 1], error))
    return FALSE;
  *from = keys->len == n && pks[0] > 1 ? pks[0] : 0;

  return TRUE;
}

static gboolean
rebuild_docs (LinliConn *conn,
              GError   **error)
{
  gint64 last = -1;
  guint n;

  do
    {
      g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT pk FROM cases WHERE pk > ?1 ORDER BY pk LIMIT ?2",
                                                    "ii", last, (gint64) REBUILD_PAGE);
      gboolean row = FALSE;

      if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
        return FALSE;
      for (n = 0; row; n++)
        {
          g_autoptr(LinliCaseDoc) doc = NULL;

          last = linli_stmt_get_int (stmt, 0);
          doc = linli_case_doc_build (conn, last, error);
          if (doc == NULL ||
              !write_fts (conn, "INSERT INTO case_search (pk, " LINLI_CASE_DOC_COLUMNS ") "
                                "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", last, doc, error) ||
              !linli_stmt_step (stmt, &row, error))
            return FALSE;
        }
    }
  while (n == REBUILD_PAGE);

  return linli_conn_run (conn, error, "INSERT INTO case_fts (case_fts) VALUES ('rebuild')", "");
}

/**
 * linli_case_index_rebuild:
 * @conn: the writing connection, inside a transaction
 * @error: %LINLI_STORE_ERROR
 *
 * Makes everything derived anew from the rows: about a minute for half a
 * million cases.
 */
gboolean
linli_case_index_rebuild (LinliConn *conn,
                          GError   **error)
{
  g_return_val_if_fail (linli_conn_is_in_transaction (conn), FALSE);

  return linli_case_tally_rebuild (conn, error) &&
         linli_case_measure_rebuild (conn, error) &&
         linli_conn_run (conn, error, "DELETE FROM case_search", "") &&
         linli_conn_run (conn, error, "UPDATE sync_state SET index_from = NULL", "") && rebuild_docs (conn, error);
}
