/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LINLI_UUID_LENGTH 36 /* characters, without the terminating NUL */

/* Makes ids. One per thread of work; the randomness is passed in so that a
 * simulator run repeats to the byte. */
typedef struct
{
  void   (*random) (gpointer data, guint8 *bytes, gsize n_bytes);
  gpointer data;     /* (unowned) for @random */
  gint64   last_ms;  /* newest millisecond used; never goes back */
  guint16  counter;  /* orders ids made within one millisecond */
} LinliIdSource;

void     linli_id_source_init (LinliIdSource *source);
char    *linli_uuid_new       (LinliIdSource *source,
                               gint64         now);
char    *linli_uuid_derive    (const char    *uuid,
                               guint          n);
gboolean linli_uuid_is_valid  (const char    *text);

G_END_DECLS
