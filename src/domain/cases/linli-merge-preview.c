/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-merge-preview.h"

#include <glib/gi18n.h>

#include "linli-case-search.h"
#include "linli-case-state.h"
#include "linli-case-tables.h"
#include "linli-domain-error.h"
#include "linli-people-tables.h"
#include "linli-tx.h"

#define DAY   (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
#define OPEN  "state NOT IN ('closed', 'declined', 'withdrawn', 'merged')"
#define LIVE  "('sent', 'signed', 'working')"
#define BIT(state) LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_##state)

static const char *const warning_ids[] = {
  "other-item", "other-place", "far-apart", "unit-at-work", "earlier", "confidential", "settled"
};

/* Returns: (nullable): %NULL unless @warning is exactly one */
const char *
linli_merge_warning_to_text (LinliMergeWarning warning)
{
  for (guint i = 0; i < G_N_ELEMENTS (warning_ids); i++)
    if (warning == (LinliMergeWarning) (1u << i))
      return warning_ids[i];
  return NULL;
}

void
linli_merge_case_free (LinliMergeCase *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->row, linli_row_unref);
  g_clear_pointer (&self->submissions, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_free (self);
}

void
linli_merge_preview_free (LinliMergePreview *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->target, linli_merge_case_free);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->due_from, linli_row_unref);
  g_free (self);
}

/* --- One case --- */

static gboolean
load_names (LinliConn      *conn,
            LinliMergeCase *self,
            GError        **error)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->submissions->len; i++)
    {
      const char *person = linli_row_get_text (self->submissions->pdata[i], LINLI_SUBMISSION_APPELLANT_ID);
      char *name = NULL;

      if (person != NULL && !linli_conn_get_text (conn, &name, error, "SELECT name FROM appellant WHERE id = ?1", "s", person))
        return FALSE;
      g_ptr_array_add (self->names, name != NULL ? name : g_strdup (""));
    }

  return TRUE;
}

/**
 * linli_merge_case_load:
 * @id: id or number of a case
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND, or %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): the case and who brought it, without a judgement
 */
LinliMergeCase *
linli_merge_case_load (LinliConn  *conn,
                       const char *id,
                       GError    **error)
{
  g_autoptr(LinliMergeCase) self = g_new0 (LinliMergeCase, 1);
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_case, error, "id = ?1 OR case_no = ?1", "s", id);

  if (rows == NULL)
    return NULL;
  if (rows->len == 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "no-such-case", "sources", N_("There is no such case."));
      return NULL;
    }
  self->row = linli_row_ref (rows->pdata[0]);
  self->submissions = linli_conn_select (conn, &linli_table_submission, error, "case_id = ?1 ORDER BY received_at, id", "s",
                                         linli_row_get_id (self->row));
  if (self->submissions == NULL || !load_names (conn, self, error))
    return NULL;

  return g_steal_pointer (&self);
}

static guint
state_bit (LinliRow *row)
{
  LinliCaseState state = LINLI_CASE_STATE_RECEIVED;

  linli_case_state_from_id (linli_row_get_text (row, LINLI_CASE_STATE), &state);
  return LINLI_CASE_STATE_BIT (state);
}

static gboolean
is_split (LinliConn  *conn,
          const char *id,
          gboolean   *split,
          GError    **error)
{
  gint64 n = 0;

  if (!linli_conn_get_int (conn, &n, error, "SELECT EXISTS (SELECT 1 FROM cases WHERE parent_id = ?1)", "s", id))
    return FALSE;
  *split = n != 0;
  return TRUE;
}

static gboolean
is_part_of (LinliRow *part,
            LinliRow *whole)
{
  return g_strcmp0 (linli_row_get_text (part, LINLI_CASE_PARENT_ID), linli_row_get_id (whole)) == 0;
}

