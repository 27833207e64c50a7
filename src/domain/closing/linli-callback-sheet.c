/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-callback-sheet.h"

#include "linli-case-tables.h"
#include "linli-centre-zone.h"
#include "linli-closing-tables.h"
#include "linli-people-tables.h"
#include "linli-policy.h"
#include "linli-tx.h"

void
linli_callback_progress_clear (LinliCallbackProgress *self)
{
  g_clear_pointer (&self->valid, linli_row_unref);
}

/* A number that stands for one morning or one afternoon in the centre's zone. */
static gint64
half_day (gint64     at,
          GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, zone);

  return (g_date_time_get_year (local) * G_GINT64_CONSTANT (400) + g_date_time_get_day_of_year (local)) * 2 +
         (g_date_time_get_hour (local) >= 12);
}

/**
 * linli_callback_progress_load:
 * @case_id: the case that is asked about; what the resident said of another,
 *   while theirs was merged into it, answers nothing here, but is counted among
 *   the attempts
 * @round: how often the case had been done again
 * @progress: (out caller-allocates): cleared by the caller
 */
gboolean
linli_callback_progress_load (LinliConn             *conn,
                              const char            *case_id,
                              const char            *submission,
                              gint64                 round,
                              LinliCallbackProgress *progress,
                              GError               **error)
{
  g_autoptr(GTimeZone) zone = linli_centre_zone_load (conn, error);
  g_autoptr(GPtrArray) rows = NULL;
  gint64 last = -1;

  *progress = (LinliCallbackProgress) { 0 };
  rows = zone != NULL ? linli_conn_select (conn, &linli_table_callback, error,
                                           "submission_id = ?1 AND round = ?2 ORDER BY attempt_no", "si", submission, round)
                      : NULL;
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      LinliRow *row = rows->pdata[i];
      gint64 half = half_day (linli_row_get_int (row, LINLI_CALLBACK_CALLED_AT), zone);

      progress->n_attempts = linli_row_get_int (row, LINLI_CALLBACK_ATTEMPT_NO);
      if (!g_str_equal (linli_row_get_text (row, LINLI_CALLBACK_CASE_ID), case_id))
        continue;
      if (linli_row_get_int (row, LINLI_CALLBACK_REACHED))
        progress->reached = TRUE;
      else if (half != last)
        {
          progress->n_half_days++;
          last = half;
        }
      if (linli_row_get_int (row, LINLI_CALLBACK_VALID))
        {
          linli_callback_progress_clear (progress);
          progress->valid = linli_row_ref (row);
        }
    }
  return TRUE;
}

/**
 * linli_is_contactable:
 * @appellant: (nullable): id
 * @contactable: (out): whether they can be told anything: known, willing, and
 *   not an anonymous voice without a number
 */
gboolean
linli_is_contactable (LinliConn  *conn,
                      const char *appellant,
                      gboolean   *contactable,
                      GError    **error)
{
  gint64 n = 0;

  *contactable = FALSE;
  if (appellant != NULL &&
      !linli_conn_get_int (conn, &n, error,
                           "SELECT 1 FROM appellant WHERE id = ?1 AND contact_ok = 1 AND (anonymous = 0 OR phone IS NOT NULL)",
                           "s", appellant))
    return FALSE;
  *contactable = n != 0;
  return TRUE;
}

static void
person_free (LinliCallbackPerson *self)
{
  linli_row_unref (self->submission);
  linli_row_unref (self->appellant);
  linli_row_unref (self->notice);
  linli_callback_progress_clear (&self->progress);
  g_clear_pointer (&self->attempts, g_ptr_array_unref);
  g_free (self);
}

static gboolean
load_person (LinliConn           *conn,
             LinliRow            *submission,
             gint64               round,
             gint64               most,
             LinliCallbackPerson *self,
             GError             **error)
{
  const char *id = linli_row_get_id (submission);
  const char *appellant = linli_row_get_text (submission, LINLI_SUBMISSION_APPELLANT_ID);
  g_autoptr(GPtrArray) people = NULL;
  g_autoptr(GPtrArray) notices = NULL;

  self->submission = linli_row_ref (submission);
  people = linli_conn_select (conn, &linli_table_appellant, error, "id = ?1", "s", appellant);
  notices = linli_conn_select (conn, &linli_table_resident_notice, error,
                               "submission_id = ?1 AND round = ?2 AND case_id = ?3 ORDER BY id DESC LIMIT 1", "sis", id,
                               round, linli_row_get_text (submission, LINLI_SUBMISSION_CASE_ID));
  self->attempts = linli_conn_select (conn, &linli_table_callback, error, "submission_id = ?1 ORDER BY called_at, id", "s", id);
  if (people == NULL || notices == NULL || self->attempts == NULL ||
      !linli_callback_progress_load (conn, linli_row_get_text (submission, LINLI_SUBMISSION_CASE_ID), id, round, &self->progress,
                                     error) ||
      !linli_is_contactable (conn, appellant, &self->contactable, error))
    return FALSE;
  if (people->len > 0)
    self->appellant = linli_row_ref (people->pdata[0]);
  if (notices->len > 0)
    self->notice = linli_row_ref (notices->pdata[0]);
  self->over = self->progress.reached || !self->contactable || self->progress.n_half_days >= most;

  return TRUE;
}

/**
 * linli_callback_sheet_load:
 * @case_row: the case as it stands
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): whom the case has to answer to, and how far that is
 */
LinliCallbackSheet *
linli_callback_sheet_load (LinliConn *conn,
                           LinliRow  *case_row,
                           GError   **error)
{
  g_autoptr(LinliCallbackSheet) self = g_new0 (LinliCallbackSheet, 1);
  g_autoptr(GPtrArray) submissions = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) person_free);
  submissions = linli_conn_select (conn, &linli_table_submission, error, "case_id = ?1 ORDER BY received_at, id", "s",
                                   linli_row_get_id (case_row));
  if (submissions == NULL || !linli_policy_get_int (conn, LINLI_POLICY_CALLBACK_ATTEMPTS, &self->n_half_days, error))
    return NULL;
  for (guint i = 0; i < submissions->len; i++)
    {
      LinliCallbackPerson *person = g_new0 (LinliCallbackPerson, 1);

      g_ptr_array_add (self->people, person);
      if (!load_person (conn, submissions->pdata[i], linli_row_get_int (case_row, LINLI_CASE_REDO_COUNT),
                        self->n_half_days, person, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

LinliCallbackSheet *
linli_callback_sheet_ref (LinliCallbackSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
linli_callback_sheet_unref (LinliCallbackSheet *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self);
}

/* Returns: the index of whom to call next: those who want a reply first, in
 * the order they came; the first person when nobody is left */
guint
linli_callback_sheet_next (LinliCallbackSheet *self)
{
  for (int wanted = 1; wanted >= 0; wanted--)
    for (guint i = 0; i < self->people->len; i++)
      {
        LinliCallbackPerson *person = self->people->pdata[i];

        if (linli_row_get_int (person->submission, LINLI_SUBMISSION_REPLY_WANTED) == wanted && !person->over)
          return i;
      }
  return 0;
}
