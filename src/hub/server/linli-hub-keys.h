/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-conn.h"
#include "linli-schema.h"

G_BEGIN_DECLS

/* Keys of the hub's other doors. A key is 256 random bits, told once and kept
 * as its hash; it opens one door of one workspace, until it is withdrawn. */

#define LINLI_HUB_KEY_DEVICE   "device"   /* none of these: a desk's token */
#define LINLI_HUB_KEY_CHANNEL  "channel"  /* hands matters in, as one channel */
#define LINLI_HUB_KEY_OPEN311  "open311"  /* likewise, by GeoReport v2 */
#define LINLI_HUB_KEY_DISTRICT "district" /* reads figures of every workspace */

extern const LinliTable linli_table_hub_key;

/* Whom a key lets in. */
typedef struct
{
  char *id;        /* (nullable): NULL when nobody */
  char *kind;
  char *workspace; /* (nullable) */
  char *name;      /* code of the channel; name of the district */
} LinliHubKey;

void       linli_hub_key_clear    (LinliHubKey *key);
gboolean   linli_hub_key_add      (LinliConn   *conn,
                                   const char  *id,
                                   const char  *kind,
                                   const char  *workspace,
                                   const char  *name,
                                   const char  *secret,
                                   gint64       now,
                                   GError     **error);
gboolean   linli_hub_key_find     (LinliConn   *conn,
                                   const char  *secret,
                                   LinliHubKey *key,
                                   GError     **error);
gboolean   linli_hub_key_withdraw (LinliConn   *conn,
                                   const char  *id,
                                   gint64       now,
                                   gboolean    *known,
                                   GError     **error);
gboolean   linli_hub_key_place    (LinliConn   *conn,
                                   const char  *jurisdiction,
                                   char       **workspace,
                                   GError     **error);
JsonArray *linli_hub_key_list     (LinliConn   *conn,
                                   GError     **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliHubKey, linli_hub_key_clear)

G_END_DECLS
