/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-ctl.h"

G_BEGIN_DECLS

/* What the verb evaluate was told. */
typedef struct
{
  char  *train;    /* (nullable) file names */
  char  *test;     /* (nullable) */
  char **text;     /* (nullable) headings of the columns of words */
  char  *class;    /* (nullable) headings of one column each */
  char  *reply;
  char  *person;
  char  *time;
  int    folds;
  gint64 seed;
  int    grams;
  int    least;
  double cost;
  double bayes;
  double balance;
  double floor;
} LinliEvaluation;

gboolean   linli_ctl_evaluate            (LinliCtl              *ctl,
                                          int                    argc,
                                          char                 **argv,
                                          int                   *exit_code,
                                          GError               **error);
gboolean   linli_ctl_evaluate_suggestion (const LinliEvaluation *evaluation,
                                          JsonObject            *answer,
                                          GError               **error);
GPtrArray *linli_ctl_read_columns        (const char            *path,
                                          char                 **headings,
                                          GError               **error);

G_END_DECLS
