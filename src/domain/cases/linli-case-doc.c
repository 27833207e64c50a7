/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The document of a case is a pure function of its rows, always made whole:
 * taking words out of a full-text index needs all the old ones anyway, and
 * one way of making it is one thing to check. */

#include "config.h"

#include "linli-case-doc.h"

#include <string.h>

#include "linli-case-tables.h"
#include "linli-pinyin.h"
#include "linli-text.h"

#define MARK_STATE 0xF0100 /* private-use characters nobody types: the second half of a state's mark */
#define PHONE_TAIL 4
#define MEMO_KEY   "case-doc-initials"
#define MEMO_MAX   4000 /* names of units and duty items; a centre has a few hundred */

#define CASE_SQL \
  "SELECT case_no, title, summary, place, community, result, resident_reply, lead_unit_name, item_name, item_code, " \
  "state, channel_code, appellant_name, appellant_id, id FROM cases WHERE pk = ?1"
#define SUBMISSIONS_SQL \
  "SELECT a.id, name, pinyin, phone, subject, text_verbatim, receipt_no, external_no FROM submission AS s " \
  "LEFT JOIN appellant AS a ON a.id = s.appellant_id WHERE case_id = ?1 ORDER BY s.pk"
#define ENTRIES_SQL \
  "SELECT body FROM entry WHERE case_id = ?1 AND body IS NOT NULL ORDER BY pk"
#define MEMBERS_SQL \
  "WITH RECURSIVE member (id) AS (SELECT id FROM cases WHERE merged_into_id = ?1 UNION SELECT cases.id FROM cases " \
  "JOIN member ON cases.merged_into_id = member.id) SELECT case_no, title FROM cases " \
  "WHERE id IN (SELECT id FROM member) AND id <> ?1 ORDER BY id"
#define APPELLANT_SQL \
  "SELECT id, name, pinyin, phone FROM appellant WHERE id = ?1"

/* What the document takes from the case itself, in the order of CASE_SQL. */
enum { CASE_WORDS_END = 7, UNIT = CASE_WORDS_END, ITEM_NAME, ITEM_CODE, STATE, CHANNEL, NAME, APPELLANT, ID, N_TEXTS };

static const guint case_columns[N_TEXTS] = {
  LINLI_CASE_CASE_NO, LINLI_CASE_TITLE, LINLI_CASE_SUMMARY, LINLI_CASE_PLACE, LINLI_CASE_COMMUNITY, LINLI_CASE_RESULT,
  LINLI_CASE_RESIDENT_REPLY, LINLI_CASE_LEAD_UNIT_NAME, LINLI_CASE_ITEM_NAME, LINLI_CASE_ITEM_CODE, LINLI_CASE_STATE,
  LINLI_CASE_CHANNEL_CODE, LINLI_CASE_APPELLANT_NAME, LINLI_CASE_APPELLANT_ID, LINLI_CASE_ID,
};

/* The residents of a case while its document is made. */
typedef struct
{
  GString    *out;
  GPtrArray  *ids;   /* of those that are in */
  const char *name;  /* (nullable): as the case has it */
  gboolean    named; /* it is in */
} People;

static void
append (GString    *out,
        const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, LINLI_TEXT_BREAK);
  g_string_append (out, text);
}

/* 13800138000 is also found by 8000: the end of every run of digits. */
static void
append_phones (GString    *out,
               const char *phones)
{
  gsize n_digits = 0;

  append (out, phones);
  for (const char *p = phones; p != NULL; p++)
    {
      if (g_ascii_isdigit (*p))
        {
          n_digits++;
          continue;
        }
      if (n_digits > PHONE_TAIL)
        {
          g_autofree char *tail = g_strndup (p - PHONE_TAIL, PHONE_TAIL);

          append (out, tail);
        }
      n_digits = 0;
      if (*p == '\0')
        return;
    }
}

static void
append_name (GString    *out,
             const char *name,
             const char *pinyin)
{
  g_autofree char *initials = name != NULL ? linli_pinyin_name_initials (name) : NULL;

  append (out, name);
  append (out, initials);
  if (g_strcmp0 (pinyin, initials) != 0)
    append (out, pinyin);
}

static gboolean
is_among (People     *self,
          const char *id)
{
  return g_ptr_array_find_with_equal_func (self->ids, id, g_str_equal, NULL);
}

/* The statement's first columns are id, name, pinyin and phone. */
static void
append_person (People    *self,
               LinliStmt *stmt)
{
  const char *id = linli_stmt_get_text (stmt, 0);
  const char *name = linli_stmt_get_text (stmt, 1);

  if (id == NULL || is_among (self, id))
    return;
  g_ptr_array_add (self->ids, g_strdup (id));
  self->named |= g_strcmp0 (name, self->name) == 0;
  append_name (self->out, name, linli_stmt_get_text (stmt, 2));
  append_phones (self->out, linli_stmt_get_text (stmt, 3));
}

