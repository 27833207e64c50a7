/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite's own check of a full-text index counts as a write, which a store
 * opened for looking refuses. Here every token of the documents, with its
 * place, goes into one sum, and every token of the index into another: the
 * sums are equal, whatever the order, when index and documents agree. */

#include "config.h"

#include "linli-case-index-words.h"

#include <string.h>

#include "linli-case-doc.h"
#include "linli-text.h"

static const char *const columns[LINLI_N_CASE_DOC] = { "words", "people", "unit", "item", "marks" };

/* FNV-1a; the place is mixed in at the end. */
static guint64
token_hash (const char *text,
            gsize       length,
            gint64      pk,
            guint       column,
            gint64      position)
{
  const guint64 prime = G_GUINT64_CONSTANT (0x100000001b3);
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) text[i]) * prime;
  hash = (hash ^ (guint64) pk) * prime;
  hash = (hash ^ column) * prime;
  hash = (hash ^ (guint64) position) * prime;

  return hash ^ (hash >> 29);
}

static guint64
text_sum (const char *text,
          gint64      pk,
          guint       column)
{
  g_autofree char *folded = linli_text_fold (text, -1);
  LinliTokenIter iter;
  LinliToken token;
  guint64 sum = 0;

  linli_token_iter_init (&iter, folded, -1, LINLI_TOKENS_DOCUMENT);
  while (linli_token_iter_next (&iter, &token))
    sum += token_hash (token.text, token.length, pk, column, token.position);
  return sum;
}

static gboolean
sum_documents (LinliConn *conn,
               guint64   *sum,
               GError   **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT pk, " LINLI_CASE_DOC_COLUMNS " FROM case_search", "");
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      for (guint i = 0; i < LINLI_N_CASE_DOC; i++)
        *sum += text_sum (linli_stmt_get_text (stmt, (int) i + 1), linli_stmt_get_int (stmt, 0), i);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

static guint
column_number (const char *name)
{
  guint i = 0;

  while (i < LINLI_N_CASE_DOC && g_strcmp0 (columns[i], name) != 0)
    i++;
  return i;
}

static gboolean
sum_index (LinliConn *conn,
           guint64   *sum,
           GError   **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT term, doc, col, offset FROM temp.case_tokens", "");
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      const char *term = linli_stmt_get_text (stmt, 0);

      term += strspn (term, "\001"); /* the mark of a word */
      *sum += token_hash (term, strlen (term), linli_stmt_get_int (stmt, 1),
                          column_number (linli_stmt_get_text (stmt, 2)), linli_stmt_get_int (stmt, 3));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * linli_case_index_words_agree:
 * @agree: (out): whether the index has every word of every document and no other
 * @error: %LINLI_STORE_ERROR when it could not be read
 *
 * Needs no writing connection. Reads everything: some minutes for a million
 * cases.
 */
gboolean
linli_case_index_words_agree (LinliConn *conn,
                              gboolean  *agree,
                              GError   **error)
{
  guint64 documents = 0;
  guint64 index = 0;
  gboolean read;

  g_return_val_if_fail (conn != NULL && agree != NULL, FALSE);

  if (!linli_conn_exec (conn, "CREATE VIRTUAL TABLE temp.case_tokens USING fts5vocab ('main', 'case_fts', 'instance')", error))
    return FALSE;
  read = sum_documents (conn, &documents, error) && sum_index (conn, &index, error);
  linli_conn_exec (conn, "DROP TABLE temp.case_tokens", NULL);
  *agree = documents == index;

  return read;
}
