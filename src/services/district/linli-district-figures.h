/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "linli-figures.h"

G_BEGIN_DECLS

/* What a district knows of its centres, from the hub where they meet: how
 * linlictl and the window read the same answer. */

/* The way to the hub, and the key that reads there. */
typedef struct
{
  char *url;
  char *key;
  char *authority; /* (nullable): PEM file of certificates to trust instead of the machine's */
} LinliDistrictAddress;

/* What is counted under one name. */
typedef struct
{
  char  *name; /* (nullable): of those under none */
  gint64 n[LINLI_N_SETS];
} LinliDistrictRow;

typedef enum
{
  LINLI_DISTRICT_BY_CLASS,
  LINLI_DISTRICT_BY_UNIT,
  LINLI_DISTRICT_BY_COMMUNITY,
  LINLI_N_DISTRICT_GROUPS,
} LinliDistrictGroup;

typedef struct
{
  char             *workspace;
  char             *name;
  gboolean          readable; /* else the hub could not count it */
  LinliFigureCounts counts;
  gboolean          compared;
  LinliFigureCounts before;
  GPtrArray        *groups[LINLI_N_DISTRICT_GROUPS]; /* LinliDistrictRow, most cases first */
} LinliDistrictCentre;

typedef struct
{
  gint64     at;      /* microseconds UTC: when the hub was asked */
  GPtrArray *centres; /* LinliDistrictCentre, as the hub names them */
} LinliDistrictFigures;

/* A column of the table of centres. */
typedef struct
{
  const char    *id;
  const char    *label; /* to be translated */
  LinliFigureSet set;
} LinliDistrictColumn;

extern const LinliDistrictColumn linli_district_columns[]; /* ends with a NULL id */

JsonObject           *linli_district_figures_ask    (const LinliDistrictAddress *address,
                                                     const char                 *from,
                                                     const char                 *to,
                                                     const char                 *basis,
                                                     const char                 *compare,
                                                     GError                    **error);
LinliDistrictFigures *linli_district_figures_parse  (JsonObject                 *answer,
                                                     gint64                      at);
void                  linli_district_figures_free   (LinliDistrictFigures       *self);
gboolean              linli_district_figures_export (LinliDistrictFigures       *self,
                                                     GFile                      *file,
                                                     GError                    **error);

LinliDistrictAddress *linli_district_address_new    (const char                 *url,
                                                     const char                 *key,
                                                     const char                 *authority);
void                  linli_district_address_free   (LinliDistrictAddress       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliDistrictFigures, linli_district_figures_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliDistrictAddress, linli_district_address_free)

G_END_DECLS