/* Appends the texts of every row from column @first on, and people if wanted. */
static gboolean
append_rows (GString    *out,
             LinliConn  *conn,
             const char *sql,
             const char *id,
             int         first,
             People     *people,
             GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, sql, "s", id);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      if (people != NULL)
        append_person (people, stmt);
      for (int i = first; i < linli_stmt_n_columns (stmt); i++)
        append (out, linli_stmt_get_text (stmt, i));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
append_appellant (People     *self,
                  LinliConn  *conn,
                  const char *id,
                  GError    **error)
{
  return id == NULL || is_among (self, id) || append_rows (self->out, conn, APPELLANT_SQL, id, 4, self, error);
}

/* What was written, as the store has it, and by whom. */
static gboolean
append_stored (GString     *words,
               People      *people,
               const char  *id,
               LinliConn   *conn,
               GError     **error)
{
  return append_rows (words, conn, SUBMISSIONS_SQL, id, 4, people, error) &&
         append_rows (words, conn, ENTRIES_SQL, id, 0, NULL, error) &&
         append_rows (words, conn, MEMBERS_SQL, id, 0, NULL, error);
}

/* The same as a command's changes have it. */
static gboolean
append_fresh (GString              *words,
              People               *people,
              const LinliCaseFresh *fresh,
              LinliConn            *conn,
              GError              **error)
{
  static const guint columns[] = { LINLI_SUBMISSION_SUBJECT, LINLI_SUBMISSION_TEXT, LINLI_SUBMISSION_RECEIPT_NO,
                                   LINLI_SUBMISSION_EXTERNAL_NO };

  for (guint i = 0; i < fresh->rows->len; i++)
    {
      LinliRow *row = fresh->rows->pdata[i];

      if (linli_row_get_table (row) != &linli_table_submission)
        continue;
      if (!append_appellant (people, conn, linli_row_get_text (row, LINLI_SUBMISSION_APPELLANT_ID), error))
        return FALSE;
      for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
        append (words, linli_row_get_text (row, columns[c]));
    }
  for (guint i = 0; i < fresh->rows->len; i++)
    if (linli_row_get_table (fresh->rows->pdata[i]) == &linli_table_entry)
      append (words, linli_row_get_text (fresh->rows->pdata[i], LINLI_ENTRY_BODY));

  return TRUE;
}

/* Thousands of cases name the same few units and items.
 *
 * Returns: (transfer none): good until the next call */
static const char *
initials_of (const char *name,
             LinliConn  *conn)
{
  GHashTable *memo = linli_conn_get_data (conn, MEMO_KEY);
  char *initials;

  if (memo == NULL)
    {
      memo = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      linli_conn_set_data (conn, MEMO_KEY, memo, (GDestroyNotify) g_hash_table_unref);
    }
  initials = g_hash_table_lookup (memo, name);
  if (initials != NULL)
    return initials;
  if (g_hash_table_size (memo) >= MEMO_MAX)
    g_hash_table_remove_all (memo);
  initials = linli_pinyin_initials (name);
  g_hash_table_insert (memo, g_strdup (name), initials);

  return initials;
}

static void
append_unit (GString    *out,
             const char *name,
             LinliConn  *conn)
{
  append (out, name);
  if (name != NULL)
    append (out, initials_of (name, conn));
}

/* Initials of the leaf, by which it is looked for. */
static void
append_item (GString    *out,
             const char *name,
             const char *code,
             LinliConn  *conn)
{
  const char *leaf = name != NULL ? g_strrstr (name, "/") : NULL;

  append (out, name);
  append (out, code);
  if (name != NULL)
    append (out, initials_of (leaf != NULL ? leaf + 1 : name, conn));
}

static void
append_marks (GString    *out,
              const char *state,
              const char *channel_code)
{
  LinliCaseState known;

  if (linli_case_state_from_id (state, &known))
    {
      g_autofree char *mark = linli_case_doc_state_mark (known);

      append (out, mark);
    }
  if (channel_code != NULL)
    {
      g_autofree char *mark = linli_case_doc_channel_mark (channel_code);

      append (out, mark);
      if (!g_str_is_ascii (channel_code))
        append (out, channel_code); /* an import may bring a name instead of a code */
    }
}

