/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-wire.h"

G_BEGIN_DECLS

/* device-revoked, with what the one desk that proved who it is may know of it. */
typedef struct
{
  char  *by;     /* (nullable) the administrator; NULL: whoever runs the hub */
  char  *reason; /* (nullable) */
  gint64 at;     /* microseconds UTC; 0: not told */
} LinliWireEnd;

void          linli_wire_end_append (const LinliWireEnd *end,
                                     GString            *out);
LinliWireEnd *linli_wire_end_parse  (GBytes             *message);
void          linli_wire_end_free   (LinliWireEnd       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliWireEnd, linli_wire_end_free)

G_END_DECLS
