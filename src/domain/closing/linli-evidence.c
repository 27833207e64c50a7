/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What shows a result is read from the files and the timeline, never kept
 * beside them: a file taken out unticks its line by itself. A file says what it
 * shows; one that does not is judged by what it is and when it came. */

#include "config.h"

#include "linli-evidence.h"

#include "linli-case-tables.h"
#include "linli-catalogue-tables.h"
#include "linli-json.h"
#include "linli-tx.h"

static void
evidence_free (gpointer data)
{
  LinliEvidence *self = data;

  g_free (self->what);
  g_free (self->entry);
  g_free (self->attachment);
  g_free (self->by);
  g_free (self);
}

const char *
linli_evidence_state_to_text (LinliEvidenceState state)
{
  static const char *const texts[] = { "missing", "shown", "waived" };

  return texts[state];
}

static GPtrArray *
new_list (LinliRow *item)
{
  const char *kinds[LINLI_EVIDENCE_N_KINDS];
  const char *text = item != NULL ? linli_row_get_text (item, LINLI_DUTY_ITEM_EVIDENCE) : NULL;
  GPtrArray *list = g_ptr_array_new_with_free_func (evidence_free);
  guint n = 0;

  linli_evidence_kinds_parse (text, kinds, &n);
  for (guint i = 0; i < n; i++)
    {
      LinliEvidence *one = g_new0 (LinliEvidence, 1);

      one->kind = kinds[i];
      g_ptr_array_add (list, one);
    }
  return list;
}

static LinliEvidence *
find (GPtrArray  *list,
      const char *kind)
{
  for (guint i = 0; kind != NULL && i < list->len; i++)
    if (g_str_equal (((LinliEvidence *) list->pdata[i])->kind, kind))
      return list->pdata[i];
  return NULL;
}

static void
take (LinliEvidence     *one,
      LinliEvidenceState state,
      const char        *what,
      const char        *entry,
      const char        *by,
      gint64             at)
{
  g_free (one->what);
  g_free (one->entry);
  g_free (one->by);
  one->state = state;
  one->what = g_strdup (what);
  one->entry = g_strdup (entry);
  one->by = g_strdup (by);
  one->at = at;
  one->n += state == LINLI_EVIDENCE_SHOWN;
}

/* The statement's columns 1 to 4: line, words, person, time. */
static void
take_line (LinliEvidence     *one,
           LinliEvidenceState state,
           LinliStmt         *stmt)
{
  take (one, state, linli_stmt_get_text (stmt, 2), linli_stmt_get_text (stmt, 1), linli_stmt_get_text (stmt, 3),
        linli_stmt_get_int (stmt, 4));
}

/* Since the lead's part was sent: what an earlier round showed is not asked again of it.
 *
 * @since: (out): 0 when no unit leads */
static gboolean
find_start (LinliConn  *conn,
            const char *case_id,
            gint64     *since,
            GError    **error)
{
  *since = 0;
  return linli_conn_get_int (conn, since, error,
                             "SELECT sent_at FROM dispatch WHERE case_id = ?1 AND role = 'lead' AND state NOT IN "
                             "('returned', 'recalled', 'released') ORDER BY seq DESC, sent_at DESC LIMIT 1", "s", case_id);
}

static gboolean
take_waivers (LinliConn  *conn,
              const char *case_id,
              gint64      since,
              GPtrArray  *list,
              GError    **error)
{
  g_autoptr(LinliStmt) stmt =
    linli_conn_query (conn, error, "SELECT payload, id, body, actor_name, at FROM entry WHERE case_id = ?1 AND kind = 'waive' "
                      "AND at >= ?2 ORDER BY at, pk", "si", case_id, since);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      g_autoptr(JsonObject) payload = linli_json_parse_object (linli_stmt_get_text (stmt, 0), -1, NULL);
      LinliEvidence *one = payload != NULL ? find (list, linli_json_get_text (payload, "evidence")) : NULL;

      if (one != NULL && g_strcmp0 (linli_json_get_text (payload, "waived"), "no") == 0)
        take (one, LINLI_EVIDENCE_MISSING, NULL, NULL, NULL, 0);
      else if (one != NULL)
        take_line (one, LINLI_EVIDENCE_WAIVED, stmt);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_contacts (LinliConn  *conn,
               const char *case_id,
               gint64      since,
               GPtrArray  *list,
               GError    **error)
{
  LinliEvidence *one = find (list, "visit");
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;

  if (one == NULL)
    return TRUE;
  stmt = linli_conn_query (conn, error, "SELECT kind, id, body, actor_name, at FROM entry WHERE case_id = ?1 AND kind = 'contact' "
                           "AND at >= ?2 ORDER BY at, pk", "si", case_id, since);
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      take_line (one, LINLI_EVIDENCE_SHOWN, stmt);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/* What the line by which a file came says of it. */
typedef struct
{
  char *kind; /* (nullable): what it shows */
  char *entry;
  char *by;   /* (nullable) */
} Mark;

static void
mark_free (gpointer data)
{
  Mark *self = data;

  g_free (self->kind);
  g_free (self->entry);
  g_free (self->by);
  g_free (self);
}

/* Returns: (transfer full): attachment id -> Mark */
static GHashTable *
load_marks (LinliConn  *conn,
            const char *case_id,
            GError    **error)
{
  g_autoptr(GHashTable) marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mark_free);
  g_autoptr(LinliStmt) stmt =
    linli_conn_query (conn, error, "SELECT payload, id, actor_name FROM entry WHERE case_id = ?1 AND kind = 'attach'", "s",
                      case_id);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_autoptr(JsonObject) payload = linli_json_parse_object (linli_stmt_get_text (stmt, 0), -1, NULL);
      const char *file = payload != NULL ? linli_json_get_text (payload, "attachment") : NULL;

      if (file != NULL)
        {
          Mark *mark = g_new0 (Mark, 1);

          mark->kind = g_strdup (linli_json_get_text (payload, "evidence"));
          mark->entry = linli_stmt_dup_text (stmt, 1);
          mark->by = linli_stmt_dup_text (stmt, 2);
          g_hash_table_replace (marks, g_strdup (file), mark);
        }
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }
  return g_steal_pointer (&marks);
}

