/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-page-jobs.h"

void
linli_keys_job_free (gpointer data)
{
  LinliKeysJob *job = data;

  g_variant_unref (job->query);
  g_array_unref (job->before);
  g_clear_pointer (&job->dirty, g_array_unref);
  g_free (job);
}

void
linli_keys_answer_free (gpointer data)
{
  LinliKeysAnswer *answer = data;

  g_clear_pointer (&answer->keys, g_array_unref);
  g_clear_pointer (&answer->records, g_ptr_array_unref);
  linli_page_diff_free (answer->diff);
  g_free (answer);
}

void
linli_load_job_free (gpointer data)
{
  LinliLoadJob *job = data;

  g_variant_unref (job->query);
  g_array_unref (job->pks);
  g_free (job);
}

/**
 * linli_keys_job_run:
 *
 * In the read lane: the keys, how they differ from those shown, and when only
 * the head of the list was asked for, the records of its first page with it.
 *
 * Returns: (transfer full): a #LinliKeysAnswer
 */
gpointer
linli_keys_job_run (LinliConn *conn,
                    gpointer   data,
                    GError   **error)
{
  LinliKeysJob *job = data;
  g_autoptr(GArray) keys = job->loader->keys (conn, job->query, job->limit, error);
  LinliKeysAnswer *answer;

  if (keys == NULL)
    return NULL;

  answer = g_new0 (LinliKeysAnswer, 1);
  answer->limit = job->limit;
  answer->opening = job->opening;
  answer->keys = g_steal_pointer (&keys);
  answer->diff = linli_page_diff_new (job->before, answer->keys, job->dirty);
  if (job->limit != 0 && answer->keys->len > 0)
    {
      g_autoptr(GArray) head = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_array_append_vals (head, answer->keys->data, MIN (answer->keys->len, LINLI_PAGE_SIZE));
      answer->records = job->loader->load (conn, job->query, head, error);
      if (answer->records == NULL)
        g_clear_pointer (&answer, linli_keys_answer_free);
    }

  return answer;
}

/* In the read lane. Returns: (transfer full): a GPtrArray of records */
gpointer
linli_load_job_run (LinliConn *conn,
                    gpointer   data,
                    GError   **error)
{
  LinliLoadJob *job = data;

  return job->loader->load (conn, job->query, job->pks, error);
}
