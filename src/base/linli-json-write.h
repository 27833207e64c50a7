/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-json.h"

#include <string.h>

G_BEGIN_DECLS

/* JSON written straight into a text, for what is written at every change. */

void        linli_json_append_int  (GString    *out,
                                    gint64      value);
void        linli_json_append_name (GString    *out,
                                    const char *name);
const char *linli_json_skip_plain  (const char *at,
                                    const char *end);

/* g_string_append_len() without its price where there is room, as there nearly always is. */
static inline void
linli_json_append_bytes (GString    *out,
                         const char *bytes,
                         gsize       size)
{
  if (size >= out->allocated_len - out->len)
    {
      g_string_append_len (out, bytes, (gssize) size);
      return;
    }
  memcpy (out->str + out->len, bytes, size);
  out->len += size;
  out->str[out->len] = '\0';
}

G_END_DECLS
