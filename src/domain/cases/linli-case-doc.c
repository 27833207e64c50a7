/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The document of a case is a pure function of its rows, always made whole:
 * taking words out of a full-text index needs all the old ones anyway, and
 * one way of making it is one thing to check. */

#include "config.h"

#include "linli-case-doc.h"

#include <string.h>

#include "linli-pinyin.h"
#include "linli-text.h"

#define MARK_STATE 0xF0100 /* private-use characters nobody types: the second half of a state's mark */
#define PHONE_TAIL 4

#define CASE_SQL \
  "SELECT id, case_no, title, summary, place, community, result, resident_reply, lead_unit_name, " \
  "item_name, item_code, state, channel_code, appellant_name, appellant_id FROM cases WHERE pk = ?1"
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

/* The statement's first columns are id, name, pinyin and phone. */
static void
append_person (People    *self,
               LinliStmt *stmt)
{
  const char *id = linli_stmt_get_text (stmt, 0);
  const char *name = linli_stmt_get_text (stmt, 1);

  if (id == NULL || g_ptr_array_find_with_equal_func (self->ids, id, g_str_equal, NULL))
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
append_texts (GString    *parts[],
              LinliConn  *conn,
              LinliStmt  *stmt,
              GError    **error)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  const char *id = linli_stmt_get_text (stmt, 0);
  const char *appellant = linli_stmt_get_text (stmt, 14);
  People people = { parts[LINLI_CASE_DOC_PEOPLE], ids, linli_stmt_get_text (stmt, 13), FALSE };
  GString *words = parts[LINLI_CASE_DOC_WORDS];

  if (!append_rows (words, conn, SUBMISSIONS_SQL, id, 4, &people, error) ||
      !append_rows (words, conn, ENTRIES_SQL, id, 0, NULL, error) ||
      !append_rows (words, conn, MEMBERS_SQL, id, 0, NULL, error))
    return FALSE;
  if (appellant != NULL && !g_ptr_array_find_with_equal_func (ids, appellant, g_str_equal, NULL) &&
      !append_rows (words, conn, APPELLANT_SQL, appellant, 4, &people, error))
    return FALSE;
  if (people.name != NULL && !people.named)
    append_name (people.out, people.name, NULL);

  return TRUE;
}

/* Initials of the whole, and of the leaf, by which it is looked for. */
static void
append_item (GString    *out,
             const char *name,
             const char *code)
{
  const char *leaf = name != NULL ? g_strrstr (name, "/") : NULL;
  g_autofree char *initials = leaf != NULL ? linli_pinyin_initials (leaf + 1)
                              : name != NULL ? linli_pinyin_initials (name)
                                             : NULL;

  append (out, name);
  append (out, code);
  append (out, initials);
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

static gboolean
fill (GString   *parts[],
      LinliConn *conn,
      LinliStmt *stmt,
      GError   **error)
{
  const char *unit = linli_stmt_get_text (stmt, 8);
  g_autofree char *unit_initials = unit != NULL ? linli_pinyin_initials (unit) : NULL;

  for (int i = 1; i <= 7; i++)
    append (parts[LINLI_CASE_DOC_WORDS], linli_stmt_get_text (stmt, i));
  append (parts[LINLI_CASE_DOC_UNIT], unit);
  append (parts[LINLI_CASE_DOC_UNIT], unit_initials);
  append_item (parts[LINLI_CASE_DOC_ITEM], linli_stmt_get_text (stmt, 9), linli_stmt_get_text (stmt, 10));
  append_marks (parts[LINLI_CASE_DOC_MARKS], linli_stmt_get_text (stmt, 11), linli_stmt_get_text (stmt, 12));

  return append_texts (parts, conn, stmt, error);
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
  GString *parts[LINLI_N_CASE_DOC];
  LinliCaseDoc *self;
  gboolean row = FALSE;
  gboolean ok;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error) || (!row && !missing (pk, error)))
    return NULL;

  for (guint i = 0; i < LINLI_N_CASE_DOC; i++)
    parts[i] = g_string_new (NULL);
  ok = fill (parts, conn, stmt, error);
  self = g_new0 (LinliCaseDoc, 1);
  for (guint i = 0; i < LINLI_N_CASE_DOC; i++)
    self->columns[i] = g_string_free (parts[i], FALSE);
  if (!ok)
    g_clear_pointer (&self, linli_case_doc_free);

  return self;
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
