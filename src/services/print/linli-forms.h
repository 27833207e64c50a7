/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-sheet.h"
#include "linli-figures.h"
#include "linli-paper.h"
#include "linli-session.h"

G_BEGIN_DECLS

/* The papers of a centre. */
typedef enum
{
  LINLI_FORM_RECEIPT,  /* 受理回执: for who came */
  LINLI_FORM_TRANSFER, /* 转办单: for the unit */
  LINLI_FORM_CLOSING,  /* 办结单: for the file */
} LinliForm;

/* Who prints, where and when. */
typedef struct
{
  const LinliSession *session; /* centre, person, and what their roles may see */
  GTimeZone          *zone;
  gint64              now;
} LinliFormFacts;

#define LINLI_LEDGER_MOST 5000 /* rows on paper; a file takes any number */

LinliPaper *linli_form_paper    (LinliForm             form,
                                 LinliCaseSheet       *sheet,
                                 const LinliFormFacts *facts);
LinliPaper *linli_ledger_paper  (GPtrArray            *records,
                                 const char           *name,
                                 const LinliFormFacts *facts);
LinliPaper *linli_figures_paper (LinliFigures         *figures,
                                 const LinliFormFacts *facts);
gboolean    linli_form_from_text (const char          *text,
                                  LinliForm           *form);

char       *linli_form_time     (const LinliFormFacts *facts,
                                 gint64                time);
void        linli_form_set_foot (LinliPaper           *paper,
                                 const LinliFormFacts *facts);

G_END_DECLS
