/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One wish to change something: a command with its arguments, who wants it,
 * when and from which device. Its line of JSON is written once and never
 * re-serialised; what is hashed and sent are those bytes. */
typedef struct
{
  char       *id;      /* UUIDv7 */
  char       *kind;    /* name of the command */
  guint       version; /* of the command */
  char       *actor;   /* id of the account; empty before there is one */
  char       *device;  /* id of the desk */
  gint64      at;      /* microseconds UTC, by the desk's clock */
  JsonObject *args;    /* (owned) */
  char       *body;    /* the exact line */
} LinliOperation;

LinliOperation *linli_operation_new   (const char     *id,
                                       const char     *kind,
                                       guint           version,
                                       const char     *actor,
                                       const char     *device,
                                       gint64          at,
                                       JsonObject     *args,
                                       const char     *written);
LinliOperation *linli_operation_parse (const char     *body,
                                       gssize          length,
                                       GError        **error);
void            linli_operation_free  (LinliOperation *operation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliOperation, linli_operation_free)

G_END_DECLS
