/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Work that starts from a text or a file rather than from the store. */

#include "config.h"

#include "linli-ctl-export.h"
#include "linli-ctl-print.h"
#include "linli-ctl-demo.h"
#include "linli-ctl-evaluate.h"
#include "linli-ctl-import.h"
#include "linli-ctl-suggest.h"
#include "linli-deadline.h"
#include "linli-json.h"
#include "linli-seed.h"

static LinliWorkCalendar *
load_calendar (GError **error)
{
  g_autoptr(GBytes) bytes = linli_seed_lookup ("calendar.json", error);
  g_autoptr(JsonObject) body = NULL;
  gsize size = 0;
  const char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  body = linli_json_parse_object (text, (gssize) size, error);

  return body != NULL ? linli_work_calendar_from_json (body, error) : NULL;
}

static gboolean
verb_deadline (LinliCtl *ctl,
               int       argc,
               char    **argv,
               int      *exit_code,
               GError  **error)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonObject) question = NULL;
  g_autoptr(JsonObject) answer = NULL;
  g_autoptr(LinliWorkCalendar) calendar = NULL;

  if (argc < 1)
    return linli_ctl_usage (error, "Say what to compute: linlictl deadline '{\"start\":...,\"limit\":...}'");
  text = linli_ctl_read_text (argv[0], error);
  question = text != NULL ? linli_json_parse_object (text, -1, error) : NULL;
  calendar = question != NULL ? load_calendar (error) : NULL;
  answer = calendar != NULL ? linli_deadline_run_json (question, calendar, error) : NULL;
  if (answer == NULL)
    return FALSE;
  linli_ctl_print_object (ctl, answer);

  return TRUE;
}

const LinliVerb linli_verbs_data[] = {
  { "import", "cases|duty|holidays|places FILE", "bring in cases, a duty list, holidays or places", linli_ctl_import },
  { "export", "TABLE FILE [QUERY]", "write a table, or the cases a query finds, as CSV or (*.xlsx) XLSX", linli_ctl_export },
  { "evaluate",
    "suggestion|duplicates|answers --train FILE --text COLUMN [--class COLUMN] [--reply COLUMN] "
    "[--test FILE] [--folds N] [--seed N] [--grams N] [--least N] [--cost C] [--bayes SHARE] [--balance POWER]",
    "measure the intake's hints on a file; needs no store",
    linli_ctl_evaluate },
  { "print", "receipt|transfer|closing|ledger|figures SUBJECT --pdf FILE", "put a case, a list or the figures on paper",
    linli_ctl_print_form },
  { "suggest", "TEXT|-", "which duty items a text is likely about, and why", linli_ctl_suggest },
  { "demo", "[--seed N] [--cases N]", "fill a fresh store with a centre of made-up matters", linli_ctl_demo },
  { "deadline", "JSON|-", "compute a due time with its trace; needs no store", verb_deadline },
  { NULL }
};
