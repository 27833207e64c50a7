/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The arguments of a command, put together field by field; and what came of
 * it. The window speaks in these and never sees JSON. */
typedef struct _LinliRequest LinliRequest;
typedef struct _LinliReply   LinliReply;

LinliRequest *linli_request_new        (void);
LinliRequest *linli_request_copy       (LinliRequest *self);
LinliRequest *linli_request_ref        (LinliRequest *self);
void          linli_request_unref      (LinliRequest *self);
void          linli_request_set_text   (LinliRequest *self,
                                        const char   *name,
                                        const char   *value);
void          linli_request_clear_text (LinliRequest *self,
                                        const char   *name);
void          linli_request_set_int    (LinliRequest *self,
                                        const char   *name,
                                        gint64        value);
void          linli_request_set_bool   (LinliRequest *self,
                                        const char   *name,
                                        gboolean      value);
void          linli_request_set_object (LinliRequest *self,
                                        const char   *name,
                                        LinliRequest *value);
void          linli_request_add_text   (LinliRequest *self,
                                        const char   *name,
                                        const char   *value);
void          linli_request_add_object (LinliRequest *self,
                                        const char   *name,
                                        LinliRequest *value);
const char   *linli_request_get_text   (LinliRequest *self,
                                        const char   *name);
gboolean      linli_request_get_bool   (LinliRequest *self,
                                        const char   *name);
LinliRequest *linli_request_get_object (LinliRequest *self,
                                        const char   *name);
GPtrArray    *linli_request_get_objects (LinliRequest *self,
                                        const char   *name);
LinliRequest *linli_request_parse      (const char   *json);
char         *linli_request_to_text    (LinliRequest *self);

void          linli_reply_free         (LinliReply   *self);
const char   *linli_reply_get_operation (LinliReply  *self);
const char   *linli_reply_get_text     (LinliReply   *self,
                                        const char   *name);
gint64        linli_reply_get_int      (LinliReply   *self,
                                        const char   *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliRequest, linli_request_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliReply, linli_reply_free)

G_END_DECLS
