/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-figures.h"

G_BEGIN_DECLS

/* The parts of the page of figures, made anew for every answer. */

char *linli_figures_dup_line  (LinliFigures        *figures,
                               LinliFigureGrouping  grouping,
                               const LinliFigureRow *row,
                               LinliFigureSet       set);
void  linli_figures_fill_tiles  (GtkFlowBox   *tiles,
                                 LinliFigures *figures);
void  linli_figures_fill_groups (GtkFlowBox   *groups,
                                 LinliFigures *figures);
void  linli_figures_fill_rows   (GtkListBox         *list,
                                 LinliFigures       *figures,
                                 LinliFigureGrouping grouping,
                                 guint               most);
void  linli_figures_add_tile    (GtkFlowBox          *tiles,
                                 GtkWidget           *tile);
GtkWidget *linli_figures_add_card (GtkFlowBox        *groups,
                                   const char        *title,
                                   const char        *hint);

G_END_DECLS
