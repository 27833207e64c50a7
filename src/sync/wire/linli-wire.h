/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What desk and hub say to each other: newline-delimited JSON, one line a
 * thing. docs/sync.md tells the protocol. Whatever a line says is read
 * strictly, within limits, and members nobody knows are passed over. The bytes
 * of an operation are never written twice. */

#define LINLI_WIRE_PROTOCOL  1
#define LINLI_WIRE_FORMAT    1          /* of the rows in the feed */
#define LINLI_WIRE_MAX_LINE  (16 << 20) /* bytes of one line */
#define LINLI_WIRE_MAX_LINES 2000       /* of one message */
#define LINLI_WIRE_START     "start"    /* the cursor before everything */

#define LINLI_WIRE_ERROR (linli_wire_error_quark ())

typedef enum
{
  LINLI_WIRE_ERROR_FOREIGN, /* not what a hub or a desk of ours says: a proxy's page, for one */
  LINLI_WIRE_ERROR_TORN,    /* it ends too early */
  LINLI_WIRE_ERROR_LIMIT,   /* longer than allowed */
} LinliWireError;

/* One line, where it stands in the message. */
typedef struct
{
  const char *text; /* (unowned) not terminated */
  gsize       length;
} LinliWireLine;

GQuark      linli_wire_error_quark (void);
GArray     *linli_wire_split       (GBytes     *message,
                                    GError    **error);
JsonObject *linli_wire_read        (const LinliWireLine *line,
                                    GError    **error);
gboolean    linli_wire_foreign     (GError    **error,
                                    const char *what);
const char *linli_wire_get_word    (JsonObject *object,
                                    const char *member,
                                    gsize       max_length);
gboolean    linli_wire_get_count   (JsonObject *object,
                                    const char *member,
                                    gint64     *value);
char       *linli_wire_hash        (const char *bytes,
                                    gsize       length);

G_END_DECLS
