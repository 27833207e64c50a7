/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a file holds, in pieces that several files may share until one of them
 * is written: a whole disk is copied, or synced, for the price of a list. */

typedef struct
{
  GPtrArray *pieces; /* (owned) (element-type Piece) (nullable elements): %NULL holds zeros */
  gsize      length;
} PowercutBytes;

void  powercut_bytes_init     (PowercutBytes       *self);
void  powercut_bytes_clear    (PowercutBytes       *self);
void  powercut_bytes_read     (const PowercutBytes *self,
                               gsize                offset,
                               guint8              *data,
                               gsize                size);
void  powercut_bytes_write    (PowercutBytes       *self,
                               gsize                offset,
                               const guint8        *data,
                               gsize                size);
void  powercut_bytes_truncate (PowercutBytes       *self,
                               gsize                length);
void  powercut_bytes_share    (const PowercutBytes *self,
                               PowercutBytes       *to);
void  powercut_bytes_share_part (const PowercutBytes *self,
                               PowercutBytes       *to,
                               gsize                offset,
                               gsize                size);