/* @fresh: (nullable): when its rows need not be read */
static LinliCaseDoc *
make (const char *const    *texts,
      const LinliCaseFresh *fresh,
      LinliConn            *conn,
      GError              **error)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliCaseDoc) self = g_new0 (LinliCaseDoc, 1);
  GString *parts[LINLI_N_CASE_DOC];
  GString *words;
  People people = { NULL, ids, texts[NAME], FALSE };
  gboolean ok;

  for (guint i = 0; i < LINLI_N_CASE_DOC; i++)
    parts[i] = g_string_new (NULL);
  words = parts[LINLI_CASE_DOC_WORDS];
  people.out = parts[LINLI_CASE_DOC_PEOPLE];
  for (guint i = 0; i < CASE_WORDS_END; i++)
    append (words, texts[i]);
  append_unit (parts[LINLI_CASE_DOC_UNIT], texts[UNIT], conn);
  append_item (parts[LINLI_CASE_DOC_ITEM], texts[ITEM_NAME], texts[ITEM_CODE], conn);
  append_marks (parts[LINLI_CASE_DOC_MARKS], texts[STATE], texts[CHANNEL]);
  ok = (fresh != NULL ? append_fresh (words, &people, fresh, conn, error)
                      : append_stored (words, &people, texts[ID], conn, error)) &&
       append_appellant (&people, conn, texts[APPELLANT], error);
  if (people.name != NULL && !people.named)
    append_name (people.out, people.name, NULL);
  for (guint i = 0; i < LINLI_N_CASE_DOC; i++)
    self->columns[i] = g_string_free (parts[i], FALSE);

  return ok ? g_steal_pointer (&self) : NULL;
}

static gboolean
missing (gint64   pk,
         GError **error)
{
  g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND, "No case %" G_GINT64_FORMAT, pk);
  return FALSE;
}

/**
 * linli_case_doc_build:
 * @pk: local key of a case
 * @error: %LINLI_STORE_ERROR_NOT_FOUND when there is no such case
 *
 * Returns: (transfer full): its document, as its rows are now
 */
LinliCaseDoc *
linli_case_doc_build (LinliConn *conn,
                      gint64     pk,
                      GError   **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, CASE_SQL, "i", pk);
  const char *texts[N_TEXTS];
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error) || (!row && !missing (pk, error)))
    return NULL;
  for (guint i = 0; i < N_TEXTS; i++)
    texts[i] = linli_stmt_get_text (stmt, (int) i);

  return make (texts, NULL, conn, error);
}

/**
 * linli_case_doc_of:
 * @fresh: a case of the transaction at hand
 * @conn: where residents are looked up
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): what linli_case_doc_build() makes of it
 */
LinliCaseDoc *
linli_case_doc_of (const LinliCaseFresh *fresh,
                   LinliConn            *conn,
                   GError              **error)
{
  const char *texts[N_TEXTS];

  for (guint i = 0; i < N_TEXTS; i++)
    texts[i] = linli_row_get_text (fresh->matter, case_columns[i]);

  return make (texts, fresh, conn, error);
}

/**
 * linli_case_doc_read:
 * @pk: local key of a case
 * @error: %LINLI_STORE_ERROR_NOT_FOUND when the index has no such document
 *
 * Returns: (transfer full): the document that the index holds
 */
LinliCaseDoc *
linli_case_doc_read (LinliConn *conn,
                     gint64     pk,
                     GError   **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT " LINLI_CASE_DOC_COLUMNS
                                                " FROM case_search WHERE pk = ?1", "i", pk);
  LinliCaseDoc *self;
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error) || (!row && !missing (pk, error)))
    return NULL;

  self = g_new0 (LinliCaseDoc, 1);
  for (int i = 0; i < LINLI_N_CASE_DOC; i++)
    self->columns[i] = linli_stmt_dup_text (stmt, i);
  return self;
}

gboolean
linli_case_doc_equal (const LinliCaseDoc *a,
                      const LinliCaseDoc *b)
{
  for (guint i = 0; i < LINLI_N_CASE_DOC; i++)
    if (g_strcmp0 (a->columns[i], b->columns[i]) != 0)
      return FALSE;
  return TRUE;
}

void
linli_case_doc_free (LinliCaseDoc *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < LINLI_N_CASE_DOC; i++)
    g_free (self->columns[i]);
  g_free (self);
}

/**
 * linli_case_doc_state_mark:
 *
 * Returns: (transfer full): two characters, one token, that stand for @state
 *   in the index and in no text that anybody writes
 */
char *
linli_case_doc_state_mark (LinliCaseState state)
{
  char second[8] = { 0 };

  g_unichar_to_utf8 (MARK_STATE + (gunichar) state, second);
  return g_strconcat (LINLI_CASE_DOC_MARK_ANY, second, NULL);
}

/**
 * linli_case_doc_channel_mark:
 * @code: of a channel
 *
 * Returns: (transfer full): a word that stands for that code, whatever
 *   characters it has, and for no other but in capitals
 */
char *
linli_case_doc_channel_mark (const char *code)
{
  GString *mark;

  g_return_val_if_fail (code != NULL, NULL);

  mark = g_string_new (NULL);
  for (const char *p = code; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) && *p != 'z' && *p != 'Z')
      g_string_append_c (mark, *p);
    else
      g_string_append_printf (mark, "z%02x", (guchar) *p);

  return g_string_free (mark, FALSE);
}
