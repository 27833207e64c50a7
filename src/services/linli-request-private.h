/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-execute.h"
#include "linli-request.h"

G_BEGIN_DECLS

JsonObject *linli_request_get_json (LinliRequest *self);
LinliReply *linli_reply_new        (LinliOutcome *outcome);

G_END_DECLS
