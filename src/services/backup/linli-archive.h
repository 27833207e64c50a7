/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writing and reading one gzipped tar, with the store's errors. */
typedef struct _LinliArchiveWriter LinliArchiveWriter;

LinliArchiveWriter *linli_archive_writer_new      (const char          *path,
                                                   GError             **error);
void                linli_archive_writer_free     (LinliArchiveWriter  *self);
gboolean            linli_archive_writer_add_text (LinliArchiveWriter  *self,
                                                   const char          *name,
                                                   const char          *text,
                                                   GError             **error);
gboolean            linli_archive_writer_add_file (LinliArchiveWriter  *self,
                                                   const char          *name,
                                                   const char          *path,
                                                   GCancellable        *cancellable,
                                                   GError             **error);
gboolean            linli_archive_writer_finish   (LinliArchiveWriter  *self,
                                                   guint64             *size,
                                                   GError             **error);
gboolean            linli_archive_extract         (const char          *path,
                                                   const char          *folder,
                                                   GCancellable        *cancellable,
                                                   GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliArchiveWriter, linli_archive_writer_free)

G_END_DECLS
