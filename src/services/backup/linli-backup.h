/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-store.h"

G_BEGIN_DECLS

/* A backup is one file, a gzipped tar: `manifest.json`, `linli.db` and the
 * attachments, each checked against its SHA-256 when it is brought back. */

#define LINLI_BACKUP_SUFFIX ".linli-backup"

typedef struct
{
  char   *centre;        /* name of the centre */
  gint64  made_at;       /* microseconds UTC */
  guint   n_attachments; /* that are in it */
  guint   n_absent;      /* that cases have and this desk had not: they are at the hub */
  guint64 size;          /* bytes of the backup file */
} LinliBackupInfo;

void             linli_backup_info_free (LinliBackupInfo      *info);

LinliBackupInfo *linli_backup_write     (LinliConn            *conn,
                                         const char           *folder,
                                         const char           *path,
                                         gint64                now,
                                         GCancellable         *cancellable,
                                         GError              **error);
LinliBackupInfo *linli_backup_restore   (const char           *path,
                                         const char           *folder,
                                         gint64                now,
                                         GCancellable         *cancellable,
                                         GError              **error);
void             linli_backup_async     (LinliStore           *store,
                                         const char           *path,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
LinliBackupInfo *linli_backup_finish    (LinliStore           *store,
                                         GAsyncResult         *result,
                                         GError              **error);
void             linli_restore_async    (const char           *path,
                                         const char           *folder,
                                         gint64                now,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
LinliBackupInfo *linli_restore_finish   (GAsyncResult         *result,
                                         GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliBackupInfo, linli_backup_info_free)

G_END_DECLS
