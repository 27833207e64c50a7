/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-holidays.h"
#include "linli-store.h"

G_BEGIN_DECLS

/* A published list of holidays and make-up days, JSON or ICS, and what
 * bringing it in moved. */
typedef struct
{
  LinliHolidays *holidays;     /* (owned) */
  GPtrArray     *warnings;     /* (owned) (element-type utf8) */
  guint          n_days;       /* exceptions the file names */
  char          *operation;    /* (owned) (nullable): that brought it in */
  GPtrArray     *moved;        /* (owned) (element-type JsonObject): clocks that moved */
} LinliHolidayFile;

LinliHolidayFile *linli_holiday_file_read   (GFile             *file,
                                             GError           **error);
void              linli_holiday_file_free   (LinliHolidayFile  *self);
gboolean          linli_holiday_file_import (LinliHolidayFile  *self,
                                             LinliStore        *store,
                                             LinliConn         *conn,
                                             LinliExecuteFlags  flags,
                                             GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliHolidayFile, linli_holiday_file_free)

G_END_DECLS
