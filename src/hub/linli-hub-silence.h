/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

/* Residents who asked for silence (保密): no unit learns who they are, in none of
 * their cases. Their names stand in sentences too; a centre's desk leaves those
 * out as it shows them (linli_sight_set()), but a desk that has not got a name
 * could not look for it. */

gboolean linli_hub_silence_has   (LinliConn  *conn,
                                  const char *appellant,
                                  gboolean   *silent,
                                  GError    **error);
void     linli_hub_silence_names (LinliRow   *row);
gboolean linli_hub_silence_load  (LinliConn  *conn,
                                  LinliRow   *head,
                                  gboolean    named,
                                  GString    *words,
                                  GError    **error);
void     linli_hub_silence_words (LinliRow   *row,
                                  const char *words);

G_END_DECLS