/* What case.merge would say, found without trying. */
static gboolean
find_refusal (LinliConn      *conn,
              LinliMergeCase *source,
              LinliMergeCase *target,
              GError        **error)
{
  gboolean split = FALSE;

  if (!is_split (conn, linli_row_get_id (source->row), &split, error))
    return FALSE;
  if (g_str_equal (linli_row_get_id (source->row), linli_row_get_id (target->row)))
    source->refusal = "into-itself";
  else if ((state_bit (source->row) & LINLI_CASE_STATES_OPEN & ~BIT (RESOLVED)) == 0)
    source->refusal = state_bit (source->row) & BIT (MERGED) ? "merged-already" : "finished";
  else if (state_bit (source->row) & BIT (SUSPENDED))
    source->refusal = "suspended";
  else if ((state_bit (target->row) & LINLI_CASE_STATES_OPEN) == 0 || state_bit (target->row) & BIT (SUSPENDED))
    source->refusal = "target-not-open";
  else if (is_part_of (source->row, target->row) || is_part_of (target->row, source->row))
    source->refusal = "part-of-it";
  else if (split)
    source->refusal = "is-split";
  else if (linli_row_get_int (source->row, LINLI_CASE_REDO_COUNT) > 0)
    source->refusal = "is-redone";
  else if (state_bit (target->row) & BIT (RECEIVED) && !(state_bit (source->row) & BIT (RECEIVED)))
    source->refusal = "target-behind";

  return TRUE;
}

static gboolean
is_elsewhere (LinliRow *a,
              LinliRow *b)
{
  const char *place = linli_row_get_text (a, LINLI_CASE_PLACE_ID);

  if (place != NULL && g_strcmp0 (place, linli_row_get_text (b, LINLI_CASE_PLACE_ID)) == 0)
    return FALSE;
  return g_strcmp0 (linli_row_get_text (a, LINLI_CASE_PLACE), linli_row_get_text (b, LINLI_CASE_PLACE)) != 0;
}

static gboolean
find_warnings (LinliConn      *conn,
               LinliMergeCase *source,
               LinliMergeCase *target,
               GError        **error)
{
  LinliRow *s = source->row;
  LinliRow *t = target->row;
  gint64 apart = linli_row_get_int (s, LINLI_CASE_RECEIVED_AT) - linli_row_get_int (t, LINLI_CASE_RECEIVED_AT);
  gint64 n_others = 0;

  if (!linli_conn_get_int (conn, &n_others, error,
                           "SELECT count(*) FROM dispatch WHERE case_id = ?1 AND state IN " LIVE " AND unit_id NOT IN "
                           "(SELECT unit_id FROM dispatch WHERE case_id = ?2 AND state IN ('sent', 'signed', 'working', 'done'))",
                           "ss", linli_row_get_id (s), linli_row_get_id (t)))
    return FALSE;
  if (g_strcmp0 (linli_row_get_text (s, LINLI_CASE_ITEM_CODE), linli_row_get_text (t, LINLI_CASE_ITEM_CODE)) != 0)
    source->warnings |= LINLI_MERGE_OTHER_ITEM;
  if (is_elsewhere (s, t))
    source->warnings |= LINLI_MERGE_OTHER_PLACE;
  if (ABS (apart) > LINLI_MERGE_NEAR_DAYS * DAY)
    source->warnings |= LINLI_MERGE_FAR_APART;
  if (n_others > 0)
    source->warnings |= LINLI_MERGE_UNIT_AT_WORK;
  if (linli_row_get_int (s, LINLI_CASE_CONFIDENTIAL) && !linli_row_get_int (t, LINLI_CASE_CONFIDENTIAL))
    source->warnings |= LINLI_MERGE_CONFIDENTIAL;
  if ((state_bit (s) | state_bit (t)) & (BIT (PENDING_REVIEW) | BIT (RESOLVED)))
    source->warnings |= LINLI_MERGE_SETTLED;

  return TRUE;
}

/* --- When all of it is due --- */

/* The kinds of clocks that the target goes by in its state; see needs[] in
 * linli-merge-clocks.c. */
static const char *
kinds_in (LinliRow *target)
{
  guint state = state_bit (target);

  if (state & BIT (REGISTERED))
    return "('dispatch', 'resolve')";
  if (state & BIT (RESOLVED))
    return "('callback')";
  return state & (BIT (RECEIVED) | BIT (PENDING_REVIEW)) ? "('')" : "('resolve')";
}

