/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

#define LINLI_HOT_LEAST 5  /* so many ask the same */
#define LINLI_HOT_DAYS  30 /* within so many days */

/* What many ask and no answer is kept for. */
typedef struct
{
  char  *item_code;
  char  *item_name;
  char  *question;  /* the case most like all others, in a line */
  char  *reply;     /* (nullable): what the settled case most like it was told */
  guint  n_cases;
} LinliHotTopic;

GPtrArray *linli_hot_topics_load (LinliConn      *conn,
                                  gint64          now,
                                  guint           least,
                                  guint           days,
                                  GError        **error);
void       linli_hot_topic_free  (LinliHotTopic  *self);

G_END_DECLS
