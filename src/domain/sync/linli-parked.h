/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"
#include "linli-conn.h"

G_BEGIN_DECLS

/* One thing that waits in 待处理, with the words both sides would use. */
typedef struct
{
  char      *operation;
  char      *kind;      /* name of the command */
  char      *result;    /* rejected, merged, flagged */
  char      *code;
  char      *message;   /* (nullable): the hub's sentence, English */
  char      *args;      /* JSON: to do it again */
  gint64     opened_at; /* microseconds UTC */
  char      *case_id;   /* (nullable) */
  char      *case_no;   /* (nullable) */
  char      *title;     /* (nullable) */
  char      *state;     /* (nullable): of the case, as it is now */
  GPtrArray *mine;      /* (element-type utf8) what was typed here: name, text, name, ... */
  GPtrArray *fields;    /* (element-type utf8) contested: name, the hub's, ours, name, ... */
} LinliParked;

GPtrArray *linli_parked_load (LinliConn   *conn,
                              GError     **error);
void       linli_parked_free (LinliParked *self);

G_END_DECLS