static gboolean
find_due (LinliConn         *conn,
          LinliMergePreview *self,
          GError           **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (min(due_at), 0) FROM clock WHERE case_id = ?1 AND state = 'running' "
                                          "AND dispatch_id IS NULL AND kind IN %s", kinds_in (self->target->row));

  self->due_at = linli_row_get_int (self->target->row, LINLI_CASE_DUE_AT);
  self->due_from = self->due_at != 0 ? linli_row_ref (self->target->row) : NULL;
  for (guint i = 0; i < self->sources->len; i++)
    {
      LinliMergeCase *source = self->sources->pdata[i];
      gint64 due_at = 0;

      if (source->refusal != NULL)
        continue;
      self->n_residents += source->submissions->len;
      if (!linli_conn_get_int (conn, &due_at, error, sql, "s", linli_row_get_id (source->row)))
        return FALSE;
      if (due_at == 0)
        continue;
      if (due_at < linli_row_get_int (self->target->row, LINLI_CASE_DUE_AT) ||
          linli_row_is_null (self->target->row, LINLI_CASE_DUE_AT))
        source->warnings |= LINLI_MERGE_EARLIER;
      if (self->due_at != 0 && due_at >= self->due_at)
        continue;
      self->due_at = due_at;
      linli_row_unref (self->due_from);
      self->due_from = linli_row_ref (source->row);
    }

  return TRUE;
}

static gboolean
load_preview (LinliConn         *conn,
              LinliMergePreview *self,
              const char        *target,
              GPtrArray         *sources,
              GError           **error)
{
  self->target = linli_merge_case_load (conn, target, error);
  if (self->target == NULL)
    return FALSE;
  self->n_residents = self->target->submissions->len;
  for (guint i = 0; i < sources->len; i++)
    {
      LinliMergeCase *source = linli_merge_case_load (conn, sources->pdata[i], error);

      if (source == NULL)
        return FALSE;
      g_ptr_array_add (self->sources, source);
      if (!find_refusal (conn, source, self->target, error) || !find_warnings (conn, source, self->target, error))
        return FALSE;
    }

  return find_due (conn, self, error);
}

/**
 * linli_merge_preview_load:
 * @target: id or number of a case
 * @sources: (element-type utf8): ids or numbers
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND, or %LINLI_STORE_ERROR
 *
 * Several reads: for a picture of one moment call it inside a transaction.
 *
 * Returns: (transfer full)
 */
LinliMergePreview *
linli_merge_preview_load (LinliConn  *conn,
                          const char *target,
                          GPtrArray  *sources,
                          GError    **error)
{
  g_autoptr(LinliMergePreview) self = g_new0 (LinliMergePreview, 1);

  g_return_val_if_fail (conn != NULL && target != NULL && sources != NULL, NULL);

  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_merge_case_free);
  return load_preview (conn, self, target, sources, error) ? g_steal_pointer (&self) : NULL;
}

/* --- Which of several goes on --- */

static int
rank (LinliConn  *conn,
      LinliRow   *row,
      GError    **error)
{
  /* The further the work, the less is lost; what is settled already, or rests, comes last. */
  static const int ranks[LINLI_N_CASE_STATES] = {
    [LINLI_CASE_STATE_RECEIVED] = 2, [LINLI_CASE_STATE_REGISTERED] = 3, [LINLI_CASE_STATE_AIDING] = 4,
    [LINLI_CASE_STATE_DELIBERATING] = 4, [LINLI_CASE_STATE_DISPATCHED] = 5, [LINLI_CASE_STATE_IN_PROGRESS] = 6,
    [LINLI_CASE_STATE_PENDING_REVIEW] = 1, [LINLI_CASE_STATE_RESOLVED] = 1,
  };
  LinliCaseState state = LINLI_CASE_STATE_RECEIVED;
  gboolean split = FALSE;

  if (!is_split (conn, linli_row_get_id (row), &split, error))
    return -1;
  linli_case_state_from_id (linli_row_get_text (row, LINLI_CASE_STATE), &state);
  return split ? 10 : ranks[state];
}

/**
 * linli_merge_choose_target:
 * @ids: (element-type utf8): of cases, at least one
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND, or %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): which of them the others should go into: where the
 *   work is furthest, of equals the oldest
 */
char *
linli_merge_choose_target (LinliConn *conn,
                           GPtrArray *ids,
                           GError   **error)
{
  g_autoptr(LinliMergeCase) best = NULL;
  int best_rank = -1;

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(LinliMergeCase) one = linli_merge_case_load (conn, ids->pdata[i], error);
      int one_rank = one != NULL ? rank (conn, one->row, error) : -1;

      if (one_rank < 0)
        return NULL;
      if (one_rank < best_rank ||
          (one_rank == best_rank && linli_row_get_int (one->row, LINLI_CASE_RECEIVED_AT) >=
                                      linli_row_get_int (best->row, LINLI_CASE_RECEIVED_AT)))
        continue;
      best_rank = one_rank;
      g_clear_pointer (&best, linli_merge_case_free);
      best = g_steal_pointer (&one);
    }

  return best != NULL ? g_strdup (linli_row_get_id (best->row)) : NULL;
}

