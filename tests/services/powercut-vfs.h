/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A disk in memory, for SQLite, that can lose its power or fill up. What was
 * synced survives a power cut; of what was written since, each sector may be
 * there, missing, or (the last one) torn. */

typedef struct _PowercutDisk PowercutDisk;

PowercutDisk *powercut_disk_new       (guint32       seed);
void          powercut_disk_free      (PowercutDisk *disk);
void          powercut_disk_mount     (PowercutDisk *disk);
void          powercut_disk_unmount   (PowercutDisk *disk);
void          powercut_disk_fail_after (PowercutDisk *disk,
                                       gint64        n_writes);
void          powercut_disk_set_space (PowercutDisk *disk,
                                       gint64        n_bytes);
gboolean      powercut_disk_is_dead   (PowercutDisk *disk);
void          powercut_disk_cut       (PowercutDisk *disk);
gsize         powercut_disk_get_used  (PowercutDisk *disk);
void          powercut_disk_spoil     (PowercutDisk *disk,
                                       const char   *name,
                                       gsize         offset);
gboolean      powercut_disk_has       (PowercutDisk *disk,
                                       const char   *name);
void          powercut_disk_remove    (PowercutDisk *disk,
                                       const char   *name);
void          powercut_disk_rename    (PowercutDisk *disk,
                                       const char   *from,
                                       const char   *to);
void          powercut_disk_copy      (PowercutDisk *from,
                                       PowercutDisk *to);
void          powercut_disk_copy_file (PowercutDisk *from,
                                       const char   *name,
                                       PowercutDisk *to,
                                       const char   *other);
void          powercut_disk_move      (PowercutDisk *from,
                                       const char   *name,
                                       PowercutDisk *to,
                                       const char   *other);
