/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "linli-shelf.h"

G_BEGIN_DECLS

/* Files of cases, kept in the store's folder under the SHA-256 of their
 * content: the same photo attached twice is stored once, and a file that was
 * damaged shows. */

#define LINLI_ATTACHMENT_MAX LINLI_SHELF_FILE_MAX /* bytes */

/* A file that is safely in the store and may now be named by a command. */
typedef struct
{
  char  *sha256;
  char  *name;         /* as the person knows it */
  char  *content_type; /* MIME */
  gint64 size;         /* bytes */
} LinliStoredFile;

void             linli_stored_file_free           (LinliStoredFile      *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliStoredFile, linli_stored_file_free)

char            *linli_attachment_find_small      (const char           *path);
LinliStoredFile *linli_attachment_put             (const char           *folder,
                                                   GInputStream         *stream,
                                                   const char           *name,
                                                   GCancellable         *cancellable,
                                                   GError              **error);
void             linli_attachment_put_file_async  (const char           *folder,
                                                   GFile                *file,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
void             linli_attachment_put_bytes_async (const char           *folder,
                                                   GBytes               *bytes,
                                                   const char           *name,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
LinliStoredFile *linli_attachment_put_finish      (GAsyncResult         *result,
                                                   GError              **error);
GFile           *linli_attachment_get_file        (const char           *folder,
                                                   const char           *sha256);

G_END_DECLS
