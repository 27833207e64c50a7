/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LINLI_STORE_ERROR (linli_store_error_quark ())

/* Named for what the caller does about it. */
typedef enum
{
  LINLI_STORE_ERROR_BUSY,       /* somebody else writes: try again */
  LINLI_STORE_ERROR_CONSTRAINT, /* the caller broke a rule of the schema */
  LINLI_STORE_ERROR_NOT_FOUND,  /* no such row */
  LINLI_STORE_ERROR_CORRUPT,    /* stop, offer to restore a backup */
  LINLI_STORE_ERROR_FULL,       /* the disk is full: nothing was written */
  LINLI_STORE_ERROR_READ_ONLY,  /* the folder or file may not be written */
  LINLI_STORE_ERROR_TOO_NEW,    /* written by a newer Linli */
  LINLI_STORE_ERROR_TOO_OLD,    /* written by an older Linli, and may not be brought up */
  LINLI_STORE_ERROR_IN_USE,     /* another program has this store open */
  LINLI_STORE_ERROR_IO,         /* the disk does not answer */
  LINLI_STORE_ERROR_INTERNAL,   /* a mistake of ours */
} LinliStoreError;

GQuark linli_store_error_quark (void);

G_END_DECLS
