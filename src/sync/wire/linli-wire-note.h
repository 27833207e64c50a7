/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-wire.h"

G_BEGIN_DECLS

/* The short messages: what went wrong, where the feed ends, what is allowed. */

/* RFC 9457. The type is a stable name, sent as urn:linli:problem:NAME. */
typedef struct
{
  const char *name;
  guint       status;
  const char *retry; /* never, same, after, reauth, bootstrap */
  const char *title;
} LinliWireProblem;

extern const LinliWireProblem linli_wire_problems[]; /* ends with a NULL name */

/* GET tip, and the answer to a new identity. */
typedef struct
{
  char  *epoch;
  gint64 tip;
  gint64 expect;
  char  *device; /* (nullable) */
  char  *prefix; /* (nullable) of printed numbers */
} LinliWireTip;

/* GET config: what the hub allows. */
typedef struct
{
  gint64 max_lines;   /* operations a push */
  gint64 max_bytes;   /* of them together */
  gint64 page_rows;
  gint64 page_bytes;
  gint64 poll_active; /* seconds */
  gint64 poll_idle;
} LinliWireConfig;

#define LINLI_WIRE_CONFIG_INIT { 50, 256 * 1024, 1500, 1024 * 1024, 5, 25 }

const LinliWireProblem *linli_wire_problem_find   (const char            *name);
void                    linli_wire_problem_append (const LinliWireProblem *problem,
                                                   const char            *detail,
                                                   GString               *out);
const LinliWireProblem *linli_wire_problem_parse  (GBytes                *message);

void                    linli_wire_tip_append     (const LinliWireTip    *tip,
                                                   GString               *out);
LinliWireTip           *linli_wire_tip_parse      (GBytes                *message,
                                                   GError               **error);
void                    linli_wire_tip_free       (LinliWireTip          *self);

void                    linli_wire_config_append  (const LinliWireConfig *config,
                                                   GString               *out);
gboolean                linli_wire_config_parse   (LinliWireConfig       *config,
                                                   GBytes                *message,
                                                   GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliWireTip, linli_wire_tip_free)

G_END_DECLS
