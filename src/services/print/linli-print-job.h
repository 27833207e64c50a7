/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-search.h"
#include "linli-forms.h"

G_BEGIN_DECLS

/* What is to be printed. All that it takes is read by one job, so that the
 * printing itself touches nothing but the finished document. */
typedef struct
{
  char               *form;    /* "receipt", "transfer", "closing", "ledger", "figures" */
  char               *subject; /* (nullable): id or number of a case or a receipt; search line of a ledger */
  LinliCaseSort       sort;    /* of a ledger */
  char               *name;    /* (nullable): what a ledger is of, for people */
  LinliFigureRequest  request; /* of figures; its line is @subject */
  char               *actor;   /* (nullable) */
  gint64              now;
} LinliPrintJob;

void        linli_print_job_free  (LinliPrintJob  *self);
LinliPaper *linli_print_job_load  (LinliPrintJob  *self,
                                   LinliConn      *conn,
                                   GError        **error);
gpointer    linli_print_job_run   (LinliConn      *conn,
                                   gpointer        job,
                                   GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliPrintJob, linli_print_job_free)

G_END_DECLS
