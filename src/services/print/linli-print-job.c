/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-print-job.h"

#include <glib/gi18n-lib.h>

#include "linli-case-record.h"
#include "linli-case-search.h"
#include "linli-centre-zone.h"
#include "linli-domain-error.h"
#include "linli-registry.h"
#include "linli-rights.h"
#include "linli-unit-scope.h"

void
linli_print_job_free (LinliPrintJob *self)
{
  if (self == NULL)
    return;

  g_free (self->form);
  g_free (self->subject);
  g_free (self->name);
  g_free (self->actor);
  g_free (self);
}

static LinliPaper *
load_form (LinliPrintJob        *self,
           LinliConn            *conn,
           LinliForm             form,
           const LinliFormFacts *facts,
           GError              **error)
{
  g_autofree char *id = linli_case_find_id (conn, self->subject, error);
  g_autoptr(LinliCaseSheet) sheet = id != NULL ? linli_case_sheet_load (conn, id, self->actor, facts->session->roles, error)
                                               : NULL;

  return sheet != NULL ? linli_form_paper (form, sheet, facts) : NULL;
}

static LinliPaper *
load_ledger (LinliPrintJob        *self,
             LinliConn            *conn,
             const LinliFormFacts *facts,
             GError              **error)
{
  const char *line = self->subject != NULL ? self->subject : "";
  g_autoptr(GArray) pks = NULL;
  g_autoptr(GPtrArray) records = NULL;

  /* A list on paper leaves the program as one in a file does. */
  if (!linli_rights_demand (facts->session->rights, LINLI_RIGHT_EXPORT, error))
    return NULL;
  pks = linli_case_search_ids (conn, line, self->sort, self->now, self->actor, 0, error);
  if (pks == NULL)
    return NULL;
  if (pks->len > LINLI_LEDGER_MOST)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_INVALID, "too-many", "query",
                    N_("A ledger on paper takes up to 5000 cases. Nothing was printed; narrow the search, or export the "
                       "cases to a file."));
      return NULL;
    }
  records = linli_case_records_load (conn, facts->session->unit, pks, error);

  return records != NULL ? linli_ledger_paper (records, self->name != NULL ? self->name : line, facts) : NULL;
}

static LinliPaper *
load_figures (LinliPrintJob        *self,
              LinliConn            *conn,
              const LinliFormFacts *facts,
              GError              **error)
{
  g_autoptr(LinliFigures) figures = NULL;

  if (!linli_unit_scope_check_query (conn, linli_registry_find_query ("case.figures"), self->actor, error))
    return NULL;
  self->request.line = self->subject;
  figures = linli_figures_load (conn, &self->request, self->now, self->actor, error);

  return figures != NULL ? linli_figures_paper (figures, facts) : NULL;
}

/**
 * linli_print_job_load:
 * @conn: a reading connection
 * @error: %LINLI_STORE_ERROR, %LINLI_DOMAIN_ERROR_NOT_FOUND;
 *   %LINLI_DOMAIN_ERROR_NOT_ALLOWED for a ledger without the right to export
 *
 * Returns: (transfer full): the document, laid out
 */
LinliPaper *
linli_print_job_load (LinliPrintJob *self,
                      LinliConn     *conn,
                      GError       **error)
{
  g_autoptr(LinliSession) session = linli_session_load (conn, self->actor, error);
  g_autoptr(GTimeZone) zone = session != NULL ? linli_centre_zone_load (conn, error) : NULL;
  const LinliFormFacts facts = { session, zone, self->now };
  LinliPaper *paper;
  LinliForm form;

  if (zone == NULL)
    return NULL;
  if (g_str_equal (self->form, "ledger"))
    paper = load_ledger (self, conn, &facts, error);
  else if (g_str_equal (self->form, "figures"))
    paper = load_figures (self, conn, &facts, error);
  else
    {
      g_return_val_if_fail (linli_form_from_text (self->form, &form), NULL);
      paper = load_form (self, conn, form, &facts, error);
    }
  if (paper != NULL)
    linli_paper_lay_out (paper);

  return paper;
}

/**
 * linli_print_job_run:
 *
 * linli_print_job_load() for a lane of the store.
 */
gpointer
linli_print_job_run (LinliConn *conn,
                     gpointer   job,
                     GError   **error)
{
  return linli_print_job_load (job, conn, error);
}
