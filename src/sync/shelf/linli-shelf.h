/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder of files under the SHA-256 of their content, on a desk as at the
 * hub. What is not whole yet stands beside it as a part, and its size is where
 * it goes on; a file counts once its hash is right and it is on the disk. So
 * either side may be killed at any moment.
 *
 *   ROOT/ab/abcd…      whole files
 *   ROOT/part-abcd…    what has come so far
 *   ROOT/MARK-abcd…    an empty file: something to remember about one */

#define LINLI_SHELF_FILE_MAX (50 * 1024 * 1024) /* bytes */
#define LINLI_SHELF_PART_MAX (1024 * 1024)      /* bytes sent at a time */

#define LINLI_SHELF_UNSENT   "unsent"   /* a desk's: the hub may not have it yet */
#define LINLI_SHELF_SMALL    "small"    /* a desk's: holds the picture, small */
#define LINLI_SHELF_UNNEEDED "unneeded" /* nobody refers to it since the mark was made */

typedef void (*LinliShelfFunc) (const char *sha256,
                                gint64      size,
                                gpointer    data);

gboolean   linli_shelf_is_name    (const char      *sha256);
char      *linli_shelf_path       (const char      *root,
                                   const char      *sha256);
char      *linli_shelf_beside     (const char      *root,
                                   const char      *mark,
                                   const char      *sha256);
char      *linli_shelf_part_path  (const char      *root,
                                   const char      *sha256);
gboolean   linli_shelf_has        (const char      *root,
                                   const char      *sha256,
                                   gint64          *size);
gboolean   linli_shelf_has_part   (const char      *root,
                                   const char      *sha256,
                                   gint64          *size);
gboolean   linli_shelf_begin      (const char      *root,
                                   const char      *sha256,
                                   GError         **error);
gboolean   linli_shelf_append     (const char      *root,
                                   const char      *sha256,
                                   gint64          *offset,
                                   GBytes          *bytes,
                                   gboolean        *fits,
                                   GError         **error);
gboolean   linli_shelf_seal       (const char      *root,
                                   const char      *sha256,
                                   gboolean        *good,
                                   GError         **error);
gboolean   linli_shelf_place      (const char      *root,
                                   const char      *sha256,
                                   const char      *from,
                                   GError         **error);
void       linli_shelf_drop_part  (const char      *root,
                                   const char      *sha256);
gboolean   linli_shelf_remove     (const char      *root,
                                   const char      *sha256);
GBytes    *linli_shelf_read       (const char      *root,
                                   const char      *sha256,
                                   gint64           offset,
                                   gsize            size,
                                   GError         **error);
gboolean   linli_shelf_check      (const char      *root,
                                   const char      *sha256,
                                   gboolean        *good,
                                   GError         **error);
void       linli_shelf_each       (const char      *root,
                                   LinliShelfFunc   func,
                                   gpointer         data);

gboolean   linli_shelf_mark       (const char      *root,
                                   const char      *mark,
                                   const char      *sha256);
gboolean   linli_shelf_is_marked  (const char      *root,
                                   const char      *mark,
                                   const char      *sha256,
                                   gint64          *since);
void       linli_shelf_unmark     (const char      *root,
                                   const char      *mark,
                                   const char      *sha256);
GPtrArray *linli_shelf_marked     (const char      *root,
                                   const char      *mark);

typedef struct
{
  guint  n_removed;
  gint64 bytes;    /* that they had */
  guint  n_parts;  /* given up */
} LinliShelfSwept;

typedef gboolean (*LinliShelfNeeds) (const char *sha256,
                                     gpointer    data);

void       linli_shelf_sweep      (const char      *root,
                                   gint64           now,
                                   gint64           grace,
                                   LinliShelfNeeds  needs,
                                   gpointer         data,
                                   LinliShelfSwept *swept);

G_END_DECLS
