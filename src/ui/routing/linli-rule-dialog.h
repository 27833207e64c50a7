/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"
#include "linli-routing.h"

G_BEGIN_DECLS

/* The rules with the names that their ids stand for. */
typedef struct
{
  GPtrArray  *rules; /* routing_rule rows, in order */
  GPtrArray  *defs;  /* attribute rows */
  GHashTable *units; /* id -> unit row, all of them */
} LinliRuleList;

gpointer           linli_rule_list_read (LinliConn      *conn,
                                         gpointer        data,
                                         GError        **error);
void               linli_rule_list_free (LinliRuleList  *self);
char              *linli_rule_words     (LinliRuleList  *self,
                                         LinliRow       *rule);
char              *linli_rule_unit_words (LinliRuleList *self,
                                         LinliRow       *rule);
LinliActionDialog *linli_rule_dialog_new (LinliUiContext *context,
                                         LinliRuleList  *list,
                                         LinliRow       *rule);

G_END_DECLS