/* --- What might be the same matter --- */

static gboolean
add_found (LinliConn  *conn,
           GPtrArray  *found,
           GPtrArray  *rows,
           guint       limit,
           GError    **error)
{
  for (guint i = 0; rows != NULL && i < rows->len && found->len < limit; i++)
    {
      LinliMergeCase *one = linli_merge_case_load (conn, linli_row_get_id (rows->pdata[i]), error);

      if (one == NULL)
        return FALSE;
      g_ptr_array_add (found, one);
    }
  return rows != NULL;
}

/**
 * linli_merge_candidates_load:
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND, or %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliMergeCase): open cases of the same
 *   leaf and place, received within three days of @case_id; then what else of
 *   the same leaf came from the same community in that time
 */
GPtrArray *
linli_merge_candidates_load (LinliConn  *conn,
                             const char *case_id,
                             guint       limit,
                             GError    **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_merge_case_free);
  g_autoptr(LinliMergeCase) self = linli_merge_case_load (conn, case_id, error);
  const char *item, *place_id, *place, *community;
  g_autoptr(GPtrArray) near = NULL;
  g_autoptr(GPtrArray) around = NULL;
  gint64 at;

  if (self == NULL)
    return NULL;
  item = linli_row_get_text (self->row, LINLI_CASE_ITEM_CODE);
  place_id = linli_row_get_text (self->row, LINLI_CASE_PLACE_ID);
  place = linli_row_get_text (self->row, LINLI_CASE_PLACE);
  community = linli_row_get_text (self->row, LINLI_CASE_COMMUNITY);
  at = linli_row_get_int (self->row, LINLI_CASE_RECEIVED_AT);
  if (item == NULL)
    return g_steal_pointer (&found);

  near = linli_conn_select (conn, &linli_table_case, error,
                            "item_code = ?1 AND received_at BETWEEN ?2 AND ?3 AND id <> ?4 AND " OPEN
                            " AND (place_id = ?5 OR place = ?6) ORDER BY received_at, id LIMIT 100", "siisss", item,
                            at - LINLI_MERGE_NEAR_DAYS * DAY, at + LINLI_MERGE_NEAR_DAYS * DAY, linli_row_get_id (self->row),
                            place_id != NULL ? place_id : "", place != NULL ? place : "");
  if (!add_found (conn, found, near, limit, error))
    return NULL;
  around = linli_conn_select (conn, &linli_table_case, error,
                              "item_code = ?1 AND received_at BETWEEN ?2 AND ?3 AND id <> ?4 AND " OPEN
                              " AND community = ?5 AND place_id IS DISTINCT FROM ?6 AND place IS DISTINCT FROM ?7 "
                              "ORDER BY received_at, id LIMIT 100", "siissss", item,
                              at - LINLI_MERGE_NEAR_DAYS * DAY, at + LINLI_MERGE_NEAR_DAYS * DAY,
                              linli_row_get_id (self->row), community != NULL ? community : "",
                              place_id != NULL ? place_id : "", place != NULL ? place : "");

  return add_found (conn, found, around, limit, error) ? g_steal_pointer (&found) : NULL;
}

/**
 * linli_merge_search:
 * @typed: a search line
 * @actor: (nullable): account id
 * @found: (element-type LinliMergeCase): receives open cases that the line finds, newest first
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_merge_search (LinliConn  *conn,
                    const char *typed,
                    gint64      now,
                    const char *actor,
                    guint       limit,
                    GPtrArray  *found,
                    GError    **error)
{
  g_autofree char *line = g_strdup_printf ("%s state:open", typed);
  g_autoptr(GArray) pks = linli_case_search_ids (conn, line, LINLI_CASE_SORT_RECEIVED, now, actor, limit, error);

  for (guint i = 0; pks != NULL && i < pks->len; i++)
    {
      g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_case, error, "pk = ?1", "i",
                                                     g_array_index (pks, gint64, i));

      if (!add_found (conn, found, rows, G_MAXUINT, error))
        return FALSE;
    }
  return pks != NULL;
}
