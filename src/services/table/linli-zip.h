/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-table-error.h"

G_BEGIN_DECLS

/* How much a file may unpack to. */
typedef struct
{
  guint64 max_total;   /* bytes unpacked in one pass */
  guint64 ratio_from;  /* bytes from which on the ratio is looked at */
  guint   max_ratio;   /* bytes unpacked per byte of the file */
  guint   max_entries;
} LinliZipLimits;

typedef struct _LinliZip LinliZip;

LinliZip   *linli_zip_new            (GInputStream          *stream,
                                      const LinliZipLimits  *limits,
                                      GCancellable          *cancellable,
                                      GError               **error);
void        linli_zip_free           (LinliZip              *self);
gboolean    linli_zip_rewind         (LinliZip              *self,
                                      GError               **error);
gboolean    linli_zip_next           (LinliZip              *self,
                                      const char           **name,
                                      GError               **error);
gboolean    linli_zip_find           (LinliZip              *self,
                                      const char            *name,
                                      GError               **error);
gssize      linli_zip_read           (LinliZip              *self,
                                      void                  *buffer,
                                      gsize                  length,
                                      GError               **error);
guint64     linli_zip_get_entry_size (LinliZip              *self);
guint64     linli_zip_get_entry_read (LinliZip              *self);
char       *linli_zip_fold_name      (const char            *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliZip, linli_zip_free)

G_END_DECLS
