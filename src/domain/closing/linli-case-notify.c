/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 告知: the residents hear what came of their matter, each by itself: a case
 * that many brought has as many notices. */

#include "config.h"

#include "linli-closing-private.h"

#include <glib/gi18n.h>

#include "linli-json.h"

const LinliArgSpec linli_case_notify_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "submission", LINLI_ARG_ID, .doc = "who is told; when absent everybody who wants a reply and has none yet" },
  { "method", LINLI_ARG_TEXT, TRUE, 20, linli_contact_methods, .doc = "how" },
  { "words", LINLI_ARG_TEXT, TRUE, 8000 },
  { NULL }
};

static gboolean
is_told (LinliCaseFile *file,
         LinliRow      *submission,
         gboolean      *told,
         GError       **error)
{
  gint64 n = 0;

  if (!linli_conn_get_int (linli_tx_get_conn (file->context->tx), &n, error,
                           "SELECT 1 FROM resident_notice WHERE submission_id = ?1 AND round = ?2 AND case_id = ?3 LIMIT 1",
                           "sis", linli_row_get_id (submission), linli_row_get_int (file->row, LINLI_CASE_REDO_COUNT),
                           linli_case_file_get_id (file)))
    return FALSE;
  *told = n != 0;
  return TRUE;
}

static gboolean
tell_one (LinliCaseFile *file,
          LinliRow      *submission,
          JsonObject    *args,
          GError       **error)
{
  LinliCommandContext *context = file->context;
  const char *words = linli_json_get_text (args, "words");
  const char *method = linli_json_get_text (args, "method");
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_resident_notice);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "notice", .audience = "resident", .body = words, .payload = payload,
                                 .submission = linli_row_get_id (submission) };
  g_autofree char *id = linli_command_new_id (context);

  linli_row_set_text (row, LINLI_RESIDENT_NOTICE_ID, id);
  linli_row_set_text (row, LINLI_RESIDENT_NOTICE_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (row, LINLI_RESIDENT_NOTICE_SUBMISSION_ID, linli_row_get_id (submission));
  linli_row_set_int (row, LINLI_RESIDENT_NOTICE_ROUND, linli_row_get_int (file->row, LINLI_CASE_REDO_COUNT));
  linli_row_set_text (row, LINLI_RESIDENT_NOTICE_METHOD, method);
  linli_row_set_text (row, LINLI_RESIDENT_NOTICE_WORDS, words);
  linli_row_set_text (row, LINLI_RESIDENT_NOTICE_TOLD_BY, context->operation->actor);
  linli_row_set_int (row, LINLI_RESIDENT_NOTICE_TOLD_AT, linli_command_now (context));
  linli_payload_text (payload, "receipt_no", linli_row_get_text (submission, LINLI_SUBMISSION_RECEIPT_NO));
  linli_payload_text (payload, "method", method);

  return linli_tx_insert (context->tx, row, error) && linli_case_file_add_entry (file, &entry, error);
}

/* Everybody who waits for a reply; when nobody asked for one, everybody who
 * has not heard. */
static gboolean
tell_waiting (LinliCaseFile *file,
              GPtrArray     *submissions,
              JsonObject    *args,
              gint64        *n_told,
              GError       **error)
{
  gboolean wanted = FALSE;

  for (guint i = 0; i < submissions->len; i++)
    wanted |= linli_row_get_int (submissions->pdata[i], LINLI_SUBMISSION_REPLY_WANTED) != 0;
  for (guint i = 0; i < submissions->len; i++)
    {
      LinliRow *submission = submissions->pdata[i];
      gboolean told = FALSE;

      if (wanted && !linli_row_get_int (submission, LINLI_SUBMISSION_REPLY_WANTED))
        continue;
      if (!is_told (file, submission, &told, error))
        return FALSE;
      if (told)
        continue;
      if (!tell_one (file, submission, args, error))
        return FALSE;
      (*n_told)++;
    }
  return TRUE;
}

gboolean
linli_case_notify_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  const char *words = linli_case_get_words (args, "words", error);
  const char *id = linli_json_get_text (args, "submission");
  g_autoptr(LinliCaseFile) file = words != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;
  g_autoptr(GPtrArray) submissions = file != NULL ? linli_load_submissions (file, error) : NULL;
  gint64 n_told = 0;

  if (submissions == NULL)
    return FALSE;
  if (id != NULL)
    {
      LinliRow *submission = linli_find_submission (submissions, id, error);

      if (submission == NULL || !tell_one (file, submission, args, error))
        return FALSE;
      n_told = 1;
    }
  else if (!tell_waiting (file, submissions, args, &n_told, error))
    return FALSE;
  if (n_told == 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_DUPLICATE, "already-told", "case",
                    N_("Everybody who waited for a reply has been told."));
      return FALSE;
    }
  linli_row_set_text (file->row, LINLI_CASE_RESIDENT_REPLY, words);
  linli_command_tell_int (context, "n_told", n_told);

  return linli_case_file_save (file, error);
}