/* @mark: (nullable) */
static gboolean
shows (const char *kind,
       const char *mark,
       gboolean    picture,
       gboolean    before)
{
  if ((mark != NULL && !g_str_equal (mark, kind)) || (g_str_has_prefix (kind, "photo") && !picture))
    return FALSE;
  if (g_str_equal (kind, "photo_before"))
    return mark != NULL || before;
  return !before && (mark != NULL || g_str_equal (kind, "photo") || g_str_equal (kind, "file"));
}

static gboolean
take_files (LinliConn  *conn,
            const char *case_id,
            gint64      since,
            GPtrArray  *list,
            GError    **error)
{
  g_autoptr(GHashTable) marks = load_marks (conn, case_id, error);
  g_autoptr(GPtrArray) files = NULL;

  if (marks == NULL)
    return FALSE;
  files = linli_conn_select (conn, &linli_table_attachment, error,
                             "case_id = ?1 AND removed_at IS NULL ORDER BY added_at, pk", "s", case_id);
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      LinliRow *file = files->pdata[i];
      const Mark *mark = g_hash_table_lookup (marks, linli_row_get_id (file));
      g_autofree char *type = g_ascii_strdown (linli_row_get_text (file, LINLI_ATTACHMENT_CONTENT_TYPE), -1);
      gint64 at = linli_row_get_int (file, LINLI_ATTACHMENT_ADDED_AT);

      for (guint j = 0; j < list->len; j++)
        {
          LinliEvidence *one = list->pdata[j];

          if (!shows (one->kind, mark != NULL ? mark->kind : NULL, g_str_has_prefix (type, "image/"), at < since))
            continue;
          take (one, LINLI_EVIDENCE_SHOWN, linli_row_get_text (file, LINLI_ATTACHMENT_NAME), mark != NULL ? mark->entry : NULL,
                mark != NULL ? mark->by : NULL, at);
          g_free (one->attachment);
          one->attachment = g_strdup (linli_row_get_id (file));
          one->inner = g_str_equal (linli_row_get_text (file, LINLI_ATTACHMENT_AUDIENCE), "internal");
        }
    }
  return files != NULL;
}

/* What only the centre may see is ticked for a unit, and not named. */
static void
hide_inner (GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    {
      LinliEvidence *one = list->pdata[i];

      if (!one->inner)
        continue;
      g_clear_pointer (&one->what, g_free);
      g_clear_pointer (&one->by, g_free);
      g_clear_pointer (&one->entry, g_free);
      g_clear_pointer (&one->attachment, g_free);
    }
}

/**
 * linli_evidence_load:
 * @item: (nullable): the duty item in the version that the case is under
 * @for_unit: whether a handling unit looks at it
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliEvidence): the checklist; empty
 *   where nothing is asked for, or no unit leads
 */
GPtrArray *
linli_evidence_load (LinliConn  *conn,
                     const char *case_id,
                     LinliRow   *item,
                     gboolean    for_unit,
                     GError    **error)
{
  g_autoptr(GPtrArray) list = new_list (item);
  gint64 since = 0;

  g_return_val_if_fail (conn != NULL && case_id != NULL, NULL);

  if (list->len == 0)
    return g_steal_pointer (&list);
  if (!find_start (conn, case_id, &since, error))
    return NULL;
  if (since == 0)
    {
      g_ptr_array_set_size (list, 0);
      return g_steal_pointer (&list);
    }
  if (!take_waivers (conn, case_id, since, list, error) || !take_contacts (conn, case_id, since, list, error) ||
      !take_files (conn, case_id, since, list, error))
    return NULL;
  if (for_unit)
    hide_inner (list);
  return g_steal_pointer (&list);
}

/**
 * linli_evidence_load_of_case:
 *
 * As linli_evidence_load(), for whoever does not hold the duty item.
 */
GPtrArray *
linli_evidence_load_of_case (LinliConn  *conn,
                             const char *case_id,
                             gboolean    for_unit,
                             GError    **error)
{
  g_autoptr(GPtrArray) items = linli_conn_select (conn, &linli_table_duty_item, error,
                                                  "id = (SELECT item_id FROM cases WHERE id = ?1) AND evidence IS NOT NULL",
                                                  "s", case_id);

  return items != NULL ? linli_evidence_load (conn, case_id, items->len > 0 ? items->pdata[0] : NULL, for_unit, error) : NULL;
}
