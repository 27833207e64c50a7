/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-ctl-print.h"

#include <glib/gi18n-lib.h>

#include "linli-print-job.h"

#define USAGE "Say what: linlictl print receipt|transfer|closing CASE --pdf FILE, print ledger QUERY --pdf FILE, " \
              "or print figures FROM..TO [QUERY] --pdf FILE"

/* The words on paper are of the language of the environment. */
static void
speak (void)
{
  const char *folder = g_getenv ("LINLI_LOCALEDIR");

  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : LINLI_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

/* "2026-01-01..2026-03-31" */
static gboolean
read_period (const char *text,
             GDate      *from,
             GDate      *to)
{
  g_auto(GStrv) days = g_strsplit (text, "..", 2);

  if (g_strv_length (days) != 2)
    return FALSE;
  g_date_set_parse (from, days[0]);
  g_date_set_parse (to, days[1]);
  return g_date_valid (from) && g_date_valid (to) && g_date_compare (from, to) <= 0;
}

/* Takes "--pdf FILE" out of the arguments. Returns: (nullable): the file */
static const char *
take_pdf (int        argc,
          char     **argv,
          GPtrArray *rest)
{
  const char *pdf = NULL;

  for (int i = 0; i < argc; i++)
    if (g_str_equal (argv[i], "--pdf") && i + 1 < argc)
      pdf = argv[++i];
    else
      g_ptr_array_add (rest, argv[i]);
  return pdf;
}

static gboolean
read_job (LinliPrintJob *job,
          GPtrArray     *words,
          GError       **error)
{
  static const char *const forms[] = { "receipt", "transfer", "closing", "ledger", "figures", NULL };

  if (words->len < 2 || words->len > 3 || !g_strv_contains (forms, words->pdata[0]))
    return linli_ctl_usage (error, USAGE);
  job->form = g_strdup (words->pdata[0]);
  if (!g_str_equal (job->form, "figures"))
    {
      job->subject = g_strdup (words->pdata[1]);
      return words->len == 2 || linli_ctl_usage (error, USAGE);
    }
  job->subject = words->len > 2 ? g_strdup (words->pdata[2]) : NULL;
  job->request.step = LINLI_STEP_MONTH;
  job->request.compare = LINLI_COMPARE_BEFORE;
  return read_period (words->pdata[1], &job->request.from, &job->request.to) || linli_ctl_usage (error, USAGE);
}

/* The verb print FORM SUBJECT --pdf FILE. */
gboolean
linli_ctl_print_form (LinliCtl *ctl,
                      int       argc,
                      char    **argv,
                      int      *exit_code,
                      GError  **error)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  const char *pdf = take_pdf (argc, argv, words);
  g_autoptr(LinliPrintJob) job = g_new0 (LinliPrintJob, 1);
  g_autoptr(JsonObject) answer = json_object_new ();
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(LinliPaper) paper = NULL;
  g_autoptr(GError) local = NULL;

  if (pdf == NULL)
    return linli_ctl_usage (error, USAGE);
  if (!read_job (job, words, error))
    return FALSE;
  store = linli_ctl_open (ctl, LINLI_STORE_READ_ONLY, error);
  if (store == NULL)
    return FALSE;

  speak ();
  job->actor = linli_store_dup_actor (store);
  job->now = linli_clock_now (ctl->clock);
  paper = linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, linli_print_job_run, job, &local);
  if (paper == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!linli_paper_write_pdf (paper, pdf, error))
    return FALSE;
  json_object_set_string_member (answer, "file", pdf);
  json_object_set_int_member (answer, "pages", linli_paper_lay_out (paper));
  linli_ctl_print_object (ctl, answer);

  return TRUE;
}
