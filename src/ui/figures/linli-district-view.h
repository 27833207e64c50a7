/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-district-figures.h"

G_BEGIN_DECLS

/* The parts of the district's page, made anew for every answer. */

typedef enum
{
  LINLI_DISTRICT_SORT_NAME,
  LINLI_DISTRICT_SORT_OPEN,
  LINLI_DISTRICT_SORT_OVERDUE,
  LINLI_DISTRICT_SORT_IN_TIME,   /* the worst first */
  LINLI_DISTRICT_SORT_SATISFIED, /* the worst first */
  LINLI_DISTRICT_SORT_ACCEPTED,
  LINLI_N_DISTRICT_SORTS,
} LinliDistrictSort;

const char *linli_district_sort_words   (LinliDistrictSort     sort);
GtkWidget  *linli_district_head_new     (void);
void        linli_district_fill_centres (GtkListBox           *list,
                                         LinliDistrictFigures *figures,
                                         LinliDistrictSort     sort);
void        linli_district_fill_centre  (GtkFlowBox           *tiles,
                                         GtkFlowBox           *groups,
                                         LinliDistrictCentre  *centre);

G_END_DECLS
