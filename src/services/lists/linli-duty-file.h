/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-store.h"

G_BEGIN_DECLS

#define LINLI_DUTY_FILE_ERROR (linli_duty_file_error_quark ())

typedef enum
{
  LINLI_DUTY_FILE_ERROR_HEADINGS, /* no row of headings of a duty list */
} LinliDutyFileError;

GQuark linli_duty_file_error_quark (void);

/* A duty list as somebody typed it into a spreadsheet. */
typedef struct
{
  GPtrArray *items;    /* (owned) (element-type JsonObject): for duty.import, parents first */
  GPtrArray *warnings; /* (owned) (element-type utf8): what could not be read, with its line */
  guint      n_leaves;
} LinliDutyFile;

/* What bringing it in changed. */
typedef struct
{
  gint64 n_new;
  gint64 n_changed;
  gint64 n_same;
} LinliDutyFileResult;

LinliDutyFile *linli_duty_file_read   (GFile                *file,
                                       GCancellable         *cancellable,
                                       GError              **error);
void           linli_duty_file_free   (LinliDutyFile        *self);
gboolean       linli_duty_file_import (LinliDutyFile        *self,
                                       LinliStore           *store,
                                       LinliConn            *conn,
                                       const char           *source,
                                       LinliDutyFileResult  *result,
                                       GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliDutyFile, linli_duty_file_free)

G_END_DECLS
