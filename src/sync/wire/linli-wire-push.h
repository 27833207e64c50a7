/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-wire.h"

G_BEGIN_DECLS

/* What the first operation that was not looked at waits for: a hub that knows it. */
#define LINLI_WIRE_UNKNOWN_KIND "unknown-kind"

/* POST ops, as the hub reads it: a header, then operations, whose numbers
 * count up from the header's. */
typedef struct
{
  char   *epoch;
  char   *device;
  gint64  seq;     /* of the first line */
  gint64  sent_at; /* by the desk's clock */
  GBytes *message; /* (owned) what the lines stand in */
  GArray *lines;   /* (owned) (element-type LinliWireLine): exact bytes */
} LinliWirePush;

/* What became of one operation. */
typedef struct
{
  char      *op;
  gint64     seq;
  char      *result;    /* applied, merged, flagged, rejected */
  gint64     from_rev;  /* revisions it wrote, first and last; 0: none */
  gint64     rev;
  char      *code;      /* (nullable) */
  char      *message;   /* (nullable) */
  JsonArray *conflicts; /* (nullable) field, kept, yours */
  char      *kind;      /* (nullable) table of the hub's row that it was about */
  char      *row;       /* (nullable) that row */
} LinliWireResult;

/* The hub's answer. */
typedef struct
{
  char      *epoch;
  gint64     tip;
  gint64     expect;
  gint64     server_time;
  GPtrArray *results; /* (owned) (element-type LinliWireResult) */
  char      *waits;   /* (nullable): why the rest was not looked at */
} LinliWirePushReply;

void                linli_wire_push_begin       (GString             *out,
                                                 const char          *epoch,
                                                 const char          *device,
                                                 gint64               seq,
                                                 gint64               sent_at);
void                linli_wire_push_add         (GString             *out,
                                                 const char          *body);
LinliWirePush      *linli_wire_push_parse       (GBytes              *message,
                                                 GError             **error);
void                linli_wire_push_free        (LinliWirePush       *self);

void                linli_wire_result_append    (const LinliWireResult *self,
                                                 GString             *out);
LinliWirePushReply *linli_wire_push_reply_parse (GBytes              *message,
                                                 GError             **error);
void                linli_wire_push_reply_free  (LinliWirePushReply  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliWirePush, linli_wire_push_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliWirePushReply, linli_wire_push_reply_free)

G_END_DECLS
