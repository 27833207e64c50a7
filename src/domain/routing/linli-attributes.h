/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

/* What is asked about a matter beside its leaf: its attributes, values by
 * code. A leaf may say some of them by itself: a missing water cover is one of
 * kind 上水. */

GPtrArray  *linli_attribute_defs_load    (LinliConn  *conn,
                                          GError    **error);
GPtrArray  *linli_attribute_defs_load_all (LinliConn *conn,
                                          GError    **error);
gboolean    linli_attribute_applies      (LinliRow   *def,
                                          const char *item);
char       *linli_attribute_dup_default  (LinliRow   *def,
                                          const char *item);
char      **linli_attribute_dup_choices  (LinliRow   *def);
GHashTable *linli_attributes_asked       (GPtrArray  *defs,
                                          const char *item);
GHashTable *linli_attributes_complete    (GHashTable *asked,
                                          GHashTable *said);
GHashTable *linli_attributes_effective   (GPtrArray  *defs,
                                          const char *item,
                                          GHashTable *said);

/* {code: value} as text. */
GHashTable *linli_attributes_parse       (const char *json);
char       *linli_attributes_to_text     (GHashTable *attributes);
gboolean    linli_attributes_equal       (GHashTable *a,
                                          GHashTable *b);
gboolean    linli_case_attributes_load   (LinliConn   *conn,
                                          const char  *case_id,
                                          GHashTable **attributes,
                                          GError     **error);

G_END_DECLS
