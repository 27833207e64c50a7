/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-schema.h"

G_BEGIN_DECLS

/* Who a case is known to be about, as linli_mask_known() takes it: whoever
 * brought it, the case it was merged into and the whole it is a part of. Their
 * names and telephones stand in sentences too, where no column says so. */

#define LINLI_KNOWN_KIN "(k.id, k.merged_into_id, k.parent_id)" /* whose submissions, for a case k */

gboolean linli_known_load (LinliConn  *conn,
                           const char *case_id,
                           char      **known,
                           GError    **error);
gboolean linli_known_is_prose (const LinliColumn *column);

G_END_DECLS
