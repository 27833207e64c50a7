/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

/* The units a duty item names. Frozen once loaded. */
typedef struct
{
  LinliRow  *lead;   /* (nullable) unit row */
  GPtrArray *assist; /* (element-type LinliRow) unit rows */
} LinliDutyUnits;

LinliDutyUnits *linli_duty_units_load (LinliConn      *conn,
                                       LinliRow       *item,
                                       GError        **error);
LinliDutyUnits *linli_duty_units_find (LinliConn      *conn,
                                       const char     *lead,
                                       const char     *assist,
                                       GError        **error);
void            linli_duty_units_free (LinliDutyUnits *units);

GPtrArray      *linli_reason_search   (LinliConn      *conn,
                                       const char     *typed,
                                       guint           limit,
                                       GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliDutyUnits, linli_duty_units_free)

G_END_DECLS
