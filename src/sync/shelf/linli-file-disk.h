/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files as the operating system sees them, in the words of the store. */

gboolean linli_files_sync        (const char *path,
                                  GError    **error);
char    *linli_files_sha256      (const char *path,
                                  guint64    *size,
                                  GError    **error);
void     linli_files_set_error   (GError    **error,
                                  int         number,
                                  const char *path);

G_END_DECLS
