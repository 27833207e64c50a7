/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-merge-asked.h"

#define MOST_NEAR  8
#define MOST_FOUND 8

void
linli_merge_question_free (gpointer data)
{
  LinliMergeQuestion *question = data;

  g_free (question->target);
  g_ptr_array_unref (question->ids);
  g_free (question);
}

static LinliMergePreview *
load_preview (LinliConn          *conn,
              LinliMergeQuestion *question,
              GError            **error)
{
  g_autoptr(GPtrArray) sources = g_ptr_array_new ();

  if (question->target == NULL)
    question->target = linli_merge_choose_target (conn, question->ids, error);
  if (question->target == NULL)
    return NULL;
  for (guint i = 0; i < question->ids->len; i++)
    if (!g_str_equal (question->ids->pdata[i], question->target))
      g_ptr_array_add (sources, question->ids->pdata[i]);

  return linli_merge_preview_load (conn, question->target, sources, error);
}

/* Returns: (transfer full): a LinliMergePreview */
gpointer
linli_merge_question_read (LinliConn *conn,
                           gpointer   data,
                           GError   **error)
{
  LinliMergePreview *preview;

  if (!linli_conn_begin_read (conn, error))
    return NULL;
  preview = load_preview (conn, data, error);
  linli_conn_rollback (conn);

  return preview;
}

void
linli_merge_wanted_free (gpointer data)
{
  LinliMergeWanted *wanted = data;

  g_clear_pointer (&wanted->ids, g_ptr_array_unref);
  g_free (wanted->typed);
  g_free (wanted->actor);
  g_free (wanted);
}

static gboolean
load_at_hand (LinliConn        *conn,
              LinliMergeWanted *wanted,
              GPtrArray        *found,
              GError          **error)
{
  for (guint i = 0; i < wanted->ids->len; i++)
    {
      LinliMergeCase *one = linli_merge_case_load (conn, wanted->ids->pdata[i], error);

      if (one == NULL)
        return FALSE;
      g_ptr_array_add (found, one);
    }
  if (wanted->ids->len == 1)
    {
      g_autoptr(GPtrArray) near = linli_merge_candidates_load (conn, wanted->ids->pdata[0], MOST_NEAR, error);

      if (near == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (found, g_steal_pointer (&near));
    }
  return TRUE;
}

/* Returns: (transfer full) (element-type LinliMergeCase): a GPtrArray */
gpointer
linli_merge_wanted_read (LinliConn *conn,
                         gpointer   data,
                         GError   **error)
{
  LinliMergeWanted *wanted = data;
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_merge_case_free);
  gboolean loaded;

  if (!linli_conn_begin_read (conn, error))
    return NULL;
  loaded = wanted->typed != NULL ? linli_merge_search (conn, wanted->typed, wanted->now, wanted->actor, MOST_FOUND, found, error)
                                 : load_at_hand (conn, wanted, found, error);
  linli_conn_rollback (conn);

  return loaded ? g_steal_pointer (&found) : NULL;
}
