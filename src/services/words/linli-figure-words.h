/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-figures.h"

G_BEGIN_DECLS

/* Figures as people read them. All results are (transfer full). */

char       *linli_rate_words         (gint64                   part,
                                      gint64                   whole);
char       *linli_multiple_words     (gint64                   part,
                                      gint64                   whole);
char       *linli_minutes_words      (gint64                   minutes,
                                      gboolean                 working);
char       *linli_figure_value_words (const LinliFigureDef    *def,
                                      const LinliFigureCounts *counts);
char       *linli_figure_change_words (const LinliFigureDef    *def,
                                       const LinliFigureCounts *now,
                                       const LinliFigureCounts *before,
                                       int                     *direction);
char       *linli_figure_meaning_words (const LinliFigureDef    *def);
const char *linli_basis_words        (LinliFigureBasis         basis);
char       *linli_figure_row_words   (LinliFigureGrouping      grouping,
                                      const LinliFigureRow    *row);

G_END_DECLS
