/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

#define LINLI_DECLARE_ROUTING(name) \
  extern const LinliArgSpec linli_##name##_args[]; \
  gboolean linli_##name##_run (LinliCommandContext *context, JsonObject *args, GError **error);

LINLI_DECLARE_ROUTING (case_set_attributes)
LINLI_DECLARE_ROUTING (case_record_owner)
LINLI_DECLARE_ROUTING (attribute_import)
LINLI_DECLARE_ROUTING (attribute_save)
LINLI_DECLARE_ROUTING (rule_save)
LINLI_DECLARE_ROUTING (rule_import)
LINLI_DECLARE_ROUTING (rule_move)
LINLI_DECLARE_ROUTING (rule_switch)
LINLI_DECLARE_ROUTING (rule_from_owner)

G_END_DECLS
