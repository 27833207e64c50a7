/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Builds what a timeline entry carries beside its words, as one JSON object:
 * plain facts as "name": "text", changes as "name": [before, after]. */
typedef GString LinliPayload;

LinliPayload *linli_payload_new    (void);
void          linli_payload_free   (LinliPayload *payload);
void          linli_payload_text   (LinliPayload *payload,
                                    const char   *name,
                                    const char   *value);
void          linli_payload_int    (LinliPayload *payload,
                                    const char   *name,
                                    gint64        value);
void          linli_payload_texts  (LinliPayload *payload,
                                    const char   *name,
                                    GPtrArray    *values);
void          linli_payload_change (LinliPayload *payload,
                                    const char   *name,
                                    const char   *before,
                                    const char   *after);
void          linli_payload_change_time (LinliPayload *payload,
                                    const char   *name,
                                    gint64        before,
                                    gint64        after);
gboolean      linli_payload_is_empty (LinliPayload *payload);
const char   *linli_payload_close  (LinliPayload *payload);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliPayload, linli_payload_free)

G_END_DECLS
